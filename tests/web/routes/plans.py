"""Addresses of plans, and a plan of another year in which each of them has its record."""

from collections.abc import Mapping
from datetime import date

from nithet.domain.frameworks.queries import item_of
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.calendar import add_day
from nithet.domain.plans.actions.carrying import carry_points
from nithet.domain.plans.actions.importing import propose_plan_import
from nithet.domain.plans.actions.money import add_budget_line, add_target
from nithet.domain.plans.actions.plans import add_strategy, open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.projects import add_project, serve_item
from nithet.domain.plans.actions.reviews import approve_plan, review_plan
from nithet.domain.plans.queries.content import content_of
from nithet.domain.plans.rules.carrying import PointDraft
from nithet.domain.plans.rules.snapshot import digest_of
from tests.web.routes.who import LEADERS, RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

READERS = STAFF
YEAR = 2554
CSV = "โครงการ,ผู้รับผิดชอบ,งบประมาณ\nโครงการเดิม,กลุ่มนิเทศ,1000\n".encode()


def day(name: str, value: str = "1/2/2555") -> dict[str, str]:
    """Return a date as the three boxes send it."""
    number, month, year = value.split("/")
    return {f"{name}_day": number, f"{name}_month": month, f"{name}_year": year}


def writes(body: Mapping[str, str], *, get: bool = True, see: frozenset[str] = READERS) -> Route:
    """Return a form that the people who enter plans may send."""
    return Route(see, get=get, do=RECORD_WRITERS, body=lambda known: dict(body))


