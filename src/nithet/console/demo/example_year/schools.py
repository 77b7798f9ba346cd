"""The schools of the example year: the thirteen that the document names, and 117 that are marked as examples.

Districts and networks stand only at example schools: where the thirteen lie is not confirmed, but for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nithet.console.demo.example_year.spreading import dealt, every_nth, spread

POPULATION = 130
CONFIRMED_DISTRICT = {"วัดไทรทอง": "บ้านแหลม"}
DISTRICTS = (("เมืองเพชรบุรี", 46, 4), ("บ้านแหลม", 34, 3), ("เขาย้อย", 32, 3), ("หนองหญ้าปล้อง", 18, 2))
"""Name, schools and networks of each; the schools without a confirmed district are taken off in proportion."""
WITHOUT_DISTRICT = {"เมืองเพชรบุรี": 4, "บ้านแหลม": 3, "เขาย้อย": 3, "หนองหญ้าปล้อง": 2}
SIZES = (("small", 75, 4_650, 22, 120), ("medium", 49, 9_310, 121, 590), ("large", 5, 3_800, 605, 1_480), ("extra_large", 1, 1_740, 1_501, 3_000))
"""Size class, schools, pupils altogether, and between which numbers a school of it lies."""
LEVELS = (("อ.–ป.6", 98, 8), ("ป.1–ป.6", 6, 6), ("อ.–ม.3", 26, 11))
"""Levels offered, schools, and the classes that they need."""
EXTRA_ROOMS = 24
CONNECTIVITY = (("none", 9), ("mobile", 38), ("broadband", 83))
HEAD_VACANT = 17
TWO_TEACHERS = 6
NO_JANITOR = 41
SHORT_OF_TEACHERS = 58
SUPERVISORS = 13


@dataclass(frozen=True, slots=True)
class ExampleSchool:
    """One school with its facts as at 10 June 2555; `is_named` where the document names it.

    `teachers` includes the head where there is one; `supervisor` counts from 0.
    """

    name: str
    is_named: bool
    code: str
    district: str
    network: str
    size: str
    levels: str
    pupils: int
    rooms: int
    teachers: int
    entitled: int
    connectivity: str
    has_head: bool
    has_janitor: bool
    has_teacher_per_class: bool
    supervisor: int


def example_schools(named: Sequence[str]) -> list[ExampleSchool]:
    """Return the 130 schools; `named` are those of the document, as it writes them."""
    count = POPULATION
    names = [*named, *(f"โรงเรียนตัวอย่างที่ {number}" for number in range(len(named) + 1, count + 1))]
    sizes = [(size, pupils) for size, number, total, low, high in SIZES for pupils in spread(total, number, low, high)]
    # The document speaks of its schools as small ones: they stand first, where the small ones are.
    places = _places(names, len(named))
    small_levels = dealt(((LEVELS[0], 69), (LEVELS[1], 6)), 75)
    other_levels = dealt(((LEVELS[0], 29), (LEVELS[2], 26)), 55)
    levels = [*small_levels, *other_levels]
    rooms = [level[2] for level in levels]
    for index in range(EXTRA_ROOMS):
        rooms[count - 1 - index % 6] += 1
    connectivity = dealt(CONNECTIVITY, count)
    vacant = every_nth(HEAD_VACANT, count)
    two = frozenset(sorted(vacant)[:TWO_TEACHERS])
    short = _short_of_teachers(two, count)
    janitors_missing = every_nth(NO_JANITOR, count)
    found = []
    for index, name in enumerate(names):
        size, pupils = sizes[index]
        entitled = max(rooms[index] + 1, -(-pupils // 20))
        district, network = places[index]
        found.append(
            ExampleSchool(
                name=name,
                is_named=index < len(named),
                code="" if index < len(named) else f"76{index + 1:06d}",
                district=district,
                network=network,
                size=size,
                levels=levels[index][0],
                pupils=pupils,
                rooms=rooms[index],
                teachers=_teachers(index, rooms[index], entitled, two, short),
                entitled=entitled,
                connectivity=connectivity[index],
                has_head=index not in vacant,
                has_janitor=index not in janitors_missing,
                has_teacher_per_class=index not in short,
                supervisor=index % SUPERVISORS,
            )
        )
    return found


def _places(names: Sequence[str], named: int) -> list[tuple[str, str]]:
    """District and network of each; the named schools have none but where it is confirmed."""
    known = {index: CONFIRMED_DISTRICT[key] for index, name in enumerate(names[:named]) for key in CONFIRMED_DISTRICT if key in name}
    dealt_out = []
    for district, schools, networks in DISTRICTS:
        left = schools - WITHOUT_DISTRICT[district] - sum(1 for where in known.values() if where == district)
        dealt_out += [(district, f"กลุ่มเครือข่าย{district} {index % networks + 1}") for index in range(left)]
    rest = iter(dealt_out)
    return [(known.get(index, ""), "") if index < named else next(rest) for index in range(len(names))]


def _short_of_teachers(two: frozenset[int], count: int) -> frozenset[int]:
    others = [index for index in range(count) if index not in two]
    chosen = every_nth(SHORT_OF_TEACHERS - len(two), len(others))
    return two | {others[place] for place in chosen}


def _teachers(index: int, rooms: int, entitled: int, two: frozenset[int], short: frozenset[int]) -> int:
    if index in two:
        return 2
    return max(3, rooms - 1) if index in short else max(entitled, rooms)
