"""Who may propose, decide, freeze, invite and judge, with the reason."""

from django.db.models import QuerySet

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.models.frozen import FrozenRound
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role_over, policy
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny

FROZEN = "reviews.frozenround"


def visible_folders(actor: Actor) -> QuerySet[Folder]:
    """Return the folders that an actor may read: the office's staff those of their office."""
    if actor.is_system or actor.holds(*OFFICE_STAFF):
        return Folder.objects.all()
    return Folder.objects.none()


def visible_frozen(actor: Actor) -> QuerySet[FrozenRound]:
    """Return the frozen rounds that an actor may read: staff all of their office, an assessor those they were invited to."""
    if actor.is_system or actor.holds(*OFFICE_STAFF):
        return FrozenRound.objects.all()
    invited = [
        int(record.removeprefix(f"{FROZEN}:"))
        for record in actor.records_limited_to
        if record.startswith(f"{FROZEN}:") and actor.holds(Role.ASSESSOR, record=record)
    ]
    return FrozenRound.objects.filter(pk__in=invited) if invited else FrozenRound.objects.none()


@policy("folder.propose")
def may_propose(actor: Actor, reporting_round: Round) -> Verdict:
    """Whoever writes the round puts it before the director, while it is open."""
    verdict = by_role_over(actor, reporting_round, *RECORD_WRITERS)
    if verdict and reporting_round.state != Round.State.OPEN:
        return deny("The round is closed. The director can reopen it with a reason.")
    return verdict


@policy("folder.approve")
@policy("folder.return")
def may_decide(actor: Actor, folder: Folder) -> Verdict:
    """The one it was put before decides, as long as they lead the office (or act for who does)."""
    verdict = by_role_over(actor, folder, *OFFICE_LEADERS)
    if not verdict or actor.is_system:
        return verdict
    if actor.user_id != folder.addressee_id:
        return deny("This folder was put before somebody else: %(who)s.", who=folder.addressee)
    return allow("It was put before you.")


@policy("folder.withdraw")
def may_withdraw(actor: Actor, folder: Folder) -> Verdict:
    """Those who may propose may withdraw."""
    return by_role_over(actor, folder, *RECORD_WRITERS)


def _once_closed(actor: Actor, reporting_round: Round, *roles: Role) -> Verdict:
    verdict = by_role_over(actor, reporting_round, *roles)
    if verdict and reporting_round.state != Round.State.CLOSED:
        return deny("An assessor is invited after the round has been signed and closed.")
    return verdict


@policy("round.freeze")
@policy("assessor.invite")
def may_invite(actor: Actor, reporting_round: Round) -> Verdict:
    """Leaders, and planners for them, invite assessors to a closed round."""
    return _once_closed(actor, reporting_round, *OFFICE_LEADERS, Role.PLANNER, Role.GROUP_HEAD)


@policy("assessor.withdraw")
def may_end_invitation(actor: Actor, frozen: FrozenRound) -> Verdict:
    """The same people end an invitation."""
    return by_role_over(actor, frozen, *OFFICE_LEADERS, Role.PLANNER, Role.GROUP_HEAD)


@policy("assessor.note")
@policy("assessor.judge")
def may_judge(actor: Actor, frozen: FrozenRound) -> Verdict:
    """Only an assessor invited to this copy writes about it."""
    if actor.is_system:
        return deny("Only an invited assessor gives the assessor's level.")
    if f"{FROZEN}:{frozen.pk}" not in actor.records_limited_to:
        return deny("You were not invited to this copy.")
    return by_role_over(actor, frozen, Role.ASSESSOR)
