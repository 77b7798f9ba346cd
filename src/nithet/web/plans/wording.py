"""What changed in a plan, and a whole plan, in words for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.money import BudgetLine, PeriodKind
from nithet.domain.plans.models.project import ProjectService
from nithet.domain.plans.rules.snapshot import FieldChange, LineChange
from nithet.foundation.ui.words import amount_words, date_words


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in words; `tone` is that of its state, `fields` are (name, before, after)."""

    what: str
    tone: str
    kind: str
    title: str
    inside: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownProject:
    """A project of a version in words."""

    values: Mapping[str, Any]
    period: str
    activities: tuple[str, ...]
    money: tuple[str, ...]
    targets: tuple[str, ...]
    services: tuple[str, ...]


def _kinds() -> dict[str, str]:
    return {
        "plan": _("Plan"),
        "strategies": _("Strategy"),
        "projects": _("Project"),
        "policies": _("Policy"),
        "activities": _("Activity"),
        "budget": _("Budget line"),
        "targets": _("Target"),
        "services": _("Item that it serves"),
    }


def _names() -> dict[str, str]:
    return {
        "title": _("Title"),
        "strategy": _("Strategy"),
        "objective": _("Objective"),
        "owner": _("Responsible"),
        "starts_on": _("Begins on"),
        "ends_on": _("Ends on"),
        "technique": _("Technique"),
        "technique_document": _("Document that explains the technique"),
        "technique_where": _("Where it is used"),
        "kpi": _("Performance indicators that it answers"),
        "emenscr_code": _("Number in eMENSCR"),
        "kind": _("Kind of work"),
        "period": _("Time"),
        "called_off": _("Called off because"),
        "source": _("Kind of source"),
        "planned": _("Planned (baht)"),
        "quantity": _("How much"),
        "value": _("Target"),
        "unit": _("Unit"),
        "number": _("Number"),
        "edition": _("Form"),
        "why": _("Why it counts"),
        "fields": _("Fields left to schools"),
        "board_part": _("What the school boards do"),
    }


def change_words(one: LineChange) -> ShownChange:
    """Say a change of a plan."""
    what = {
        "added": (_("added"), "good"),
        "removed": (_("removed"), "bad"),
        "changed": (_("changed"), "info"),
    }
    said, tone = what[one.what]
    names = _names()
    fields = tuple(
        (names.get(field.name, field.name), _value(one.kind, field, field.before), _value(one.kind, field, field.after))
        for field in one.fields
    )
    return ShownChange(said, tone, _kinds()[one.kind], one.title, one.inside, fields)


def _value(kind: str, field: FieldChange, value: Any) -> str:
    if value is None or value == "" or value == []:
        return _("not stated")
    if field.name in {"starts_on", "ends_on"}:
        return date_words(date.fromisoformat(value), "short")
    return _choice(kind, field.name, value)


def _choice(kind: str, name: str, value: Any) -> str:
    if name == "source":
        return str(BudgetLine.Source(value).label)
    if name == "fields":
        return ", ".join(str(ProjectService.Field(one).label) for one in value)
    if name == "kind" and kind == "activities":
        return str(Activity.Kind(value).label)
    if name == "period" and kind in {"targets", "policies"}:
        return str(PeriodKind(value).label)
    return str(value)


def content_words(content: Mapping[str, Any]) -> list[ShownProject]:
    """Say the projects of a version."""
    return [_project(one) for one in content["projects"]]


def _project(values: Mapping[str, Any]) -> ShownProject:
    days = [values[name] for name in ("starts_on", "ends_on") if values[name]]
    return ShownProject(
        values=values,
        period=" – ".join(date_words(date.fromisoformat(day), "short") for day in days),
        activities=tuple(_said(one["title"], one["period"]) for one in values["activities"]),
        money=tuple(
            _said(str(BudgetLine.Source(one["source"]).label), one["title"], _baht(one))
            for one in values["budget"]
        ),
        targets=tuple(_said(one["title"], one["value"], one["unit"]) for one in values["targets"]),
        services=tuple(
            _said(_("Item %(item)s") % {"item": one["title"]}, one["why"])
            for one in values["services"]
        ),
    )


def _baht(line: Mapping[str, Any]) -> str:
    if line["planned"] is None:
        return str(line["quantity"])
    return _("%(amount)s baht") % {"amount": amount_words(line["planned"])}


def _said(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
