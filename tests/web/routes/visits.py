"""Addresses of visits, and a visit of which every part has a record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from nithet.domain.supervision.actions.committee import invite_member
from nithet.domain.supervision.actions.submissions import content_now
from nithet.domain.supervision.actions.visits import record_visit
from nithet.domain.supervision.actions.writing import write_visit
from nithet.domain.supervision.models.visits import Visit
from nithet.kernel import clock
from nithet.kernel.thai_dates import be_year
from tests.web.routes.who import FOREIGN, RECORD_WRITERS, SCHOOL, SIGNED_IN, STAFF, Route, Stage

READERS = STAFF | {"committee_member"} | SCHOOL
BY_LINK = {"visits:school_link", "visits:member", "visits:member_visit"}
VISIT_DAY = date(2011, 6, 1)


def day_parts(name: str, day: date) -> dict[str, str]:
    """Return a date as the three boxes send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(be_year(day.year)),
    }


def record_body(**more: str) -> dict[str, str]:
    """Return what the form of a visit sends today, with one agreement."""
    body = {
        **day_parts("visited_on", clock.today()),
        "mode": "on_site",
        "qa_in_work": "partly",
        "finding_impression": "- ครูตั้งใจ\n- สื่อพร้อม",
        "agreement_count": "1",
        "agreement-0-text": "จัดทำแผนพัฒนาคุณภาพ",
        "agreement-0-owner": "ครูวิชาการ",
        "step-0-topic": "การประกันคุณภาพภายใน",
        "step-0-step": "done_together",
    }
    return body | more


def _one(body: Mapping[str, str], *, get: bool = True) -> Route:
    """Return a form of one visit that the people who enter visits may send."""
    return Route(READERS, get=get, do=RECORD_WRITERS, body=lambda known: dict(body))


TABLE: dict[str, Route] = {
    "visits:visits": Route(SIGNED_IN, in_view=True),
    "visits:record": Route(SIGNED_IN, in_view=True),
    "visits:agreements": Route(SIGNED_IN, in_view=True),
    "visits:opinions": Route(STAFF | FOREIGN),
    "visits:invitations": Route(SIGNED_IN, in_view=True),
    "visits:invite": Route(SIGNED_IN, in_view=True),
    "visits:invitation": Route(RECORD_WRITERS, do=RECORD_WRITERS),
    "visits:visit": Route(READERS),
    "visits:write": _one({**record_body(), **day_parts("visited_on", VISIT_DAY), "version": "1"}),
    "visits:leaving": Route(RECORD_WRITERS),
    "visits:make_link": _one({}, get=False),
    "visits:end_links": _one({}, get=False),
    "visits:place": _one({"latitude": "13.1", "longitude": "99.9"}, get=False),
    "visits:version": Route(READERS),
    "visits:close": _one({"version": "1"}),
    "visits:reopen": _one({"version": "1", "reason": "แก้ไข"}),
    "visits:cancel": _one({"version": "1", "reason": "ติดสอบ"}),
    "visits:withdraw": _one({"version": "1", "reason": "ผิดโรงเรียน"}),
    "visits:sign_on_screen": Route(
        RECORD_WRITERS, do=RECORD_WRITERS, body=lambda known: {"shown": "0" * 64, "signed_by": "ครู"}
    ),
    "visits:school_answer": Route(
        READERS,
        get=False,
        do=SCHOOL - {"teacher"},
        body=lambda known: {"version": "0", "words": "รับทราบ"},
    ),
    "visits:school_sign": Route(
        SCHOOL - {"teacher"}, do=SCHOOL - {"teacher"}, body=lambda known: {"shown": "0" * 64}
    ),
    "visits:school_opinion": Route(
        READERS,
        get=False,
        do=SCHOOL - {"teacher"},
        body=lambda known: {"fitted_need": "yes", "gave_way": "yes", "helped_kindly": "yes"},
    ),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Make an invitation, and correct the visit of the matrix so that an earlier version of it is there."""
    actor = stage.cast.actor("supervisor")
    planned = record_visit(
        actor=actor, school=stage.school, kind="committee", visited_on=VISIT_DAY, state="planned"
    )
    invited = invite_member(actor=actor, visits=[planned], title="กรรมการคนที่ 1")
    visit = Visit.objects.filter(school=stage.school).order_by("pk")[0]
    content = replace(content_now(visit), purpose="ตรวจเยี่ยมตามแผน")
    number = visit.version
    write_visit(actor=actor, visit=visit, version=number, content=content)
    return {"visit_invitation_id": str(invited.pk), "visit_version": str(number)}