# A list stands behind each address at which a foreign director succeeds too: it shows them what was said of it.
TABLE: dict[str, Route] = {
    "plans:projects": Route(SIGNED_IN, in_view=True),
    "plans:project": Route(READERS),
    "plans:project_sheet": Route(READERS),
    "plans:edit_project": writes({"version": "1", "title": "ชื่อใหม่"}),
    "plans:add_activity": writes({"title": "กิจกรรมใหม่", "kind": "other"}),
    "plans:add_budget_line": writes({"source_kind": "budget", "planned": "1,000"}),
    "plans:add_target": writes({"text": "เป้าหมายใหม่", "period_kind": "none"}),
    "plans:serve_item": Route(
        READERS,
        do=RECORD_WRITERS,
        body=lambda known: {"item": f"{known['edition']}:{known['unserved_item']}"},
    ),
    "plans:open_plan": Route(SIGNED_IN, do=RECORD_WRITERS | {"outsider"}, body=lambda known: {"year": "2560"}),
    "plans:plans": Route(SIGNED_IN, in_view=True),
    "plans:plan": Route(READERS, shows="<h1"),
    "plans:plan_paper": Route(READERS),
    "plans:add_strategy": writes({"title": "กลยุทธ์ใหม่"}),
    "plans:add_project": writes({"title": "โครงการใหม่"}),
    "plans:timeline": Route(READERS, shows="<svg"),
    "plans:carried": Route(READERS),
    "plans:gather_points": writes({}, get=False),
    "plans:add_point": writes({"text": "แนวทางใหม่"}),
    "plans:reviews": Route(READERS),
    "plans:add_review": writes({**day("reviewed_on"), "checked": "พบว่า"}),
    "plans:versions": Route(READERS),
    "plans:approve": Route(
        READERS, get=False, do=LEADERS, body=lambda known: {"shown": known["plan_digest"]}
    ),
    "plans:version": Route(READERS),
    "plans:edit_strategy": writes({"version": "1", "title": "กลยุทธ์อื่น"}),
    "plans:edit_activity": writes({"version": "1", "title": "กิจกรรมอื่น", "kind": "other"}),
    "plans:report_activity": writes({"version": "1", "state": "done"}),
    "plans:edit_budget_line": writes({"version": "1", "source_kind": "budget", "planned": "2"}),
    "plans:edit_target": writes({"version": "1", "text": "อื่น", "period_kind": "none"}),
    "plans:explain_service": writes({"version": "1", "why": "เพราะ", "fields_left": "academic"}),
    "plans:stop_serving": writes({}, get=False),
    "plans:decide_point": writes({"version": "1", "reason": "ทำแล้วในปีก่อน"}),
    "plans:edit_review": writes({"version": "1", **day("reviewed_on"), "checked": "พบอื่น"}),
    "plans:take_back": writes({"reason": "กรอกผิด"}),
    "plans:add_policy": Route(
        SIGNED_IN,
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: {"text": "นโยบายใหม่", "period_kind": "none"},
    ),
    "plans:policies": Route(SIGNED_IN, in_view=True),
    "plans:policy": Route(READERS),
    "plans:edit_policy": writes({"version": "1", "text": "นโยบายอื่น", "period_kind": "none"}),
    "plans:report_policy": writes(
        {"text": "ไปแล้วบางส่วน", **day("as_at"), "figure_source": "กลุ่มนโยบายและแผน"}
    ),
    "plans:calendar_paper": Route(READERS | {"outsider"}),
    "plans:add_day": Route(
        SIGNED_IN,
        do=RECORD_WRITERS | {"outsider"},
        body=lambda known: {"kind": "exam", "title": "สอบ", **day("starts_on")},
    ),
    "plans:calendar": Route(SIGNED_IN, in_view=True),
    "plans:edit_day": writes({"version": "1", "kind": "exam", "title": "สอบ", **day("starts_on")}),
    "plans:copy_days": Route(SIGNED_IN, get=False, do=RECORD_WRITERS | {"outsider"}),
    "plans:imports": Route(SIGNED_IN, in_view=True, do=RECORD_WRITERS | {"outsider"}),
    "plans:import": Route(STAFF),
    "plans:confirm_import": writes({"version": "1", "take": "p1"}, get=False, see=STAFF),
    "plans:drop_import": writes({"version": "1"}, get=False, see=STAFF),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Bring a plan with a record for each address."""
    planner, director = stage.cast.actor("planner"), stage.cast.actor("director")
    edition = stage.round.edition
    first = item_of(edition, "1").id
    plan = open_plan(actor=planner, fiscal_year=YEAR, title="แผนปฏิบัติการประจำปีงบประมาณ 2554")
    strategy = add_strategy(actor=planner, plan=plan, title="กลยุทธ์ที่ 1")
    project = add_project(actor=planner, plan=plan, title="โครงการของปีก่อน", strategy=strategy)
    service = serve_item(actor=planner, project=project, edition=edition, item=first)
    activity = add_activity(actor=planner, project=project, title="ประชุม", kind="training", state="planned")
    line = add_budget_line(actor=planner, project=project, source_kind="labour", quantity="20 คน")
    target = add_target(actor=planner, project=project, text="ครบทุกโรงเรียน")
    policy = add_policy(actor=planner, fiscal_year=YEAR, text="นโยบายของปีก่อน")
    shown = digest_of(content_of(plan))
    version = approve_plan(actor=director, plan=plan, shown=shown)
    review = review_plan(actor=planner, plan=plan, reviewed_on=date(2011, 5, 1), checked="เป็นไปตามแผน")
    carried = carry_points(actor=planner, plan=plan, points=[PointDraft("พัฒนาต่อ")])
    kept = add_day(actor=planner, kind="exam", title="สอบ NT", starts_on=date(2011, 2, 10))
    brought = propose_plan_import(actor=planner, data=CSV, file_name="แผน.csv", fiscal_year=YEAR)
    return {
        "plan_id": str(plan.pk),
        "plan_digest": shown,
        "unserved_item": "5",
        "paper_kind": "xlsx",
        "calendar_paper": "month",
        "strategy_id": str(strategy.pk),
        "activity_id": str(activity.pk),
        "budget_line_id": str(line.pk),
        "target_id": str(target.pk),
        "service_id": str(service.pk),
        "policy_id": str(policy.pk),
        "plan_version_id": str(version.pk),
        "plan_review_id": str(review.pk),
        "carried_id": str(carried[0].pk),
        "calendar_day_id": str(kept.pk),
        "plan_import_id": str(brought.pk),
        "plan_part": "activity",
        "plan_part_id": str(activity.pk),
    }
