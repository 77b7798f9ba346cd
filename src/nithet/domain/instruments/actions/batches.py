"""Many submissions at once, as a telephone sends them after days without a network: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection

from nithet.domain.instruments.actions.filing import SentFile, attach, missing_of
from nithet.domain.instruments.actions.handing_over import due, queue_work
from nithet.domain.instruments.actions.judging import Lookups
from nithet.domain.instruments.actions.submissions import (
    Receipt,
    Sent,
    new_row,
    read_sent,
    receive_again,
    stand,
)
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.kernel.errors import BadInput

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Batched:
    """One submission of a batch."""

    body: bytes
    files: tuple[SentFile, ...] = ()
    incomplete: bool = False


def receive_submissions(
    *, actor: Actor, device: Device | None, batch: Sequence[Batched]
) -> list[Receipt]:
    """Take in many filled-in forms; when this returns all are kept, when it raises none of them.

    Each receipt is what `receive_submission` would have given, in the order of the batch. Repeating a batch, or one that
    overlaps it, writes only what is new. Raises `BadInput` where one cannot be read, with its place in the batch from 1.
    """
    if len(batch) > MOST_AT_ONCE:
        raise BadInput(
            "submission.batch",
            "At most %(most)s filled-in forms can be sent at once.",
            most=MOST_AT_ONCE,
        )
    sent = []
    for place, one in enumerate(batch, 1):
        try:
            sent.append(read_sent(one.body, one.files, incomplete=one.incomplete))
        except BadInput as error:
            raise BadInput(error.code, error.message, field=str(place), **error.params) from error
    try:
        return receive_many(actor=actor, device=device, sent=tuple(sent))
    except IntegrityError:
        # One of them arrived at this very moment by another way; now it is seen.
        return receive_many(actor=actor, device=device, sent=tuple(sent))


@action("submission.receive_many", event="submission.received_many")
def receive_many(*, actor: Actor, device: Device | None, sent: tuple[Sent, ...]) -> list[Receipt]:
    """Write a batch down."""
    numbers = [one.instance.instance_id for one in sent]
    here = set(
        Submission.objects.filter(
            office_id=actor.writes_in, instance_id__in=numbers, rival_of__isnull=True
        ).values_list("instance_id", flat=True)
    )
    new: dict[str, Sent] = {}
    for number, one in zip(numbers, sent, strict=True):
        if number not in here:
            new.setdefault(number, one)
    written = _write(actor, device, list(new.values()))
    receipts = []
    for number, one in zip(numbers, sent, strict=True):
        if new.get(number) is one:
            receipts.append(written[number])
        else:
            receipts.append(receive_again(actor, device, one))
    if any(receipt.was_new for receipt in receipts):
        note(count=len(written), instances=list(written))
    else:
        nothing_changed()
    return receipts


def _write(actor: Actor, device: Device | None, sent: list[Sent]) -> dict[str, Receipt]:
    lookups, receipts = Lookups(), {}
    rows: list[Submission] = []
    changed: set[int] = set()
    for one in sent:
        row = new_row(actor, device, one, lookups)
        if row.replaces_id and row.state == Submission.State.ACCEPTED:
            if row.replaces_id in changed:
                row.state, row.reason = Submission.State.WAITING, Submission.Reason.EDITED_TWICE
            changed.add(row.replaces_id)
        missing = missing_of(row, [file.name for file in one.files])
        row.is_complete = not missing
        row.hand_over_after = due(row, is_last=not one.is_incomplete)
        rows.append(row)
        receipts[row.instance_id] = Receipt(row, was_new=True, missing=missing)
    insert_rows(rows)
    for row, one in zip(rows, sent, strict=True):
        stand(row)
        attach(row, one.files, is_new=True)
    queue_work(rows, has_files=any(one.files for one in sent))
    return receipts


def insert_rows(rows: list[Submission]) -> None:
    """Insert many rows at once: by COPY where the database has it. Their keys are set."""
    if not rows:
        return
    if connection.vendor != "postgresql":
        Submission.objects.bulk_create(rows)
        return
    fields = Submission._meta.concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(Submission._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [Submission._meta.db_table, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    [
                        field.get_db_prep_save(getattr(row, field.attname), connection)
                        for field in fields
                    ]
                )
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias
