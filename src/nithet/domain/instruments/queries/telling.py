"""Saying what was found in a form, in the language of whoever reads it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from nithet.domain.instruments.rules.complaints import FormRefused
from nithet.kernel.errors import BadInput


def said(warning: Mapping[str, Any]) -> str:
    """Return a kept warning of a version as a sentence, with sheet, row and column before it where they are known."""
    words = _(warning["message"])
    words = words % warning["params"] if warning["params"] else words
    return f"{where}: {words}" if (where := place(warning)) else words


def place(warning: Mapping[str, Any]) -> str:
    """Return where a warning stands: sheet, row and column as far as they are known, "" where they are not."""
    if warning["row"] is None:
        return ""
    sheet = warning["sheet"] or "survey"
    if warning["column"]:
        return _("Sheet %(sheet)s, row %(row)s, column %(column)s") % {
            "sheet": sheet,
            "row": warning["row"],
            "column": warning["column"],
        }
    return _("Sheet %(sheet)s, row %(row)s") % {"sheet": sheet, "row": warning["row"]}


class _LaterSaid:
    """A complaint that is put into words when it is shown, in the language of that moment."""

    def __init__(self, warning: Mapping[str, Any]) -> None:
        self._warning = warning

    def __str__(self) -> str:
        return said(self._warning)


@contextmanager
def placed() -> Iterator[None]:
    """Say the refusal of a form with the sheet, row and column that it is about."""
    try:
        yield
    except FormRefused as error:
        complaint = error.params["complaint"]
        raise BadInput(
            error.code, "%(what)s", field=error.field, what=lazystr(_LaterSaid(complaint.as_json()))
        ) from error
