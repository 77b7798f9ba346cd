"""Names in a row read as a sentence in both languages."""

import pytest

from nithet.foundation.thai_text.lists import natural_join


@pytest.mark.parametrize(
    ("parts", "thai", "english"),
    [
        ([], "", ""),
        (["ครู"], "ครู", "ครู"),
        (["ครู", "นักเรียน"], "ครู และนักเรียน", "ครู and นักเรียน"),
        (["ครู", "", "NT"], "ครู และ NT", "ครู and NT"),
        (["ป.5", "ป.6"], "ป.5 และ ป.6", "ป.5 and ป.6"),
        (["ข้อ 1", "3"], "ข้อ 1 และ 3", "ข้อ 1 and 3"),
        (["ก", "ข", "เขต"], "ก ข และเขต", "ก, ข and เขต"),
    ],
)
def test_parts_are_joined_as_the_language_does(parts: list[str], thai: str, english: str) -> None:
    assert natural_join(parts) == thai
    assert natural_join(iter(parts), language="en") == english


def test_a_choice_is_joined_with_or() -> None:
    assert natural_join(["โทรศัพท์", "หนังสือ"], word="or") == "โทรศัพท์ หรือหนังสือ"
    assert natural_join(["letter", "call"], word="or", language="en") == "letter or call"
