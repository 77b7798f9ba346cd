"""Addresses of papers."""

from collections.abc import Mapping

from nithet.domain.papers.actions.papers import make_paper
from nithet.domain.papers.actions.publishing import approve_publication, propose_publication
from nithet.domain.papers.kinds import MEMO, example_of
from nithet.foundation.access.actors import system_actor
from nithet.foundation.tenancy.scope import scope
from tests.domain.papers.samples import a_pdf
from tests.web.routes.who import EVERYBODY, LEADERS, SIGNED_IN, STAFF, WRITERS, Route, Stage

KEEPERS = LEADERS | {"group_head", "administrator"}
OWN = STAFF | {"outsider"}
"""Everybody sees the templates of their own office; the foreign director sees that one's."""


def records(stage: Stage) -> Mapping[str, str]:
    """A memorandum, and a PDF that waits to be shown to everybody."""
    office = stage.cast.office.pk
    actor = system_actor("matrix", office)
    with scope(office):
        paper = make_paper(actor=actor, kind="memo", data=example_of(MEMO), title="บันทึกตัวอย่าง")
        proposed = propose_publication(
            actor=actor, data=a_pdf("แผน"), file_name="plan.pdf", title="แผนปฏิบัติการ"
        )
        shown = propose_publication(
            actor=actor, data=a_pdf("รายงาน"), file_name="report.pdf", title="รายงานผล"
        )
        approve_publication(actor=actor, version=shown)
    return {
        "paper_id": str(paper.pk),
        "paper_number": "1",
        "paper_source": "return_memo",
        "template_kind": "memo",
        "publication_id": str(proposed.publication_id),
        "publication_version_id": str(proposed.pk),
        "public_office_id": str(office),
        "public_document_id": str(shown.publication_id),
    }


TABLE: dict[str, Route] = {
    "papers:papers": Route(SIGNED_IN, in_view=True),
    "papers:new": Route(SIGNED_IN, in_view=True, for_nobody=True),
    "papers:make": Route(SIGNED_IN, do=WRITERS | {"outsider"}, in_view=True, for_nobody=True),
    "papers:paper": Route(STAFF),
    "papers:docx": Route(STAFF),
    "papers:bring": Route(STAFF, get=False, do=WRITERS),
    "papers:again": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1"}),
    "papers:number": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1"}),
    "papers:state": Route(STAFF, get=False, do=WRITERS, body=lambda known: {"version": "1"}),
    "papers:undo": Route(STAFF, get=False, do=LEADERS | {"group_head"}),
    "papers:templates": Route(OWN),
    "papers:letterhead": Route(
        OWN,
        get=False,
        do=KEEPERS | {"outsider"},
        body=lambda known: {"version": "1", "group": "กลุ่มนิเทศฯ"},
    ),
    "papers:template": Route(OWN, do=KEEPERS | {"outsider"}),
    "papers:choose": Route(OWN, get=False, do=KEEPERS | {"outsider"}),
    "papers:template_docx": Route(OWN),
    "papers:preview_docx": Route(OWN),
    "papers:publications": Route(SIGNED_IN, do=WRITERS | {"outsider"}, in_view=True),
    "papers:next_version": Route(STAFF, do=WRITERS),
    "papers:proposed_pdf": Route(STAFF),
    "papers:approve": Route(STAFF, get=False, do=LEADERS),
    "papers:withdraw": Route(
        STAFF, get=False, do=LEADERS, body=lambda known: {"version": "1", "reason": "ปรับปรุงข้อมูล"}
    ),
    "papers:show": Route(STAFF, get=False, do=LEADERS, body=lambda known: {"version": "1"}),
    "papers:public_office": Route(EVERYBODY),
    "papers:public_document": Route(EVERYBODY),
}
