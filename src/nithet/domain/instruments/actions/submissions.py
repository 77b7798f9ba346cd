"""Taking in what devices send: the one way in for Collect, the field client and forms copied from paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError

from nithet.domain.instruments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.instruments.actions.filing import (
    KeptFile,
    SentFile,
    attach,
    keep_sent,
    missing_of,
)
from nithet.domain.instruments.actions.handing_over import (
    due,
    queue_work,
)
from nithet.domain.instruments.actions.judging import Lookups, judge, record_named
from nithet.domain.instruments.actions.places import take_place
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.purposes import tell_of_late_files
from nithet.domain.instruments.queries.shapes import shape_of
from nithet.domain.instruments.rules.answers import told_by
from nithet.domain.instruments.rules.instance_xml import Instance, read_instance
from nithet.foundation.access.actors import Actor
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.database.inserting import insert
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex

__all__ = ["Receipt", "Sent", "SentFile", "receive_submission"]

WAITING, ACCEPTED = Submission.State.WAITING, Submission.State.ACCEPTED


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a sender is told; the same for the same submission however often it arrives."""

    submission: Submission
    was_new: bool
    missing: tuple[str, ...]
    """Names of files that the answers speak of and that have not arrived."""
    is_conflict: bool = False
    """Something else was sent before under this number; both are kept (HTTP 409)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A filled-in form on its way in."""

    instance: Instance
    sha256: str
    files: tuple[KeptFile, ...] = ()
    is_incomplete: bool = False
    """The sender says that more files will follow."""
    opened_for: str = ""
    """The record that the form was opened for, where its sender says so beside a form that has no question for it."""


def read_sent(
    body: bytes, files: Sequence[SentFile] = (), *, incomplete: bool = False, opened_for: str = ""
) -> Sent:
    """Read a form and keep its files; `BadInput` where it is none. To be called before the transaction."""
    instance = read_instance(body)
    kept = tuple(keep_sent(files))
    return Sent(instance, sha256_hex(body), kept, incomplete, record_named(opened_for))


def receive_submission(
    *,
    actor: Actor,
    device: Device | None,
    body: bytes,
    files: Sequence[SentFile] = (),
    incomplete: bool = False,
    opened_for: str = "",
) -> Receipt:
    """Take in a filled-in form with those of its files that came along; when this returns it is kept for good.

    Sending it again gives the same receipt and adds files that are new. Another body under the same number is kept beside
    the first and waits (`is_conflict`). What is late, closed, revoked or not theirs is kept too and waits with the reason.
    Raises `BadInput` for what cannot be read as a form, and then nothing is kept. `opened_for` is a record
    ("supervision.visit:5"), as far as the form itself says nothing; it counts with the first sending.
    """
    sent = read_sent(body, files, incomplete=incomplete, opened_for=opened_for)
    # Before the transaction, which others may wait for: an office's version of a form changes once a year.
    known = Lookups()
    if actor.office_id is not None:
        shape_of(known.version(actor.office_id, sent.instance.form_id, sent.instance.version))
    try:
        return receive_one(actor=actor, device=device, sent=sent, known=known, is_known=False)
    except IntegrityError:
        # It is here already, or arrived at this very moment by another way.
        return receive_one(actor=actor, device=device, sent=sent, known=known, is_known=True)


@action("submission.receive", event="submission.received")
def receive_one(
    *, actor: Actor, device: Device | None, sent: Sent, known: Lookups, is_known: bool
) -> Receipt:
    """Write a submission down; `IntegrityError` where its number is here and the caller did not know (`is_known`)."""
    if is_known:
        return receive_again(actor, device, sent)
    return _written(new_row(actor, device, sent, known), sent)


def receive_again(actor: Actor, device: Device | None, sent: Sent) -> Receipt:
    """Take in a submission whose number is here: what is new of it. Inside an action."""
    kept = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("version__instrument")
        .filter(
            office_id=actor.writes_in, instance_id=sent.instance.instance_id, rival_of__isnull=True
        )
        .first()
    )
    if kept is None:
        return _written(new_row(actor, device, sent, Lookups()), sent)
    return _again(kept, sent) if kept.sha256 == sent.sha256 else _rival(actor, device, kept, sent)


