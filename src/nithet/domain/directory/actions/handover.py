"""Handing work over to a successor in one step (การส่งมอบงานในหน้าที่)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nithet.domain.directory import handover
from nithet.domain.directory.handover import Line
from nithet.domain.directory.models.committees import CommitteeMember
from nithet.domain.directory.models.staff import Assignment, Handover, PositionHolder
from nithet.domain.directory.policy import staff as policy  # noqa: F401  registers the policies of these actions
from nithet.domain.directory.policy.people import of_office
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import Role
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.door import about, action, note
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.thai_dates import format_date


def _postings(office_id: int | None, user: User) -> "list[Posting]":
    rows = Posting.objects.on(clock.today()).filter(of_office(office_id), user=user, limited_to="")
    return list(rows.select_related("unit").order_by("pk"))


def _posting_lines(actor: Actor, user: User) -> Iterable[Line]:
    for one in _postings(actor.office_id, user):
        moves = one.role != Role.ADMINISTRATOR
        yield Line(f"{one.title or Role(one.role).label}", str(one.unit), moves=moves)


def _power_lines(actor: Actor, user: User) -> Iterable[Line]:
    rows = Power.objects.on(clock.today()).filter(of_office(actor.office_id), user=user)
    for one in rows.select_related("unit"):
        detail = gettext("order %(number)s; a successor needs an order of their own") % {
            "number": one.order_number
        }
        yield Line(f"{one.get_kind_display()} · {one.get_role_display()}", detail, moves=False)


def _duties(office_id: int | None, user: User) -> "list[Assignment]":
    held = PositionHolder.objects.filter(
        office_id=office_id, posting__in=[one.pk for one in _postings(office_id, user)]
    )
    today = clock.today()
    rows = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        position__in=held.values("position"),
        taken_back_at__isnull=True,
    )
    return list(rows.select_related("position", "school__unit").order_by("school__unit__name_key", "pk"))


def _duty_lines(actor: Actor, user: User) -> Iterable[Line]:
    for one in _duties(actor.office_id, user):
        since = gettext("since %(day)s") % {"day": format_date(one.starts_on)} if one.starts_on else ""
        yield Line(str(one), since)


def _seats(office_id: int | None, user: User) -> "list[CommitteeMember]":
    today = clock.today()
    rows = CommitteeMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        office_id=office_id,
        user=user,
        taken_back_at__isnull=True,
        committee__taken_back_at__isnull=True,
    )
    return [one for one in rows.select_related("committee") if _exists(one, today)]


def _exists(member: CommitteeMember, day: date) -> bool:
    last = member.committee.last_day
    return last is None or last >= day


def _seat_lines(actor: Actor, user: User) -> Iterable[Line]:
    for one in _seats(actor.office_id, user):
        yield Line(str(one.committee), one.get_seat_display())


def register_own() -> None:
    """Register what this package itself knows to be in somebody's hands."""
    handover.register("postings", _("Positions held"), _posting_lines)
    handover.register("powers", _("Powers by order"), _power_lines)
    handover.register("duties", _("Duties"), _duty_lines)
    handover.register("seats", _("Seats in committees"), _seat_lines)


@action("work.hand_over", event="work.handed_over", on="person")
def hand_over(*, actor: Actor, person: User, successor: User, handed_on: date) -> Handover:
    """Pass everything that moves to a successor from a day on, in one step.

    The person's postings end the day before and the successor holds them from that day, with the positions and so their duties;
    seats in committees pass over; whatever other packages registered moves too. Powers by order never move. The list is kept as
    it stood. Raises `RuleBroken` where nothing is there to hand over.
    """
    if person.pk == successor.pk:
        raise RuleBroken("handover.same", "A successor is somebody else.", field="successor")
    if not successor.is_active:
        raise RuleBroken("handover.closed", "The successor's account is closed.", field="successor")
    kept = [
        {
            "label": section.label,
            "lines": [
                {"title": line.title, "detail": line.detail, "moves": line.moves}
                for line in section.lines
            ],
        }
        for section in handover.sections(actor, person)
    ]
    if not any(line["moves"] for section in kept for line in section["lines"]):  # type: ignore[index]
        raise RuleBroken("handover.nothing", "There is nothing to hand over.")
    _pass_seats(actor, person, successor, handed_on)
    _pass_postings(actor, person, successor, handed_on)
    for source in handover.sources():
        if source.pass_on is not None:
            source.pass_on(actor, person, successor)
    made = Handover.objects.create(
        office_id=actor.writes_in,
        person=person,
        successor=successor,
        handed_on=handed_on,
        made_at=clock.now(),
        made_by=actor.signature,
        lines=kept,
    )
    about(made)
    note(person=str(person), successor=str(successor), handed_on=handed_on)
    return made


def _pass_postings(actor: Actor, person: User, successor: User, day: date) -> None:
    for old in _postings(actor.office_id, person):
        if old.role == Role.ADMINISTRATOR:
            continue
        if old.starts_on and day <= old.starts_on:
            raise RuleBroken(
                "handover.early", "The work began only on that day or later.", field="handed_on"
            )
        until = old.ends_on
        old.ends_on, old.version = day - timedelta(days=1), old.version + 1
        old.save(update_fields=["ends_on", "version"])
        new = Posting.objects.filter(
            user=successor, role=old.role, unit=old.unit, limited_to=""
        ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        posting = new.first() or Posting.objects.create(
            user=successor,
            role=old.role,
            unit=old.unit,
            title=old.title,
            starts_on=day,
            ends_on=until,
        )
        _pass_position(old, posting)


def _pass_position(old: Posting, new: Posting) -> None:
    """The duties hang on the position, so they come along; a successor who fills one already keeps both sets of duties."""
    if (held := PositionHolder.objects.filter(posting=old).first()) is None:
        return
    other = PositionHolder.objects.filter(posting=new).first()
    if other is None:
        PositionHolder.objects.create(
            office_id=held.office_id, position=held.position, posting=new
        )
        return
    Assignment.objects.filter(position=held.position, taken_back_at__isnull=True).update(
        position=other.position
    )


def _pass_seats(actor: Actor, person: User, successor: User, day: date) -> None:
    for old in _seats(actor.office_id, person):
        CommitteeMember.objects.create(
            office_id=old.office_id,
            committee=old.committee,
            seat=old.seat,
            title=old.title,
            holder_name=str(successor) if old.holder_name else "",
            user=successor,
            position=old.position,
            starts_on=day,
            ends_on=old.ends_on,
            made_by_id=actor.user_id,
        )
        old.ends_on, old.version = max(day - timedelta(days=1), old.starts_on or date.min), old.version + 1
        old.save(update_fields=["ends_on", "version"])
