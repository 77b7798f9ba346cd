"""Plans of a year and their strategies."""

from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, words_of
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.kernel.errors import RuleBroken

FIRST_YEAR, LAST_YEAR = 2500, 2700


@action("plan.open", event="plan.opened")
def open_plan(*, actor: Actor, fiscal_year: int, title: str) -> Plan:
    """Open the office's action plan of a fiscal year (พ.ศ.), or return the one that is open."""
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise RuleBroken(
            "plan.year", "Write the fiscal year in the Buddhist era.", field="fiscal_year"
        )
    kept, was_made = Plan.objects.get_or_create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        defaults={"title": words_of(title, "title")},
    )
    if not was_made:
        nothing_changed()
    note(fiscal_year=fiscal_year)
    return kept


@action("strategy.add", event="strategy.added", on="plan")
def add_strategy(*, actor: Actor, plan: Plan, title: str) -> Strategy:
    """Add a strategy at the end of a plan, or return the one of that title unchanged."""
    words = words_of(title, "title")
    if kept := standing(Strategy.objects.filter(plan=plan, title=words)).first():
        nothing_changed()
        return kept
    note(fiscal_year=plan.fiscal_year)
    return Strategy.objects.create(
        office_id=plan.office_id,
        plan=plan,
        title=words,
        position=plan.strategies.count(),
        **made_by(actor),
    )


@action("strategy.edit", event="strategy.edited", on="strategy")
def edit_strategy(*, actor: Actor, strategy: Strategy, version: int, title: str) -> Strategy:
    """Change the title of a strategy; `version` is the one that the writer had before them."""
    words = words_of(title, "title")
    others = standing(Strategy.objects.filter(plan_id=strategy.plan_id, title=words))
    if others.exclude(pk=strategy.pk).exists():
        raise RuleBroken(
            "strategy.title_taken",
            "The plan already has a strategy named %(title)s.",
            field="title",
            title=words,
        )
    return edit(strategy, version, {"title": words})


@action("strategy.take_back", event="strategy.taken_back", on="strategy")
def take_back_strategy(*, actor: Actor, strategy: Strategy, reason: str = "") -> Strategy:
    """Take a strategy back, once no project stands under it any more."""
    if standing(strategy.projects.all()).exists():
        raise RuleBroken(
            "strategy.has_projects",
            "Projects stand under this strategy. Move them to another one first.",
        )
    taking_back.take_back(strategy, actor=actor, reason=reason)
    return strategy
