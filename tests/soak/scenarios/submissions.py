"""Forms with photos are sent, sixteen times each at once and once more after every kill: one record each, complete."""

import hashlib
import uuid
from collections.abc import Mapping

from nithet.domain.directory.people import found_office
from nithet.domain.instruments.actions.submissions import SentFile, receive_submission
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.access.actors import system_actor
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.files.store import verify
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from tests.domain.instruments.submissions.factories import PNG, body, make_version
from tests.soak.scenario import Scenario

SENDERS = 16
OFFICE = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาทดสอบ เขต 1"


def prepare():
    with scope(None):
        office = found_office(actor=system_actor("soak"), name=OFFICE, short_name="ทดสอบ")
    with scope(office.pk):
        make_version(office)


def form_of(number):
    """The form that sixteen operations send; each brings one of its four photos."""
    form = number // SENDERS
    named = uuid.UUID(hashlib.md5(str(form).encode(), usedforsecurity=False).hexdigest())
    photos = "".join(f"<agreement><picture>{n}.png</picture></agreement>" for n in range(4))
    return f"uuid:{named}", body(f"uuid:{named}", found=f"แบบที่ {form}", more=photos)


def photo_of(number):
    return f"{number % 4}.png", PNG + f"{number // SENDERS}-{number % 4}".encode()


def operate(number):
    office = Unit.objects.get(kind=Unit.Kind.OFFICE)
    _, xml = form_of(number)
    name, data = photo_of(number)
    with scope(office.pk):
        receipt = receive_submission(
            actor=system_actor("soak", office.pk),
            device=None,
            body=xml,
            files=[SentFile(name, data)],
            incomplete=number % 3 == 0,
        )
        return f"{receipt.submission.pk}:{name}"


def check(acknowledged: Mapping[int, str]):
    faults = []
    office = Unit.objects.get(kind=Unit.Kind.OFFICE)
    with scope(office.pk):
        rows = {row.instance_id: row for row in Submission.objects.all()}
        if len(rows) != Submission.objects.count():
            faults.append("doubled: two records of one number")
        asked = {
            form_of(number)[0]: number // SENDERS
            for number in range(max(acknowledged, default=0) + SENDERS * 4)
        }
        faults += [f"half or strange: {instance}" for instance in rows if instance not in asked]
        for number, word in acknowledged.items():
            instance, xml = form_of(number)
            row = rows.get(instance)
            if row is None or str(row.pk) != word.split(":")[0] or row.body.encode() != xml:
                faults.append(f"lost: {number}")
                continue
            name, data = photo_of(number)
            kept = row.attachments.filter(name=name)
            if [one.sha256 for one in kept] != [hashlib.sha256(data).hexdigest()]:
                faults.append(f"lost or doubled: photo {name} of {number}")
            elif not verify(NAMESPACE, kept[0].sha256):
                faults.append(f"half: photo {name} of {number}")
        received = AuditEvent.objects.filter(
            office_id=office.pk, name="submission.received"
        ).exclude(after__has_key="files")
        if received.count() != len(rows):
            faults.append(f"half: {received.count()} events of {len(rows)} records")
        photos = sum(row.attachments.count() for row in rows.values())
    print(f"say {len(rows)} forms with {photos} photos", flush=True)
    return faults


SCENARIO = Scenario("submissions", prepare, operate, check, threads=SENDERS)
