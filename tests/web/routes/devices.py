"""Addresses of devices and of what they sent."""

from collections.abc import Mapping

from nithet.domain.instruments.actions.submissions import SentFile, receive_submission
from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.devices import Device
from nithet.foundation.access.actors import system_actor
from nithet.foundation.accounts.models import User
from nithet.kernel import clock
from tests.domain.instruments.submissions.factories import PNG, body, make_device, make_version
from tests.web.routes.who import OTHERS, RECORD_WRITERS, SIGNED_IN, STAFF, Route, Stage

FILLERS = RECORD_WRITERS | (OTHERS - {"assessor"}) | {"outsider"}
TABLE: dict[str, Route] = {
    "devices:devices": Route(SIGNED_IN, in_view=True),
    "devices:add": Route(SIGNED_IN, get=False, do=FILLERS, body=lambda known: {"name": "แท็บเล็ต"}),
    "devices:revoke": Route(
        frozenset({"administrator"}), get=False, do=frozenset({"administrator"})
    ),
    "devices:submissions": Route(SIGNED_IN, in_view=True),
    "devices:submission": Route(STAFF, shows="ตารางสิทธิของแบบ"),
    "devices:accept": Route(STAFF, get=False, do=RECORD_WRITERS),
    "devices:set_aside": Route(
        STAFF, get=False, do=RECORD_WRITERS, body=lambda known: {"decision": "ซ้ำ"}
    ),
    "devices:attachment": Route(STAFF),
}


def records(stage: Stage) -> Mapping[str, str]:
    """Return a device of nobody of the matrix, and a submission that waits because it changes one that never came, with a checked file."""
    office_id = stage.round.office_id
    office = stage.round.office
    owner = User.objects.create_user("device-owner", display_name="เจ้าของเครื่อง")
    device: Device = make_device(owner, office, made_at=clock.now())
    make_version(office, form_id="matrix-devices")
    system = system_actor("matrix", office_id)
    receipt = receive_submission(
        actor=system,
        device=None,
        body=body(form_id="matrix-devices", found="ตารางสิทธิของแบบ", deprecated="uuid:never-came"),
        files=[SentFile("a.png", PNG)],
    )
    file = SubmissionAttachment.objects.get(submission=receipt.submission)
    SubmissionAttachment.objects.filter(pk=file.pk).update(state="good", media_type="image/png")
    return {
        "device_id": str(device.pk),
        "submission_id": str(receipt.submission.pk),
        "submission_file_id": str(file.pk),
    }
