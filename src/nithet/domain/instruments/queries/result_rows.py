"""The records behind a figure: who answered so, and what was written in words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.policy import may_see_names
from nithet.domain.instruments.queries.result_forms import Form, form_of
from nithet.domain.instruments.queries.result_scope import CHUNK, Asked, selected
from nithet.domain.instruments.queries.shielding import shield_of
from nithet.domain.instruments.rules.definition import Question
from nithet.domain.instruments.rules.items import Item, below_root
from nithet.foundation.access.actors import Actor

UNANSWERED = "-"
"""Asks for the records that left a question open."""
UNSEEN = "?"
"""Asks for those that said that there was nothing to judge."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind a figure, as many as it counts.

    `keys` are those that the reader may open, newest first. `answers` are what the others said and nothing else of them, in
    the order of the words, so that their place tells nothing either: others' records of a form that names persons.
    `is_hidden`: there are records, and too few of them stand together to count one.
    """

    item: Item
    keys: list[int]
    answers: list[list[str]]
    is_hidden: bool

    @property
    def count(self) -> int:
        """Return how many records stand behind the figure."""
        return len(self.keys) + len(self.answers)

    @property
    def entries(self) -> list["Entry"]:
        """Return the lines of a list of the records: a key, or what was said with how many said so."""
        said = Counter(tuple(one) for one in self.answers)
        return [*self.keys, *said.items()]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A record behind a figure with what it answered; `names` is filled for those who may read who was observed.

    `submission` and `filled_at` are None where the reader may know nothing but the answer, which then `times` records gave.
    """

    submission: Submission | None
    filled_at: datetime | None
    said: list[str]
    names: list[tuple[str, str]]
    times: int = 1


Entry = int | tuple[tuple[str, ...], int]
"""The key of a record, or an answer with how many gave it."""


def behind(
    actor: Actor, instrument: Instrument, asked: Asked, key: str, value: str = ""
) -> Behind | None:
    """Find the records that answered an item (with a value: that value), in one pass; None where there is no such item.

    `UNANSWERED` and `UNSEEN` ask for those that did not. What is found is what was counted: the same rules decide.
    """
    form = form_of(instrument, asked.version_id)
    item = next((one for one in form.items if one.key == key), None)
    if item is None:
        return None
    own, counted, is_hidden = _counted(actor, instrument, form, asked)
    keys, answers = [], []
    for pk, answer in _answers(actor, form, asked, key):
        if counted is not None and pk not in counted:
            continue
        if not _fits(item, answer, value):
            continue
        if counted is None or pk in own:
            keys.append(pk)
        else:
            answers.append(said(item, answer))
    return Behind(item, keys, sorted(answers), is_hidden)


def _counted(
    actor: Actor, instrument: Instrument, form: Form, asked: Asked
) -> tuple[frozenset[int], frozenset[int] | None, bool]:
    """Return one's own records, those that are counted (None: all), and whether none is where there are some."""
    if not form.names_person or asked.is_mine:
        return frozenset(), None, False
    shield = shield_of(actor, instrument)
    rows = selected(actor, asked).filter(version__in=list(form.asks))
    chosen = list(rows.values_list("pk", flat=True))
    counted = shield.counted(chosen)
    return shield.own, counted, bool(chosen) and not counted


def _answers(actor: Actor, form: Form, asked: Asked, key: str) -> Iterator[tuple[int, Any]]:
    """Yield key and answer of every record asked for whose version puts the item, the newest first."""
    paths: dict[tuple[int, str], bool] = {}
    rows = selected(actor, asked).filter(version__in=_asking(form, key))
    for pk, version, answers in (
        rows.order_by("-pk").values_list("pk", "version_id", "answers").iterator(chunk_size=CHUNK)
    ):
        yield pk, _answer(form, paths, key, version, answers)


def rows_behind(
    actor: Actor,
    instrument: Instrument,
    asked: Asked,
    item: Item,
    entries: Sequence[Entry],
) -> list[ResultRow]:
    """Return some of the entries of `Behind` as they are shown, in their order; a key that is not asked for is left out."""
    form = form_of(instrument, asked.version_id)
    found = {
        one.pk: one
        for one in selected(actor, asked)
        .filter(pk__in=[one for one in entries if isinstance(one, int)])
        .select_related("school__unit", "version")
        .defer("body", "version__xform", "version__media", "version__warnings")
    }
    paths: dict[tuple[int, str], bool] = {}
    rows = []
    for entry in entries:
        if not isinstance(entry, int):
            rows.append(ResultRow(None, None, list(entry[0]), [], times=entry[1]))
            continue
        if (one := found.get(entry)) is None or one.version_id is None or one.version is None:
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
