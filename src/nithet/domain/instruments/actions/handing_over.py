"""What happens to submissions after they were acknowledged: records are made of them, and their files are looked at."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils.translation import gettext
from django_tasks import task

from nithet.domain.instruments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.instruments.actions.places import give_back, is_superseded, take_place
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.purposes import handler_of
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.files.checking import check_content
from nithet.foundation.files.store import path_of
from nithet.foundation.jobs.queueing import enqueue, is_queued
from nithet.foundation.tenancy.scope import required_office_id
from nithet.kernel import clock
from nithet.kernel.errors import BadInput, Busy, RuleBroken
from nithet.kernel.messages import msgid

WAITS_FOR_FILES = timedelta(minutes=15)
"""So long a submission whose sender said "that was all" waits for files that its answers name and that are not here."""
WAITS_FOR_MORE = timedelta(days=1)
"""So long one whose sender said that more files follow."""
SLOT_S = 300
AT_ONCE = 200
FAULT = msgid(
    "A fault of the program kept it from becoming a record. Whoever looks after the system finds it in the log."
)
JOIN_AGAIN = timedelta(hours=6)
JOINED_FOR = timedelta(days=60)

_log = logging.getLogger("nithet.instruments")


def due(row: Submission, *, is_last: bool) -> datetime | None:
    """Return when a submission is to become a record; None where it waits for a person or its form has no purpose."""
    if row.state != Submission.State.ACCEPTED or not _has_purpose(row):
        return None
    if row.is_complete:
        return clock.now()
    return clock.now() + (WAITS_FOR_FILES if is_last else WAITS_FOR_MORE)


def queue_work(rows: Sequence[Submission], *, has_files: bool) -> None:
    """Queue what is to be done about submissions of one office that were just written."""
    if not rows:
        return
    office_id, now = rows[0].office_id, clock.now()
    if has_files:
        queue_checks(office_id)
    moments = {max(row.hand_over_after, now) for row in rows if row.hand_over_after}
    for moment in {now if moment <= now else moment for moment in moments}:
        queue_hand_over(office_id, moment)
    if any(row.reason == Submission.Reason.EDITED_UNKNOWN for row in rows):
        queue_joining(office_id)


def queue_hand_over(office_id: int, moment: datetime) -> None:
    """Queue the making of records: at most one waiting job an office, and one a slot of time for what waits for its files."""
    soon = clock.now() + timedelta(seconds=1)
    run_after, slot = (None, "now") if moment <= soon else _slot(moment)
    key = f"instruments:hand_over:{office_id}:{slot}"
    if not is_queued(key):
        enqueue(
            hand_over_submissions,
            office_id,
            unique_key=key,
            office_id=office_id,
            run_after=run_after,
        )


def _slot(moment: datetime) -> tuple[datetime, str]:
    """Return the end of the slot of five minutes in which a moment lies, with its name."""
    number = int(moment.timestamp()) // SLOT_S + 1
    return datetime.fromtimestamp(number * SLOT_S, tz=UTC), str(number)


def queue_checks(office_id: int) -> None:
    """Queue the looking at files that came with submissions."""
    key = f"instruments:check:{office_id}"
    if not is_queued(key):
        enqueue(check_files, office_id, unique_key=key, office_id=office_id)


def queue_joining(office_id: int, ahead: timedelta = timedelta()) -> None:
    """Queue the joining of edits that came before what they change."""
    moment, slot = _slot(clock.now() + ahead)
    key = f"instruments:join:{office_id}:{slot}"
    enqueue(join_edits, office_id, unique_key=key, office_id=office_id, run_after=moment)


@task(max_attempts=8)
def hand_over_submissions(office_id: int) -> int:
    """Make records of every complete submission that has a purpose; return how many were looked at."""
    actor, looked_at = system_actor("submissions", office_id), 0
    last = 0
    while keys := _due(last):
        for key in keys:
            hand_over_one(actor=actor, submission_id=key)
        looked_at, last = looked_at + len(keys), keys[-1]
    return looked_at


def _due(after: int) -> list[int]:
    rows = Submission.objects.filter(
        hand_over_after__lte=clock.now(), state=Submission.State.ACCEPTED, pk__gt=after
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


@action("submission.hand_over", event="submission.handed_over")
def hand_over_one(*, actor: Actor, submission_id: int) -> Submission | None:
    """Have the handler of its purpose make a record of a submission; what it refuses waits for a person with the reason."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("version__instrument")
        .filter(pk=submission_id, hand_over_after__isnull=False, state=Submission.State.ACCEPTED)
        .first()
    )
    if submission is None:
        nothing_changed()
        return None
    handler = handler_of(submission.version.instrument.purpose) if submission.version else None
    words = _why_not(handler, submission)
    submission.hand_over_after = None
    if words:
        submission.state, submission.reason = Submission.State.WAITING, Submission.Reason.REFUSED
        submission.reason_words = words[:500]
    else:
        submission.handed_over_at = clock.now()
    submission.save(
        update_fields=["hand_over_after", "handed_over_at", "state", "reason", "reason_words"]
    )
    if words:
        give_back(submission)
    note(state=submission.state, reason=submission.reason, words=words)
    return submission


