"""Work behind submissions: records are made of them, and their photographs and signatures become evidence."""

import logging
from typing import Any

from django_tasks import task

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.files import keep_file
from nithet.domain.evidence.models import Piece
from nithet.domain.instruments.files import NAMESPACE as SENT
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.actions.additions import add_late_photo
from nithet.domain.supervision.actions.answers import keep_signature
from nithet.domain.supervision.actions.submissions import (
    sender_of,
    take_committee_visit,
    take_visit,
)
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import visit_ref
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.rules.submitted import read_visit
from nithet.foundation.files.store import open_blob
from nithet.foundation.jobs.queueing import enqueue
from nithet.foundation.refs.keys import row_key
from nithet.kernel.errors import BadInput
from nithet.kernel.periods import Period

_log = logging.getLogger("nithet.supervision")


def take_submitted_visit(submission: Submission) -> Visit:
    """Take a submission to the supervisors' form; its files follow by themselves."""
    return _followed_by_files(submission, take_visit(submission))


def take_submitted_committee_visit(submission: Submission) -> Visit:
    """Take a submission to the committee's form; its files follow by themselves."""
    return _followed_by_files(submission, take_committee_visit(submission))


def take_late_files(submission: Submission) -> None:
    """Bring what reached a submission after its visit was recorded, as from the outbox of a tablet; a closed visit too."""
    kind, _, key = submission.about.partition(":")
    number = row_key(key) if kind == VISIT else None
    visit = Visit.objects.filter(pk=number).first() if number is not None else None
    if visit is not None:
        _followed_by_files(submission, visit)


def _followed_by_files(submission: Submission, visit: Visit) -> Visit:
    # Files are looked at outside of the transaction, because disks and checks are slow.
    enqueue(
        bring_files,
        submission.pk,
        visit.pk,
        unique_key=f"supervision:files:{submission.pk}",
        office_id=submission.office_id,
    )
    return visit


@task(max_attempts=8)
def bring_files(submission_id: int, visit_id: int) -> int:
    """Make evidence of the photographs of a submission, and keep the drawn signature with the school's; return how many."""
    submission = Submission.objects.select_related("version").get(pk=submission_id)
    visit = Visit.objects.select_related("school__unit").get(pk=visit_id)
    wanted = _images(submission)
    brought = 0
    for one in submission.attachments.filter(is_spare=False):
        kind = wanted.get(one.name)
        if kind is None:
            continue
        piece = _bring(submission, visit, one, kind)
        if piece is not None:
            brought += 1
            if (
                kind == "photo"
                and visit.closed_at is not None
                and one.received_at > visit.closed_at
            ):
                add_late_photo(actor=sender_of(submission), visit=visit, piece=piece)
            if kind == "signature":
                keep_signature(
                    actor=sender_of(submission),
                    visit=visit,
                    signature_ref=f"evidence.piece:{piece.pk}",
                    signed_by=read_visit(submission.answers).signer,
                )
    return brought


def _images(submission: Submission) -> dict[str, str]:
    """Return name of a file -> "photo" or "signature", as the questions say."""
    questions = submission.version.definition if submission.version else []
    found = {}
    for one in questions:
        kind = {"image": "photo", "signature": "signature"}.get(one["type"])
        if kind == "photo" and "signature" in one.get("appearance", ""):
            kind = "signature"
        given: Any = submission.answers.get(one["path"])
        for name in given if isinstance(given, list) else [given]:
            if kind and name:
                found[str(name)] = kind
    return found


def _bring(
    submission: Submission, visit: Visit, file: SubmissionAttachment, kind: str
) -> Piece | None:
    day = visit.visited_on
    try:
        with open_blob(SENT, file.sha256) as data:
            kept = keep_file(file.name, data)
    except BadInput as error:
        _log.warning("file %s of submission %s is no evidence: %s", file.name, submission.pk, error)
        return None
    words = "ภาพการนิเทศ" if kind == "photo" else "ลายมือชื่อ"
    return bring_piece(
        actor=sender_of(submission),
        title=f"{words} {visit.school} {file.name}",
        kind="photo" if kind == "photo" else "other",
        period=Period(day, day, ""),
        about=str(visit_ref(visit)) if kind == "photo" else "",
        source=f"submission:{submission.instance_id}"[:250],
        kept=kept,
    )
