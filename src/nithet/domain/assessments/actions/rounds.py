"""Opening, closing and reopening rounds."""

from collections.abc import Sequence

from nithet.domain.assessments import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.assessments.actions.holding import hold_open
from nithet.domain.assessments.models.rounds import ItemAnswer, Round
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.frameworks.actions import freeze_edition
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.kernel.errors import RuleBroken

LONGEST_REASON = 500
"""Characters, as wide as the columns that keep reasons."""


@action("round.open", event="round.opened")
def open_round(
    *, actor: Actor, edition: Edition, fiscal_year: int, months: int = 12, heading: Sequence[str] = ()
) -> Round:
    """Open the office's round of an edition and year, or return the one that is open already.

    The edition is frozen from now on. `heading` holds the lines that stand above the form.
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
    kept, was_made = Round.objects.get_or_create(
        office_id=actor.office_id,
        edition=edition,
        fiscal_year=fiscal_year,
        months=months,
        defaults={"heading": list(heading)},
    )
    if was_made:
        freeze_edition(actor=actor, edition=edition)
        ItemAnswer.objects.bulk_create(
            [ItemAnswer(office_id=kept.office_id, round=kept, item=item.id) for item in rules.items]
        )
    else:
        nothing_changed()
    note(fiscal_year=fiscal_year, months=months)
    return kept


@action("round.close", event="round.closed", on="round")
def close_round(*, actor: Actor, round: Round) -> Round:
    """Close a round (ปิดรอบ): its answers can be read but no longer changed. It must have been signed."""
    if declared_of(round) is None:
        raise RuleBroken("round.unsigned", "The declared level has not been signed yet. Sign it before the round is closed.")
    hold_open(round)
    change(round, state=Round.State.CLOSED)
    return round


@action("round.reopen", event="round.reopened", on="round")
def reopen_round(*, actor: Actor, round: Round, reason: str) -> Round:
    """Open a closed round again (เปิดแก้ไข), with the reason."""
    if not reason.strip():
        raise RuleBroken("round.reopen_reason", "Please say why the round is opened again.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(
            "reason.long", "Please say it in at most %(limit)s characters.", field="reason", limit=LONGEST_REASON
        )
    change(round, state=Round.State.OPEN, reopened_because=reason.strip())
    return round
