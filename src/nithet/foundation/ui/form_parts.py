"""What a template needs to draw a form field and a summary of errors."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField

from nithet.foundation.ui.shapes import Words

CHOICE_WIDGETS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the summary of errors; `target` is the id of the input, "" where it is the whole form's."""

    label: str
    text: str
    target: str


def field_parts(
    bound: BoundField, *, label: Words = "", help_text: Words = "", rows: int | None = None
) -> dict[str, Any]:
    """Work out everything `ui/field.html` shows of a field."""
    widget = bound.field.widget
    helped = help_text or bound.help_text
    described = [f"{bound.auto_id}_help"] if helped else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    # The label stands above; a placeholder would say it twice and vanish while typing.
    widget.attrs.pop("placeholder", None)
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": helped,
        "help_id": f"{bound.auto_id}_help",
        "error_id": f"{bound.auto_id}_error",
        "optional": not bound.field.required and not _is_box(widget),
        "shape": _shape(widget),
        "control": bound.as_widget(attrs=_attributes(bound, described, rows)),
    }


def _is_box(widget: forms.Widget) -> bool:
    return isinstance(widget, forms.CheckboxInput)


def _shape(widget: forms.Widget) -> str:
    if _is_box(widget):
        return "box"
    if isinstance(widget, CHOICE_WIDGETS):
        return "choices"
    return "group" if getattr(widget, "use_fieldset", False) else "line"


def _attributes(bound: BoundField, described: list[str], rows: int | None) -> dict[str, Any]:
    widget = bound.field.widget
    attributes: dict[str, Any] = {}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if not _is_box(widget) and not isinstance(widget, CHOICE_WIDGETS):
        attributes["class"] = f"control {widget.attrs.get('class', '')}".strip()
    if rows is not None:
        attributes["rows"] = rows
    return attributes


def problems_of(form: BaseForm) -> list[Problem]:
    """List what is wrong with a form, the form's own problems first, then field by field in order."""
    problems = [Problem("", str(text), "") for text in form.non_field_errors()]
    for bound in form:
        target = "" if bound.is_hidden else bound.id_for_label or bound.auto_id
        problems += [Problem(str(bound.label), str(text), target) for text in bound.errors]
    return problems
