"""Links that are opened without an account: whose they are, and as whom their holder acts."""

from django.utils.translation import gettext

from nithet.domain.supervision.models.answers import SchoolLink
from nithet.domain.supervision.models.invitations import CommitteeInvitation
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.actors import Actor, Held
from nithet.foundation.access.roles import Role
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock
from nithet.kernel.text import collapse


def school_link_of(code: str) -> SchoolLink | None:
    """Return the link that a word of an address opens, whatever its office; None for what opens nothing any more.

    The word is long and random: to have it is the right to read this one visit.
    """
    # A link is opened before anybody is known, so no office can be in scope yet.
    with unscoped():
        return SchoolLink.objects.filter(
            code=code.lower(), revoked_at__isnull=True, expires_at__gt=clock.now()
        ).first()


def invitation_of(code: str) -> CommitteeInvitation | None:
    """Return the invitation that a word of an address opens, whatever its office; None for what opens nothing any more."""
    # As above: the word alone says whose it is.
    with unscoped():
        return (
            CommitteeInvitation.objects.filter(
                code=code.lower(), revoked_at__isnull=True, expires_at__gt=clock.now()
            )
            .select_related("member")
            .first()
        )


def school_actor(visit: Visit, name: str) -> Actor:
    """Return whoever holds the link of a school as an actor: good for this one visit, by the name that they gave."""
    unit = visit.school.unit
    words = collapse(name)[:200] or gettext("%(school)s (by the link)") % {"school": visit.school}
    held = Held(
        Role.SCHOOL_HEAD,
        unit.pk,
        Unit.Kind.SCHOOL,
        str(unit),
        limited_to=f"{VISIT}:{visit.pk}",
    )
    return Actor(name=words, office_id=visit.office_id, held=(held,))


def member_actor(invitation: CommitteeInvitation) -> Actor:
    """Return an invited committee member as an actor: good for the visits of the invitation alone."""
    held = tuple(
        Held(
            Role.COMMITTEE_MEMBER,
            invitation.office_id,
            Unit.Kind.OFFICE,
            "",
            limited_to=f"{VISIT}:{visit_id}",
        )
        for visit_id in invitation.invited_visits.values_list("visit_id", flat=True)
    )
    return Actor(name=invitation.title, office_id=invitation.office_id, held=held)
