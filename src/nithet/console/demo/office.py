"""Building the demo office from the document, through the same doors that an office uses."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings

from nithet.console.demo import second_office
from nithet.console.demo.example_needs import show_needs
from nithet.console.demo.example_year import loading, told
from nithet.console.demo.people import (
    AT_THE_OFFICE,
    DemoAccount,
    invite_assessor,
    seat_again,
    seat_people,
)
from nithet.console.demo.supervision_cycle import keep_supervision_cycle
from nithet.console.demo.today.calendar import office_moment
from nithet.console.demo.visit_plan import put_visit_plan, show_visit_plan
from nithet.console.reports import tests_of
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.directory.people import found_office
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.frameworks.queries import get_edition
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.actions.issuing import issue_return
from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import read_docx
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.summary import to_json
from nithet.domain.reviews.policy import FROZEN
from nithet.domain.supervision.actions.standard_forms import ensure_standard_forms
from nithet.foundation.access.actors import Actor, actor_for, system_actor
from nithet.foundation.access.roles import SCHOOL_STAFF, Role
from nithet.foundation.accounts.models import User
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock

SEED = "000_0bf55f414089a6b9.txt"
FILE_NAME = "แบบรายงานผลการดำเนินงานตามมาตรฐาน สพป.เพชรบุรี เขต 1 ปี 2555.txt"
"""How the office would have named the document."""
OFFICE_NAME = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1"
OFFICE_SHORT = "สพป.เพชรบุรี เขต 1"
FISCAL_YEAR = 2555
EDITION = "urn:nithet:edition:obec-return-2555:5.4"
# The same office a second time, so that what the document says and what was made up around it never mix.
FULL_YEAR_NAME = f"{OFFICE_NAME} (ปีเต็ม ข้อมูลตัวอย่าง)"
ISSUE_KEY = "demo"
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made."""

    office: Unit
    found: dict[str, Any]
    judgement: dict[str, Any]
    tests: dict[tuple[str, str], str]
    issued: IssuedReturn
    accounts: list[DemoAccount]
    reads_back: bool


def seed_bytes() -> bytes:
    """Return the real document that the package carries."""
    return files("nithet.domain.returns").joinpath("demo_data", SEED).read_bytes()


def build_demo() -> Demo:
    """Build the demo office, or find it as it was built before; what it records is recorded in office hours."""
    with clock.fixed(office_moment(clock.now())):
        return _build_demo()


def _build_demo() -> Demo:
    data = seed_bytes()
    reading = read_return(data, SEED)
    with scope(None):
        office = found_office(actor=system_actor("demo"), name=OFFICE_NAME, short_name=OFFICE_SHORT)
    with scope(office.pk):
        actor = system_actor("demo", office.pk)
        folder = Path(settings.NITHET_DATA)
        ensure_standard_forms(actor=actor)
        accounts = seat_people(actor, AT_THE_OFFICE, office, folder)
        reporting_round = _import(_holder(Role.PLANNER), data)
        school = list_schools(actor).order_by("pk").first()
        accounts += seat_people(actor, SCHOOL_STAFF, school.unit if school else office, folder)
        standing = standing_of(reporting_round)
        issued = issue_return(actor=_holder(Role.DIRECTOR), round=reporting_round, request_key=ISSUE_KEY)
        return Demo(
            office=office,
            found=to_json(reading),
            judgement=to_contract_json(standing.edition, standing.judgement, standing.facts),
            tests=tests_of(standing.edition),
            issued=issued,
            accounts=accounts,
            reads_back=_reads_back(issued, reading.document),
        )


def build_examples() -> list[Unit]:
    """Build the two example offices beside the demo office, or find them: the full year of 2555, and an office of 2569.

    Everybody of the demo office holds the same role there and changes between the offices on the page of their account.
    """
    # The week that is planned is the week in which somebody looks at the demo, whenever its records were written.
    today = clock.today()
    with clock.fixed(office_moment(clock.now())):
        return _build_examples(today)


def _build_examples(today: date) -> list[Unit]:
    with scope(None):
        full_year = found_office(actor=system_actor("demo"), name=FULL_YEAR_NAME, short_name=OFFICE_SHORT, is_example=True)
        second = found_office(
            actor=system_actor("demo"), name=second_office.NAME, short_name=second_office.SHORT, is_example=True
        )
    _build_full_year(full_year)
    _build_second(second, today)
    return [full_year, second]


def _build_full_year(office: Unit) -> None:
    with scope(office.pk):
        if loading.is_loaded():
            return
        system = system_actor("demo", office.pk)
        seat_again(system, AT_THE_OFFICE, office)
        ensure_standard_forms(actor=system)
        cast = loading.Cast(
            system,
            _holder(Role.PLANNER, office),
            _holder(Role.GROUP_HEAD, office),
            _holder(Role.DIRECTOR, office),
            _holder(Role.SUPERVISOR, office),
        )
        frozen = loading.load_example_year(cast, _import(cast.keeper, seed_bytes()), office)
        invite_assessor(system, office, f"{FROZEN}:{frozen.pk}")
        _seat_school(system)


def _build_second(office: Unit, today: date) -> None:
    with scope(office.pk):
        if second_office.is_loaded():
            return
        system = system_actor("demo", office.pk)
        seat_again(system, AT_THE_OFFICE, office)
        ensure_standard_forms(actor=system)
        keeper, reviewer = _holder(Role.PLANNER, office), _holder(Role.GROUP_HEAD, office)
        supervisor = _holder(Role.SUPERVISOR, office)
        second_office.load_second_office(system, keeper, reviewer, supervisor, office)
        show_needs(keeper, second_office.FISCAL_YEAR, second_office.AS_AT)
        plan = show_visit_plan(keeper)
        schools = list(list_schools(system).order_by("pk")[:16:5])
        told.plan_this_week(supervisor, schools[:3], today)
        told.invite_committee(supervisor, schools[3:], today + A_WEEK)
        put_visit_plan(keeper, plan)
        _seat_school(system)


def _seat_school(system: Actor) -> None:
    if school := list_schools(system).order_by("pk").first():
        seat_again(system, SCHOOL_STAFF, school.unit)


def _import(actor: Actor, data: bytes) -> Round:
    kept = propose_import(actor=actor, data=data, file_name=FILE_NAME, fiscal_year=FISCAL_YEAR)
    found = confirm_import(actor=actor, return_import=kept, edition=get_edition(EDITION))
    keep_supervision_cycle(actor, found)
    return found


def _holder(role: Role, office: Unit | None = None) -> Actor:
    """Return the person who holds a role in the demo, as an actor: the same doors open to them as on the pages."""
    user = User.objects.get(username=role.value.replace("_", "-"))
    return actor_for(user, clock.today(), office_id=office.pk if office else None)


def _reads_back(issued: IssuedReturn, original: ReturnDocument) -> bool:
    """Say whether the issued Word file gives back what the old return said; later edits do not touch it."""
    return read_return(read_docx(issued), "return.docx").document == original
