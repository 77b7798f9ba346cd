"""Who may read, bring and review evidence, with the reason."""

from django.db.models import Q, QuerySet

from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece, PieceFile, Printout, ReturnUse, Use
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import (
    OFFICE_LEADERS,
    OFFICE_STAFF,
    RECORD_WRITERS,
    SCHOOL_STAFF,
    Role,
)
from nithet.foundation.access.verdicts import Verdict, allow, deny

READERS = tuple(sorted(OFFICE_STAFF))
"""An assessor reads a frozen copy and nothing of the live house."""
SCANNERS = (*RECORD_WRITERS, Role.COMMUNICATIONS_OFFICER)
"""Who puts signed papers where they belong: clerks scan what others wrote."""


@policy("piece.bring")
def may_bring_piece(actor: Actor, target: object) -> Verdict:
    """Whoever does the work brings what proves it."""
    return by_role(actor, *RECORD_WRITERS)


@policy("piece.bring_several")
def may_bring_pieces(actor: Actor, target: object) -> Verdict:
    """Whoever does the work brings what proves it."""
    return by_role(actor, *RECORD_WRITERS)


@policy("piece.bring_for_school")
def may_bring_for_school(actor: Actor, school: School) -> Verdict:
    """The office brings evidence about any of its schools, a school's own people about theirs."""
    if school.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    if actor.holds(*SCHOOL_STAFF, unit_id=school.unit_id):
        return allow("Your position includes this work.")
    return by_role(actor, *RECORD_WRITERS)


@policy("piece.attach_file")
def may_attach_file(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work attaches files; a school's people to what they brought themselves."""
    return _may_write(actor, piece)


@policy("piece.release_file")
def may_recheck(actor: Actor, file: PieceFile) -> Verdict:
    """Whoever works in the office has a file that waits looked at again; the scanner decides, not they."""
    return by_role_over(actor, file, *sorted(OFFICE_STAFF))


@policy("piece.describe")
def may_describe_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says what a piece is; a school's people of what they brought themselves."""
    return _may_write(actor, piece)


@policy("piece.check_place")
def may_check_place(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says where a thing stands."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.confirm_sharing")
def may_confirm_sharing(actor: Actor, piece: Piece) -> Verdict:
    """Leaders and heads of groups answer for what leaves the office with children on it."""
    return by_role_over(actor, piece, *sorted(OFFICE_LEADERS), Role.GROUP_HEAD)


@policy("piece.use")
def may_use_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says what a piece proves."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.also_about")
def may_say_also_about(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work says what a piece proves."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.edit_use")
def may_edit_use(actor: Actor, use: Use) -> Verdict:
    """Whoever does the work says how the form lists a piece."""
    return by_role_over(actor, use, *RECORD_WRITERS)


@policy("piece.withdraw_use")
def may_withdraw_use(actor: Actor, use: Use) -> Verdict:
    """Whoever does the work says what a piece proves no longer."""
    return by_role_over(actor, use, *RECORD_WRITERS)


@policy("piece.use_in_return")
def may_use_in_return(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work ticks the returns that a piece is used in."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.leave_return")
def may_leave_return(actor: Actor, use: ReturnUse) -> Verdict:
    """Whoever does the work takes the tick back."""
    return by_role_over(actor, use, *RECORD_WRITERS)


