"""What one supervisor did in a period: visits, agreements, own development, studies, evidence. A fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from nithet.domain.commitments.models import Commitment
from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.filled_at import filled_in
from nithet.domain.supervision.models.studies import Study, WorkEntry, WorkShare
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.studies import STUDY
from nithet.domain.supervision.queries.visits import VISIT
from nithet.domain.supervision.study_policy import may_read_work, shares_given, shares_received
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.access.roles import OFFICE_STAFF
from nithet.foundation.accounts.models import User
from nithet.foundation.actions.taking_back import shown, standing
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year, fiscal_year_period


@dataclass(frozen=True, slots=True)
class VisitsOfKind:
    """Visits of one kind and mode; `hours` of those whose time is recorded, `without_time` the others."""

    kind: str
    mode: str
    count: int
    schools: int
    hours: Decimal
    without_time: int


@dataclass(frozen=True, slots=True)
class Agreements:
    """What was agreed on the visits: all, done, dropped, still open, and of these overdue."""

    total: int
    done: int
    dropped: int
    overdue: int

    @property
    def open(self) -> int:
        """Return how many are still to do."""
        return self.total - self.done - self.dropped


@dataclass(frozen=True, slots=True)
class Development:
    """Entries of one kind with their hours; `without_hours` state none."""

    kind: str
    entries: list[WorkEntry]
    hours: Decimal
    without_hours: int


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A person's work in a period. `pieces` are (title, reference) of evidence about their visits and studies."""

    owner_id: int
    owner: str
    period: Period
    visits: list[Visit]
    by_kind: list[VisitsOfKind]
    schools: int
    agreements: Agreements
    development: list[Development]
    studies: list[Study]
    forms: int
    pieces: list[tuple[str, int]]

    @property
    def visit_hours(self) -> Decimal:
        """Return the hours of all visits whose time is recorded."""
        return tidy(sum((one.hours for one in self.by_kind), Decimal(0)))

    @property
    def visits_without_time(self) -> int:
        """Return how many visits have no time recorded."""
        return sum(one.without_time for one in self.by_kind)

    @property
    def development_hours(self) -> Decimal:
        """Return the hours of all entries that state them."""
        return tidy(sum((one.hours for one in self.development), Decimal(0)))


def tidy(hours: Decimal) -> Decimal:
    """Return hours without empty decimals: 6, 12.5.

    >>> tidy(Decimal("100.00")), tidy(Decimal("12.50"))
    (Decimal('100'), Decimal('12.5'))
    """
    whole = hours.to_integral_value()
    return whole if hours == whole else hours.normalize()


def own_work(actor: Actor, owner_id: int, period: Period) -> OwnWork | None:
    """Return what a person did in a period; None where the actor may not read that person's page."""
    if not may_read_work(actor, owner_id):
        return None
    person = User.objects.filter(pk=owner_id).first()
    if person is None:
        return None
    visits = _visits(actor, owner_id, period)
    studies = _studies(actor, owner_id, period)
    entries = standing(
        WorkEntry.objects.filter(
            office_id=actor.office_id,
            user_id=owner_id,
            starts_on__range=(period.start, period.end),
        )
    )
    return OwnWork(
        owner_id=owner_id,
        owner=person.display_name or person.username,
        period=period,
        visits=visits,
        by_kind=visits_by_kind(visits),
        schools=len({one.school_id for one in visits}),
        agreements=_agreements(actor, visits),
        development=development_of(entries),
        studies=studies,
        forms=_forms(actor, owner_id, period),
        pieces=_pieces(actor, visits, studies),
    )


def _visits(actor: Actor, owner_id: int, period: Period) -> list[Visit]:
    """The visits on which the person went, by the account stored with the visit: never by who prints."""
    rows = Visit.objects.filter(
        office_id=actor.office_id,
        state=Visit.State.DONE,
        visited_on__range=(period.start, period.end),
        visitors__user_id=owner_id,
    )
    return list(
        rows.distinct().select_related("school__unit").order_by("visited_on", "starts_at", "pk")
    )


def visits_by_kind(visits: Iterable[Visit]) -> list[VisitsOfKind]:
    """Count visits by kind and mode, in the order in which the choices stand."""
    groups: dict[tuple[str, str], list[Visit]] = {}
    for one in visits:
        groups.setdefault((one.kind, one.mode), []).append(one)
    order = [(kind, mode) for kind in Visit.Kind.values for mode in Visit.Mode.values]
    return [
        VisitsOfKind(
            kind=group[0].get_kind_display(),
            mode=group[0].get_mode_display(),
            count=len(group),
            schools=len({one.school_id for one in group}),
            hours=sum((hours for one in group if (hours := hours_of(one)) is not None), Decimal(0)),
            without_time=sum(hours_of(one) is None for one in group),
        )
        for key in sorted(groups, key=order.index)
        for group in [groups[key]]
    ]


