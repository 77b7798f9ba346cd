"""How a level is shown: never by colour alone, and never more than is known."""

import pytest
from django.template import engines

from nithet.foundation.ui.levels import level_words, steps
from nithet.foundation.ui.shapes import LevelShown


def shown(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize("level", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("target", [None, 1, 2, 3, 4])
def test_squares_up_to_the_level_are_filled_and_from_there_to_the_target_dashed(
    level: int | None, target: int | None
) -> None:
    drawn = steps(level, of=4, target=target)
    assert [s.number for s in drawn] == [1, 2, 3, 4]
    assert sum(s.reached for s in drawn) == (level or 0)
    assert sum(s.wanted for s in drawn) == max((target or 0) - (level or 0), 0)
    assert not any(s.reached and s.wanted for s in drawn)


def test_levels_still_possible_are_dotted_only_while_the_level_is_unknown() -> None:
    assert [s.maybe for s in steps(None, of=4, possible=[1, 3])] == [True, False, True, False]
    assert not any(s.maybe for s in steps(2, of=4, possible=[1, 3]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"level": 3, "of": 4}, "ระดับ 3 จาก 4"),
        ({"level": 3, "of": 4, "target": 4}, "ระดับ 3 จาก 4 (เป้าหมายระดับ 4)"),
        ({"level": None, "of": 4}, "ยังไม่มีระดับ"),
        ({"level": None, "of": 4, "possible": (4, 3)}, "ยังสรุประดับไม่ได้ (ที่ยังเป็นไปได้: ระดับ 3, 4)"),
        ({"level": None, "of": 4, "text": "ไม่ถึงระดับ 1"}, "ไม่ถึงระดับ 1"),
    ],
)
def test_the_words_of_a_level(arguments: dict[str, object], said: str) -> None:
    assert level_words(**arguments).whole == said  # type: ignore[arg-type]


def test_a_meter_reads_aloud_what_it_shows() -> None:
    page = shown('{% level_meter 3 of=4 target=4 name="ข้อ 1" %}')
    assert 'role="img" aria-label="ข้อ 1: ระดับ 3 จาก 4 (เป้าหมายระดับ 4)"' in page
    assert page.count("reached") == 3
    assert page.count("wanted") == 1


def test_the_three_levels_are_always_named_in_full_even_where_there_are_none() -> None:
    page = shown("{% three_levels a b c %}", a=None, b=None, c=None)
    for name in ("ระดับจากข้อมูล", "ระดับที่เขตประเมินตนเอง", "ระดับที่ผู้ประเมินให้"):
        assert page.count(f"<dt>{name}</dt>") == 1
    for none_yet in ("ยังไม่มีระดับ", "คณะทำงานยังไม่ได้สรุป", "ผู้ประเมินยังไม่ได้ให้ระดับ"):
        assert none_yet in page


def test_each_of_the_three_levels_keeps_its_own_reason_and_decider() -> None:
    page = shown(
        "{% three_levels a b c of=4 target=4 %}",
        a=LevelShown(3, because="ชัดเจนในบางข้อ"),
        b=LevelShown(2, who="คณะทำงาน"),
        c=LevelShown(4, because=["หลักฐานครบ", "ตรวจสอบได้"]),
    )
    first, second, third = page.split("<dt>")[1:]
    assert "ระดับ 3 จาก 4" in first and "ชัดเจนในบางข้อ" in first and "เป้าหมายระดับ 4" in first
    assert "ระดับ 2 จาก 4" in second and "คณะทำงาน" in second and "เพราะ" not in second
    assert "ระดับ 4 จาก 4" in third and third.count("<li>") == 2 and "เป้าหมาย" not in third
