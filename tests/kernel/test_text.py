"""Repair of text: what is damaged is mended, what is sound stays, and twice is once."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.kernel.text import collapse, repair_thai

thai = st.text("กนทผเแโาำํ่้๊๋ัิีึืุูะ็์ \u00a0\n")
words = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1)
blanks = st.sampled_from(
    [" ", "\u00a0", "\t", "\n", "\x0c", "\u2003", "\u2028", " \u200b ", "\ufeff "]
)


@given(st.lists(words, max_size=6), blanks)
def test_words_come_out_with_one_space_between_whatever_stood_there(
    parts: list[str], blank: str
) -> None:
    assert collapse(blank.join(parts)) == " ".join(parts)
    assert collapse(blank + blank.join(parts) + blank) == " ".join(parts)


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e"])
def test_an_invisible_mark_inside_a_word_leaves_no_gap(mark: str) -> None:
    assert collapse(f"สถาน{mark}ศึกษา") == "สถานศึกษา"


@given(thai)
def test_collapsing_twice_changes_nothing_more(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("น\u0e4d\u0e32", "นำ"),
        ("ท\u0e4d\u0e32งาน", "ทำงาน"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("ก \u0e33กับ", "กำกับ"),
        ("จ\u0e4d \u0e32นวน", "จำนวน"),
        ("\u0e40\u0e40ผน", "แผน"),
        ("ท\u0e48\u0e35", "ที่"),
        ("ก\u0e49\u0e39", "กู้"),
        ("ร\u0e48\u0e31ว", "รั่ว"),
    ],
)
def test_known_damage_is_mended(damaged: str, sound: str) -> None:
    assert damaged != sound
    assert repair_thai(damaged) == sound


@pytest.mark.parametrize(
    "sound", ["น้ำใจของผู้ให้", "กำกับ ดูแล", "แผนปฏิบัติการ", "ที่ว่าการ", "เปล่า", "อำเภอ", "สํ", "ก า"]
)
def test_sound_text_stays(sound: str) -> None:
    assert repair_thai(sound) == sound


@given(thai)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair_thai(text)
    assert repair_thai(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters(max_codepoint=0x0DFF, exclude_categories=["Cs"])))
def test_text_of_other_scripts_is_only_composed(text: str) -> None:
    assert repair_thai(text) == unicodedata.normalize("NFC", text)


@pytest.mark.timeout(20)
def test_a_long_run_of_damaged_marks_is_mended_quickly() -> None:
    for run in (
        "\u0e33\u0e49",
        "\u0e4d ",
        "\u0e33",
        "\u0e49",
        "\u0e49\u0e34",
        "ก\u0e49 ",
        "\u0e4d\u0e49",
    ):
        assert len(repair_thai(run * 100_000)) == len(run) * 100_000
