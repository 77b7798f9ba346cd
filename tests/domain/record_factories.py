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
from nithet.domain.supervision.actions.visits import record_visit
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor, system_actor
from tests.conftest import Cast

URN = "urn:nithet:edition:obec-return-2555:5.4"
YEAR = 2555


def one_page_pdf(words: bytes = b"") -> bytes:
    """The smallest PDF that opens: one empty page; `words` stand in a comment, so that files can differ."""
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>>>\nendobj\n",
    ]
    whole, places = b"%PDF-1.7\n%" + words + b"\n", []
    for part in parts:
        places.append(len(whole))
        whole += part
    table = b"xref\n0 4\n0000000000 65535 f \n"
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    return whole + table + trailer


PDF_BYTES = one_page_pdf()


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
