"""Who may read and write committees, with the reason."""

from django.db.models import QuerySet

from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.policy.readers import READERS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over
from nithet.foundation.access.verdicts import Verdict


def may_see_committee(actor: Actor, committee: Committee) -> Verdict:
    """Say whether an actor may read a committee's entry."""
    return by_role_over(actor, committee, *READERS)


def visible_committees(actor: Actor) -> QuerySet[Committee]:
    """Return the committees that an actor may read."""
    committees = Committee.objects.filter(office_id=actor.office_id)
    return committees if by_role(actor, *READERS) else committees.none()
