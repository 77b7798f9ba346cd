"""Reading what schools were asked about days, and the word in the link by which a school answers without an account."""

from datetime import date

from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from nithet.domain.supervision.models.dates import DateAnswer, OtherBodysVisit
from nithet.domain.supervision.models.plans import PlannedVisit, SupervisionPlanVersion
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import (
    visible_date_answers,
    visible_other_bodies,
    visible_supervision_plans,
    visible_to,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year

SALT = "nithet.supervision.date"
MARK_LENGTH = 40


def link_word(answer: DateAnswer) -> str:
    """Return the word of a question's link: its number and 160 bits that only this installation can make."""
    return f"{answer.pk}-{_mark(answer.pk, answer.nonce)}"


def answer_of_word(word: str) -> DateAnswer | None:
    """Return the question that a link opens, its school fetched; None for an unknown word and one that is not asked any more."""
    number, _, mark = word.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18 and mark):
        return None
    # A link is opened before anybody is known, so no office can be in scope yet.
    with unscoped():
        found = (
            DateAnswer.objects.select_related("visit__school__unit", "office")
            .filter(pk=int(number))
            .exclude(state=DateAnswer.State.WITHDRAWN)
            .first()
        )
    if found is None or not constant_time_compare(
        mark.encode(), _mark(found.pk, found.nonce).encode()
    ):
        return None
    return found


def _mark(key: int, nonce: str) -> str:
    return salted_hmac(SALT, f"{key}:{nonce}", algorithm="sha256").hexdigest()[:MARK_LENGTH]


def list_answers(actor: Actor, period: Period | None = None) -> QuerySet[DateAnswer]:
    """List what an actor may read of the questions about days, by day, with school, network and visit fetched."""
    rows = visible_date_answers(actor).exclude(state=DateAnswer.State.WITHDRAWN)
    if period is not None:
        rows = rows.filter(visit__visited_on__range=(period.start, period.end))
    return rows.select_related("visit__school__unit", "visit__school__network__unit").order_by(
        "asked_for", "pk"
    )


def find_answer(actor: Actor, answer_id: int) -> DateAnswer | None:
    """Return a question the actor may read; None where it is gone or not theirs to see."""
    return list_answers(actor).filter(pk=answer_id).first()


def is_provisional(answer: DateAnswer) -> bool:
    """Say whether the visit stands in a plan that no director has approved with it on this day (วันนัดเบื้องต้น)."""
    line = PlannedVisit.objects.filter(visit=answer.visit_id).first()
    if line is None:
        return False
    last = SupervisionPlanVersion.objects.filter(plan=line.plan_id).first()
    if last is None:
        return True
    day = line.planned_on.isoformat()
    return not any(
        one["id"] == str(line.pk) and one["planned_on"] == day for one in last.content["lines"]
    )


def has_approved_plan(actor: Actor, day: date) -> bool:
    """Say whether the plan of the fiscal year of a day has an approved version."""
    return SupervisionPlanVersion.objects.filter(
        plan__in=visible_supervision_plans(actor), plan__fiscal_year=fiscal_year(day)
    ).exists()


def unasked_visits(actor: Actor, first: date, last: date) -> QuerySet[Visit]:
    """List the planned visits of a span of days whose school has not been asked about the day that stands, by day."""
    open_states = (DateAnswer.State.WAITING, DateAnswer.State.ASKED_OTHER)
    asked = DateAnswer.objects.filter(state__in=open_states).values("visit")
    agreed = DateAnswer.objects.filter(
        state=DateAnswer.State.AGREED, asked_for=F("visit__visited_on")
    ).values("visit")
    return (
        visible_to(actor)
        .filter(state=Visit.State.PLANNED, visited_on__range=(first, last))
        .exclude(pk__in=asked)
        .exclude(pk__in=agreed)
        .select_related("school__unit", "school__network__unit")
        .order_by("visited_on", "pk")
    )


def list_other_bodies(actor: Actor, period: Period) -> QuerySet[OtherBodysVisit]:
    """List the visits of other bodies that touch a span of days, by day."""
    rows = visible_other_bodies(actor).filter(starts_on__lte=period.end, ends_on__gte=period.start)
    return rows.select_related("school__unit").order_by("starts_on", "pk")


def find_other_body(actor: Actor, record_id: int) -> OtherBodysVisit | None:
    """Return the visit of another body that the actor may read."""
    return visible_other_bodies(actor).select_related("school__unit").filter(pk=record_id).first()