def hours_of(visit: Visit) -> Decimal | None:
    """Return the hours of a visit from its times, to quarters of an hour; None where one of them is not recorded."""
    if visit.starts_at is None or visit.ends_at is None:
        return None
    day = visit.visited_on
    length = datetime.combine(day, visit.ends_at) - datetime.combine(day, visit.starts_at)
    if length < timedelta(0):
        return None
    return tidy(Decimal(round(length / timedelta(minutes=15))) / 4)


def _agreements(actor: Actor, visits: Iterable[Visit]) -> Agreements:
    names = [str(RecordRef(VISIT, str(one.pk))) for one in visits]
    rows = standing(
        Commitment.objects.filter(
            office_id=actor.office_id, kind=Commitment.Kind.PROMISE, arose_from__in=names
        )
    )
    today = clock.today()
    found = list(rows.values_list("state", "due_on"))
    states = Counter(state for state, _ in found)
    late = sum(
        state == Commitment.State.OPEN and due is not None and due < today for state, due in found
    )
    return Agreements(
        len(found), states[Commitment.State.DONE], states[Commitment.State.DROPPED], late
    )


def development_of(entries: Iterable[WorkEntry]) -> list[Development]:
    """Put entries together by their kind, in the order in which the kinds stand."""
    groups: dict[str, list[WorkEntry]] = {}
    for one in entries:
        groups.setdefault(one.kind, []).append(one)
    return [
        Development(
            kind=group[0].get_kind_display(),
            entries=group,
            hours=sum((one.hours for one in group if one.hours is not None), Decimal(0)),
            without_hours=sum(one.hours is None for one in group),
        )
        for kind in WorkEntry.Kind.values
        if (group := groups.get(kind))
    ]


def _studies(actor: Actor, owner_id: int, period: Period) -> list[Study]:
    years = range(fiscal_year(period.start), fiscal_year(period.end) + 1)
    in_time = Q(fiscal_year__in=years) | Q(published_on__range=(period.start, period.end))
    rows = standing(Study.objects.filter(office_id=actor.office_id, owner_id=owner_id))
    return list(rows.filter(in_time))


def _forms(actor: Actor, owner_id: int, period: Period) -> int:
    rows = Submission.objects.filter(
        office_id=actor.office_id,
        user_id=owner_id,
        state=Submission.State.ACCEPTED,
        is_current=True,
    )
    return filled_in(rows, period).count()


def _pieces(
    actor: Actor, visits: Iterable[Visit], studies: Iterable[Study]
) -> list[tuple[str, int]]:
    refs = [
        *(RecordRef(VISIT, str(one.pk)) for one in visits),
        *(RecordRef(STUDY, str(one.pk)) for one in studies),
    ]
    if not refs:
        return []
    found = {piece.pk: piece for group in pieces_about(actor, *refs).values() for piece in group}
    return [(str(one), key) for key, one in sorted(found.items())]


def entries_of(actor: Actor) -> list[WorkEntry]:
    """Return the actor's own entries, the newest first, cancelled ones too."""
    rows = shown(WorkEntry.objects.filter(office_id=actor.office_id, user_id=actor.user_id or 0))
    return list(rows.order_by("-starts_on", "-pk"))


def readers_of_own(actor: Actor) -> list[WorkShare]:
    """Return those to whom the actor's page is open."""
    return list(shares_given(actor))


def pages_opened_to(actor: Actor) -> list[WorkShare]:
    """Return the pages that others have opened to the actor."""
    return list(shares_received(actor).order_by("owner_title", "pk"))


def usual_period(day: date) -> Period:
    """Return the round of assessment in which a day falls: 1 October to 30 September."""
    return fiscal_year_period(fiscal_year(day))


def possible_readers(actor: Actor) -> list[User]:
    """Return the office's people to whom the actor may open their page: all of them but oneself, by name."""
    postings = Posting.objects.filter(unit_id=actor.office_id or 0, role__in=OFFICE_STAFF)
    users = User.objects.filter(
        pk__in=postings.on(clock.today()).values("user"), kind=User.Kind.PERSON, is_active=True
    )
    return list(users.exclude(pk=actor.user_id or 0).order_by("display_name", "pk"))
