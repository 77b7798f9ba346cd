"""Every write in plans."""

from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import item_of
from nithet.domain.plans import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.plans.models import Activity, Plan, Policy, Project, ProjectService
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.kernel.errors import RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse


def _words(text: str, field: str, message: str = msgid("A title is needed.")) -> str:
    if not (tidy := collapse(text)):
        raise RuleBroken("words.missing", message, field=field)
    return tidy


@action("plan.open", event="plan.opened")
def open_plan(*, actor: Actor, fiscal_year: int, title: str) -> Plan:
    """Open the office's action plan of a fiscal year (พ.ศ.), or return the one that is open."""
    kept, was_made = Plan.objects.get_or_create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        defaults={"title": _words(title, "title")},
    )
    if not was_made:
        nothing_changed()
    note(fiscal_year=fiscal_year)
    return kept


@action("project.add", event="project.added", on="plan")
def add_project(
    *,
    actor: Actor,
    plan: Plan,
    title: str,
    source: str = "",
    objective: str = "",
    owner_title: str = "",
) -> Project:
    """Add a project at the end of a plan, or return the one of that title unchanged."""
    kept, was_made = Project.objects.get_or_create(
        plan=plan,
        title=_words(title, "title"),
        defaults={
            "office_id": plan.office_id,
            "objective": objective.strip(),
            "owner_title": collapse(owner_title),
            "source": source,
            "position": plan.projects.count(),
        },
    )
    if not was_made:
        nothing_changed()
    note(fiscal_year=plan.fiscal_year, source=source)
    return kept


@action("project.edit", event="project.edited", on="project")
def edit_project(
    *,
    actor: Actor,
    project: Project,
    version: int,
    title: str | None = None,
    objective: str | None = None,
    owner_title: str | None = None,
) -> Project:
    """Change what is given of a project; None leaves a field as it is.

    `version` is the one that the writer had before them. When the project has another one by now, somebody else was
    quicker and `Conflict` carries their words under `theirs` and the writer's under `yours`.
    """
    given = {
        "title": None if title is None else _words(title, "title"),
        "objective": None if objective is None else objective.strip(),
        "owner_title": None if owner_title is None else collapse(owner_title),
    }
    new = {name: value for name, value in given.items() if value is not None}
    fresh = (
        Project.objects.select_for_update(of=("self",)).select_related("plan").get(pk=project.pk)
    )
    if fresh.version != version:
        raise Conflict(
            "project.changed_meanwhile",
            "Somebody else changed this project meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={name: getattr(fresh, name) for name in new},
            yours=new,
        )
    _refuse_second_of_title(fresh, new.get("title"))
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


def _refuse_second_of_title(project: Project, title: str | None) -> None:
    others = Project.objects.filter(plan_id=project.plan_id, title=title).exclude(pk=project.pk)
    if title is not None and others.exists():
        raise RuleBroken(
            "project.title_taken",
            "The plan already has a project named %(title)s.",
            field="title",
            title=title,
        )


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


@action("activity.add", event="activity.added", on="project")
def add_activity(
    *,
    actor: Actor,
    project: Project,
    title: str,
    kind: Activity.Kind | str,
    mark: str = "",
    period: Period | None = None,
    position: int = 0,
) -> Activity:
    """Add an activity to a project, or return the one of that title, mark and time; `period` None: no time is stated."""
    words = _words(title, "title")
    kept, was_made = Activity.objects.get_or_create(
        project=project,
        title=words,
        mark=mark,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        defaults={
            "office_id": project.office_id,
            "kind": Activity.Kind(kind),
            "period_label": period.label if period else "",
            "position": position,
        },
    )
    if not was_made:
        nothing_changed()
    note(project=project.title, kind=str(kept.kind))
    return kept


@action("policy.add", event="policy.added")
def add_policy(
    *,
    actor: Actor,
    fiscal_year: int,
    text: str,
    number: str = "",
    target_value: int | None = None,
    target_unit: str = "",
    period_kind: Policy.PeriodKind | str = Policy.PeriodKind.NONE,
    period_label: str = "",
    project: Project | None = None,
    position: int = 0,
) -> Policy:
    """Enter a policy with its target where it has one, or return the one of that number (of that text without one).

    Raises `RuleBroken` "policy.number_taken" where the number stands for another text, and "policy.target_unit" for a
    target without the unit that it counts.
    """
    words = _words(text, "text", msgid("Write the policy."))
    if target_value is not None and not target_unit.strip():
        raise RuleBroken("policy.target_unit", "Say what the target counts.", field="target_unit")
    if project is not None and project.office_id != actor.office_id:
        raise RuleBroken(
            "project.foreign", "This project belongs to another office.", field="project"
        )
    same_year = Policy.objects.filter(fiscal_year=fiscal_year)
    kept = (
        same_year.filter(number=number) if number else same_year.filter(number="", text=words)
    ).first()
    if kept and kept.text != words:
        raise RuleBroken(
            "policy.number_taken",
            "Number %(number)s stands for another policy: %(text)s",
            field="number",
            number=number,
            text=kept.text,
        )
    if kept:
        nothing_changed()
        return kept
    note(fiscal_year=fiscal_year, number=number, target_value=target_value, target_unit=target_unit)
    return Policy.objects.create(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        number=number,
        text=words,
        target_value=target_value,
        target_unit=collapse(target_unit),
        period_kind=Policy.PeriodKind(period_kind),
        period_label=period_label,
        project=project,
        position=position,
    )
