"""Addresses of studies and of one's own work; the pages of work are the director's own, who has opened them to the planner."""

from collections.abc import Mapping

from nithet.domain.supervision.actions.own_work import enter_work, share_work
from nithet.domain.supervision.actions.studies import add_cycle, add_measure, edit_study, open_study
from nithet.foundation.access.actors import actor_for
from nithet.foundation.accounts.models import User
from nithet.kernel import clock
from tests.web.routes.plans import day
from tests.web.routes.who import RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

OWN = frozenset({"director"})


def writes(body: Mapping[str, str], *, see: frozenset[str] = STAFF) -> Route:
    """Return a form that whoever enters records for the office may send."""
    return Route(see, do=RECORD_WRITERS, body=lambda known: dict(body))


STUDY = {"title": "ศึกษาการนิเทศ", "fiscal_year": "2555", "problem": "ปัญหา"}
ENTRY = {"kind": "course", "title": "อบรม", **day("starts_on")}

TABLE: dict[str, Route] = {
    "studies:studies": Route(SIGNED_IN, in_view=True),
    "studies:add": Route(
        STAFF | {"outsider"}, do=RECORD_WRITERS | {"outsider"}, body=lambda known: dict(STUDY)
    ),
    "studies:study": Route(STAFF, shows="<h1"),
    "studies:edit": writes({**STUDY, "version": "2", "owner_title": "ศึกษานิเทศก์"}),
    "studies:publish": writes({"version": "2", **day("published_on"), "where": "วารสาร"}),
    "studies:reopen": writes({"version": "2", "reason": "แก้"}),
    "studies:take_back": writes({"reason": "ซ้ำ"}),
    "studies:paper": Route(STAFF),
    "studies:add_cycle": writes({"design": "ลอง"}),
    "studies:edit_cycle": writes({"version": "1", "design": "ลองใหม่"}),
    "studies:take_back_cycle": writes({"reason": "ซ้ำ"}),
    "studies:add_measure": writes({"title": "คะแนน", "design": "paired", "of": "school"}),
    "studies:draw": writes({"item": "", "before": "f2555", "after": "f2556"}),
    "studies:edit_measure": writes(
        {"version": "1", "title": "คะแนน", "design": "paired", "of": "school"}
    ),
    "studies:measure_sheet": Route(STAFF),
    "studies:take_back_measure": writes({"reason": "ซ้ำ"}),
    "studies:work": Route(RECORD_WRITERS | {"outsider"}, shows="<h1"),
    "studies:add_entry": Route(
        RECORD_WRITERS | {"outsider"},
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: dict(ENTRY),
    ),
    "studies:edit_entry": Route(
        OWN, do=OWN, body=lambda known: {**ENTRY, "version": "1", "hours": "6"}
    ),
    "studies:take_back_entry": Route(OWN, do=OWN, body=lambda known: {"reason": "ซ้ำ"}),
    "studies:share": Route(
        RECORD_WRITERS | {"outsider"},
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: {"reader": ""},
    ),
    "studies:end_share": Route(OWN, get=False, do=OWN),
    "studies:work_of": Route(OWN | {"planner"}, shows="<h1"),
    "studies:work_paper": Route(OWN | {"planner"}),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a study with a cycle and values, and the director's page of work, open to the planner."""
    supervisor = stage.cast.actor("supervisor")
    study = open_study(actor=supervisor, title="พาทำ", fiscal_year=2555, problem="อ่านไม่ต่อเนื่อง")
    study = edit_study(
        actor=supervisor,
        study=study,
        version=1,
        title="พาทำ",
        fiscal_year=2555,
        problem="อ่านไม่ต่อเนื่อง",
        findings="ครูทำได้",
    )
    cycle = add_cycle(actor=supervisor, study=study, design="พาทำ")
    values = [[f"ครู {n}", str(n), str(n + 1)] for n in range(6)]
    measure = add_measure(actor=supervisor, study=study, title="ทักษะ", values=values)
    owner = User.objects.get(username="matrix-director")
    director = actor_for(owner, clock.today())
    entry = enter_work(actor=director, kind="course", title="อบรมการโค้ช", starts_on=clock.today())
    share = share_work(actor=director, reader=User.objects.get(username="matrix-planner"))
    return {
        "study_id": str(study.pk),
        "study_paper": "docx",
        "study_cycle_id": str(cycle.pk),
        "study_measure_id": str(measure.pk),
        "work_entry_id": str(entry.pk),
        "work_share_id": str(share.pk),
        "work_owner_id": str(owner.pk),
        "work_paper": "docx",
    }
