"""Schools are asked about the day of their visit, answer, and are answered."""

import secrets
from collections.abc import Iterable
from datetime import date
from functools import partial

from nithet.domain.supervision import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.approving import hold_plan
from nithet.domain.supervision.actions.line_days import refuse_closed
from nithet.domain.supervision.actions.lines import move_line
from nithet.domain.supervision.models.dates import DateAnswer
from nithet.domain.supervision.models.plans import PlannedVisit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.planning_notices import (
    DATE_AGREED,
    DATE_ASKED,
    DATE_SETTLED,
    OTHER_DATE_ASKED,
)
from nithet.domain.supervision.policy import ANSWERING_SCHOOL, visible_to
from nithet.domain.supervision.queries.school_days import school_days
from nithet.domain.supervision.rules.school_days import answer_day
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.notices.sending import tell
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date

ANSWER = "supervision.dateanswer"
OPEN = (DateAnswer.State.WAITING, DateAnswer.State.ASKED_OTHER)


@action("dates.ask", event="dates.asked")
def ask_dates(
    *, actor: Actor, visit_ids: Iterable[int], answer_by: date | None = None
) -> list[DateAnswer]:
    """Ask schools whether the days of planned visits suit; a visit whose question is open keeps it. Return all of them.

    Ids of visits that the actor may not see, that are past or not planned any more are passed over. `answer_by` None sets a fair
    day for each: five school days from today, before the visit; none where no school day is left between.
    """
    today = clock.today()
    if answer_by is not None and answer_by < today:
        raise RuleBroken("dates.answer_by", "This day has passed.", field="answer_by")
    visits = list(
        visible_to(actor)
        .filter(pk__in=list(visit_ids), state=Visit.State.PLANNED, visited_on__gte=today)
        .select_related("school__unit")
        .order_by("visited_on", "pk")
    )
    kept = {one.visit_id: one for one in _current(visits)}
    fair = _fair_days(actor, visits, today)
    new = DateAnswer.objects.bulk_create(
        [
            DateAnswer(
                office_id=visit.office_id,
                visit=visit,
                asked_for=visit.visited_on,
                answer_by=_answer_by(fair[visit.pk], visit.visited_on, answer_by),
                asked_at=clock.now(),
                asked_by=actor.signature,
                asked_by_id=actor.user_id,
                nonce=secrets.token_hex(16),
            )
            for visit in visits
            if visit.pk not in kept
        ]
    )
    schools = len({one.visit.school_id for one in new})
    note(count=schools, visits=[one.visit_id for one in new])
    if not new:
        nothing_changed()
        return list(kept.values())
    people = _people_of({one.visit.school.unit_id for one in new})
    for one in new:
        tell(
            actor=actor,
            to=people.get(one.visit.school.unit_id, ()),
            kind=DATE_ASKED,
            ref=RecordRef(ANSWER, str(one.pk)),
            title=str(one),
            day=format_date(one.asked_for, "short"),
        )
    return sorted([*kept.values(), *new], key=lambda one: (one.asked_for, one.pk))


def _fair_days(actor: Actor, visits: list[Visit], today: date) -> dict[int, date | None]:
    """Return by when it is fair to ask for each answer: school days, before the visit, never in the past."""
    if not visits:
        return {}
    last = max(one.visited_on for one in visits)
    days = school_days(actor, {one.school_id for one in visits}, Period(today, last, ""))
    return {
        one.pk: answer_day(today, one.visited_on, partial(days.is_open, one.school_id))
        for one in visits
    }


def _answer_by(fair: date | None, visit_on: date, asked: date | None) -> date | None:
    """Return by when to answer: the day that was asked for where it lies before the visit, else the fair one."""
    return asked if asked is not None and asked < visit_on else fair


def _current(visits: list[Visit]) -> Iterable[DateAnswer]:
    """Return the questions that hold for visits: open ones, and agreed ones about the day that still stands."""
    rows = DateAnswer.objects.filter(
        visit__in=visits, state__in=(*OPEN, DateAnswer.State.AGREED)
    ).select_related("visit__school__unit")
    return [one for one in rows if one.state in OPEN or one.asked_for == one.visit.visited_on]