def new_row(actor: Actor, device: Device | None, sent: Sent, lookups: Lookups) -> Submission:
    """Make the unsaved row of a submission, judged; what an edit changes is locked."""
    instance, now = sent.instance, clock.now()
    version = lookups.version(actor.writes_in, instance.form_id, instance.version)
    told = told_by(instance, shape_of(version))
    user_id, name = _sender(actor, device)
    judged = judge(
        lookups,
        actor=actor,
        office_id=actor.writes_in,
        user_id=user_id,
        is_revoked=device is not None and (device.is_revoked or actor.is_system),
        instance=instance,
        version=version,
        answers=told.answers,
        received_at=now,
    )
    return Submission(
        office_id=actor.writes_in,
        version=version,
        form_id=instance.form_id,
        form_version=instance.version,
        instance_id=instance.instance_id,
        deprecated_id=instance.deprecated_id,
        title=instance.title or (version.title if version else ""),
        school=judged.school,
        about=judged.about or sent.opened_for,
        user_id=user_id,
        sent_by=name[:300],
        device=device,
        started_at=told.started_at,
        ended_at=told.ended_at,
        received_at=now,
        body=instance.body,
        sha256=sent.sha256,
        answers=told.answers,
        entities=list(told.entities),
        expected=list(told.media),
        state=WAITING if judged.reason else ACCEPTED,
        reason=judged.reason,
        replaces=judged.replaces,
    )


def _sender(actor: Actor, device: Device | None) -> tuple[int | None, str]:
    """Return whose submission it is: the actor's, or the device's owner's where the owner may not act any more."""
    if device is None or actor.user_id is not None:
        return actor.user_id, actor.signature
    owner = User.objects.filter(pk=device.user_id).first()
    return device.user_id, str((owner and (owner.display_name or owner.username)) or device.name)


def _written(row: Submission, sent: Sent, *, is_conflict: bool = False) -> Receipt:
    missing = missing_of(row, [one.name for one in sent.files])
    row.is_complete = not missing
    row.hand_over_after = due(row, is_last=not sent.is_incomplete)
    insert(row)
    stand(row)
    attach(row, sent.files, is_new=True)
    about(row)
    note(
        form=row.form_id,
        instance=row.instance_id,
        sha256=row.sha256,
        state=row.state,
        reason=row.reason,
    )
    queue_work([row], has_files=bool(sent.files))
    return Receipt(row, was_new=True, missing=missing, is_conflict=is_conflict)


def stand(row: Submission) -> None:
    """Let an edit that counts stand where what it changes stood."""
    if row.replaces is not None and row.state == ACCEPTED:
        take_place(row)
        row.save(update_fields=["replaces", "is_current"])


def _rival(actor: Actor, device: Device | None, first: Submission, sent: Sent) -> Receipt:
    same = Submission.objects.filter(rival_of=first, sha256=sent.sha256).first()
    if same is not None:
        return replace(_again(same, sent), is_conflict=True)
    row = new_row(actor, device, sent, Lookups())
    row.rival_of, row.state, row.reason = first, WAITING, Submission.Reason.OTHER_BODY
    return _written(row, sent, is_conflict=True)


def _again(row: Submission, sent: Sent) -> Receipt:
    return add_files(row, sent.files, is_last=not sent.is_incomplete)


def add_files(row: Submission, files: Sequence[KeptFile], *, is_last: bool = False) -> Receipt:
    """Add what files are new to a submission that is here, locked; `is_last`: the sender has nothing more."""
    has_new = attach(row, files, is_new=False)
    present = list(row.attachments.values_list("name", flat=True)) if row.expected else []
    missing = missing_of(row, present)
    before = (row.is_complete, row.hand_over_after)
    row.is_complete = not missing
    if row.hand_over_after is not None:
        row.hand_over_after = min(
            row.hand_over_after, due(row, is_last=is_last) or row.hand_over_after
        )
    about(row)
    if not has_new and before == (row.is_complete, row.hand_over_after):
        nothing_changed()
        return Receipt(row, was_new=False, missing=missing)
    row.save(update_fields=["is_complete", "hand_over_after"])
    note(form=row.form_id, instance=row.instance_id, files=[one.name for one in files])
    queue_work([row], has_files=has_new)
    if has_new and row.handed_over_at is not None and row.version is not None:
        tell_of_late_files(row.version.instrument.purpose, row)
    return Receipt(row, was_new=False, missing=missing)
