"""Addresses of needs, and a need, a survey and a school's answer for them."""

from collections.abc import Mapping

from nithet.domain.plans.actions.need_surveys import answer_survey, open_survey
from nithet.domain.plans.actions.needs import record_need, serve_need, set_thresholds
from nithet.domain.plans.models.project import Project
from tests.web.routes.who import RECORD_WRITERS, SCHOOL, SIGNED_IN, STAFF, Route, Stage

OWN = STAFF | SCHOOL
BY_LINK = {"needs:survey_link"}
SPEAKERS = frozenset({"school_head", "school_clerk"})
ELSEWHERE = RECORD_WRITERS | {"outsider"}
"""Where a page is about the reader's own office, the director of another one succeeds in theirs."""


def writes(body: Mapping[str, str], *, get: bool = True, see: frozenset[str] = OWN) -> Route:
    """Return a form about a need that the people who keep the register may send."""
    return Route(see, get=get, do=RECORD_WRITERS, body=lambda known: dict(body))


TABLE: dict[str, Route] = {
    "needs:needs": Route(SIGNED_IN, in_view=True),
    "needs:add": Route(
        SIGNED_IN,
        do=ELSEWHERE,
        body=lambda known: {
            "school": known["school_id"],
            "text": "ต้องการสื่อ",
            "kind": "other",
            "strength": "1",
        },
    ),
    "needs:say": Route(
        SPEAKERS, do=SPEAKERS, body=lambda known: {"school": known["school_id"], "text": "ขอครู"}
    ),
    "needs:offers": Route(SIGNED_IN, in_view=True, do=ELSEWHERE),
    "needs:thresholds": Route(
        SIGNED_IN, do=ELSEWHERE, body=lambda known: {"version": "0", "results_below": "50"}
    ),
    "needs:import": Route(SIGNED_IN, in_view=True, do=ELSEWHERE),
    "needs:need": Route(OWN, shows="<h1"),
    "needs:edit": writes({"version": "1", "text": "อื่น", "strength": "1"}),
    "needs:settle": writes({"version": "1", "state": "met"}),
    "needs:take_back": writes({}, get=False),
    "needs:serve": Route(
        OWN, do=RECORD_WRITERS, body=lambda known: {"project": known["project_id"]}
    ),
    "needs:leave": writes({}, get=False, see=STAFF),
    "needs:of_project": writes({}, see=STAFF),
    "needs:surveys": Route(SIGNED_IN, in_view=True),
    "needs:add_survey": Route(
        SIGNED_IN,
        do=ELSEWHERE,
        body=lambda known: {"title": "สำรวจ", "items": "ก\nข", "lowest": "1"},
    ),
    "needs:survey": Route(STAFF, shows="PNImodified"),
    "needs:edit_survey": writes({"version": "1", "title": "ใหม่"}, see=STAFF),
    "needs:close_survey": writes({"version": "1"}, get=False, see=STAFF),
    "needs:take_back_survey": writes({}, get=False, see=STAFF),
    "needs:make_links": writes({}, get=False, see=STAFF),
    "needs:end_links": writes({}, get=False, see=STAFF),
    "needs:means": writes({"label": "แบบเดิม", "respondents": "3", "means": "4\t3"}, see=STAFF),
    "needs:survey_needs": writes({}, see=STAFF),
    "needs:answer": Route(
        STAFF | SPEAKERS,
        do=RECORD_WRITERS | SPEAKERS,
        body=lambda known: {"version": "0"},
    ),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a need of the school that a project serves, the office's figures, and an open survey that the school answered."""
    planner = stage.cast.actor("planner")
    need = record_need(actor=planner, school=stage.school, fiscal_year=2555, text="ต้องการสื่อการสอน")
    project = Project.objects.order_by("pk")[0]
    serve_need(actor=planner, need=need, project=project)
    set_thresholds(actor=planner, version=0, results_below=None)
    survey = open_survey(actor=planner, fiscal_year=2555, title="สำรวจเดิม", items="ก\nข")
    values = {item.pk: (5, 3) for item in survey.items.all()}
    answer_survey(actor=planner, school=stage.school, survey=survey, values=values)
    return {"need_id": str(need.pk), "survey_id": str(survey.pk)}
