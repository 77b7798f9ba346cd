"""The forms of visits that every office has from the beginning: published as versions of instruments like any other."""

import io
from importlib.resources import files
from typing import Any

import xlsxwriter
import yaml

from nithet.domain.instruments.actions.forms import bring_form
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.foundation.access.actors import Actor

SHIPPED = ("visit.yaml", "committee_visit.yaml")
COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "appearance",
    "relevant",
    "choice_filter",
    "default",
    "parameters",
)
PURPOSES = {"supervision.visit": "supervision", "supervision.committee_visit": "committee"}
"""Purpose of a form -> the kind of visit that its submissions become."""


def ensure_standard_forms(*, actor: Actor) -> list[InstrumentVersion]:
    """Publish the standard forms that an office does not have yet; return those that were published now.

    An office that has a form under its code keeps it as it is, whatever it made of it. Safe to ask for again at any time.
    """
    return [
        bring_form(
            actor=actor,
            data=as_xlsform(form),
            file_name=f"{form['form_id']}.xlsx",
            audience=form["audience"],
            purpose=form["purpose"],
            publish=True,
        )
        for form in map(shipped_form, SHIPPED)
        if not Instrument.objects.filter(form_id=form["form_id"]).exists()
    ]


def shipped_form(name: str) -> dict[str, Any]:
    """Return a shipped form as its rows."""
    text = files("nithet.domain.supervision").joinpath("forms", name).read_text(encoding="utf-8")
    form: dict[str, Any] = yaml.safe_load(text)
    return form


def as_xlsform(form: dict[str, Any]) -> bytes:
    """Write the rows of a form as the Excel file that anybody could have brought."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    _sheet(book, "survey", COLUMNS, form["survey"])
    choices = [
        {"list_name": name, "name": value, "label": label}
        for name, rows in form["choices"].items()
        for value, label in rows.items()
    ]
    _sheet(book, "choices", ("list_name", "name", "label"), choices)
    settings = {
        "form_title": form["title"],
        "form_id": form["form_id"],
        "version": form["version"],
    }
    _sheet(book, "settings", ("form_title", "form_id", "version"), [settings])
    book.close()
    return out.getvalue()


def _sheet(
    book: xlsxwriter.Workbook, name: str, columns: tuple[str, ...], rows: list[dict[str, str]]
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column)
        for number, row in enumerate(rows, 1):
            if row.get(column):
                sheet.write_string(number, place, str(row[column]))
