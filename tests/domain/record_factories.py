"""Records for tests, each made through the door as people make them."""

from datetime import date
from functools import cache

from nithet.domain.directory.actions.schools import register_school
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.actions import add_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import shipped_editions
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.project import Project
from nithet.domain.supervision.actions import record_visit
from nithet.domain.supervision.models import Visit
from nithet.foundation.access.actors import Actor, system_actor
from tests.conftest import Cast

URN = "urn:nithet:edition:obec-return-2555:5.4"
YEAR = 2555
PDF_BYTES = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"


@cache
def return_2555() -> str:
    """The text of the shipped edition of the return of 2555, issue 5.4."""
    return next(text for text in shipped_editions() if f"urn: {URN}\n" in text)


def make_edition() -> Edition:
    return add_edition(actor=system_actor("test"), text=return_2555())


def make_plan(actor: Actor) -> Plan:
    return open_plan(actor=actor, fiscal_year=YEAR, title="แผนปฏิบัติการประจำปีงบประมาณ 2555")


def make_project(actor: Actor, title: str = "โครงการทดสอบ") -> Project:
    return add_project(actor=actor, plan=make_plan(actor), title=title)


def make_piece(actor: Actor, title: str = "หลักฐานทดสอบ", **fields: object) -> Piece:
    return bring_piece(
        actor=actor, title=title, kind=str(fields.pop("kind", "project_document")), **fields
    )  # type: ignore[arg-type]


def make_school(cast: Cast, name: str = "วัดทดสอบ", **fields: object) -> School:
    return register_school(actor=cast.actor("administrator"), name=name, **fields)  # type: ignore[arg-type]


def make_visit(
    cast: Cast,
    school: School,
    day: date = date(2012, 5, 24),
    kind: str = "committee",
    **fields: object,
) -> Visit:
    return record_visit(
        actor=cast.actor("supervisor"),
        school=school,
        kind=kind,
        visited_on=day,
        **fields,  # type: ignore[arg-type]
    )
