"""An attacker who tries every choice that the pages offer and puts the answers together learns of no few records."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest

from nithet.domain.directory.models.census import Census
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.instruments.exporting import csv_of
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.result_rows import behind
from nithet.domain.instruments.queries.result_scope import BY, Asked
from nithet.domain.instruments.queries.results import results_of
from nithet.domain.instruments.queries.submissions import answered
from nithet.domain.instruments.rules.clusters import clusters_of
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast, make_unit
from tests.domain.instruments.result_factories import (
    fill,
    make_form,
    make_school,
    question,
    rating,
)

FEWEST = 5
PERSON = question("teacher", "text", private=True)
FIRST_DAY = datetime(2011, 8, 1, 3, tzinfo=UTC)
TIMES = (
    Asked(),
    *(Asked(year=year) for year in (2554, 2555, 2556)),
    *(Asked(academic_year=year) for year in (2554, 2555)),
    *(Asked(academic_year=year, semester=part) for year in (2554, 2555) for part in (1, 2)),
)


def places_of(cast: Cast, networks: int, each: int) -> list[School]:
    """Return schools of several networks, and the cast's own school, which is in the first of them."""
    found = []
    for number in range(networks):
        unit = make_unit("network", f"เครือข่ายที่ {number}", office=cast.office, parent=cast.office)
        network = Network.objects.create(office=cast.office, unit=unit)
        if number == 0:
            found.append(make_school(cast.school, network))
        found += [
            make_school(
                make_unit(
                    "school", f"โรงเรียนที่ {number}/{n}", office=cast.office, parent=cast.office
                ),
                network,
            )
            for n in range(each)
        ]
    return found


def filled(cast: Cast, office: Unit, seed: int) -> tuple[Instrument, list[School], list[int]]:
    """Make a form of two versions, of which the second alone names persons, with records here and there, each saying its own word."""
    chance = Random(seed)
    schools = places_of(cast, 3, 2)
    old = make_form(office, [rating("q1"), question("word", "text")])
    new = make_form(
        office, [PERSON, rating("q1"), question("word", "text")], instrument=old.instrument
    )
    for number in range(chance.randint(12, 60)):
        moment = FIRST_DAY + timedelta(days=chance.randint(0, 700))
        fill(
            chance.choice([old, new]),
            {"q1": str(chance.randint(1, 5)), "word": f"คำที่ {number}", "teacher": "ครู ป.1"},
            school=chance.choice([*schools, schools[0]]),
            user_id=chance.choice([None, None, cast.users["supervisor"].pk]),
            ended_at=moment,
            received_at=moment,
        )
    return old.instrument, schools, [old.pk, new.pk]


def views(schools: list[School], versions: list[int]) -> Iterator[Asked]:
    """Yield every choice that the filter of the pages offers."""
    networks = {one.network_id for one in schools}
    for time, version, network, school in product(
        TIMES, (None, *versions), (None, *networks), (None, *(one.pk for one in schools))
    ):
        if network is not None and school is not None:
            continue
        yield Asked(version, time.year, time.academic_year, time.semester, network, school)


def words_of(actor: Actor, form: Instrument, asked: Asked) -> tuple[frozenset[str], int]:
    """Return the words of others that are listed behind a figure, and how many records stand there in all."""
    opened = behind(actor, form, asked, "word")
    assert opened is not None
    return frozenset(said[0] for said in opened.answers), opened.count


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("who", ["director", "supervisor", "school_desk"])
def test_no_chain_of_choices_tells_fewer_than_five_records_apart(
    cast: Cast, office: Unit, seed: int, who: str
) -> None:
    form, schools, versions = filled(cast, office, seed)
    actor = cast.actor(who)
    seen: dict[str, list[int]] = defaultdict(list)
    for number, asked in enumerate(views(schools, versions)):
        for word in words_of(actor, form, asked)[0]:
            seen[word].append(number)
    # Records that stand behind the same figures, whatever is chosen, cannot be told apart by sums and differences.
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for word, numbers in seen.items():
        alike[tuple(numbers)].append(word)
    assert seen or who == "school_desk"
    assert all(len(words) >= FEWEST for words in alike.values()), alike


@pytest.mark.parametrize("seed", range(2))
def test_figures_parts_and_rows_count_the_same_records(cast: Cast, office: Unit, seed: int) -> None:
    form, schools, versions = filled(cast, office, seed)
    actor = cast.actor("supervisor")
    for time, version in product(TIMES, (None, *versions)):
        asked = Asked(version, time.year, time.academic_year, time.semester)
        whole = results_of(actor, form, asked)
        line = next(one for one in whole.lines if one.item.key == "word")
        assert line.tally.answered == words_of(actor, form, asked)[1]
        for by in BY:
            found = results_of(actor, form, Asked(*_values(asked), by=by))
            assert (found.records, found.left_out) == (whole.records, whole.left_out)
            for part in found.parts:
                narrower = _narrower(asked, by, part.key)
                if narrower is not None:
                    alone = results_of(actor, form, narrower)
                    assert (part.records, part.left_out) == (alone.records, alone.left_out)
    assert schools


def _values(asked: Asked) -> tuple[int | None, ...]:
    return asked.version_id, asked.year, asked.academic_year, asked.semester


def _narrower(asked: Asked, by: str, key: int) -> Asked | None:
    """Return the choice that a part's name leads to; None where two times would be asked for at once."""
    values = _values(asked)
    if by == "network":
        return Asked(*values, network_id=key)
    if by == "school":
        return Asked(*values, school_id=key)
    return Asked(asked.version_id, year=key) if asked.period is None else None


