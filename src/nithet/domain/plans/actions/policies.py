"""Policies and how far they are."""

from datetime import date
from decimal import Decimal

from nithet.domain.plans import policy as _policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, own, refuse_taken_back, words_of
from nithet.domain.plans.models.money import PeriodKind
from nithet.domain.plans.models.policy import Policy, PolicyProgress
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.rules.money import exact
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse


@action("policy.add", event="policy.added")
def add_policy(
    *,
    actor: Actor,
    fiscal_year: int,
    text: str,
    number: str = "",
    target_value: int | None = None,
    target_unit: str = "",
    period_kind: PeriodKind | str = PeriodKind.NONE,
    period_label: str = "",
    project: Project | None = None,
    position: int = 0,
    owner_title: str = "",
) -> Policy:
    """Enter a policy with its target where it has one, or return the one of that number (of that text without one).

    Raises `RuleBroken` "policy.number_taken" where the number stands for another text, and "policy.target_unit" for a
    target without the unit that it counts.
    """
    words = words_of(text, "text", msgid("Write the policy."))
    _check(actor, target_value, target_unit, project)
    same_year = standing(Policy.objects.filter(fiscal_year=fiscal_year))
    kept = (
        same_year.filter(number=number) if number else same_year.filter(number="", text=words)
    ).first()
    if kept and kept.text != words:
        raise _number_taken(kept)
    if kept:
        nothing_changed()
        return kept
    note(fiscal_year=fiscal_year, number=number, target_value=target_value, target_unit=target_unit)
    return Policy.objects.create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        number=number,
        text=words,
        owner_title=collapse(owner_title),
        target_value=target_value,
        target_unit=collapse(target_unit),
        period_kind=PeriodKind(period_kind),
        period_label=period_label,
        project=project,
        position=position or same_year.count(),
        **made_by(actor),
    )


def _check(
    actor: Actor, target_value: int | None, target_unit: str, project: Project | None
) -> None:
    if target_value is not None and not target_unit.strip():
        raise RuleBroken("policy.target_unit", "Say what the target counts.", field="target_unit")
    if project is not None and project.office_id != actor.office_id:
        raise RuleBroken(
            "project.foreign", "This project belongs to another office.", field="project"
        )


def _number_taken(by: Policy) -> RuleBroken:
    return RuleBroken(
        "policy.number_taken",
        "Number %(number)s stands for another policy: %(text)s",
        field="number",
        number=by.number,
        text=by.text,
    )


@action("policy.edit", event="policy.edited", on="policy")
def edit_policy(
    *,
    actor: Actor,
    policy: Policy,
    version: int,
    text: str,
    number: str = "",
    owner_title: str = "",
    target_value: int | None = None,
    target_unit: str = "",
    period_kind: PeriodKind | str = PeriodKind.NONE,
    period_label: str = "",
    project: Project | None = None,
) -> Policy:
    """Write a policy anew, whole; `version` is the one that the writer had before them."""
    _check(actor, target_value, target_unit, project)
    tidy = collapse(number)
    others = standing(Policy.objects.filter(fiscal_year=policy.fiscal_year, number=tidy))
    if tidy and (other := others.exclude(pk=policy.pk).first()):
        raise _number_taken(other)
    new = {
        "text": words_of(text, "text", msgid("Write the policy.")),
        "number": tidy,
        "owner_title": collapse(owner_title),
        "target_value": target_value,
        "target_unit": collapse(target_unit),
        "period_kind": PeriodKind(period_kind),
        "period_label": collapse(period_label),
        "project": project,
    }
    return edit(policy, version, new)


@action("policy.take_back", event="policy.taken_back", on="policy")
def take_back_policy(*, actor: Actor, policy: Policy, reason: str = "") -> Policy:
    """Take a policy back."""
    taking_back.take_back(policy, actor=actor, reason=reason)
    return policy


@action("policy.report", event="policy.reported", on="policy")
def report_progress(
    *,
    actor: Actor,
    policy: Policy,
    as_at: date,
    figure_source: str,
    value: Decimal | None = None,
    text: str = "",
) -> PolicyProgress:
    """Enter what a policy had reached on a day, in its unit or in words, and who says so."""
    own(actor, policy, "policy")
    refuse_taken_back(policy)
    words = collapse(text)
    if value is None and not words:
        raise RuleBroken(
            "progress.empty", "Write what was reached, in a number or in words.", field="value"
        )
    if value is not None and not policy.target_unit:
        raise RuleBroken(
            "progress.unit",
            "This policy counts nothing yet. Write what was reached in words, or give the policy a unit first.",
            field="value",
        )
    if as_at > clock.today():
        raise RuleBroken("progress.later", "This day has not come yet.", field="as_at")
    source = words_of(
        figure_source, "figure_source", msgid("Say who gave the figure, for example the finance group.")
    )
    about(policy)
    note(value=value, text=words, as_at=as_at, source=source)
    return PolicyProgress.objects.create(
        office_id=policy.office_id,
        policy=policy,
        value=exact(value, "value"),
        text=words,
        as_at=as_at,
        figure_source=source,
        entered_by=actor.signature,
        **made_by(actor),
    )


@action("policy.take_back_report", event="policy.report_taken_back", on="progress")
def take_back_progress(
    *, actor: Actor, progress: PolicyProgress, reason: str = ""
) -> PolicyProgress:
    """Take a figure back that was entered by mistake."""
    taking_back.take_back(progress, actor=actor, reason=reason)
    return progress
