"""Projects and what they serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import item_of
from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.actions.editing import edit, own, refuse_taken_back, words_of
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, standing
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class Placement:
    """Under which strategy a project stands (None: under none) and in which time it runs (None: not stated)."""

    strategy: Strategy | None
    period_start: date | None
    period_end: date | None


@action("project.add", event="project.added", on="plan")
def add_project(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    source: str = "",
    objective: str = "",
    owner_title: str = "",
    strategy: Strategy | None = None,
    period_start: date | None = None,
    period_end: date | None = None,
) -> Project:
    """Add a project at the end of a plan, or return the one of that title unchanged."""
    words = words_of(title, "title")
    if kept := standing(Project.objects.filter(plan=plan, title=words)).first():
        nothing_changed()
        return kept
    _check_strategy(actor, plan, strategy)
    _check_order(period_start, period_end)
    note(fiscal_year=plan.fiscal_year, source=source)
    return Project.objects.create(
        office_id=plan.office_id,
        plan=plan,
        title=words,
        strategy=strategy,
        objective=objective.strip(),
        owner_title=collapse(owner_title),
        period_start=period_start,
        period_end=period_end,
        source=source,
        position=plan.projects.count(),
        **made_by(actor),
    )


def _check_strategy(actor: Actor, plan: Plan, strategy: Strategy | None) -> None:
    own(actor, strategy, "strategy")
    if strategy is not None and (strategy.plan_id != plan.pk or not strategy.stands):
        raise RuleBroken(
            "strategy.of_other_plan", "This strategy is not one of this plan.", field="strategy"
        )


def _check_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise RuleBroken(
            "period.backwards", "The end lies before the beginning.", field="period_end"
        )


@action("project.edit", event="project.edited", on="project")
def edit_project(
    *,
    actor: Actor,
    project: Project,
    version: int,
    title: str | None = None,
    objective: str | None = None,
    owner_title: str | None = None,
    technique_name: str | None = None,
    technique_document: str | None = None,
    technique_where: str | None = None,
    kpi: str | None = None,
    emenscr_code: str | None = None,
    placement: Placement | None = None,
) -> Project:
    """Change what is given of a project; None leaves a field as it is.

    `version` is the one that the writer had before them. When the project has another one by now, somebody else was
    quicker and `Conflict` carries their words under `theirs` and the writer's under `yours`.
    """
    lines = {
        "owner_title": owner_title,
        "technique_name": technique_name,
        "technique_document": technique_document,
        "technique_where": technique_where,
        "kpi": kpi,
        "emenscr_code": emenscr_code,
    }
    new: dict[str, Any] = {
        name: collapse(value) for name, value in lines.items() if value is not None
    }
    if placement is not None:
        _check_strategy(actor, project.plan, placement.strategy)
        _check_order(placement.period_start, placement.period_end)
        new["strategy"] = placement.strategy
        new["period_start"], new["period_end"] = placement.period_start, placement.period_end
    if title is not None:
        new["title"] = words_of(title, "title")
        _refuse_second_of_title(project, new["title"])
    if objective is not None:
        new["objective"] = objective.strip()
    return edit(project, version, new)


def _refuse_second_of_title(project: Project, title: str) -> None:
    others = standing(Project.objects.filter(plan_id=project.plan_id, title=title))
    if others.exclude(pk=project.pk).exists():
        raise RuleBroken(
            "project.title_taken",
            "The plan already has a project named %(title)s.",
            field="title",
            title=title,
        )


@action("project.take_back", event="project.taken_back", on="project")
def take_back_project(*, actor: Actor, project: Project, reason: str = "") -> Project:
    """Take a project back: within a day it disappears, later it stays in the plan, cancelled with the reason."""
    taking_back.take_back(project, actor=actor, reason=reason)
    return project


@action("project.serve_item", event="project.item_served", on="project")
def serve_item(
    *,
    actor: Actor,
    project: Project,
    edition: Edition,
    item: str,
    why: str = "",
    printed_title: str = "",
    mark: str = "",
    boxed: bool = False,
    ticked: bool | None = None,
    sheet: int = 0,
    position: int = 0,
) -> ProjectService:
    """Say that a project serves an item of an edition, or return what was said before, unchanged.

    `printed_title`, `mark`, `boxed`, `ticked`, `sheet` and `position` keep how an official form lists it; `ticked` None
    means that the file lost the mark.
    """
    item_of(edition, item)
    refuse_taken_back(project)
    kept, was_made = ProjectService.objects.get_or_create(
        project=project,
        edition=edition,
        item=item,
        defaults={
            "office_id": project.office_id,
            "why": why.strip(),
            "printed_title": printed_title,
            "mark": mark,
            "boxed": boxed,
            "ticked": ticked,
            "sheet": sheet,
            "position": position,
        },
    )
    if not was_made:
        nothing_changed()
    about(project)
    note(item=item, edition=edition.urn, why=why.strip())
    return kept


@action("project.explain_service", event="project.service_explained", on="service")
def explain_service(
    *,
    actor: Actor,
    service: ProjectService,
    version: int,
    why: str,
    fields: Sequence[ProjectService.Field | str] = (),
    board_part: str = "",
) -> ProjectService:
    """Say why a project counts for an item: the fields of management that it leaves to schools, and the boards' part."""
    wanted = {ProjectService.Field(one).value for one in fields}
    new = {
        "why": collapse(why),
        "fields": [one for one in ProjectService.Field.values if one in wanted],
        "board_part": collapse(board_part),
    }
    kept = edit(service, version, new)
    about(service.project)
    note(item=service.item)
    return kept


@action("project.stop_serving", event="project.item_left", on="service")
def stop_serving(*, actor: Actor, service: ProjectService) -> Project:
    """Take back that a project serves an item; the history keeps what was said."""
    project = service.project
    about(project)
    note(item=service.item, edition=service.edition.urn, why=service.why)
    ProjectService.objects.filter(pk=service.pk).delete()
    return project
