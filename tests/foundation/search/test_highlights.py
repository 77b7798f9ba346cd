"""Terms as typed, and where they stand in a text as it was written."""

import pytest

from nithet.foundation.search.highlights import marked, snippets
from nithet.foundation.search.wording import terms_of

SENTENCE = "คณะกรรมการออกตรวจเยี่ยมโรงเรียนวัดเพรียงเพื่อกำกับติดตามการประเมินตนเองของสถานศึกษาอย่างต่อเนื่อง"


def hits(text: str, typed: str) -> list[str]:
    return [part.text for part in marked(text, terms_of(typed)) if part.hit]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        (SENTENCE, "ประเมินตนเอง", ["ประเมินตนเอง"]),
        ("ปีงบประมาณ ๒๕๕๕", "2555", ["๒๕๕๕"]),
        ("ปีงบประมาณ 2555", "๒๕๕๕", ["2555"]),
        ("แบบ OBEC และ obec", "Obec", ["OBEC", "obec"]),
        ("น\u0e4d\u0e49าใจ", "น้ำ", ["น\u0e4d\u0e49า"]),
        ("เเผนงาน", "แผน", ["เเผน"]),
        ("โครงการ\u00a0 หนึ่ง", '"โครงการ หนึ่ง"', ["โครงการ\u00a0 หนึ่ง"]),
        ("กขคง", "ขค คง", ["ขคง"]),
        ("ไม่มี", "มีไม่", []),
    ],
)
def test_hits_are_shown_as_they_were_written(text: str, typed: str, expected: list[str]) -> None:
    assert hits(text, typed) == expected
    assert "".join(part.text for part in marked(text, terms_of(typed))) == text


def test_a_snippet_shows_the_hit_inside_its_sentence_and_breaks_no_letter() -> None:
    text = f"หัวข้อ\n{SENTENCE * 4}\nท้าย"
    [first, *_] = snippets(text, terms_of("กำกับ"))
    assert any(part.hit and part.text == "กำกับ" for part in first)
    assert first[-1].text == "…"
    assert len("".join(part.text for part in first)) < 220
    assert not any("\u0e31" <= part.text[0] <= "\u0e3a" and part.text[0] != "\u0e32" for part in first)


def test_a_text_without_the_term_has_no_snippet() -> None:
    assert snippets(SENTENCE, terms_of("ขนม")) == []


def test_terms_are_few_short_and_harmless() -> None:
    assert terms_of("ก " * 500) == ("ก",)
    assert len(terms_of(" ".join(str(n) for n in range(40)))) == 8
    assert terms_of('" \0') == ()
    assert terms_of("100% _x'; --") == ("100%", "_x';", "--")
