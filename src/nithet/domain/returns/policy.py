"""Who may import, edit and issue returns, with the reason."""

from django.db.models import QuerySet

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.policy import LEADERS, WRITERS
from nithet.domain.assessments.policy import visible_to as visible_rounds
from nithet.domain.returns.models import (
    EditedFile,
    EditedParagraph,
    IssuedReturn,
    ReturnImport,
    SentMark,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS
from nithet.foundation.access.verdicts import Verdict, deny


@policy("return.propose_import")
def may_propose_import(actor: Actor, target: object) -> Verdict:
    """Whoever enters records for the office brings its old returns."""
    return by_role(actor, *RECORD_WRITERS)


@policy("return.drop_proposal")
@policy("return.drop_import")
@policy("return.confirm_import")
def may_decide_import(actor: Actor, return_import: ReturnImport) -> Verdict:
    """Whoever brings old returns decides what they become, until it is decided."""
    return by_role_over(actor, return_import, *RECORD_WRITERS)


@policy("return.bring_edited")
def may_bring_edited(actor: Actor, reporting_round: Round) -> Verdict:
    """Whoever tells of the work may bring the return back from Word, while the round is open."""
    return _while_open(actor, reporting_round)


@policy("return.keep_paragraph")
@policy("return.take_paragraph")
def may_decide_paragraph(actor: Actor, paragraph: EditedParagraph) -> Verdict:
    """Whoever may edit the round decides what is taken over, while it is open."""
    return _while_open(actor, paragraph.file.round)


def _while_open(actor: Actor, reporting_round: Round) -> Verdict:
    verdict = by_role_over(actor, reporting_round, *WRITERS)
    if verdict and reporting_round.state != Round.State.OPEN:
        return deny("The round is closed. The director can reopen it with a reason.")
    return verdict


@policy("return.issue")
def may_issue(actor: Actor, reporting_round: Round) -> Verdict:
    """The director or a deputy issues, also who holds that office by an order."""
    return by_role_over(actor, reporting_round, *LEADERS)


@policy("return.mark_sent")
def may_mark_sent(actor: Actor, issued: IssuedReturn) -> Verdict:
    """Whoever tells of the work hands the return in and says so."""
    return by_role_over(actor, issued, *WRITERS)


@policy("return.take_back_sent")
def may_take_back_sent(actor: Actor, mark: SentMark) -> Verdict:
    """Whoever may say that it was sent takes a mistake back."""
    return by_role_over(actor, mark, *WRITERS)


def may_see_import(actor: Actor, return_import: ReturnImport) -> Verdict:
    """The office's staff sees what was imported."""
    return by_role_over(actor, return_import, *OFFICE_STAFF)


def may_see_edited(actor: Actor, file: EditedFile) -> Verdict:
    """The office's staff sees files that came back."""
    return by_role_over(actor, file, *OFFICE_STAFF)


def visible_imports(actor: Actor) -> QuerySet[ReturnImport]:
    """Return the imports that an actor may read."""
    imports = ReturnImport.objects.filter(office_id=actor.office_id)
    return imports if by_role(actor, *OFFICE_STAFF) else imports.none()


def visible_edited(actor: Actor) -> QuerySet[EditedFile]:
    """Return the edited files that an actor may read."""
    files = EditedFile.objects.filter(office_id=actor.office_id)
    return files if by_role(actor, *OFFICE_STAFF) else files.none()


def visible_to(actor: Actor) -> QuerySet[IssuedReturn]:
    """Return the issued returns that an actor may read: those of the rounds that they may read."""
    issued = IssuedReturn.objects.filter(office_id=actor.office_id)
    return issued.filter(round__in=visible_rounds(actor))
