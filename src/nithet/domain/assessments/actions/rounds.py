"""Opening, closing and reopening rounds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import hold, hold_open
from nithet.domain.assessments.models.rounds import ItemAnswer, Reading, Round
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.assessments.rules import ReadingDraft
from nithet.domain.frameworks.actions import freeze_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Edition as Rules
from nithet.domain.frameworks.rules.edition import Threshold
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.kernel.errors import RuleBroken

LONGEST_REASON = 500
"""Characters, as wide as the columns that keep reasons."""


@action("round.open", event="round.opened")
def open_round(
    *,
    actor: Actor,
    edition: Edition,
    fiscal_year: int,
    months: int = 12,
    heading: Sequence[str] = (),
    due_on: date | None = None,
    readings: Sequence[ReadingDraft] = (),
) -> Round:
    """Open the office's round of an edition and year, or return the one that is open already, unchanged.

    The edition is frozen from now on. `heading` holds the lines that stand above the form. `readings` are the thresholds that
    the office reads otherwise than the edition, each with its reason; they can only be said here, before anything is answered.
    """
    rules = rules_of(edition)
    if rules.years and fiscal_year not in rules.years:
        raise RuleBroken(
            "round.year",
            "This form is for the year %(years)s, not for %(year)s.",
            field="fiscal_year",
            years=", ".join(str(year) for year in rules.years),
            year=fiscal_year,
        )
    if months not in (6, 12):
        raise RuleBroken("round.months", "A round reports 6 or 12 months.", field="months")
    rows = [_reading(rules, draft) for draft in readings]
    kept, was_made = Round.objects.get_or_create(
        office_id=actor.writes_in,
        edition=edition,
        fiscal_year=fiscal_year,
        months=months,
        defaults={"heading": list(heading), "due_on": due_on},
    )
    if was_made:
        freeze_edition(actor=actor, edition=edition)
        ItemAnswer.objects.bulk_create(
            [ItemAnswer(office_id=kept.office_id, round=kept, item=item.id) for item in rules.items]
        )
        for row in rows:
            row.office_id, row.round, row.said_by = kept.office_id, kept, actor.signature
        Reading.objects.bulk_create(rows)
    else:
        nothing_changed()
    note(fiscal_year=fiscal_year, months=months)
    if rows:
        note(
            readings=[
                f"{row.item}/{row.test}/{row.measure}: {row.value} ({row.reason})" for row in rows
            ]
        )
    return kept


def _reading(rules: Rules, draft: ReadingDraft) -> Reading:
    threshold = _threshold(rules, draft)
    if not draft.reason.strip():
        raise RuleBroken(
            "reading.reason",
            "A threshold that differs from the form's needs its reason.",
            field="reason",
        )
    highest = 1 if threshold.is_share else 1_000_000
    if not 0 <= draft.value <= highest:
        raise RuleBroken("reading.value", "A share lies between 0 and 100 per cent.", field="value")
    return Reading(
        item=draft.item,
        test=draft.test,
        measure=draft.measure,
        value=draft.value,
        reason=draft.reason.strip()[:LONGEST_REASON],
    )


def _threshold(rules: Rules, draft: ReadingDraft) -> Threshold:
    node = rules.nodes.get(draft.item)
    for test in node.tests if node else ():
        for threshold in test.thresholds:
            if (test.id, threshold.measure) == (draft.test, draft.measure) and test.reading:
                return threshold
    raise RuleBroken(
        "reading.fixed",
        "This threshold stands in the form itself and is not changed.",
        field="value",
    )


@action("round.withdraw", event="round.withdrawn", on="round")
def withdraw_round(*, actor: Actor, round: Round) -> None:
    """Take back a round that was opened by mistake; its history stays, and the same round can be opened anew.

    `RuleBroken` where anything was done in it: answered, told, shared out, signed or imported. Then it is kept, since somebody's
    work would go with it.
    """
    fresh = hold_open(round)
    note(fiscal_year=fresh.fiscal_year, months=fresh.months, edition=str(fresh.edition))
    if _holds_work(fresh):
        raise RuleBroken(
            "round.has_work",
            "Work has been done in this round, so it cannot be taken back. Empty it first, or leave it open.",
        )
    Reading.objects.filter(round=fresh).delete()
    ItemAnswer.objects.filter(round=fresh).delete()
    Round.objects.filter(pk=fresh.pk).delete()


def _holds_work(round: Round) -> bool:
    """Whether a record of any package hangs on the round, other than what opening it made."""
    made = (ItemAnswer, Reading)
    of_round = [one for one in Round._meta.related_objects if one.related_model not in made]
    of_items = ItemAnswer._meta.related_objects
    return any(
        _rows(one).filter(**{one.field.name: round}).exists() for one in of_round
    ) or any(
        _rows(one).filter(**{f"{one.field.name}__round": round}).exists() for one in of_items
    )


def _rows(relation: Any) -> Any:
    return relation.related_model._default_manager


@action("round.set_due", event="round.due_set", on="round")
def set_due_day(*, actor: Actor, round: Round, version: int, due_on: date | None) -> Round:
    """Say by which day the return should be ready; None takes the day away."""
    fresh = hold_open(round)
    refuse_if_changed(fresh, version=version, new={"due_on": due_on})
    if fresh.due_on == due_on:
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, due_on=due_on)
    return fresh


@action("round.close", event="round.closed", on="round")
def close_round(*, actor: Actor, round: Round) -> Round:
    """Close a round (ปิดรอบ): its answers can be read but no longer changed. It must have been signed.

    `Conflict` where somebody closed it meanwhile.
    """
    fresh = hold_open(round)
    if declared_of(fresh) is None:
        raise RuleBroken(
            "round.unsigned",
            "The declared level has not been signed yet. Sign it before the round is closed.",
        )
    change(fresh, state=Round.State.CLOSED)
    round.state = fresh.state
    return fresh


@action("round.reopen", event="round.reopened", on="round")
def reopen_round(*, actor: Actor, round: Round, reason: str) -> Round:
    """Open a closed round again (เปิดแก้ไข), with the reason; `Conflict` where somebody opened it meanwhile."""
    if not reason.strip():
        raise RuleBroken(
            "round.reopen_reason", "Please say why the round is opened again.", field="reason"
        )
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(
            "reason.long",
            "Please say it in at most %(limit)s characters.",
            field="reason",
            limit=LONGEST_REASON,
        )
    fresh = hold(round)
    if fresh.state != Round.State.CLOSED:
        raise Conflict(
            "round.opened_meanwhile", "Somebody else has opened the round again meanwhile."
        )
    change(fresh, state=Round.State.OPEN, reopened_because=reason.strip())
    round.state, round.reopened_because = fresh.state, fresh.reopened_because
    return fresh