def test_what_a_supervisor_knows_by_themselves_does_not_open_what_others_wrote(
    cast: Cast, office: Unit
) -> None:
    school = make_school(cast.school)
    form = make_form(office, [PERSON, rating("q1"), question("word", "text")])
    for _ in range(4):
        fill(form, {"q1": "5"}, school=school, user_id=cast.users["supervisor"].pk)
    fill(form, {"q1": "1"}, school=school)
    supervisor = cast.actor("supervisor")
    found = results_of(supervisor, form.instrument, Asked())
    assert (found.records, found.left_out) == (4, 1)
    # In a report that others read, their own four are not shown by themselves either: all five stand together.
    shared = results_of(supervisor, form.instrument, Asked(), for_others=True)
    assert (shared.records, shared.left_out) == (5, 0)


def test_a_name_that_a_later_version_holds_for_private_is_private_in_the_older_one(
    cast: Cast, office: Unit
) -> None:
    old = make_form(office, [question("teacher", "text"), rating("q1")])
    new = make_form(office, [PERSON, rating("q1")], instrument=old.instrument)
    for _ in range(6):
        fill(old, {"teacher": "ครูประจำชั้น ป.1", "q1": "5"})
    director = cast.actor("director")
    for version in (None, old.pk, new.pk):
        found = results_of(director, old.instrument, Asked(version_id=version))
        assert [one.item.key for one in found.lines] == ["q1.5"]
        assert behind(director, old.instrument, Asked(version_id=version), "teacher") is None


@pytest.mark.parametrize("seed", range(3))
def test_no_choice_of_time_tells_fewer_than_five_schools_like_ones_own_apart(
    cast: Cast, office: Unit, seed: int
) -> None:
    chance = Random(seed)
    own, *others = places_of(cast, 2, 5)
    for one in (own, *others):
        Census.objects.create(
            office=office, school=one, as_at=FIRST_DAY.date(), pupils=80, teachers=5
        )
    visits = [one for one in others for _ in range(chance.randint(1, 3))]
    choices = [{"value": f"r{n}", "label": str(n)} for n in range(len(visits))]
    asks = [question("which", choices=choices), rating("q1")]
    first = make_form(office, asks)
    second = make_form(office, asks, instrument=first.instrument)
    fill(first, {"q1": "5"}, school=own, ended_at=FIRST_DAY, received_at=FIRST_DAY)
    for number, school in enumerate(visits):
        moment = FIRST_DAY + timedelta(days=chance.randint(0, 700))
        fill(
            chance.choice([first, second]),
            {"which": f"r{number}", "q1": "3"},
            school=school,
            ended_at=moment,
            received_at=moment,
        )
    head = cast.actor("school_head")
    seen: dict[str, list[int]] = defaultdict(list)
    for number, asked in enumerate(views([own, *others], [first.pk, second.pk])):
        peers = results_of(head, first.instrument, asked).peers
        for value in peers["which"].tally.given if peers else ():
            seen[value].append(number)
    alike: dict[tuple[int, ...], set[int]] = defaultdict(set)
    for value, numbers in seen.items():
        alike[tuple(numbers)].add(visits[int(value[1:])].pk)
    assert alike
    assert all(len(schools) >= FEWEST for schools in alike.values())


def test_clusters_are_as_narrow_as_they_can_be_and_leave_out_what_finds_no_company() -> None:
    atoms = {
        ("2555", "a"): range(5),
        ("2555", "b"): range(10, 12),
        ("2556", "a"): range(20, 23),
        ("2556", "b"): range(30, 33),
    }
    found = clusters_of(atoms, FEWEST)
    assert sorted(map(sorted, found)) == [
        [0, 1, 2, 3, 4, 10, 11],
        [20, 21, 22, 30, 31, 32],
    ]
    assert clusters_of({("2555", "a"): range(4)}, FEWEST) == []
    assert clusters_of({}, FEWEST) == []


def test_single_forms_and_their_export_do_not_tell_what_the_results_keep(
    cast: Cast, office: Unit
) -> None:
    form = make_form(office, [PERSON, rating("q1"), question("word", "text")])
    sent = {"teacher": "ครู ป.1", "q1": "2", "word": "เปิดห้องเรียน"}
    school = make_school(cast.school)
    row = fill(form, sent, school=school, user_id=cast.users["supervisor"].pk)
    row.answers = sent  # as the door writes them, by the path below the root
    row.save()
    row = Submission.objects.select_related("school", "version").get(pk=row.pk)

    def read(who: str) -> list[str]:
        return [one.value for one in answered(cast.actor(who), row) if one.value]

    def exported(actor: Actor) -> str:
        return b"".join(csv_of(actor, row.form_id)).decode("utf-8-sig").splitlines()[1]

    assert read("supervisor") == ["ครู ป.1", "ระดับ 2", "เปิดห้องเรียน"]
    assert read("director") == ["เปิดห้องเรียน"]
    assert ",ครู ป.1,2,เปิดห้องเรียน," in exported(cast.actor("supervisor"))
    assert ",,,เปิดห้องเรียน," in exported(cast.actor("planner"))
    # The whole office's export, by nobody's account, holds what was ticked, and no person.
    assert ",2,เปิดห้องเรียน," in exported(system_actor("export", office.pk))
    Submission.objects.filter(pk=row.pk).update(state="waiting", reason="unknown_version")
    row.refresh_from_db()
    assert read("director") == ["ระดับ 2", "เปิดห้องเรียน"]
    assert read("administrator") == ["เปิดห้องเรียน"]
