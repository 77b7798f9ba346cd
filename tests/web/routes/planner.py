"""Addresses of the plan of visits, and a year with a record for each of them."""

from collections.abc import Mapping
from datetime import date, timedelta

from nithet.domain.directory.actions.staff import add_position
from nithet.domain.supervision.actions.approving import approve_supervision_plan, submit_plan
from nithet.domain.supervision.actions.dates import ask_dates
from nithet.domain.supervision.actions.feeds import make_feed
from nithet.domain.supervision.actions.lines import add_line
from nithet.domain.supervision.actions.other_bodies import record_other_body
from nithet.domain.supervision.actions.planning import accept_lines, open_supervision_plan
from nithet.domain.supervision.queries.facts import supervisors
from nithet.domain.supervision.queries.planning import digest_of_plan
from nithet.domain.supervision.rules.feeds import WantedFeed
from nithet.foundation.access.roles import Role
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year, fiscal_year_period
from nithet.kernel.thai_dates import be_year
from tests.web.routes.who import LEADERS, RECORD_WRITERS, SCHOOL, SIGNED_IN, STAFF, Route, Stage

BY_LINK = {"planner:date_link", "planner:feed"}
SCHOOL_READERS = STAFF | SCHOOL


def parts(name: str, day: date) -> dict[str, str]:
    """Return a day as the three boxes send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(be_year(day.year)),
    }


def soon(days: int) -> date:
    """Return a day to come of the running fiscal year where there is one."""
    end = fiscal_year_period(fiscal_year(clock.today())).end
    return min(clock.today() + timedelta(days=days), end)


def writes(body: Mapping[str, str], *, get: bool = True) -> Route:
    """Return a form over a record that the people who plan may send."""
    return Route(STAFF, get=get, do=RECORD_WRITERS, body=lambda known: dict(body))


def of_line(body: Mapping[str, str]) -> Route:
    """Return a form over the proposed line, which only planners see."""
    return Route(RECORD_WRITERS, get=False, do=RECORD_WRITERS, body=lambda known: dict(body))


TABLE: dict[str, Route] = {
    "planner:standing": Route(SIGNED_IN, in_view=True),
    "planner:rows": Route(STAFF | {"outsider"}),
    "planner:wall": Route(STAFF | {"outsider"}),
    "planner:open_plan": Route(SIGNED_IN, get=False, do=RECORD_WRITERS | {"outsider"}),
    "planner:plan": Route(STAFF),
    "planner:proposal": Route(RECORD_WRITERS),
    "planner:propose": writes(
        {"visits_per_semester": "1", "most_a_day": "2", "near_km": "15", "committee_party": "3"},
        get=False,
    ),
    "planner:accept": writes({"all": "1", "why": "เพิ่ม"}, get=False),
    "planner:take_in": writes({"visit": "999999", "why": "เพิ่ม"}, get=False),
    "planner:approval": Route(STAFF),
    "planner:submit": Route(
        STAFF,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"shown": known["supervision_plan_digest"], "words": "ปรับ"},
    ),
    "planner:send_back": Route(
        STAFF,
        get=False,
        do=LEADERS,
        body=lambda known: {"shown": known["supervision_plan_digest"], "words": "แก้"},
    ),
    "planner:recall": Route(STAFF, get=False, do=RECORD_WRITERS),
    "planner:approve": Route(
        STAFF,
        get=False,
        do=LEADERS,
        body=lambda known: {"shown": known["supervision_plan_digest"], "reason": "ปรับ"},
    ),
    "planner:add_line": Route(
        STAFF,
        do=RECORD_WRITERS,
        body=lambda known: {
            "school": known["school_id"],
            "kind": "supervision",
            **parts("planned_on", soon(41)),
            "insist_because": "วันว่างของโรงเรียน",
        },
    ),
    "planner:version": Route(STAFF),
    "planner:line": Route(RECORD_WRITERS),
    "planner:move_line": of_line(
        {
            "version": "1",
            **parts("planned_on", soon(43)),
            "why": "เลื่อน",
            "insist_because": "วันว่างของโรงเรียน",
        }
    ),
    "planner:drop_line": of_line({"version": "1", "why": "โรงเรียนปิด"}),
    "planner:restore_line": of_line({"version": "1"}),
    "planner:name_party": Route(
        RECORD_WRITERS,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"version": "1", "people": known["supervisor_key"], "why": "เปลี่ยนผู้ไป"},
    ),
    "planner:dates": Route(SIGNED_IN, in_view=True),
    "planner:ask_dates": Route(
        RECORD_WRITERS | {"outsider"}, get=False, do=RECORD_WRITERS | {"outsider"}
    ),
    "planner:answer": Route(
        SCHOOL_READERS, do=SCHOOL - {"teacher"}, body=lambda known: {"agree": "1"}
    ),
    "planner:settle": Route(
        SCHOOL_READERS,
        get=False,
        do=RECORD_WRITERS,
        body=lambda known: {"version": "1", "words": "วันเดิม"},
    ),
    "planner:withdraw": Route(
        SCHOOL_READERS, get=False, do=RECORD_WRITERS, body=lambda known: {"version": "1"}
    ),
    "planner:bodies": Route(STAFF | {"outsider"}),
    "planner:add_body": Route(
        RECORD_WRITERS | {"outsider"},
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: {
            "school": known["school_id"],
            "body": "สพฐ.",
            **parts("starts_on", soon(30)),
        },
    ),
    "planner:calendar": Route(SIGNED_IN, in_view=True),
    "planner:calendar_paper": Route(STAFF | SCHOOL | {"committee_member", "outsider"}),
    "planner:feeds": Route(SIGNED_IN, in_view=True),
    "planner:renew_feed": Route(
        RECORD_WRITERS | {"administrator"}, get=False, do=RECORD_WRITERS | {"administrator"}
    ),
    "planner:revoke_feed": Route(
        RECORD_WRITERS | {"administrator"}, get=False, do=RECORD_WRITERS | {"administrator"}
    ),
    "planner:edit_body": Route(
        RECORD_WRITERS,
        do=RECORD_WRITERS,
        body=lambda known: {"version": "1", "body": "ศธจ.", **parts("starts_on", soon(30))},
    ),
    "planner:take_back_body": Route(
        RECORD_WRITERS, do=RECORD_WRITERS, body=lambda known: {"reason": "กรอกผิด"}
    ),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Make a plan with an accepted and a proposed line, an approved version, a question, another body's visit, a feed."""
    cast, school = stage.cast, stage.school
    planner, director = cast.actor("planner"), cast.actor("director")
    add_position(
        actor=cast.actor("administrator"),
        unit=cast.office,
        role=Role.SUPERVISOR,
        title="ศึกษานิเทศก์ คนที่ 1",
    )
    (goes,) = supervisors(planner, clock.today())[:1]
    year = fiscal_year(clock.today())
    plan = open_supervision_plan(actor=planner, fiscal_year=year)
    # The days are counted from today, so some day they fall on a Sunday.
    insist = "วันว่างของโรงเรียน"
    taken = add_line(
        actor=planner,
        plan=plan,
        school=school,
        planned_on=soon(20),
        people=[goes],
        insist_because=insist,
    )
    accept_lines(actor=planner, plan=plan)
    submit_plan(actor=planner, plan=plan, shown=digest_of_plan(plan))
    version = approve_supervision_plan(actor=director, plan=plan, shown=digest_of_plan(plan))
    proposed = add_line(
        actor=planner,
        plan=plan,
        school=school,
        planned_on=soon(22),
        people=[goes],
        insist_because=insist,
    )
    taken.refresh_from_db()
    (asked,) = ask_dates(actor=planner, visit_ids=[taken.visit_id or 0])
    body = record_other_body(actor=planner, school=school, body="สพฐ.", starts_on=soon(40))
    feed, _ = make_feed(actor=planner, wanted=WantedFeed("office", cast.office.pk))
    return {
        "supervision_plan_id": str(plan.pk),
        "supervision_plan_digest": digest_of_plan(plan),
        "supervision_version_id": str(version.pk),
        "planned_visit_id": str(proposed.pk),
        "supervisor_key": goes.key,
        "date_answer_id": str(asked.pk),
        "other_body_id": str(body.pk),
        "calendar_feed_id": str(feed.pk),
        "visit_calendar": "month",
    }
