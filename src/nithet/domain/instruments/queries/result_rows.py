"""The records behind a figure: who answered so, and what was written in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import may_read_results, may_see_names
from nithet.domain.instruments.queries.results import (
    CHUNK,
    FEWEST_OF_PERSONS,
    Asked,
    Form,
    form_of,
    selected,
)
from nithet.domain.instruments.rules.definition import Question
from nithet.domain.instruments.rules.items import Item, below_root
from nithet.foundation.access.actors import Actor

UNANSWERED = "-"
"""Asks for the records that left a question open."""
UNSEEN = "?"
"""Asks for those that said that there was nothing to judge."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure: their keys, newest first; hidden where they are too few records of persons."""

    item: Item
    keys: list[int]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A record behind a figure with what it answered; `names` is filled for those who may read who was observed."""

    submission: Submission
    filled_at: datetime
    said: list[str]
    names: list[tuple[str, str]]


def behind(
    actor: Actor, instrument: Instrument, asked: Asked, key: str, value: str = ""
) -> Behind | None:
    """Find the records that answered an item (with a value: that value), in one pass; None where there is no such item.

    `UNANSWERED` and `UNSEEN` ask for those that did not. What is found is what was counted: the same pass decides.
    """
    form = form_of(instrument, asked.version_id)
    item = next((one for one in form.items if one.key == key), None)
    if item is None:
        return None
    paths: dict[tuple[int, str], bool] = {}
    keys = []
    rows = selected(actor, asked).filter(version__in=_asking(form, key))
    for pk, version, answers in (
        rows.order_by("-pk").values_list("pk", "version_id", "answers").iterator(chunk_size=CHUNK)
    ):
        if _fits(item, _answer(form, paths, key, version, answers), value):
            keys.append(pk)
    hides = form.names_person and not asked.is_mine and bool(may_read_results(actor))
    return Behind(item, keys, hides and 0 < len(keys) < FEWEST_OF_PERSONS)


def rows_behind(
    actor: Actor, instrument: Instrument, asked: Asked, item: Item, keys: list[int]
) -> list[ResultRow]:
    """Return some records with their answer to an item, in the order of the keys."""
    form = form_of(instrument, asked.version_id)
    found = {
        one.pk: one
        for one in selected(actor, asked)
        .filter(pk__in=keys)
        .select_related("school__unit", "version")
        .defer("body", "version__xform", "version__media", "version__warnings")
    }
    paths: dict[tuple[int, str], bool] = {}
    rows = []
    for key in keys:
        if (one := found.get(key)) is None or one.version_id is None or one.version is None:
            continue
        answer = _answer(form, paths, item.key, one.version_id, one.answers)
        names = _names(one.version.definition, one.answers) if may_see_names(actor, one) else []
        filled = one.filled_at  # type: ignore[attr-defined]  # annotated by `selected`
        rows.append(ResultRow(one, filled, said(item, answer), names))
    return rows


def said(item: Item, answer: Any) -> list[str]:
    """Return what an answer says in the words of the form, one text a choice, a row of a repeat or a text."""
    if isinstance(answer, list):
        return [text for one in answer for text in said(item, one)]
    words = {one.value: one.label for one in item.choices}
    return [words.get(one, one) for one in item.values_in(answer)]


def _asking(form: Form, key: str) -> list[int]:
    return [pk for pk, asks in form.asks.items() if key in asks.by_path.values()]


def _answer(
    form: Form, paths: dict[tuple[int, str], bool], key: str, version: int, answers: dict[str, Any]
) -> Any:
    by_path = form.asks[version].by_path
    for path, answer in answers.items():
        place = (version, path)
        if place not in paths:
            paths[place] = by_path.get(below_root(path)) == key
        if paths[place]:
            return answer
    return None


def _fits(item: Item, answer: Any, value: str) -> bool:
    if value == UNANSWERED:
        return not item.values_in(answer) if not isinstance(answer, list) else None in answer
    if value == UNSEEN:
        return any(item.says(answer, one) for one in item.unseen)
    return item.says(answer, value)


def _names(definition: list[Question], answers: dict[str, Any]) -> list[tuple[str, str]]:
    private = {one["path"]: one["label"] or one["name"] for one in definition if one.get("private")}
    return [
        (
            private[below_root(path)],
            answer if isinstance(answer, str) else ", ".join(filter(None, answer)),
        )
        for path, answer in answers.items()
        if below_root(path) in private
    ]
