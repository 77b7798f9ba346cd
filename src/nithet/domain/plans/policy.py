"""Who may read and write plans, with the reason."""

from django.db.models import QuerySet

from nithet.domain.plans.models import Plan, Policy, Project
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict

READERS = (*sorted(OFFICE_STAFF), Role.ASSESSOR)


@policy("plan.open")
def may_open_plan(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans for the office opens the plan of a year."""
    return by_role(actor, *RECORD_WRITERS)


@policy("project.add")
def may_add_project(actor: Actor, plan: Plan) -> Verdict:
    """Whoever enters plans for the office adds projects."""
    return by_role_over(actor, plan, *RECORD_WRITERS)


@policy("project.edit")
def may_edit_project(actor: Actor, project: Project) -> Verdict:
    """Whoever enters plans for the office edits projects."""
    return by_role_over(actor, project, *RECORD_WRITERS)


@policy("project.serve_item")
def may_serve_item(actor: Actor, project: Project) -> Verdict:
    """Whoever enters plans for the office says which items a project serves."""
    return by_role_over(actor, project, *RECORD_WRITERS)


@policy("activity.add")
def may_add_activity(actor: Actor, project: Project) -> Verdict:
    """Whoever enters plans for the office adds activities."""
    return by_role_over(actor, project, *RECORD_WRITERS)


@policy("policy.add")
def may_add_policy(actor: Actor, target: object) -> Verdict:
    """Whoever enters plans for the office enters its policies."""
    return by_role(actor, *RECORD_WRITERS)


def may_see(actor: Actor, project: Project) -> Verdict:
    """Say whether an actor may read a project."""
    return by_role_over(actor, project, *READERS)


def visible_to(actor: Actor) -> QuerySet[Project]:
    """Return the projects that an actor may read."""
    projects = Project.objects.filter(office_id=actor.office_id)
    return projects if by_role(actor, *READERS) else projects.none()


def may_see_plan(actor: Actor, plan: Plan) -> Verdict:
    """Say whether an actor may read a plan."""
    return by_role_over(actor, plan, *READERS)


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Return the plans that an actor may read."""
    plans = Plan.objects.filter(office_id=actor.office_id)
    return plans if by_role(actor, *READERS) else plans.none()


def may_see_policy(actor: Actor, one: Policy) -> Verdict:
    """Say whether an actor may read a policy of the office."""
    return by_role_over(actor, one, *READERS)


def visible_policies(actor: Actor) -> QuerySet[Policy]:
    """Return the policies that an actor may read."""
    policies = Policy.objects.filter(office_id=actor.office_id)
    return policies if by_role(actor, *READERS) else policies.none()
