"""Histories of sending over bad lines, made by chance, and what must have come of each.

A history is played through the server's own addresses: forms with photos in several requests, in any order, twice and three
times, cut before the end of a request or after the commit, in batches that overlap, by pieces that are taken up again; meanwhile
the form gets a new version or is closed, the device is revoked, another body comes under the same number, an edit comes first.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from nithet.domain.instruments.actions.batches import Batched, receive_submissions
from nithet.domain.instruments.actions.devices import revoke_device
from nithet.domain.instruments.actions.handing_over import join_edits
from nithet.domain.instruments.actions.late_files import receive_files, receive_upload
from nithet.domain.instruments.actions.submissions import SentFile
from nithet.domain.instruments.files import NAMESPACE
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.files import receiving
from nithet.foundation.files.store import read_blob
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from tests.domain.instruments.submissions.factories import PNG, body, make_version
from tests.field.openrosa.conftest import BOUNDARY, Phone, multipart

MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
Step = Callable[[], None]


@dataclass
class Form:
    """A filled-in form on a device, and what the server has acknowledged of it."""

    number: str
    xml: bytes
    photos: dict[str, bytes]
    edits: str = ""
    first_answer: tuple[int, bytes] | None = None
    acknowledged: set[str] = field(default_factory=set)


@dataclass
class World:
    """One history: its chance, its form, its device, its forms."""

    chance: random.Random
    phone: Phone
    actor: Actor
    form_id: str
    forms: list[Form] = field(default_factory=list)
    others: dict[str, set[str]] = field(default_factory=dict)
    """Digests of other bodies by the number they came under."""
    first_bodies: dict[str, bytes] = field(default_factory=dict)
    """The body that arrived first under a number, as the replies told it."""
    closed: bool = False
    revoked: bool = False
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        self.faults.append(f"{words} after {self.said}")


def play(seed: int, phone: Phone, actor: Actor) -> list[str]:
    """Play a history to its end; return what is wrong then."""
    chance = random.Random(seed)
    world = World(chance, phone, actor, f"history_{seed}")
    make_version(phone.device.office, form_id=world.form_id)
    for _ in range(chance.randint(1, 3)):
        _fill(world)
    steps = [step for form in world.forms for step in _steps_of(world, form)]
    steps += _events(world)
    chance.shuffle(steps)
    for step in steps:
        step()
    _send_everything(world)
    join_edits.call(phone.device.office_id)
    _check(world)
    return world.faults


def _fill(world: World) -> None:
    chance = world.chance
    names = [f"{n}.png" for n in range(chance.randint(0, 3))]
    photos = {name: PNG + chance.randbytes(4) for name in names}
    more = "".join(
        f"<agreement><text>ก</text><picture>{name}</picture></agreement>" for name in names
    )
    number = f"uuid:{uuid.UUID(int=chance.getrandbits(128))}"
    edits = chance.choice(world.forms).number if world.forms and chance.random() < 0.3 else ""
    xml = body(
        number, form_id=world.form_id, deprecated=edits, more=more, found=f"พบ {chance.random()}"
    )
    world.forms.append(Form(number, xml, photos, edits))


def _steps_of(world: World, form: Form) -> list[Step]:
    """Each photo in some request, some more than once; then repeats, cuts and other ways in."""
    chance = world.chance
    ways: list[Step] = []
    for name in form.photos:
        for _ in range(chance.randint(1, 2)):
            ways.append(lambda name=name: _post(world, form, [name], incomplete=True))  # type: ignore[misc]
    ways += [
        lambda: _post(world, form, [], incomplete=chance.random() < 0.5)
        for _ in range(chance.randint(1, 3))
    ]
    ways.append(lambda: _post(world, form, list(form.photos), incomplete=False, is_heard=False))
    ways.append(lambda: _cut(world, form))
    extra = [
        lambda: _batch(world),
        lambda: _apart(world, form),
        lambda: _by_pieces(world, form),
        lambda: _other_body(world, form),
    ]
    return ways + chance.sample(extra, chance.randint(1, len(extra)))


def _post(
    world: World, form: Form, names: list[str], *, incomplete: bool, is_heard: bool = True
) -> None:
    """Send the form with some photos; where it is not heard, the reply is lost after the commit."""
    files = {name: form.photos[name] for name in names}
    response = world.phone.post(form.xml, files, **({"incomplete": "yes"} if incomplete else {}))
    world.said.append(f"post {form.number[-4:]} {names} {response.status_code}")
    if not is_heard:
        return
    if response.status_code == 409:
        if world.first_bodies.get(form.number) == form.xml:
            world.fault("a conflict with itself")
        return
    if response.status_code not in (201, 202):
        world.fault(f"answered {response.status_code}")
        return
    world.first_bodies.setdefault(form.number, form.xml)
    form.acknowledged |= set(names)
    if not incomplete and form.acknowledged == set(form.photos):
        told = (response.status_code, response.content)
        if form.first_answer is None and not world.closed and not world.revoked:
            form.first_answer = told


def _cut(world: World, form: Form) -> None:
    """The line breaks before the end of the request."""
    whole = multipart(form.xml, form.photos, {})
    response = world.phone.raw(whole[: world.chance.randint(1, len(whole) - 40)], MULTIPART)
    world.said.append(f"cut {form.number[-4:]} {response.status_code}")
    if response.status_code == 201:
        # Cut behind the XML or between two photos: what came counts as sent.
        world.first_bodies.setdefault(form.number, form.xml)


def _actor(world: World) -> Actor:
    return world.actor


def _batch(world: World) -> None:
    if world.revoked:
        return
    chosen = world.chance.sample(world.forms, world.chance.randint(1, len(world.forms)))
    batch = [Batched(form.xml) for form in chosen] + [Batched(chosen[0].xml)]
    receipts = receive_submissions(actor=_actor(world), device=world.phone.device, batch=batch)
    world.said.append(f"batch {[form.number[-4:] for form in chosen]}")
    for form, receipt in zip(chosen, receipts, strict=False):
        if not receipt.is_conflict:
            world.first_bodies.setdefault(form.number, form.xml)
        elif world.first_bodies.get(form.number) == form.xml:
            world.fault("a batch is in conflict with itself")


def _apart(world: World, form: Form) -> None:
    """Photos that come apart, before the form or after it."""
    if world.revoked or not form.photos:
        return
    name, data = world.chance.choice(list(form.photos.items()))
    try:
        receive_files(
            actor=world.actor,
            instance_id=form.number,
            sha256=sha256_hex(form.xml),
            files=[SentFile(name, data)],
        )
        form.acknowledged.add(name)
    except RuleBroken as error:
        if error.code != "submission.unknown":
            world.fault(error.code)


def _by_pieces(world: World, form: Form) -> None:
    """A photo by pieces: one is sent twice, and the upload is found again in between."""
    if (
        world.revoked
        or not form.photos
        or world.actor.user_id is None
        or world.actor.office_id is None
    ):
        return
    name, data = world.chance.choice(list(form.photos.items()))
    owner = {"owner_id": world.actor.user_id, "office_id": world.actor.office_id}
    upload = receiving.begin(len(data), file_name=name, largest=1_000_000, **owner)
    half = len(data) // 2
    receiving.append(upload, 0, data[:half])
    upload = receiving.append(receiving.find(upload.token, **owner), 0, data[:half])
    upload = receiving.append(receiving.find(upload.token, **owner), half, data[half:])
    try:
        receive_upload(
            actor=world.actor,
            instance_id=form.number,
            sha256=sha256_hex(form.xml),
            name=name,
            upload=upload,
        )
        form.acknowledged.add(name)
    except RuleBroken as error:
        if error.code != "submission.unknown":
            world.fault(error.code)


def _other_body(world: World, form: Form) -> None:
    """Another body under the same number, sent twice."""
    other = form.xml.replace("ก".encode(), "ข".encode()).replace("พบ".encode(), "เห็น".encode())
    first_was = world.first_bodies.get(form.number)
    statuses = {world.phone.post(other).status_code for _ in range(2)}
    world.said.append(f"other {form.number[-4:]} {statuses}")
    if statuses == {409}:
        world.others.setdefault(form.number, set()).add(sha256_hex(other))
        if first_was is None and not Submission.objects.filter(instance_id=form.number).exists():
            world.fault("a conflict with nothing")
    elif statuses == {201}:
        world.first_bodies.setdefault(form.number, other)
        if first_was is not None and first_was != other:
            world.fault("another body was taken for the same")
    else:
        world.fault(f"another body got {statuses}")


def _events(world: World) -> list[Step]:
    chance = world.chance
    office = world.phone.device.office

    def upgrade() -> None:
        make_version(office, form_id=world.form_id, version="2")
        world.said.append("upgrade")

    def close() -> None:
        Instrument.objects.filter(form_id=world.form_id).update(state=Instrument.State.RETIRED)
        world.closed = True
        world.said.append("close")

    def revoke() -> None:
        revoke_device(actor=system_actor("history", office.pk), device=world.phone.device)
        world.revoked = True
        world.said.append("revoke")

    return [
        event
        for event, often in ((upgrade, 0.4), (close, 0.2), (revoke, 0.2))
        if chance.random() < often
    ]


def _send_everything(world: World) -> None:
    """The device tries until all is acknowledged: each photo that was not, then the form."""
    for form in world.forms:
        for name in set(form.photos) - form.acknowledged:
            _post(world, form, [name], incomplete=True)
        _post(world, form, [], incomplete=False)
        again = world.phone.post(form.xml, form.photos)
        once_more = world.phone.post(form.xml, form.photos)
        if (again.status_code, again.content) != (once_more.status_code, once_more.content):
            world.fault("a replay got another answer")
        if form.first_answer and form.first_answer != (again.status_code, again.content):
            world.fault("a replay got another answer than the first")


def _check(world: World) -> None:
    for form in world.forms:
        rows = list(Submission.objects.filter(instance_id=form.number).order_by("pk"))
        records = [row for row in rows if row.rival_of_id is None]
        if len(records) != 1:
            world.fault(f"{len(records)} records of one number")
            continue
        (record,) = records
        if (
            first := world.first_bodies.get(form.number)
        ) is not None and record.body.encode() != first:
            world.fault("another body than the first is the record")
        bodies = {row.sha256 for row in rows}
        if len(bodies) != len(rows):
            world.fault("one body was kept twice")
        if not {sha256_hex(form.xml), *world.others.get(form.number, set())} <= bodies:
            world.fault("a body was lost")
        mine = next(row for row in rows if row.sha256 == sha256_hex(form.xml))
        kept = {one.name: one for one in mine.attachments.all()}
        if (
            sorted(kept) != sorted(form.photos)
            or mine.attachments.count() != len(form.photos)
            or not mine.is_complete
        ):
            world.fault(f"photos {sorted(kept)} instead of {sorted(form.photos)}")
        elif any(
            read_blob(NAMESPACE, kept[name].sha256) != data for name, data in form.photos.items()
        ):
            world.fault("a photo is not what was sent")
        _check_edit(world, form, record)


def _check_edit(world: World, form: Form, record: Submission) -> None:
    if not form.edits or record.sha256 != sha256_hex(form.xml):
        return
    current = Submission.objects.filter(
        replaces__instance_id=form.edits, is_current=True, state="accepted", rival_of=None
    )
    if current.count() > 1:
        world.fault("two edits of one form count")
    base = Submission.objects.get(instance_id=form.edits, rival_of=None)
    if record.state == "accepted" and (record.replaces_id != base.pk or base.is_current):
        world.fault("an edit that counts did not take its place")