def _why_not(handler: Any, submission: Submission) -> str:
    """Call the handler; return "" or, where it refused, why."""
    if handler is None:
        return ""
    try:
        with transaction.atomic():
            handler(submission)
    except Refused as error:
        return error.verdict.words or FAULT
    except (Busy, OperationalError):
        # The database is what failed, not the form: the job tries again.
        raise
    except RuleBroken as error:
        return gettext(error.message) % error.params
    except Exception:  # noqa: BLE001  whatever fails here must not hold up the submissions behind it
        _log.exception("submission %s could not be handed over", submission.pk)
        return gettext(FAULT)
    return ""


@task(max_attempts=8)
def check_files(office_id: int) -> int:
    """Look at every file that was not looked at yet; return how many."""
    actor, done, last = system_actor("submissions", office_id), 0, 0
    while found := _unchecked(last):
        for one in found:
            check_one(actor=actor, attachment_id=one.pk, finding=finding_of(one))
        done, last = done + len(found), found[-1].pk
    return done


def _unchecked(after: int) -> list[SubmissionAttachment]:
    rows = SubmissionAttachment.objects.filter(
        state=SubmissionAttachment.State.UNCHECKED, pk__gt=after
    )
    return list(rows.order_by("pk")[:AT_ONCE])


def finding_of(one: SubmissionAttachment) -> dict[str, str]:
    """Open a file in the confined process and say what it is. Nothing is undone: a refused file stays, but is not shown."""
    state = SubmissionAttachment.State
    try:
        path = path_of(NAMESPACE, one.sha256)
        checked = check_content(path, one.name, sha256=one.sha256, gently=True)
    except BadInput as error:
        return {
            "state": state.REFUSED,
            "problem": (gettext(error.message) % error.params)[:500],
            "media_type": "",
        }
    if checked.is_quarantined:
        return {
            "state": state.UNCHECKED,
            "problem": gettext(checked.reason)[:500],
            "media_type": checked.media_type,
        }
    return {"state": state.GOOD, "problem": "", "media_type": checked.media_type}


@action("submission.check_files", event="submission.files_checked")
def check_one(
    *, actor: Actor, attachment_id: int, finding: dict[str, str]
) -> SubmissionAttachment | None:
    """Write down what a file is; only what is refused is told in the history."""
    row = (
        SubmissionAttachment.objects.select_for_update(of=("self",))
        .filter(pk=attachment_id)
        .first()
    )
    if row is None or (row.state, row.problem) == (finding["state"], finding["problem"]):
        nothing_changed()
        return None
    row.state, row.problem, row.media_type = (
        finding["state"],
        finding["problem"],
        finding["media_type"],
    )
    row.save(update_fields=["state", "problem", "media_type"])
    if row.state == SubmissionAttachment.State.REFUSED:
        note(name=row.name, problem=row.problem)
    else:
        nothing_changed()
    return row


@task(max_attempts=8)
def join_edits(office_id: int) -> int:
    """Join edits that came before what they change; look again later while some of the last sixty days are left."""
    actor = system_actor("submissions", office_id)
    rows = Submission.objects.filter(
        state=Submission.State.WAITING,
        reason=Submission.Reason.EDITED_UNKNOWN,
        received_at__gte=clock.now() - JOINED_FOR,
    ).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    joined = sum(join_one(actor=actor, submission_id=key) is not None for key in keys)
    if joined < len(keys):
        queue_joining(office_id, JOIN_AGAIN)
    return joined


@action("submission.join_edits", event="submission.edits_joined")
def join_one(*, actor: Actor, submission_id: int) -> Submission | None:
    """Let an edit take the place of what it changes, now that this is here."""
    edit = Submission.objects.select_for_update(of=("self",)).filter(pk=submission_id).first()
    base = (
        edit
        and Submission.objects.select_for_update(of=("self",))
        .filter(
            office_id=required_office_id(), instance_id=edit.deprecated_id, rival_of__isnull=True
        )
        .first()
    )
    if not edit or not base or edit.reason != Submission.Reason.EDITED_UNKNOWN:
        nothing_changed()
        return None
    edit.replaces = base
    if base.is_current and base.user_id == edit.user_id and is_superseded(edit):
        # An edit of this edit came before either and stands already; the two below it only give way.
        edit.state, edit.reason = Submission.State.ACCEPTED, Submission.Reason.NONE
        edit.hand_over_after = None
        base.is_current = False
        base.save(update_fields=["is_current"])
    elif base.is_current and base.user_id == edit.user_id:
        edit.state, edit.reason = Submission.State.ACCEPTED, Submission.Reason.NONE
        edit.hand_over_after = clock.now() if _has_purpose(edit) else None
        take_place(edit)
    else:
        edit.reason = (
            Submission.Reason.EDITED_TWICE if not base.is_current else Submission.Reason.NOT_THEIRS
        )
    edit.save(update_fields=["replaces", "state", "reason", "hand_over_after"])
    if edit.hand_over_after:
        queue_hand_over(edit.office_id, edit.hand_over_after)
    return edit


def _has_purpose(submission: Submission) -> bool:
    return bool(
        submission.version_id and submission.version and submission.version.instrument.purpose
    )
