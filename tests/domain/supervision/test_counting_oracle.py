"""Years made up at random are counted by the product and, in another way, by hand: every figure and every name agrees."""

import io
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pypdfium2
import pytest
from django.test import Client

from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.schools import Network, School
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.domain.supervision.queries.counting import (
    committee_cover,
    months_of_year,
    visits_of_month,
    year_cover,
)
from nithet.domain.supervision.queries.teams import member_words
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from tests.conftest import Cast
from tests.domain.supervision.planning_factories import (
    YEAR,
    make_members,
    make_schools,
    make_supervisor,
    put_in_plan,
)

FIRST, LAST = date(2011, 10, 1), date(2012, 9, 30)
# The semesters of fiscal year 2555, written down by hand.
SEMESTERS = [(date(2011, 11, 1), date(2012, 4, 1)), (date(2012, 5, 16), date(2012, 9, 30))]
SEEDS = range(12)


@dataclass(frozen=True)
class Made:
    """A visit as it was made up."""

    school: int
    kind: str
    state: str
    mode: str
    day: date
    planned: date | None
    members: tuple[int, ...]
    is_written: bool


@dataclass
class Year:
    """A made-up year with what is needed to count it by hand."""

    today: date
    schools: list[School]
    network: dict[int, str]
    supervisor: dict[int, str]
    seats: list[CommitteeMember]
    visits: list[Made]


def make_year(cast: Cast, seed: int) -> Year:
    dice = random.Random(seed)
    today = FIRST + timedelta(days=dice.randrange(20, 366))
    with clock.fixed(clock.at(today)):
        schools = make_schools(cast, dice.randrange(6, 15))
        network, supervisor = dict.fromkeys((s.pk for s in schools), ""), {}
        for at in range(2):
            unit = Unit.objects.create(
                office=cast.office, parent=cast.office, kind="network", name=f"เครือข่ายที่ {at + 1}"
            )
            made = Network.objects.create(office=cast.office, unit=unit)
            for school in schools:
                if dice.random() < 0.4 and not network[school.pk]:
                    school.network = made
                    school.save()
                    network[school.pk] = unit.name
        rest = list(schools)
        for number in (1, 2):
            own = [rest.pop(dice.randrange(len(rest))) for _ in range(dice.randrange(1, 3))]
            make_supervisor(cast, own, number)
            supervisor |= {one.pk: f"ศึกษานิเทศก์ คนที่ {number}" for one in own}
        body = make_members(cast, 3)
    seats = list(CommitteeMember.objects.filter(committee=body).order_by("pk"))
    visits = [one for _ in range(90) if (one := make_up(dice, schools, seats, today)) is not None]
    unique: dict[tuple[int, str, date], Made] = {}
    for one in visits:
        unique.setdefault((one.school, one.kind, one.day), one)
    for one in unique.values():
        write(cast, one, seats)
    return Year(today, schools, network, supervisor, seats, list(unique.values()))


def make_up(
    dice: random.Random, schools: list[School], seats: list[CommitteeMember], today: date
) -> Made | None:
    day = date(2011, 9, 1) + timedelta(days=dice.randrange(0, 420))
    state = dice.choice(["done", "done", "done", "planned", "cancelled"])
    if state == "done" and day > today:
        return None
    kind = dice.choice(["supervision", "supervision", "committee"])
    planned = dice.choice([None, day, day - timedelta(days=dice.randrange(1, 50))])
    going = (
        tuple(dice.sample(range(len(seats)), dice.randrange(0, 3))) if kind == "committee" else ()
    )
    mode = dice.choice(["on_site", "on_site", "telephone", "online", "recorded"])
    school = dice.choice(schools).pk
    return Made(school, kind, state, mode, day, planned, going, dice.random() < 0.3)


def write(cast: Cast, one: Made, seats: list[CommitteeMember]) -> None:
    visit = Visit.objects.create(
        office=cast.office,
        school_id=one.school,
        kind=one.kind,
        state=one.state,
        mode=one.mode,
        visited_on=one.day,
        planned_for=one.planned,
        written_at=clock.at(one.day) if one.is_written else None,
    )
    if one.planned is not None:
        put_in_plan(visit)
    for at in one.members:
        Visitor.objects.create(
            office=cast.office,
            visit=visit,
            title=member_words(seats[at]),
            member=seats[at] if at % 2 else None,
        )
    Visitor.objects.create(
        office=cast.office, visit=visit, title="ศึกษานิเทศก์ คนที่ 1", is_companion=True
    )


