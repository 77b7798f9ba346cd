"""Every sum of the example year."""

from collections import Counter
from datetime import date

import pytest

from nithet.console.demo.example_year.schools import (
    DISTRICTS,
    WITHOUT_DISTRICT,
    ExampleSchool,
    example_schools,
)
from nithet.console.demo.example_year.spreading import dealt, every_nth, spread
from nithet.console.demo.example_year.visits import (
    FIRST,
    HOLIDAYS,
    LAST,
    MONTHS,
    ExampleVisit,
    example_visits,
)

NAMED = ["วัดไทรทอง", *(f"โรงเรียนในเอกสาร {n}" for n in range(2, 14))]
COMMITTEE = (0, 0, 0, 0, 0, 0, 0, 7, 6, 0, 0, 0)


@pytest.fixture(scope="module")
def schools() -> list[ExampleSchool]:
    return example_schools(NAMED)


@pytest.fixture(scope="module")
def visits(schools: list[ExampleSchool]) -> list[ExampleVisit]:
    return example_visits([school.supervisor for school in schools])


def test_what_is_spread_adds_up() -> None:
    assert sum(spread(4650, 75, 22, 120)) == 4650
    assert spread(10, 2, 5, 5) == [5, 5]
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(11, 2, 5, 5)


def test_what_is_dealt_keeps_its_numbers() -> None:
    assert Counter(dealt((("a", 2), ("b", 4)), 6)) == {"a": 2, "b": 4}
    with pytest.raises(ValueError, match="do not add up"):
        dealt((("a", 2),), 3)
    assert len(every_nth(17, 130)) == 17


def test_there_are_130_schools_of_which_117_are_examples(schools: list[ExampleSchool]) -> None:
    assert len(schools) == 130
    assert [s.name for s in schools if s.is_named] == NAMED
    assert [s.name for s in schools if not s.is_named] == [f"โรงเรียนตัวอย่างที่ {n}" for n in range(14, 131)]
    assert len({s.name for s in schools}) == 130
    codes = [s.code for s in schools if s.code]
    assert len(set(codes)) == 117
    assert {len(code) for code in codes} == {8}


def test_sizes_and_pupils_add_up(schools: list[ExampleSchool]) -> None:
    assert Counter(s.size for s in schools) == {"small": 75, "medium": 49, "large": 5, "extra_large": 1}
    pupils = {size: sum(s.pupils for s in schools if s.size == size) for size in ("small", "medium", "large", "extra_large")}
    assert pupils == {"small": 4650, "medium": 9310, "large": 3800, "extra_large": 1740}
    assert sum(pupils.values()) == 19_500
    borders = {"small": (1, 120), "medium": (121, 600), "large": (601, 1500), "extra_large": (1501, 10_000)}
    assert all(borders[s.size][0] <= s.pupils <= borders[s.size][1] for s in schools)


def test_levels_and_rooms_add_up(schools: list[ExampleSchool]) -> None:
    assert Counter(s.levels for s in schools) == {"อ.–ป.6": 98, "ป.1–ป.6": 6, "อ.–ม.3": 26}
    assert sum(s.rooms for s in schools) == 1130


def test_districts_and_networks_add_up(schools: list[ExampleSchool]) -> None:
    assert sum(number for _, number, _ in DISTRICTS) == 130
    assert sum(networks for _, _, networks in DISTRICTS) == 12
    placed = Counter(s.district for s in schools)
    assert placed[""] == 12
    assert {name: number - WITHOUT_DISTRICT[name] for name, number, _ in DISTRICTS} == {d: n for d, n in placed.items() if d}
    assert len({s.network for s in schools if s.network}) == 12
    assert [s.district for s in schools if s.is_named and s.district] == ["บ้านแหลม"]


def test_staffing_adds_up(schools: list[ExampleSchool]) -> None:
    assert sum(not s.has_head for s in schools) == 17
    assert sum(s.teachers == 2 for s in schools) == 6
    assert sum(not s.has_janitor for s in schools) == 41
    assert sum(not s.has_teacher_per_class for s in schools) == 58
    assert all((s.teachers >= s.rooms) == s.has_teacher_per_class for s in schools)
    assert Counter(s.connectivity for s in schools) == {"none": 9, "mobile": 38, "broadband": 83}
    assert set(Counter(s.supervisor for s in schools).values()) == {10}


def by_month(visits: list[ExampleVisit], purpose: str | None = None) -> tuple[int, ...]:
    counted = Counter((v.day.year, v.day.month) for v in visits if purpose in {None, v.purpose})
    return tuple(counted[month] for month in MONTHS)


def test_visits_add_up_by_kind_and_month(visits: list[ExampleVisit]) -> None:
    assert Counter(v.purpose for v in visits) == {"qa": 226, "readiness": 130, "inclusion": 24, "other": 38}
    assert by_month(visits, "qa") == (0, 30, 38, 18, 4, 6, 0, 0, 42, 48, 34, 6)
    assert by_month(visits, "other") == (6, 4, 2, 4, 2, 2, 2, 0, 4, 6, 4, 2)
    everything = tuple(made + own for made, own in zip(by_month(visits), COMMITTEE, strict=True))
    assert everything == (6, 34, 40, 22, 6, 8, 2, 137, 52, 54, 38, 32)
    assert sum(everything) == 431


def test_coaching_reaches_96_schools_and_then_all(visits: list[ExampleVisit]) -> None:
    new_year = date(2012, 5, 16)
    assert len({v.school for v in visits if v.purpose == "qa" and v.day < new_year}) == 96
    assert len({v.school for v in visits if v.purpose == "qa" and v.day >= new_year}) == 130
    assert len({v.school for v in visits if v.purpose == "readiness"}) == 130


def test_visits_fall_on_working_days_of_the_year(visits: list[ExampleVisit]) -> None:
    assert all(FIRST <= v.day <= LAST and v.day.weekday() < 5 and v.day not in HOLIDAYS for v in visits)
    assert all(v.day >= date(2012, 9, 17) for v in visits if v.purpose == "inclusion")
    assert len({(v.school, v.day) for v in visits}) == len(visits)
