"""Receiving what devices send."""

from django.http import HttpResponse

from nithet.domain.instruments.actions.submissions import Receipt, receive_submission
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.devices import bytes_since_revoked, sent_since_revoked
from nithet.field.openrosa.answers import answer
from nithet.field.openrosa.door import Call, Unauthorised, answers_devices
from nithet.field.openrosa.multipart import Posted, posted
from nithet.foundation.access.actors import Actor, system_actor
from nithet.kernel.messages import msgid

MOST_OF_REVOKED = 200
"""Submissions of a revoked device that may wait at once: a day's work is kept, a stolen telephone fills no disk."""
MOST_BYTES_OF_REVOKED = 2 * 1024**3
"""And of their files together: a post with which there would be more is refused before anything of it is kept."""
RECEIVED = msgid("Received and kept.")
MORE_TO_COME = msgid("Received. Files that belong to it are still missing.")
BOTH_KEPT = msgid(
    "Something else was sent before under the same number. Both are kept, and the office decides which one counts."
)


@answers_devices("HEAD", "POST")
def submission(call: Call) -> HttpResponse:
    """Say what is accepted (HEAD), or take a submission in.

    A device that was revoked gets no form any more, but what it still holds is taken in and waits for a person.
    """
    if call.request.method == "HEAD":
        _ = call.owner
        response = HttpResponse(status=204)
        response["Location"] = f"{call.base}/submission"
        del response["Content-Type"]
        return response
    actor = call.actor or _for_revoked(call)
    with posted(call.request) as sent:
        if call.actor is None:
            _refuse_too_much(call, sent)
        receipt = receive_submission(
            actor=actor,
            device=call.device,
            body=sent.xml,
            files=sent.files,
            incomplete=sent.is_incomplete,
        )
    return told(receipt, is_incomplete=sent.is_incomplete)


def _for_revoked(call: Call) -> Actor:
    if sent_since_revoked(call.device) >= MOST_OF_REVOKED:
        raise Unauthorised
    return system_actor("revoked device", call.device.office_id)


def _refuse_too_much(call: Call, sent: Posted) -> None:
    if bytes_since_revoked(call.device) + sent.file_bytes > MOST_BYTES_OF_REVOKED:
        raise Unauthorised


def told(receipt: Receipt, *, is_incomplete: bool) -> HttpResponse:
    """Answer with the receipt: number, digest and time are those of the first arrival, however often it is sent."""
    row = receipt.submission
    metadata = {
        "id": row.form_id,
        "instanceID": row.instance_id,
        "version": row.form_version,
        "submissionDate": row.received_at.isoformat(),
        "isComplete": "true" if not receipt.missing else "false",
        "sha256": row.sha256,
        "standing": str(Submission.State(row.state).value),
    }
    if receipt.is_conflict:
        return answer(BOTH_KEPT, status=409, metadata=metadata)
    if is_incomplete:
        return answer(MORE_TO_COME, status=202, metadata=metadata)
    return answer(RECEIVED, status=201, metadata=metadata)