def within(visits: Iterable[Made], part: tuple[date, date], **wanted: str) -> list[Made]:
    return [
        one
        for one in visits
        if part[0] <= one.day <= part[1]
        and all(getattr(one, name) == value for name, value in wanted.items())
    ]


@pytest.fixture(params=SEEDS)
def year(request: pytest.FixtureRequest, cast: Cast, office: Unit) -> Year:
    return make_year(cast, request.param)


def test_coverage_by_semester_network_and_supervisor_is_what_counting_by_hand_gives(
    cast: Cast, year: Year
) -> None:
    with clock.fixed(clock.at(year.today)):
        found = year_cover(cast.actor("planner"), YEAR)
    assert len(found.semesters) == 2
    for shown, part in zip(found.semesters, SEMESTERS, strict=True):
        done = within(year.visits, part, kind="supervision", state="done")
        there = {one.school for one in done if one.mode == "on_site"}
        other = {one.school for one in done if one.mode != "on_site"}
        assert shown.all.total == len(year.schools)
        assert shown.all.count == len(there)
        assert {one.key for one in shown.all.left} == {s.pk for s in year.schools} - there
        assert {one.key for one in shown.all.remote_only} == other - there
        assert shown.on_site == sum(1 for one in done if one.mode == "on_site")
        assert shown.remote == sum(1 for one in done if one.mode != "on_site")
        for groups, of in ((shown.networks, year.network), (shown.supervisors, year.supervisor)):
            by_hand: dict[str, set[int]] = {}
            for school in year.schools:
                by_hand.setdefault(of.get(school.pk, ""), set()).add(school.pk)
            assert {one.name: (one.total, one.count) for one in groups} == {
                name: (len(keys), len(keys & there)) for name, keys in by_hand.items()
            }
            for one in groups:
                assert {school.key for school in one.left} == by_hand[one.name] - there


def test_plan_against_deed_is_what_counting_by_hand_gives_and_opens_its_rows(
    cast: Cast, year: Year
) -> None:
    actor = cast.actor("planner")
    with clock.fixed(clock.at(year.today)):
        months = months_of_year(actor, YEAR)
    assert len(months) == 12
    for one in months:
        mine = [each for each in year.visits if each.kind == "supervision"]
        named = [
            each
            for each in mine
            if each.planned is not None
            and (each.planned.year, each.planned.month) == (one.first.year, one.first.month)
        ]
        here = [
            each
            for each in mine
            if (each.day.year, each.day.month) == (one.first.year, one.first.month)
        ]
        by_hand = {
            "planned": len(named),
            "done": sum(1 for each in named if each.state == "done"),
            "missing": sum(1 for each in named if each.state == "planned"),
            "cancelled": sum(1 for each in named if each.state == "cancelled"),
            "unplanned": sum(1 for each in here if each.planned is None and each.state == "done"),
        }
        for name, count in by_hand.items():
            assert getattr(one, name) == count, (one.first, name)
            assert visits_of_month(actor, one.first, name, "supervision").count() == count


def test_members_and_semesters_are_what_counting_by_hand_gives(cast: Cast, year: Year) -> None:
    with clock.fixed(clock.at(year.today)):
        found = committee_cover(cast.actor("planner"), YEAR)
    keys = [f"m{seat.pk}" for seat in year.seats]
    assert [one.member.key for one in found.members] == keys
    for at, part in enumerate(SEMESTERS):
        done = within(year.visits, part, kind="committee", state="done")
        assert found.unnamed[at] == sum(1 for one in done if not one.members)
        # A record written here with nobody's words counts for nobody.
        counting = [one for one in done if not one.is_written]
        for number, shown in enumerate(found.members):
            assert shown.semesters[at].count == sum(1 for one in counting if number in one.members)


def test_the_sheet_for_the_wall_names_every_school_that_is_left_on_one_page(
    cast: Cast, year: Year
) -> None:
    client = Client()
    client.force_login(cast.users["planner"])
    with clock.fixed(clock.at(year.today)), scope(None):
        answer = client.get(f"/supervision/plan/wall/?year={YEAR}&semester=2-2554")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    assert len(document) == 1
    text = "".join(document[0].get_textpage().get_text_range().split())
    there = {
        one.school
        for one in within(
            year.visits, SEMESTERS[0], kind="supervision", state="done", mode="on_site"
        )
    }
    if year.today >= SEMESTERS[0][0]:
        assert f"นิเทศแล้ว{len(there)}จาก{len(year.schools)}โรงเรียน" in text
    for school in year.schools:
        name = "".join(school.name.removeprefix("โรงเรียน").split())
        assert (name in text) == (school.pk not in there), school.name