def _people_of(units: set[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Posting.objects.on(clock.today()).filter(unit__in=units, role__in=ANSWERING_SCHOOL)
    for unit, user in rows.values_list("unit_id", "user_id"):
        found.setdefault(unit, []).append(user)
    return found


def _hold(answer: DateAnswer, version: int | None = None) -> DateAnswer:
    """Return a question as it stands, locked together with its visit, whose day the answer may move."""
    fresh = (
        DateAnswer.objects.select_for_update(of=("self", "visit"))
        .select_related("visit__school__unit")
        .get(pk=answer.pk)
    )
    if version is not None:
        refuse_if_changed(fresh, version=version, new={})
    if fresh.visit.state != Visit.State.PLANNED:
        raise Conflict(
            "date.visit_over", "This visit is not planned any more, so there is nothing to answer."
        )
    return fresh


@action("date.agree", event="date.agreed", on="answer")
def agree_date(*, actor: Actor, answer: DateAnswer) -> DateAnswer:
    """The school agrees to the day it was asked about; saying so again changes nothing."""
    fresh = _hold(answer)
    if fresh.state == DateAnswer.State.AGREED:
        nothing_changed()
        return fresh
    _refuse_settled(fresh)
    if fresh.asked_for != fresh.visit.visited_on:
        raise Conflict(
            "date.moved", "The day of this visit has changed meanwhile. Look at the new day."
        )
    note(day=fresh.asked_for.isoformat())
    change(
        fresh,
        state=DateAnswer.State.AGREED,
        wished_for=None,
        reason="",
        answered_at=clock.now(),
        answered_by=_who(actor),
        version=fresh.version + 1,
    )
    _tell_asker(actor, fresh, DATE_AGREED)
    return fresh


@action("date.ask_other", event="date.other_asked", on="answer")
def ask_other_date(
    *, actor: Actor, answer: DateAnswer, reason: str, wished_for: date | None = None
) -> DateAnswer:
    """The school asks for another day with the reason; it may name the day, and may change its answer until it is settled."""
    words = collapse(reason)[:500]
    if not words:
        raise RuleBroken("date.reason", "Please say why this day does not suit.", field="reason")
    if wished_for is not None and wished_for <= clock.today():
        raise RuleBroken("date.wished", "Choose a day that is still to come.", field="wished_for")
    fresh = _hold(answer)
    _refuse_settled(fresh)
    note(reason=words, wished_for=wished_for)
    change(
        fresh,
        state=DateAnswer.State.ASKED_OTHER,
        wished_for=wished_for,
        reason=words,
        answered_at=clock.now(),
        answered_by=_who(actor),
        version=fresh.version + 1,
    )
    _tell_asker(actor, fresh, OTHER_DATE_ASKED)
    return fresh


def _refuse_settled(answer: DateAnswer) -> None:
    if answer.state in {DateAnswer.State.SETTLED, DateAnswer.State.WITHDRAWN}:
        raise Conflict("date.settled_already", "This question has been settled meanwhile.")


def _who(actor: Actor) -> str:
    said = f"{actor.signature} · {actor.speaker}" if actor.speaker else actor.signature
    return said[:300]


def _tell_asker(actor: Actor, answer: DateAnswer, kind: str) -> None:
    if answer.asked_by_id is not None:
        tell(
            actor=actor,
            to=[answer.asked_by_id],
            kind=kind,
            ref=RecordRef(ANSWER, str(answer.pk)),
            title=str(answer),
            day=format_date(answer.asked_for, "short"),
            reason=answer.reason,
        )


@action("date.settle", event="date.settled", on="answer")
def settle_date(
    *,
    actor: Actor,
    answer: DateAnswer,
    version: int,
    new_day: date | None,
    words: str = "",
    insist_because: str = "",
) -> DateAnswer:
    """Answer a school that asked for another day: `new_day` moves the visit, None keeps the day and says why.

    A day that the school named itself is agreed with that; about any other day the school is asked anew, and one on which the
    school is closed is refused unless the planner says why it has to be that day (`insist_because`).
    """
    # A new day edits the plan, which is held before the visit, as every edit of a line does.
    plan = PlannedVisit.objects.filter(visit=answer.visit_id).values_list("plan", flat=True).first()
    if plan is not None:
        hold_plan(plan)
    fresh = _hold(answer, version)
    _refuse_settled(fresh)
    said = collapse(words)[:500]
    if new_day is None and not said:
        raise RuleBroken("date.kept_why", "Say to the school why the day stays.", field="words")
    suits = new_day is not None and new_day == fresh.wished_for
    reason = fresh.reason or said or "ปรับตามคำตอบของโรงเรียน"
    if new_day is not None and new_day != fresh.visit.visited_on:
        # A school knows its own days: the one that it named itself needs no other reason.
        own = f"โรงเรียนขอวันนี้เอง {fresh.reason}".strip() if suits else ""
        _move(actor, fresh.visit, new_day, reason, collapse(insist_because) or own)
    settlement = said or (format_date(new_day, "short") if new_day else "")
    note(settlement=settlement)
    change(
        fresh,
        state=DateAnswer.State.AGREED if suits else DateAnswer.State.SETTLED,
        asked_for=new_day if suits and new_day else fresh.asked_for,
        settlement=settlement,
        settled_at=clock.now(),
        settled_by=actor.signature,
        version=fresh.version + 1,
    )
    people = _people_of({fresh.visit.school.unit_id})
    tell(
        actor=actor,
        to=people.get(fresh.visit.school.unit_id, ()),
        kind=DATE_SETTLED,
        ref=RecordRef(ANSWER, str(fresh.pk)),
        title=str(fresh),
        answer=settlement,
    )
    if new_day is not None and not suits:
        ask_dates(actor=actor, visit_ids=[fresh.visit_id], answer_by=None)
    return fresh


def _move(actor: Actor, visit: Visit, day: date, why: str, insist_because: str) -> None:
    line = PlannedVisit.objects.filter(visit=visit).first()
    if line is not None:
        move_line(
            actor=actor,
            line=line,
            version=line.version,
            planned_on=day,
            why=why,
            insist_because=insist_because,
        )
        visit.refresh_from_db()
        return
    refuse_closed(actor, visit.school_id, day, insist_because)
    clash = Visit.objects.filter(school=visit.school_id, kind=visit.kind, visited_on=day)
    if clash.exclude(state=Visit.State.CANCELLED).exists():
        raise RuleBroken(
            "planned_visit.taken",
            "The school has a visit of this kind on this day already.",
            field="new_day",
        )
    planned_for = visit.planned_for if visit.visited_on < clock.today() else day
    change(visit, visited_on=day, planned_for=planned_for, version=visit.version + 1)


@action("date.withdraw", event="date.withdrawn", on="answer")
def withdraw_question(*, actor: Actor, answer: DateAnswer, version: int) -> DateAnswer:
    """Stop asking; the link of the question opens nothing any more."""
    fresh = _hold(answer, version)
    _refuse_settled(fresh)
    change(fresh, state=DateAnswer.State.WITHDRAWN, version=fresh.version + 1)
    return fresh
