"""Who may do what in a round, with the reason."""

from typing import Any

from django.db.models import QuerySet

from nithet.domain.assessments.models.assigning import ItemAssignment
from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.models.rounds import Round
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, Role
from nithet.foundation.access.verdicts import Verdict, deny

WRITERS = (
    Role.PLANNER,
    Role.GROUP_HEAD,
    Role.SUPERVISOR,
    Role.COMMUNICATIONS_OFFICER,
    Role.DEPUTY_DIRECTOR,
    Role.DIRECTOR,
)
LEADERS = (Role.DIRECTOR, Role.DEPUTY_DIRECTOR)
SHARERS = (Role.PLANNER, Role.GROUP_HEAD, *LEADERS)


def visible_to(actor: Actor) -> QuerySet[Round]:
    """Return the rounds that an actor may read: the office's staff all; an assessor has a frozen copy instead (`reviews`)."""
    return Round.objects.all() if actor.is_system or actor.holds(*OFFICE_STAFF) else Round.objects.none()


def may_see(actor: Actor, reporting_round: Round) -> Verdict:
    """Say whether an actor may read a round."""
    return by_role_over(actor, reporting_round, *OFFICE_STAFF)


@policy("round.open")
def may_open(actor: Actor, target: Any) -> Verdict:
    """Planners and leaders open rounds."""
    return by_role(actor, Role.PLANNER, Role.GROUP_HEAD, *LEADERS)


def _while_open(actor: Actor, reporting_round: Round, *roles: Role) -> Verdict:
    verdict = by_role_over(actor, reporting_round, *roles)
    if verdict and reporting_round.state != Round.State.OPEN:
        return deny("The round is closed. The director can reopen it with a reason.")
    return verdict


@policy("test.answer")
def may_answer(actor: Actor, reporting_round: Round) -> Verdict:
    """Whoever does the work answers, while the round is open."""
    return _while_open(actor, reporting_round, *WRITERS)


@policy("proposals.accept")
def may_accept_proposals(actor: Actor, reporting_round: Round) -> Verdict:
    """The same people who answer tests."""
    return _while_open(actor, reporting_round, *WRITERS)


@policy("level.state")
def may_state_level(actor: Actor, reporting_round: Round) -> Verdict:
    """A level printed in an old return is noted by whoever imports it."""
    return _while_open(actor, reporting_round, *WRITERS)


@policy("narrative.decide_proposal")
@policy("narrative.draft_again")
@policy("narrative.accept_draft")
@policy("narrative.remove_group")
@policy("narrative.move_group")
@policy("narrative.rename_group")
@policy("narrative.add_group")
@policy("narrative.move")
@policy("narrative.remove")
@policy("narrative.add")
@policy("narrative.edit")
@policy("narrative.write")
def may_write(actor: Actor, reporting_round: Round) -> Verdict:
    """Whoever does the work tells it, while the round is open."""
    return _while_open(actor, reporting_round, *WRITERS)


@policy("round.withdraw")
def may_withdraw(actor: Actor, reporting_round: Round) -> Verdict:
    """Who may open a round takes back one that was opened by mistake."""
    return _while_open(actor, reporting_round, Role.PLANNER, Role.GROUP_HEAD, *LEADERS)


@policy("round.set_due")
@policy("item.assign")
def may_share_out(actor: Actor, reporting_round: Round) -> Verdict:
    """Planners, heads of groups and leaders say who works on what, by when."""
    return _while_open(actor, reporting_round, *SHARERS)


@policy("item.unassign")
@policy("item.reassign")
def may_share_out_anew(actor: Actor, assignment: ItemAssignment) -> Verdict:
    """The same people, while the assignment stands."""
    if not assignment.stands:
        return deny("This was taken back.")
    return _while_open(actor, assignment.round, *SHARERS)


@policy("comment.say")
def may_comment(actor: Actor, reporting_round: Round) -> Verdict:
    """The office's people speak to one another about a round, also after it was closed."""
    return by_role_over(actor, reporting_round, *OFFICE_STAFF)


@policy("comment.resolve")
def may_resolve(actor: Actor, comment: Comment) -> Verdict:
    """Whoever works on the round says that a comment is settled."""
    if not comment.stands:
        return deny("This was taken back.")
    return by_role_over(actor, comment, *OFFICE_STAFF)


@policy("comment.take_back")
def may_take_back_comment(actor: Actor, comment: Comment) -> Verdict:
    """Whoever said it takes it back; so do leaders."""
    if not comment.stands:
        return deny("This was taken back.")
    if actor.user_id is not None and actor.user_id == comment.made_by_id:
        return by_role_over(actor, comment, *OFFICE_STAFF)
    return by_role_over(actor, comment, *LEADERS)


@policy("round.sign")
def may_sign(actor: Actor, reporting_round: Round) -> Verdict:
    """The director, or who acts for the director, signs the declared level."""
    return _while_open(actor, reporting_round, *LEADERS)


@policy("round.close")
def may_close(actor: Actor, reporting_round: Round) -> Verdict:
    """Leaders close an open round."""
    return _while_open(actor, reporting_round, *LEADERS)


@policy("round.reopen")
def may_reopen(actor: Actor, reporting_round: Round) -> Verdict:
    """Leaders reopen a closed round."""
    if reporting_round.state == Round.State.OPEN:
        return deny("The round is open already.")
    return by_role_over(actor, reporting_round, *LEADERS)


@policy("assessor_level.give")
def may_give_level(actor: Actor, reporting_round: Round) -> Verdict:
    """Nobody gives it here: an assessor judges the frozen copy that they were invited to (`reviews.judge_frozen`)."""
    return deny("An assessor judges the copy of the round that they were invited to.")
