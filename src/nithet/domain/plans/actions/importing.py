"""Old plans become records: read and proposed, then confirmed or dropped by a person."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError

from nithet.domain.plans import files
from nithet.domain.plans.actions.activities import add_activity
from nithet.domain.plans.actions.money import add_budget_line, add_target
from nithet.domain.plans.actions.plans import FIRST_YEAR, LAST_YEAR, add_strategy, open_plan
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.money import BudgetLine, Target
from nithet.domain.plans.models.plan import Plan, Strategy
from nithet.domain.plans.models.project import Project
from nithet.domain.plans.policy import may_write_plans
from nithet.domain.plans.queries.importing import already_there
from nithet.domain.plans.rules.importing.files import read_plan
from nithet.domain.plans.rules.importing.lines import Line, as_json, line_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse


def propose_plan_import(
    *, actor: Actor, data: bytes, file_name: str, fiscal_year: int
) -> PlanImport:
    """Read an old plan and propose what it gives rise to in a year (พ.ศ.); nothing else is written.

    The same file for the same year gives the kept import back, unless that was dropped. The file is read and kept before the
    transaction opens. Raises `Refused`, and `BadInput` for what cannot be read.
    """
    if not (verdict := may_write_plans(actor, None)):
        raise Refused("plan.propose_import", verdict)
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise BadInput("plan.year", "Write the fiscal year in the Buddhist era.", field="year")
    digest = sha256_hex(data)
    if kept := _kept(fiscal_year, digest):
        return kept
    lines, unread = as_json(read_plan(data, file_name, fiscal_year))
    blob = files.keep(data)
    found = PlanImport(
        office_id=actor.writes_in,
        fiscal_year=fiscal_year,
        file_name=collapse(file_name)[:250] or "plan",
        sha256=blob.sha256,
        lines=lines,
        unread=unread,
        brought_at=clock.now(),
        brought_by=actor.signature,
    )
    try:
        return record_plan_import(actor=actor, found=found)
    except IntegrityError:
        # Two people brought the same file at the same moment.
        if kept := _kept(fiscal_year, digest):
            return kept
        raise


def _kept(fiscal_year: int, digest: str) -> PlanImport | None:
    rows = PlanImport.objects.filter(fiscal_year=fiscal_year, sha256=digest)
    return rows.exclude(state=PlanImport.State.DROPPED).first()


@action("plan.propose_import", event="plan.import_proposed")
def record_plan_import(*, actor: Actor, found: PlanImport) -> PlanImport:
    """Record what a file proposes."""
    found.save()
    note(fiscal_year=found.fiscal_year, sha256=found.sha256, lines=len(found.lines))
    return found


@action("plan.confirm_import", event="plan.import_confirmed", on="plan_import")
def confirm_plan_import(
    *,
    actor: Actor,
    plan_import: PlanImport,
    version: int,
    take: Collection[str],
    titles: Mapping[str, str] | None = None,
) -> Plan:
    """Write the lines whose keys are in `take` as records of the year's plan, with the titles that a person gave them.

    A line whose project is not taken is left out with it; what the plan has already is not written again. `version` is the
    one that the writer had before them.
    """
    fresh = _fresh(plan_import, version)
    lines = [line_of(one) for one in fresh.lines if one["key"] in take]
    if not lines:
        raise RuleBroken("import.nothing", "Tick at least one line.", field="take")
    year = fresh.fiscal_year
    plan = open_plan(
        actor=actor, fiscal_year=year, title=f"แผนปฏิบัติการประจำปีงบประมาณ {year}"
    )
    maker = _Maker(actor, plan, fresh.file_name)
    for line in lines:
        maker.make(_renamed(line, titles or {}))
    change(fresh, state=PlanImport.State.CONFIRMED, version=fresh.version + 1)
    note(made=maker.made, left=len(fresh.lines) - len(lines))
    about(fresh)
    return plan


def _renamed(line: Line, titles: Mapping[str, str]) -> Line:
    title = collapse(titles.get(line.key, "")) or line.title
    return replace(line, title=title)


@action("plan.drop_import", event="plan.import_dropped", on="plan_import")
def drop_plan_import(*, actor: Actor, plan_import: PlanImport, version: int) -> PlanImport:
    """Drop an old plan that was read; its file may be brought again."""
    if plan_import.state == PlanImport.State.DROPPED:
        nothing_changed()
        return plan_import
    fresh = _fresh(plan_import, version)
    change(fresh, state=PlanImport.State.DROPPED, version=fresh.version + 1)
    return fresh


def _fresh(plan_import: PlanImport, version: int) -> PlanImport:
    fresh = PlanImport.objects.select_for_update(of=("self",)).get(pk=plan_import.pk)
    if fresh.version != version or fresh.state != PlanImport.State.PROPOSED:
        raise Conflict(
            "import.decided",
            "Somebody else has taken this file over or dropped it meanwhile.",
            version=fresh.version,
            theirs={"state": str(fresh.state)},
            yours={},
        )
    return fresh


class _Maker:
    """Writes lines as records, in their order: what is needed stands before what needs it."""

    def __init__(self, actor: Actor, plan: Plan, source: str) -> None:
        self._actor, self._plan, self._source = actor, plan, source[:250]
        self._strategies: dict[str, Strategy] = {}
        self._projects: dict[str, Project] = {}
        self._there = already_there(plan)
        self.made = 0

    def make(self, line: Line) -> None:
        """Make the record of a line, where its project is there."""
        if line.kind == "strategy":
            self._strategies[line.key] = add_strategy(
                actor=self._actor, plan=self._plan, title=line.title
            )
        elif line.kind == "project":
            self._projects[line.key] = self._project(line)
        elif project := self._projects.get(line.parent):
            if self._there.holds(line, project.title):
                return
            {"activity": self._activity, "budget": self._budget, "target": self._target}[line.kind](
                line, project
            )
        else:
            return
        self.made += 1

    def _project(self, line: Line) -> Project:
        values = line.values
        rows = standing(Project.objects.filter(plan=self._plan, title=line.title))
        return rows.first() or add_project(
            actor=self._actor,
            plan=self._plan,
            title=line.title,
            source=self._source,
            objective=values.get("objective", ""),
            owner_title=values.get("owner", ""),
            strategy=self._strategies.get(line.parent),
            period_start=_day(values, "starts_on"),
            period_end=_day(values, "ends_on"),
        )

    def _activity(self, line: Line, project: Project) -> Activity:
        start, end = _day(line.values, "starts_on"), _day(line.values, "ends_on")
        words = line.values.get("period_words", "")
        return add_activity(
            actor=self._actor,
            project=project,
            title=line.title,
            kind=Activity.Kind.OTHER,
            period=Period(start, end, words) if start and end else None,
            owner_title=line.values.get("owner", ""),
            state=Activity.State.PLANNED,
        )

    def _budget(self, line: Line, project: Project) -> BudgetLine:
        return add_budget_line(
            actor=self._actor,
            project=project,
            source_kind=line.values["source_kind"],
            title=line.title,
            planned=Decimal(line.values["planned"]),
            figure_source=self._source[:200],
        )

    def _target(self, line: Line, project: Project) -> Target:
        value = line.values.get("value")
        return add_target(
            actor=self._actor,
            project=project,
            text=line.title,
            value=Decimal(value) if value else None,
            unit=line.values.get("unit", ""),
        )


def _day(values: Mapping[str, Any], name: str) -> date | None:
    text = values.get(name)
    return date.fromisoformat(text) if text else None
