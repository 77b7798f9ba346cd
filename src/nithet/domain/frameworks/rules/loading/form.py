"""Reading the form's layout: what the paper of this edition looks like."""

import re

from nithet.domain.frameworks.rules.layout import Column, Form, NarrativeHeading
from nithet.domain.frameworks.rules.loading.fields import Fields, Ids, listed
from nithet.domain.frameworks.rules.loading.shelf import Shelf
from nithet.domain.frameworks.rules.words import Text

_KEYS = (
    *("heading", "captions", "continuation", "columns", "level_row", "filled_in_level"),
    *("narrative", "none_stated"),
)
_PLACE = re.compile(r"%(?:\((\w*)\)(.?)|(.?))")


def read_form(shelf: Shelf, fields: Fields) -> Form | None:
    """The layout under `form`; None where the edition has none."""
    inner = fields.fields(
        "form", known=_KEYS, required=("captions", "continuation", "columns", "narrative")
    )
    if inner is None:
        return None
    continuation = inner.text("continuation")
    columns = _columns(inner)
    captions = _texts(inner, "captions", ("item", "title"))
    narrative = tuple(
        one for entry in _headings(inner) if (one := _heading(shelf, entry[0], entry[1]))
    )
    level_row = inner.text("level_row")
    if level_row is not None:
        _check_places(inner, "level_row", level_row, ("level",))
    if continuation is None:
        return None
    return Form(
        columns=columns,
        captions=captions,
        continuation=continuation,
        narrative=narrative,
        heading=_texts(inner, "heading", ()),
        level_row=level_row or Text("%(level)s"),
        filled_in_level=inner.integer("filled_in_level"),
        none_stated=inner.text("none_stated"),
    )


def _columns(fields: Fields) -> tuple[Column, ...]:
    ids = Ids("columns")
    columns = []
    for entry in fields.each(
        "columns", known=("id", "th", "en"), required=("id", "th"), empty=False
    ):
        name, words = ids.claim(entry), entry.words()
        if name is not None and words is not None:
            columns.append(Column(name, words))
    return tuple(columns)


def _texts(fields: Fields, key: str, places: tuple[str, ...]) -> tuple[Text, ...]:
    texts = []
    for entry in fields.each(key, known=("th", "en"), required=("th",)):
        words = entry.words()
        if words is not None:
            _check_places(entry, "th", words, places)
            texts.append(words)
    return tuple(texts)


def _headings(fields: Fields) -> list[tuple[Fields, Ids]]:
    ids = Ids("narrative")
    entries = fields.each(
        "narrative",
        known=("id", "number", "th", "en", "optional", "items"),
        required=("id", "th"),
        empty=False,
    )
    return [(entry, ids) for entry in entries]


def _heading(shelf: Shelf, entry: Fields, ids: Ids) -> NarrativeHeading | None:
    name, words = ids.claim(entry), entry.words()
    items: tuple[str, ...] | None = None
    if entry.has("items"):
        items = tuple(
            item for item in entry.strings("items") if shelf.items.check(entry, "items", item)
        )
    if name is None or words is None:
        return None
    number, optional = entry.string("number") or "", entry.boolean("optional") or False
    return NarrativeHeading(name, words, number, optional, items)


def _check_places(fields: Fields, key: str, words: Text, known: tuple[str, ...]) -> None:
    """A per cent sign may only open one of the known places, or be doubled."""
    for text in (words.th, words.en):
        for match in _PLACE.finditer(text):
            name, ending, sign = match.groups()
            if (name in known and ending == "s") or sign == "%":
                continue
            possible = listed(f"%({one})s" for one in known) or "%%"
            fields.fault("placeholder", key, place=match[0][:40], known=possible)
