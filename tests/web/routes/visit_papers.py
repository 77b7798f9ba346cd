"""Addresses of the papers of visits."""

from collections.abc import Mapping
from datetime import date

from nithet.domain.supervision.actions.visit_news import write_news
from nithet.domain.supervision.actions.visit_papers import make_visit_paper
from nithet.domain.supervision.actions.visits import record_visit
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.scope import scope
from tests.web.routes.who import SCHOOL, SIGNED_IN, STAFF, WRITERS, Route, Stage

READERS = STAFF | {"committee_member"} | SCHOOL


def records(stage: Stage) -> Mapping[str, str]:
    """A visit with a report and photo news."""
    office = stage.cast.office.pk
    actor = system_actor("matrix", office)
    with scope(office):
        visit = record_visit(
            actor=actor,
            school=stage.school,
            kind="supervision",
            visited_on=date(2012, 6, 4),
            visitors=["ศึกษานิเทศก์ กลุ่ม 1"],
        )
        link = make_visit_paper(actor=actor, visit=visit, card="report")
        write_news(
            actor=actor,
            visit=visit,
            version=0,
            headline="นิเทศโรงเรียน",
            words="ร่วมแลกเปลี่ยนเรียนรู้กับครู",
            photos=[],
            shows_children=False,
        )
    return {"told_visit_id": str(visit.pk), "visit_paper_id": str(link.pk)}


def _news(known: Mapping[str, str]) -> Mapping[str, str]:
    return {"version": "1", "headline": "นิเทศ", "words": "ข่าวใหม่", "faces": "no"}


TABLE: dict[str, Route] = {
    "visit_papers:papers": Route(STAFF),
    "visit_papers:make": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"card": "copy"}),
    "visit_papers:copy": Route(READERS),
    "visit_papers:news": Route(STAFF, do=WRITERS, body=_news),
    "visit_papers:approve": Route(
        STAFF,
        get=False,
        do=frozenset({"director", "deputy_director", "group_head"}),
        body=lambda known: {"version": "1"},
    ),
    "visit_papers:picture": Route(STAFF),
    "visit_papers:number": Route(
        STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1", "number": "ศธ 1/1"}
    ),
    "visit_papers:state": Route(
        STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1", "state": "printed"}
    ),
    "visit_papers:again": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1"}),
    "visit_papers:bring": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1"}),
    "visit_papers:changes": Route(STAFF),
    "visit_papers:pdf": Route(STAFF),
    "visit_papers:docx": Route(STAFF),
    "visit_papers:many": Route(SIGNED_IN, do=WRITERS | {"outsider"}, in_view=True, for_nobody=True),
    "visit_papers:made": Route(SIGNED_IN, in_view=True, for_nobody=True),
}
