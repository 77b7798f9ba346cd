"""Who may read and write plans, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.models.calendar import CalendarDay
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyLink
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.tenancy.models import OfficeOwned

READERS = tuple(sorted(OFFICE_STAFF))
"""An assessor reads a frozen copy and nothing of the live house."""
APPROVERS = tuple(sorted(OFFICE_LEADERS))


@policy("policy.add")
@policy("calendar.add_day")
@policy("calendar.copy_year")
@policy("plan.open")
@policy("plan.propose_import")
@policy("need.record_many")
@policy("need.set_thresholds")
@policy("need_survey.open")
def may_write_plans(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans for the office opens the plan of a year, enters its policies, its calendar and old files."""
    return by_role(actor, *RECORD_WRITERS)


@policy("strategy.add")
@policy("strategy.edit")
@policy("strategy.take_back")
@policy("project.add")
@policy("project.edit")
@policy("project.take_back")
@policy("project.serve_item")
@policy("project.explain_service")
@policy("project.stop_serving")
@policy("activity.add")
@policy("activity.edit")
@policy("activity.report")
@policy("activity.take_back")
@policy("budget_line.add")
@policy("budget_line.edit")
@policy("budget_line.take_back")
@policy("target.add")
@policy("target.edit")
@policy("target.take_back")
@policy("policy.edit")
@policy("policy.take_back")
@policy("policy.report")
@policy("policy.take_back_report")
@policy("plan.review")
@policy("plan.edit_review")
@policy("plan.take_back_review")
@policy("plan.carry_points")
@policy("plan.decide_point")
@policy("plan.confirm_import")
@policy("plan.drop_import")
@policy("calendar.edit_day")
@policy("calendar.take_back_day")
@policy("need.settle")
@policy("need.serve")
@policy("need.serve_many")
@policy("need.stop_serving")
@policy("need_survey.edit")
@policy("need_survey.close")
@policy("need_survey.take_back")
@policy("need_survey.paste_means")
@policy("need_survey.make_needs")
@policy("need_survey.make_links")
@policy("need_survey.revoke_links")
def may_write(actor: Actor, record: OfficeOwned) -> Verdict:
    """Whoever enters plans for the office writes every part of them."""
    return by_role_over(actor, record, *RECORD_WRITERS)


@policy("plan.approve")
def may_approve(actor: Actor, plan: Plan) -> Verdict:
    """The director of the office, or a deputy, approves its plan."""
    return by_role_over(actor, plan, *APPROVERS)


def may_read(actor: Actor) -> Verdict:
    """Say whether an actor may read the plans of the office they work in."""
    return by_role(actor, *READERS)


def may_see(actor: Actor, project: Project) -> Verdict:
    """Say whether an actor may read a project."""
    return by_role_over(actor, project, *READERS)


def visible_to(actor: Actor) -> QuerySet[Project]:
    """Return the projects that an actor may read; what was taken back within its day is nowhere."""
    projects = shown(Project.objects.filter(office_id=actor.office_id))
    return projects if may_read(actor) else projects.none()


def may_see_plan(actor: Actor, plan: Plan) -> Verdict:
    """Say whether an actor may read a plan."""
    return by_role_over(actor, plan, *READERS)


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Return the plans that an actor may read."""
    plans = Plan.objects.filter(office_id=actor.office_id)
    return plans if may_read(actor) else plans.none()


def may_see_policy(actor: Actor, one: Policy) -> Verdict:
    """Say whether an actor may read a policy of the office."""
    return by_role_over(actor, one, *READERS)


def visible_policies(actor: Actor) -> QuerySet[Policy]:
    """Return the policies that an actor may read."""
    policies = shown(Policy.objects.filter(office_id=actor.office_id))
    return policies if may_read(actor) else policies.none()


def visible_days(actor: Actor) -> QuerySet[CalendarDay]:
    """Return the days of the office's calendar that an actor may read."""
    days = shown(CalendarDay.objects.filter(office_id=actor.office_id))
    return days if may_read(actor) else days.none()


def visible_imports(actor: Actor) -> QuerySet[PlanImport]:
    """Return the files of old plans that an actor may read: the office's people, not an assessor."""
    imports = PlanImport.objects.filter(office_id=actor.office_id)
    return imports if by_role(actor, *sorted(OFFICE_STAFF)) else imports.none()


@policy("need.record")
def may_record_need(actor: Actor, school: School) -> Verdict:
    """Whoever plans and visits keeps the register; a school's head and clerk say what their own school needs."""
    if says_for_school(actor, school):
        return allow("A school says itself what it needs.")
    return by_role_over(actor, school, *RECORD_WRITERS)


@policy("need.edit")
@policy("need.take_back")
def may_edit_need(actor: Actor, need: Need) -> Verdict:
    """The office keeps the register; a school changes its own word as long as it is open."""
    own_word = need.kind == Need.Kind.OWN_WORD and need.state == Need.State.OPEN
    if own_word and says_for_school(actor, need.school):
        return allow("A school says itself what it needs.")
    return by_role_over(actor, need, *RECORD_WRITERS)


@policy("need_survey.answer")
def may_answer_survey(actor: Actor, school: School) -> Verdict:
    """A school's head or clerk answers for the school; whoever keeps the register enters an answer for it."""
    if says_for_school(actor, school):
        return allow("A school says itself what it needs.")
    return by_role_over(actor, school, *RECORD_WRITERS)


@policy("need_survey.answer_by_link")
def may_answer_by_link(actor: Actor, link: NeedSurveyLink) -> Verdict:
    """Whoever holds the link of a school answers this one survey for this one school."""
    record = f"plans.needsurvey:{link.survey_id}"
    holds = actor.holds(Role.SCHOOL_HEAD, unit_id=link.school.unit_id, record=record)
    if link.office_id == actor.office_id and holds:
        return allow("A school says itself what it needs.")
    return deny("This link is for one school and one survey.")


def may_see_survey(actor: Actor, survey: NeedSurvey) -> Verdict:
    """Say whether an actor may read what a survey found."""
    return by_role_over(actor, survey, *READERS)


def visible_surveys(actor: Actor) -> QuerySet[NeedSurvey]:
    """Return the surveys that an actor may read."""
    surveys = shown(NeedSurvey.objects.filter(office_id=actor.office_id))
    return surveys if may_read(actor) else surveys.none()


def says_for_school(actor: Actor, school: School) -> bool:
    """Say whether the actor heads this school or keeps its office."""
    holds = actor.holds(Role.SCHOOL_HEAD, Role.SCHOOL_CLERK, unit_id=school.unit_id)
    return school.office_id == actor.office_id and holds


def may_see_need(actor: Actor, need: Need) -> Verdict:
    """Say whether an actor may read a need: the office's people all, a school's own people those of their school."""
    if need.office_id == actor.office_id and need.school.unit_id in actor.school_ids:
        return allow("This is your own school.")
    return by_role_over(actor, need, *READERS)


def visible_needs(actor: Actor) -> QuerySet[Need]:
    """Return the needs that an actor may read; what was taken back within its day is nowhere."""
    needs = shown(Need.objects.filter(office_id=actor.office_id))
    return needs if may_read(actor) else needs.filter(school__unit__in=actor.school_ids)
