"""The layer "ปีเต็ม": the real return with example records on top, in an office of its own.

The layer "ตามเอกสาร" stays what the document says; here the same document is taken over once more, and a whole year is put
around it. Everything invented carries "ข้อมูลตัวอย่าง" as its source, and the office the badge for example data.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nithet.console.demo.example_year import people, places, proof, told, work
from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.example_year.schools import ExampleSchool, example_schools
from nithet.console.demo.example_year.visits import example_visits, working_days
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.project import Project
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.models import Unit

AS_AT = date(2012, 6, 10)
YEAR_ENDS = date(2012, 9, 30)
FISCAL_YEAR = 2555
ACCOMPANIED = 12
"""Schools whose visits are told whole, with what was agreed and what became of it."""


def is_loaded() -> bool:
    """Say whether the office in scope already has its year."""
    return Visit.objects.filter(source=EXAMPLE).exists()


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does what in the example year: the system, who keeps the records, who reviews them, the director, and a supervisor."""

    system: Actor
    keeper: Actor
    reviewer: Actor
    director: Actor
    supervisor: Actor


def load_example_year(cast: Cast, reporting_round: Round, office: Unit) -> FrozenRound:
    """Put the example year around the records of the document; return the copy of its first half that assessors see."""
    system, keeper = cast.system, cast.keeper
    named = list(School.objects.select_related("unit").order_by("pk"))
    examples = example_schools([school.unit.name for school in named])
    by_name = places.bring_schools(system, [one for one in examples if not one.is_named], AS_AT)
    schools = [by_name[one.name] for one in examples]
    places.count_named(system, list(zip(named, examples, strict=False)), AS_AT)
    places.declare_all(system, AS_AT)
    places.learn_jointly(system, schools[13:50], date(2012, 5, 16))
    places.tested(system, [school for school, one in zip(schools, examples, strict=True) if one.pupils], 2554)
    _people(system, office, examples, schools)
    _work(system, examples, schools)
    quality = Project.objects.get(title__contains="การพัฒนาระบบประกันคุณภาพภายใน")
    told.accompany(cast.supervisor, told.pairs_of(schools[:ACCOMPANIED], quality))
    proof.keep_and_review(keeper, cast.reviewer, reporting_round)
    proof.answer_the_rest(keeper, reporting_round)
    proof.share_out(keeper, reporting_round, YEAR_ENDS)
    proof.agree(keeper, reporting_round, date(2012, 10, 31))
    frozen = proof.close_half_year(keeper, cast.director, reporting_round.edition, FISCAL_YEAR)
    proof.put_forward(keeper, cast.director, reporting_round)
    return frozen


def _people(system: Actor, office: Unit, examples: Sequence[ExampleSchool], schools: Sequence[School]) -> None:
    supervised: dict[int, list[School]] = defaultdict(list)
    for school, one in zip(schools, examples, strict=True):
        supervised[one.supervisor].append(school)
    people.staff(system, office, FISCAL_YEAR, supervised)
    people.seat(system, Committee.Kind.AREA, "คณะกรรมการเขตพื้นที่การศึกษา", date(2011, 10, 1), YEAR_ENDS)
    people.experts(system, date(2012, 7, 25))


def _work(system: Actor, examples: Sequence[ExampleSchool], schools: Sequence[School]) -> None:
    quality = Project.objects.get(title__contains="การพัฒนาระบบประกันคุณภาพภายใน")
    inclusion = Project.objects.get(title__contains="พัฒนาคุณภาพการจัดการศึกษาเรียนร่วม")
    work.spend(system, YEAR_ENDS)
    work.report(system, YEAR_ENDS)
    work.mark_exams(system)
    visits = example_visits([one.supervisor for one in examples])
    work.visit_schools(system, visits, schools, {"qa": quality, "inclusion": inclusion})
    reached = {one.school for one in visits if one.purpose == "qa" and one.day < date(2012, 5, 16)}
    left = [school for index, school in enumerate(schools) if index not in reached]
    work.leave_undone(system, left, working_days(2012, 2), quality)
