"""Who may read and make instruments, with the reason."""

from django.db.models import QuerySet

from nithet.domain.instruments.models.briefings import Briefing
from nithet.domain.instruments.models.devices import Device
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS, Role
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.tenancy.models import OfficeOwned

READERS = tuple(sorted(OFFICE_STAFF))
"""The office's own people read every instrument, drafts too; others see what is published to them."""
DECIDERS = RECORD_WRITERS
"""Who decides about submissions that wait."""
FILLERS: dict[str, tuple[Role, ...]] = {
    Instrument.Audience.SUPERVISORS: (*RECORD_WRITERS, Role.NETWORK_CHAIR),
    Instrument.Audience.COMMITTEE: (
        *RECORD_WRITERS,
        Role.COMMITTEE_MEMBER,
        Role.NETWORK_CHAIR,
        Role.OUTSIDE_EXPERT,
    ),
}
"""Who fills an instrument in: a committee's form also by the companion who writes for a member (บันทึกแทน)."""


@policy("instrument.bring")
def may_make(actor: Actor, target: object) -> Verdict:
    """Whoever does the work of the office makes its instruments."""
    return by_role(actor, *RECORD_WRITERS)


@policy("instrument.publish")
@policy("instrument.drop_draft")
@policy("instrument.edit")
@policy("instrument.retire")
@policy("instrument.reopen")
@policy("briefing.record")
@policy("briefing.edit")
@policy("briefing.take_back")
def may_write(actor: Actor, record: OfficeOwned) -> Verdict:
    """Whoever does the work of the office looks after its instruments and says who was briefed."""
    return by_role_over(actor, record, *RECORD_WRITERS)


def may_read(actor: Actor) -> Verdict:
    """Say whether an actor may read the instruments of the office they work in."""
    return by_role(actor, *READERS)


def may_see(actor: Actor, instrument: Instrument) -> Verdict:
    """Say whether an actor may read an instrument."""
    return by_role_over(actor, instrument, *READERS)


def visible_to(actor: Actor) -> QuerySet[Instrument]:
    """Return the instruments that an actor may read."""
    rows = shown(Instrument.objects.filter(office_id=actor.office_id))
    return rows if may_read(actor) else rows.none()


def visible_versions(actor: Actor) -> QuerySet[InstrumentVersion]:
    """Return the versions that an actor may read."""
    return InstrumentVersion.objects.filter(
        office_id=actor.office_id, instrument__in=visible_to(actor)
    )


def visible_briefings(actor: Actor) -> QuerySet[Briefing]:
    """Return the briefings that an actor may read."""
    rows = shown(Briefing.objects.filter(office_id=actor.office_id))
    return rows if may_read(actor) else rows.none()


def audiences_of(actor: Actor) -> list[str]:
    """Return the audiences that an actor belongs to, to whom instruments are published."""
    return [str(name) for name, roles in FILLERS.items() if by_role(actor, *roles)]


def may_send(actor: Actor) -> Verdict:
    """Say whether an actor fills any instrument in, and so may have a device for it."""
    return by_role(
        actor, *FILLERS[Instrument.Audience.SUPERVISORS], *FILLERS[Instrument.Audience.COMMITTEE]
    )


@policy("submission.receive")
@policy("submission.receive_many")
@policy("submission.attach")
def may_deliver(actor: Actor, target: object) -> Verdict:
    """Whoever holds anything in the office delivers what a device holds: what was not theirs to fill in waits, but is kept."""
    if actor.is_system or actor.held:
        return allow("What a device holds is taken in and kept.")
    return deny("You hold no position in any office.")


@policy("submission.hand_over")
@policy("submission.join_edits")
@policy("submission.check_files")
def may_work_on(actor: Actor, target: object) -> Verdict:
    """The system alone turns submissions into records."""
    return by_role(actor)


@policy("submission.accept")
@policy("submission.set_aside")
def may_decide(actor: Actor, submission: Submission) -> Verdict:
    """Whoever does the work of the office decides about what waits."""
    return by_role_over(actor, submission, *DECIDERS)


def visible_submissions(actor: Actor) -> QuerySet[Submission]:
    """Return the submissions that an actor may read: the office's own people all, others what they sent."""
    rows = Submission.objects.filter(office_id=actor.office_id)
    if may_read(actor):
        return rows
    return rows.filter(user_id=actor.user_id) if actor.user_id is not None else rows.none()


@policy("device.add")
def may_add_device(actor: Actor, target: object) -> Verdict:
    """Whoever fills in instruments adds a device of their own."""
    return may_send(actor)


@policy("device.revoke")
def may_revoke(actor: Actor, device: Device) -> Verdict:
    """Its owner, and the office's administrator."""
    if actor.user_id is not None and (actor.user_id, actor.office_id) == (
        device.user_id,
        device.office_id,
    ):
        return allow("This is your own device.")
    return by_role_over(actor, device, Role.ADMINISTRATOR)


@policy("device.seen")
def may_be_seen(actor: Actor, device: Device) -> Verdict:
    """A device is used by its owner."""
    if actor.is_system or (actor.user_id, actor.office_id) == (device.user_id, device.office_id):
        return allow("This is your own device.")
    return deny("This device belongs to somebody else.")


def visible_devices(actor: Actor) -> QuerySet[Device]:
    """Return the devices that an actor may see: their own, the administrator all of the office."""
    rows = Device.objects.filter(office_id=actor.office_id)
    if by_role(actor, Role.ADMINISTRATOR):
        return rows
    return rows.filter(user_id=actor.user_id) if actor.user_id is not None else rows.none()


def may_read_results(actor: Actor) -> Verdict:
    """Say whether an actor reads what the office's instruments found, of every school."""
    return by_role(actor, *READERS)


def schools_of_results(actor: Actor) -> frozenset[int]:
    """Return the units (schools) whose own results an actor reads beside those of schools like it: its head and its office."""
    own = (Role.SCHOOL_HEAD, Role.SCHOOL_CLERK)
    return frozenset(unit for unit in actor.school_ids if actor.holds(*own, unit_id=unit))


def may_see_names(actor: Actor, submission: Submission) -> bool:
    """Say whether an actor reads who was observed: whoever wrote it, and the head of that school."""
    if submission.office_id != actor.office_id:
        return False
    school = submission.school
    return may_see_answers(
        actor, user_id=submission.user_id, school_unit_id=school.unit_id if school else None
    )


def may_see_answers(actor: Actor, *, user_id: int | None, school_unit_id: int | None) -> bool:
    """Say whether an actor reads each answer of a form that names persons, by who wrote it and at which school (a unit)."""
    if actor.user_id is not None and user_id == actor.user_id:
        return True
    return school_unit_id is not None and actor.holds(Role.SCHOOL_HEAD, unit_id=school_unit_id)
