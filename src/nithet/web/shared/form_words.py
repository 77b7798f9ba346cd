"""The words that a form has for its fields: what two versions of a record are shown in."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.forms import BaseForm, ModelChoiceField

from nithet.foundation.actions.errors import Compared
from nithet.foundation.ui.words import date_words

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def in_form_words(area: str, names: Sequence[str], rows: Iterable[Compared]) -> list[Compared]:
    """Return the compared fields in the words of the form that holds most of them; as they are where no form does.

    `area` is the package whose forms are asked ("nithet.web.plans"), `names` are the field names of `rows`, in order.
    """
    fields = _fields(area, set(names))
    return [_said(row, fields.get(name)) for name, row in zip(names, rows, strict=True)]


def _said(row: Compared, field: Any) -> Compared:
    if field is None:
        return replace(row, theirs=_words(row.theirs, {}), yours=_words(row.yours, {}))
    choices = _choices(field)
    label = str(field.label or row.label)
    return Compared(label, _words(row.theirs, choices), _words(row.yours, choices))


def _choices(field: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    if isinstance(field, ModelChoiceField):
        # Which records are offered is decided by a form in use, for its reader; the class knows none.
        return found
    for value, words in getattr(field, "choices", ()):
        if not isinstance(words, list | tuple):
            found[str(value)] = str(words)
    return found


def _words(value: str, choices: dict[str, str]) -> str:
    if value in choices:
        return choices[value]
    try:
        return date_words(date.fromisoformat(value)) if _ISO_DAY.fullmatch(value) else value
    except ValueError:
        return value


def _fields(area: str, names: set[str]) -> dict[str, Any]:
    best: dict[str, Any] = {}
    for form in _forms(BaseForm):
        if form.__module__.startswith(f"{area}."):
            held = {name: one for name, one in getattr(form, "base_fields", {}).items() if name in names}
            if len(held) > len(best):
                best = held
    return best


def _forms(parent: type) -> Iterator[type]:
    for child in parent.__subclasses__():
        yield child
        yield from _forms(child)
