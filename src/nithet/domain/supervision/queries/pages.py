"""What the page and the form of one visit show besides the visit itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from nithet.domain.commitments.models import Commitment
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.supervision.models.answers import (
    SchoolAnswer,
    SchoolAnswerVersion,
    VisitOpinion,
)
from nithet.domain.supervision.models.development import Development
from nithet.domain.supervision.models.findings import AgreementCheck
from nithet.domain.supervision.models.visits import Visit, VisitAddition
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.content import digest_of_visit, visit_ref
from nithet.domain.supervision.queries.visits import list_visits
from nithet.domain.supervision.rules.questions import LEAST_OPINIONS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.roles import RECORD_WRITERS
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.school_years import fiscal_year_period


def last_visit_before(school_id: int, day: date, *, but: Visit | None = None) -> Visit | None:
    """Return the newest visit to a school that was carried out up to a day, of either kind, with its findings fetched."""
    rows = Visit.objects.filter(
        school_id=school_id, state=Visit.State.DONE, visited_on__lte=day
    ).prefetch_related("findings", "visitors")
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return rows.order_by("-visited_on", "-pk").first()


def photos_of(visit: Visit) -> list[Piece]:
    """List the photographs of a visit that stand, in the order in which they were brought."""
    rows = Piece.objects.filter(about=str(visit_ref(visit)), kind="photo")
    return list(standing(rows).order_by("pk"))


def submissions_of(visit: Visit) -> list[Submission]:
    """List the forms that were filled in on a visit, the newest first."""
    rows = Submission.objects.filter(about=str(visit_ref(visit)), is_current=True)
    return list(rows.select_related("version__instrument").order_by("-pk"))


def developments_of(school_id: int) -> list[Development]:
    """List what a school is accompanied in, each with its steps and their visits fetched; two queries."""
    rows = Development.objects.filter(school_id=school_id).prefetch_related("steps__visit")
    return list(rows)


@dataclass(frozen=True, slots=True)
class Signed:
    """How the school's side stands: its answer, and whether the record is still the one that it signed."""

    answer: SchoolAnswer
    is_still_the_same: bool


def signed_of(visit: Visit) -> Signed | None:
    """Return how the school's side of a visit stands; None where it has said nothing, not even that it has read the copy."""
    answer = SchoolAnswer.objects.filter(visit=visit).first()
    if answer is None:
        return None
    same = bool(answer.signed_digest) and answer.signed_digest == digest_of_visit(visit)
    return Signed(answer, same)


def answer_versions(visit: Visit) -> list[SchoolAnswerVersion]:
    """List what the school answered before it changed its answer, the newest first."""
    rows = SchoolAnswerVersion.objects.filter(answer__visit=visit)
    return list(rows)


def additions_of(visit: Visit) -> list[VisitAddition]:
    """List what came to a visit after it was closed, in the order of arrival."""
    rows = VisitAddition.objects.filter(visit=visit)
    return list(rows)


@dataclass(frozen=True, slots=True)
class CountsFor:
    """An item of the office's own return for which a piece of a visit counts."""

    piece_id: int
    item: str
    words: str
    fiscal_year: int


def items_of(visit: Visit) -> list[CountsFor]:
    """List the items for which the pieces about a visit are used, each item of a year once; one query."""
    rows = (
        standing(Use.objects.filter(piece__about=str(visit_ref(visit))))
        .filter(piece__taken_back_at__isnull=True)
        .select_related("edition")
        .order_by("fiscal_year", "item", "pk")
    )
    found: dict[tuple[int, int, str], CountsFor] = {}
    for one in rows:
        node = rules_of(one.edition).nodes.get(one.item)
        words = node.title.th if node is not None else ""
        key = (one.edition_id, one.fiscal_year, one.item)
        found.setdefault(key, CountsFor(one.piece_id, one.item, words, one.fiscal_year))
    return list(found.values())


def has_opinion(visit: Visit) -> bool:
    """Say whether the school has answered the three questions; what it answered is told of many visits only."""
    return VisitOpinion.objects.filter(visit=visit).exists()


def checks_of(visit: Visit) -> dict[int, AgreementCheck]:
    """Return agreement id -> what a visit found of it."""
    return {one.agreement_id: one for one in AgreementCheck.objects.filter(visit=visit)}


def checked_agreements(agreements: list[Commitment]) -> dict[int, list[AgreementCheck]]:
    """Return agreement id -> what later visits found of it, in their order; one query."""
    found: dict[int, list[AgreementCheck]] = {}
    rows = AgreementCheck.objects.filter(agreement__in=agreements).select_related("visit")
    for one in rows.order_by("visit__visited_on", "pk"):
        found.setdefault(one.agreement_id, []).append(one)
    return found


QUESTIONS = ("fitted_need", "gave_way", "helped_kindly")


@dataclass(frozen=True, slots=True)
class Opinions:
    """What schools say of the help, as counts: question -> (agree, agree in part, do not agree).

    `of` is how many supervision visits were carried out, `n` how many schools' answers there are; `counts` is empty below
    `LEAST_OPINIONS`, so that nobody can tell who said what.
    """

    n: int
    of: int
    counts: dict[str, tuple[int, int, int]]


def opinions_of(actor: Actor, fiscal_year: int) -> Opinions:
    """Count what schools said of the supervision visits of a year, all visitors together; two queries.

    The questions are about supervision. A count over committee visits too would beside this one tell the few who answered there.
    """
    period = fiscal_year_period(fiscal_year)
    visits = Visit.objects.filter(
        office_id=actor.office_id,
        kind=Visit.Kind.SUPERVISION,
        state=Visit.State.DONE,
        visited_on__range=(period.start, period.end),
    )
    rows = list(VisitOpinion.objects.filter(visit__in=visits).values_list(*QUESTIONS))
    counts: dict[str, tuple[int, int, int]] = {}
    if len(rows) >= LEAST_OPINIONS:
        for place, name in enumerate(QUESTIONS):
            said = [row[place] for row in rows]
            yes, partly, no = (said.count(str(one)) for one in VisitOpinion.Says.values)
            counts[name] = (yes, partly, no)
    return Opinions(len(rows), visits.count(), counts)


SATURDAY = 5


# What is mine to do -----------------------------------------------------------------------------


def my_week(actor: Actor, today: date) -> list[Visit]:
    """List the visits of the week of a day on which the actor goes, as planned or gone; two queries.

    A week goes from Monday to Sunday; on Saturday and Sunday it is the one that comes. Where the plan names nobody for a visit it is left out: whose it is cannot be told.
    """
    is_over = today.weekday() >= SATURDAY
    monday = today + timedelta(days=7 * is_over - today.weekday())
    rows = mine(actor).filter(visited_on__range=(monday, monday + timedelta(days=6)))
    return list(rows.exclude(state=Visit.State.CANCELLED).order_by("visited_on", "starts_at", "pk"))


def mine(actor: Actor) -> "QuerySet[Visit]":
    """List the visits on which the actor goes or went, as the record or the plan names them."""
    rows = list_visits(actor)
    if actor.user_id is None:
        return rows.none()
    went = Visit.objects.filter(visitors__user_id=actor.user_id).values("pk")
    goes = Visit.objects.filter(planned__party__user_id=actor.user_id).values("pk")
    return rows.filter(pk__in=went) | rows.filter(pk__in=goes)


def to_write(actor: Actor, today: date) -> "QuerySet[Visit]":
    """List the planned visits of the actor's own whose day has passed without a record, the oldest first."""
    if actor.user_id is None or not actor.holds(*RECORD_WRITERS):
        return Visit.objects.none()
    rows = mine(actor).filter(state=Visit.State.PLANNED, visited_on__lt=today)
    return rows.order_by("visited_on", "pk")


def not_closed(actor: Actor) -> "QuerySet[Visit]":
    """List the visits that the actor wrote and that are not closed yet, the oldest first."""
    if actor.user_id is None or not actor.holds(*RECORD_WRITERS):
        return Visit.objects.none()
    rows = visible_to(actor).filter(
        state=Visit.State.DONE, closed_at__isnull=True, written_by_id=actor.user_id
    )
    return rows.order_by("visited_on", "pk")


def answered_by_school(actor: Actor) -> "QuerySet[Visit]":
    """List the visits that the actor wrote, that the school has answered, and that are not closed yet."""
    return not_closed(actor).exclude(school_answer__words="").filter(school_answer__isnull=False)


def to_be_signed(actor: Actor) -> "QuerySet[Visit]":
    """List the visits to the actor's own school that wait for its signature, the oldest first.

    Only visits whose record was written here: what was taken from an old return is not asked about.
    """
    rows = Visit.objects.filter(
        office_id=actor.office_id,
        school__unit__in=actor.school_ids,
        state=Visit.State.DONE,
        written_at__isnull=False,
    )
    return rows.exclude(school_answer__signed_at__isnull=False).order_by("visited_on", "pk")
