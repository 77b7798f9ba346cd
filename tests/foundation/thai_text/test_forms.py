"""Search form and sort key: what looks alike is alike, and the order is that of the dictionary."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.foundation.thai_text.forms import search_form, sort_key

thai = st.text("กขนรวหเแโไาำะิีุ่้็์ํๆฯ๑๒12 \u00a0\u200b-–“aBß")
anything = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ข้อ ๕", "ข้อ 5"),
        ("ก\u0e4d\u0e32กับ", "กำกับ"),
        ("\u0e40\u0e40ผน", "แผน"),
        ("ที\u0e48\u0e48", "ที่"),
        ("ท\u0e48\u0e35", "ที่"),
        ("โรง\u200bเรียน\u00a0วัด\n", "โรงเรียน วัด"),
        ("Coaching", "COACHING"),
        ("ตุลาคม – เมษายน", "ตุลาคม - เมษายน"),
        ("“นิเทศ”", '"นิเทศ"'),
        ("Stra\u00dfe", "STRASSE"),
    ],
)
def test_two_texts_that_look_alike_have_one_search_form(one: str, other: str) -> None:
    assert one != other
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ขาว", "ข้าว"), ("วัดโพธิ์", "วัดโพธิ์ทัยมณี"), ("เเก", "เก"), ("ครูๆ", "ครู")]
)
def test_two_texts_that_differ_keep_different_forms(one: str, other: str) -> None:
    assert search_form(one) != search_form(other)


@given(thai | anything)
def test_taking_the_search_form_twice_changes_nothing_more(text: str) -> None:
    once = search_form(text)
    assert search_form(once) == once


@given(st.lists(st.text("กขนาีเ่้๑2aB", min_size=1), min_size=1, max_size=6), st.data())
def test_words_of_a_text_are_found_in_its_form(parts: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(parts) - 1))
    end = data.draw(st.integers(start + 1, len(parts)))
    assert search_form("\u00a0".join(parts[start:end])) in search_form(" ".join(parts))


def is_rising(texts: list[str]) -> bool:
    return all(sort_key(one) < sort_key(other) for one, other in pairwise(texts))


def test_the_order_is_that_of_the_thai_dictionary() -> None:
    ordered = [
        "กก",
        "กฎ",
        "กระทรวง",
        "กล้า",
        "กะ",
        "กา",
        "กำ",
        "เก่า",
        "แก",
        "โก",
        "ใกล้",
        "ไก่",
        "ขอ",
        "ข้อ",
    ]
    assert is_rising(ordered)


def test_the_order_agrees_with_the_library_s_where_tones_do_not_decide() -> None:
    from pythainlp.util import collate

    names = [
        "วัดเกาะแก้ว",
        "บ้านท่าเสลา",
        "วัดโพธิ์ทัยมณี",
        "วัดเพรียง",
        "วัดไทรทอง",
        "วัดหนองหว้า",
        "บ้านพุพลู",
        "วัดมณีเลื่อน",
    ]
    assert sorted(names, key=sort_key) == collate(names)


def test_tone_marks_decide_only_between_texts_otherwise_equal() -> None:
    ordered = ["ขาว", "ข่าว", "ข้าว", "ข่าวกาฬ", "ขาวสะอาด", "ข้าวหลาม"]
    assert is_rising(ordered)


def test_numbers_count_by_size_in_either_kind_of_digits() -> None:
    ordered = ["กลุ่ม 1", "กลุ่ม ๒", "กลุ่ม 10", "กลุ่ม 010 ก", "กลุ่ม ๑๑", "กลุ่ม 100"]
    assert is_rising(ordered)
    points = ["1.1.1", "1.2", "1.10", "2"]
    assert is_rising(points)


@given(thai | anything)
def test_the_key_can_stand_in_a_column_of_either_database(text: str) -> None:
    assert "\x00" not in sort_key(text.replace("\x00", ""))


syllables = st.sampled_from(["กา", "เก", "เก่", "ก้า", "ไข", "ข้อ", "โพธิ์", " ", "1", "12", "๒", "(ก)"])


@given(st.lists(syllables, max_size=5).map("".join), st.lists(syllables, max_size=5).map("".join))
def test_two_texts_share_a_key_only_when_they_share_the_search_form(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (search_form(one) == search_form(other))


@given(thai)
def test_a_text_comes_before_the_texts_it_begins(text: str) -> None:
    start = search_form(text)
    assert sort_key(start) <= sort_key(f"{start} ก")
