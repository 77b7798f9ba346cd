"""Budget lines and targets."""

from datetime import date
from decimal import Decimal
from typing import Any

from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, refuse_taken_back, words_of
from nithet.domain.plans.models.money import BudgetLine, PeriodKind, Target
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.rules.money import exact
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, note
from nithet.foundation.actions.taking_back import made_by
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse


@action("budget_line.add", event="budget_line.added", on="project")
def add_budget_line(
    *,
    actor: Actor,
    project: Project,
    source_kind: BudgetLine.Source | str,
    title: str = "",
    planned: Decimal | None = None,
    spent: Decimal | None = None,
    quantity: str = "",
    figure_source: str = "",
    as_at: date | None = None,
) -> BudgetLine:
    """Add money, goods, labour or help to a project, in baht; None is not stated."""
    refuse_taken_back(project)
    given = _line(source_kind, title, planned, spent, quantity, figure_source, as_at)
    note(project=project.title, planned=planned, spent=spent)
    return BudgetLine.objects.create(
        office_id=project.office_id,
        project=project,
        position=project.budget_lines.count(),
        **given,
        **made_by(actor),
    )


@action("budget_line.edit", event="budget_line.edited", on="line")
def edit_budget_line(
    *,
    actor: Actor,
    line: BudgetLine,
    version: int,
    source_kind: BudgetLine.Source | str,
    title: str = "",
    planned: Decimal | None = None,
    spent: Decimal | None = None,
    quantity: str = "",
    figure_source: str = "",
    as_at: date | None = None,
) -> BudgetLine:
    """Write a budget line anew, whole; `version` is the one that the writer had before them."""
    given = _line(source_kind, title, planned, spent, quantity, figure_source, as_at)
    return edit(line, version, given)


def _line(
    source_kind: BudgetLine.Source | str,
    title: str,
    planned: Decimal | None,
    spent: Decimal | None,
    quantity: str,
    figure_source: str,
    as_at: date | None,
) -> dict[str, Any]:
    kind = BudgetLine.Source(source_kind)
    if planned is None and spent is None:
        if kind not in BudgetLine.WITHOUT_VALUE:
            raise RuleBroken(
                "budget.amount", "Write how much is planned or spent.", field="planned"
            )
        if not collapse(quantity):
            raise RuleBroken(
                "budget.quantity", "Write how much it is, where it has no value.", field="quantity"
            )
    if spent is not None:
        _refuse_unsourced(figure_source, as_at)
    return {
        "source_kind": kind,
        "title": collapse(title),
        "planned": exact(planned, "planned"),
        "spent": exact(spent, "spent"),
        "quantity": collapse(quantity),
        "figure_source": collapse(figure_source),
        "as_at": as_at,
    }


NO_SOURCE = msgid("Say who gave the figure, for example the finance group.")
NO_DAY = msgid("Say of which day the figure is.")


def _refuse_unsourced(figure_source: str, as_at: date | None) -> None:
    """A figure that differs from the finance group's is believed by nobody unless it says whose it is and of when."""
    if not collapse(figure_source):
        raise RuleBroken("figure.source", NO_SOURCE, field="figure_source")
    if as_at is None:
        raise RuleBroken("figure.as_at", NO_DAY, field="as_at")


@action("budget_line.take_back", event="budget_line.taken_back", on="line")
def take_back_budget_line(*, actor: Actor, line: BudgetLine, reason: str = "") -> BudgetLine:
    """Take a budget line back; it counts in no sum any more."""
    taking_back.take_back(line, actor=actor, reason=reason)
    return line


@action("target.add", event="target.added", on="project")
def add_target(
    *,
    actor: Actor,
    project: Project,
    text: str,
    value: Decimal | None = None,
    unit: str = "",
    period_kind: PeriodKind | str = PeriodKind.FISCAL_YEAR,
    achieved: Decimal | None = None,
    as_at: date | None = None,
    figure_source: str = "",
) -> Target:
    """Add what a project is to reach; None is not stated."""
    refuse_taken_back(project)
    given = _target(text, value, unit, period_kind, achieved, as_at, figure_source)
    note(project=project.title, value=value, unit=unit)
    return Target.objects.create(
        office_id=project.office_id,
        project=project,
        position=project.targets.count(),
        **given,
        **made_by(actor),
    )


@action("target.edit", event="target.edited", on="target")
def edit_target(
    *,
    actor: Actor,
    target: Target,
    version: int,
    text: str,
    value: Decimal | None = None,
    unit: str = "",
    period_kind: PeriodKind | str = PeriodKind.FISCAL_YEAR,
    achieved: Decimal | None = None,
    as_at: date | None = None,
    figure_source: str = "",
) -> Target:
    """Write a target anew, whole; `version` is the one that the writer had before them."""
    given = _target(text, value, unit, period_kind, achieved, as_at, figure_source)
    return edit(target, version, given)


def _target(
    text: str,
    value: Decimal | None,
    unit: str,
    period_kind: PeriodKind | str,
    achieved: Decimal | None,
    as_at: date | None,
    figure_source: str,
) -> dict[str, Any]:
    if (value is not None or achieved is not None) and not collapse(unit):
        raise RuleBroken("target.unit", "Say what the target counts.", field="unit")
    if achieved is not None:
        _refuse_unsourced(figure_source, as_at)
    return {
        "text": words_of(text, "text", msgid("Write what is to be reached.")),
        "value": exact(value, "value"),
        "unit": collapse(unit),
        "period_kind": PeriodKind(period_kind),
        "achieved": exact(achieved, "achieved"),
        "as_at": as_at,
        "figure_source": collapse(figure_source),
    }


@action("target.take_back", event="target.taken_back", on="target")
def take_back_target(*, actor: Actor, target: Target, reason: str = "") -> Target:
    """Take a target back."""
    taking_back.take_back(target, actor=actor, reason=reason)
    return target
