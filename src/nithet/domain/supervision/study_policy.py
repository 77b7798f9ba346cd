"""Who may read and write studies, and who reads what a supervisor did, with the reason."""

from django.db.models import QuerySet

from nithet.domain.supervision.models.studies import (
    Study,
    StudyCycle,
    StudyMeasure,
    WorkEntry,
    WorkShare,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import by_role, by_role_over, policy
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS
from nithet.foundation.access.verdicts import Verdict, allow, deny
from nithet.foundation.actions.taking_back import shown
from nithet.foundation.tenancy.models import OfficeOwned

STUDY_READERS = tuple(sorted(OFFICE_STAFF))


@policy("study.open")
def may_open_study(actor: Actor, target: object) -> Verdict:
    """Whoever does the work opens a study of it."""
    return by_role(actor, *RECORD_WRITERS)


@policy("study.edit")
@policy("study.take_back")
@policy("study.publish")
@policy("study.reopen")
@policy("study.add_cycle")
@policy("study.edit_cycle")
@policy("study.take_back_cycle")
@policy("study.add_measure")
@policy("study.edit_measure")
@policy("study.take_back_measure")
def may_write_study(actor: Actor, record: OfficeOwned) -> Verdict:
    """The same people write every part of it; a study is the work of several."""
    return by_role_over(actor, record, *RECORD_WRITERS)


def may_read_studies(actor: Actor) -> Verdict:
    """Say whether an actor reads the studies of the office: its own people."""
    return by_role(actor, *STUDY_READERS)


def visible_studies(actor: Actor) -> QuerySet[Study]:
    """Return the studies that an actor may read."""
    rows = shown(Study.objects.filter(office_id=actor.office_id))
    return rows if may_read_studies(actor) else rows.none()


def visible_cycles_of_studies(actor: Actor) -> QuerySet[StudyCycle]:
    """Return the cycles of studies that an actor may read."""
    return shown(StudyCycle.objects.filter(study__in=visible_studies(actor)))


def visible_measures(actor: Actor) -> QuerySet[StudyMeasure]:
    """Return what was measured in the studies that an actor may read."""
    return shown(StudyMeasure.objects.filter(study__in=visible_studies(actor)))


def may_keep_work(actor: Actor) -> Verdict:
    """Say whether an actor has a page of work of their own: the office's people who do the work of supervision."""
    if actor.user_id is None or actor.is_desk:
        return deny("A page of work belongs to a person.")
    return by_role(actor, *RECORD_WRITERS)


@policy("work.enter")
@policy("work.share")
def may_enter_work(actor: Actor, target: object) -> Verdict:
    """Everybody who does the work of supervision keeps a page of their own."""
    return may_keep_work(actor)


@policy("work.edit")
@policy("work.take_back")
def may_edit_work(actor: Actor, entry: WorkEntry) -> Verdict:
    """Only the person whose entry it is."""
    return _of_oneself(actor, entry.office_id, entry.user_id)


@policy("work.end_share")
def may_end_share(actor: Actor, share: WorkShare) -> Verdict:
    """Only the person whose page it is."""
    return _of_oneself(actor, share.office_id, share.owner_id)


def _of_oneself(actor: Actor, office_id: int, owner_id: int) -> Verdict:
    if actor.user_id is not None and (actor.user_id, actor.office_id) == (owner_id, office_id):
        return allow("This is your own page of work.")
    return deny("A page of work is its person's own.")


def visible_entries(actor: Actor) -> QuerySet[WorkEntry]:
    """Return the entries that are the actor's own."""
    rows = shown(WorkEntry.objects.filter(office_id=actor.office_id))
    return rows.filter(user_id=actor.user_id or 0) if may_keep_work(actor) else rows.none()


def shares_given(actor: Actor) -> QuerySet[WorkShare]:
    """Return those to whom the actor's page is open."""
    return WorkShare.objects.filter(
        office_id=actor.office_id, owner_id=actor.user_id or 0, ended_at__isnull=True
    )


def shares_received(actor: Actor) -> QuerySet[WorkShare]:
    """Return the pages that others have opened to the actor; one who left the office reads none of them."""
    rows = WorkShare.objects.filter(
        office_id=actor.office_id, reader_id=actor.user_id or 0, ended_at__isnull=True
    )
    return rows if by_role(actor, *STUDY_READERS) else rows.none()


def may_read_work(actor: Actor, owner_id: int) -> Verdict:
    """Say whether an actor reads a person's page of work: that person, and whoever was let in by them."""
    if actor.user_id == owner_id:
        return may_keep_work(actor)
    if shares_received(actor).filter(owner_id=owner_id).exists():
        return allow("This page was opened to you.")
    return deny("A page of work is its person's own.")
