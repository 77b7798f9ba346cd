"""Where lines of Thai may break."""

from __future__ import annotations

import re
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.corpus import thai_words as known_words
from pythainlp.tokenize.newmm import segment

import nithet.domain.returns
from nithet.foundation.documents.line_units import LONGEST_UNIT, breaks, thai_words, units

SOURCE = Path(nithet.domain.returns.__file__).parent / "demo_data" / "000_0bf55f414089a6b9.txt"
KNOWN = frozenset(known_words())
THAI = re.compile("[ก-๎]")
MARK = re.compile("[ะ-ฺๅ็-๎]")


@settings(deadline=None)
@given(st.text(alphabet="กขสมรนเแโใไาะัิี่้์ฯๆ๑1a .-/()“”", max_size=80))
def test_units_joined_give_the_text_back(text: str) -> None:
    assert "".join(units(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="กขสมรนเแาัิี่้์", min_size=1, max_size=60))
def test_no_break_stands_before_a_mark_or_behind_a_leading_vowel(text: str) -> None:
    text = "ก" + text  # a mark that begins a text has nothing to hold on to
    for place in breaks(text):
        if text[place - 1] in "เแ":
            assert text[place] in "เแ", text
        assert text[place] not in "ัิี่้์", text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("โครงการประชุมเชิงปฏิบัติการ", ("โครงการ", "ประชุม", "เชิง", "ปฏิบัติการ")),
        ("มีแผนงาน", ("มี", "แผนงาน")),
        ("ประกันคุณภาพภายนอกรอบสาม", ("ประกัน", "คุณภาพ", "ภายนอก", "รอบ", "สาม")),
        ("ผลสัมฤทธิ์ของผู้เรียน", ("ผลสัมฤทธิ์", "ของ", "ผู้เรียน")),
        ("ประสบความสำเร็จ", ("ประสบ", "ความสำเร็จ")),
    ],
)
def test_words_are_the_likeliest_and_long_compounds_part(
    text: str, expected: tuple[str, ...]
) -> None:
    assert thai_words(text) == expected


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ระหว่าง พ.ศ. 2555", "พ.ศ."),
        ("สพป./สพม.", "สพม."),
        ("(ช่วงเดือนตุลาคม – เมษายน 2555)", "2555)"),
        ("ประเด็นที่ 5.4 ข้อ 1.3.8", "1.3.8"),
        ("1/2555", "1/2555"),
        ("เด็กๆ", "เด็กๆ"),
        ("เป็นต้น ฯลฯ", "ฯลฯ"),
        ("“แลกเปลี่ยนเรียนรู้”", "เรียนรู้”"),
        ("โทร. 032-425-555", "032-425-555"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text: str, kept: str) -> None:
    assert kept in units(text)


def test_a_word_of_ten_thousand_letters_is_cut_and_quickly() -> None:
    for letter in ("ก", "ก้", "a", "จ์"):
        begun = perf_counter()
        cut = units(letter * 10_000)
        assert max(map(len, cut)) <= LONGEST_UNIT + 4
        assert perf_counter() - begun < 5


def test_hardly_a_break_of_a_real_return_falls_inside_a_word() -> None:
    """Judged by PyThaiNLP's newmm; between the parts of a compound is no fault."""
    inside = seen = 0
    for line in SOURCE.read_text(encoding="utf-8").splitlines():
        text = " ".join(line.split())
        places = {p for p in breaks(text) if THAI.match(text[p]) and THAI.match(text[p - 1])}
        seen += len(places)
        start = 0
        for word in segment(text) if text else ():
            for place in range(start + 1, start + len(word)):
                parts = (word[: place - start], word[place - start :])
                if place in places and not all(_is_made_of_words(part) for part in parts):
                    inside += 1
            start += len(word)
    assert seen > 2000
    assert inside / seen <= 0.005


def _is_made_of_words(part: str) -> bool:
    return all(word in KNOWN or not THAI.search(word) for word in segment(part))
