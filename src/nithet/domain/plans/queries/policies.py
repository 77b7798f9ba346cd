"""Policies and their figures."""

from django.db.models import Prefetch, QuerySet

from nithet.domain.plans.models.policy import Policy, PolicyProgress
from nithet.domain.plans.policy import visible_policies
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown


def list_policies(actor: Actor, fiscal_year: int) -> QuerySet[Policy]:
    """List the policies of a year that an actor may read, in order, each with its figures, the newest first."""
    return _policies(actor).filter(fiscal_year=fiscal_year).order_by("position", "pk")


def find_policy(actor: Actor, policy_id: int) -> Policy | None:
    """Return a policy the actor may read; None where it is gone or not theirs to see."""
    return _policies(actor).filter(pk=policy_id).first()


def _policies(actor: Actor) -> QuerySet[Policy]:
    figures = Prefetch("progress", queryset=shown(PolicyProgress.objects.all()))
    return visible_policies(actor).select_related("project").prefetch_related(figures)