@policy("piece.withdraw")
def may_withdraw_piece(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work takes back a piece that was brought by mistake; a school's people what they brought."""
    return _may_write(actor, piece)


@policy("piece.assign_reviewer")
def may_assign_reviewer(actor: Actor, piece: Piece) -> Verdict:
    """Whoever does the work asks a colleague to review."""
    return by_role_over(actor, piece, *RECORD_WRITERS)


@policy("piece.answer_clarity")
def may_answer_clarity(actor: Actor, piece: Piece) -> Verdict:
    """A second reader (ผู้สอบทานหลักฐาน) reviews a piece: a person, and never one who brought it or a version of it."""
    verdict = by_role_over(actor, piece, *RECORD_WRITERS)
    if not verdict:
        return verdict
    if actor.user_id is None:
        return deny("Only a person can review evidence.")
    if actor.user_id == piece.made_by_id or any(
        one.added_by_id == actor.user_id for one in piece.files.all()
    ):
        return deny("You brought this piece yourself, so a colleague reviews it.")
    return verdict


@policy("printout.register")
def may_register_printout(actor: Actor, target: object) -> Verdict:
    """Whoever works in the office prints."""
    return by_role(actor, *sorted(OFFICE_STAFF))


@policy("printout.file_scan")
def may_file_scan(actor: Actor, printout: Printout) -> Verdict:
    """Whoever does the work, and the officers of letters, put signed papers where they belong."""
    return by_role_over(actor, printout, *SCANNERS)


@policy("printout.withdraw")
def may_withdraw_printout(actor: Actor, printout: Printout) -> Verdict:
    """Whoever works in the office and may print may say that a paper counts no more."""
    return by_role_over(actor, printout, *sorted(OFFICE_STAFF))


@policy("printout.decide_authority")
def may_decide_authority(actor: Actor, printout: Printout) -> Verdict:
    """Leaders say which copy of a paper counts."""
    return by_role_over(actor, printout, *sorted(OFFICE_LEADERS))


def _may_write(actor: Actor, piece: Piece) -> Verdict:
    if piece.office_id != actor.office_id:
        return deny("This record belongs to another office.")
    if (
        actor.user_id is not None
        and actor.user_id == piece.made_by_id
        and is_of_own_school(actor, piece)
    ):
        return allow("You brought this yourself.")
    return by_role(actor, *RECORD_WRITERS)


def own_school_refs(actor: Actor) -> list[str]:
    """Return the schools where the actor works, as records that evidence speaks about; one query."""
    units = [held.unit_id for held in actor.held if held.role in SCHOOL_STAFF and not held.limited_to]
    if not units:
        return []
    keys = School.objects.filter(unit_id__in=units).values_list("pk", flat=True)
    return [f"directory.school:{key}" for key in keys]


def is_of_own_school(actor: Actor, piece: Piece) -> bool:
    """Say whether a piece speaks about a school where the actor works."""
    return bool(piece.about) and piece.about in own_school_refs(actor)


def may_see(actor: Actor, piece: Piece) -> Verdict:
    """Say whether an actor may read a piece of evidence."""
    if piece.office_id == actor.office_id and is_of_own_school(actor, piece):
        return allow("It speaks about your school.")
    return by_role_over(actor, piece, *READERS)


def visible_to(actor: Actor) -> QuerySet[Piece]:
    """Return the pieces of evidence that an actor may read, the withdrawn ones included."""
    pieces = Piece.objects.filter(office_id=actor.office_id)
    if by_role(actor, *READERS):
        return pieces
    mine = own_school_refs(actor)
    return pieces.filter(Q(about__in=mine)) if mine else pieces.none()


def visible_uses(actor: Actor) -> QuerySet[Use]:
    """Return the uses of the pieces that an actor may read."""
    return Use.objects.filter(piece__in=visible_to(actor))


def visible_return_uses(actor: Actor) -> QuerySet[ReturnUse]:
    """Return the ticks of the pieces that an actor may read."""
    return ReturnUse.objects.filter(piece__in=visible_to(actor))


def may_see_printout(actor: Actor, printout: Printout) -> Verdict:
    """Say whether an actor may see a paper of the office."""
    return by_role_over(actor, printout, *sorted(OFFICE_STAFF))


def visible_printouts(actor: Actor) -> QuerySet[Printout]:
    """Return the papers that an actor may see."""
    papers = Printout.objects.filter(office_id=actor.office_id)
    return papers if by_role(actor, *sorted(OFFICE_STAFF)) else papers.none()
