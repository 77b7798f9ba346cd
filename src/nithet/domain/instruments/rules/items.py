"""Questions as statistics see them: by a name that stays over versions, with what an answer to them counts as."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from nithet.domain.instruments.rules.definition import OTHER, Question
from nithet.domain.instruments.rules.statistics import Described, Tally, describe

UNSEEN_VALUES = frozenset(
    {"na", "n_a", "n/a", "not_seen", "unseen", "not_observed", "no_data", "not_applicable"}
)
"""Answers that there was nothing to judge, by their value…"""
UNSEEN_LABELS = frozenset(
    {
        "ไม่มีข้อมูล",
        "ไม่ได้สังเกต",
        "ไม่ได้เห็น",
        "ไม่เห็น",
        "ยังไม่ได้สังเกต",
        "ไม่เกี่ยวข้อง",
        "ไม่สามารถประเมินได้",
        "ประเมินไม่ได้",
        "N/A",
        "not seen",
        "not observed",
        "no data",
    }
)
"""… or by the words that the form has for it."""
_NUMBERS = frozenset({"integer", "decimal"})
_WORDS = frozenset({"text", "barcode"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?")


class Shape(StrEnum):
    """What is said of the answers."""

    RATING = "rating"
    """Levels from 1 up: n of N, mean, S.D., percent, band."""
    CHOICE = "choice"
    """One choice of several, or several: n of N and percent."""
    NUMBER = "number"
    """A number: n of N, mean, S.D."""
    OPEN = "open"
    """Words: how many answered, and what they wrote."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice as the newest version words it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Item:
    """A question over the versions of a form; `key` is its name, or its path where a form uses a name twice.

    `levels` is the number of levels of a rating, else 0. `choices` stand from the lowest level up, or in the form's order.
    """

    key: str
    label: str
    shape: Shape
    group: str = ""
    levels: int = 0
    scheme: str = ""
    choices: tuple[Choice, ...] = ()
    unseen: frozenset[str] = frozenset()
    is_multiple: bool = False
    in_repeat: bool = False

    def says(self, answer: Any, value: str) -> bool:
        """Say whether an answer (also in a row of a repeat) is or ticks a value; "" asks for any answer that counts."""
        if isinstance(answer, list):
            return any(self.says(one, value) for one in answer)
        values = self.values_in(answer)
        return value in values if value else any(one not in self.unseen for one in values)

    def values_in(self, answer: Any) -> list[str]:
        """Return what one answer says, one text a choice ticked; empty where it is unanswered or no answer of this kind."""
        if not isinstance(answer, str) or not (text := answer.strip()):
            return []
        if self.is_multiple:
            return list(dict.fromkeys(text.split()))
        if self.shape == Shape.NUMBER and number(text) is None:
            return []
        return [text]


@dataclass(frozen=True, slots=True)
class Asks:
    """Where one version puts a question: the item's key by the path below the form's root."""

    by_path: dict[str, str]


def number(text: str) -> Decimal | None:
    """Return a number as a device writes it; None for what is none, and for more digits than anybody counts.

    >>> number("12.50"), number("1e-999999"), number("NaN")
    (Decimal('12.50'), None, None)
    """
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def below_root(path: str) -> str:
    """Return a path of an answer ("/data/g1/q3") without the name of the form's root ("g1/q3").

    >>> below_root("/data/g1/q3"), below_root("g1/q3")
    ('g1/q3', 'g1/q3')
    """
    return path.split("/", 2)[2] if path.startswith("/") and path.count("/") > 1 else path


def private_names(definitions: Iterable[Sequence[Question]]) -> frozenset[str]:
    """Return the names of the questions that any of some versions holds for private."""
    return frozenset(
        one["name"] for definition in definitions for one in definition if one.get("private")
    )


def says_of_person(question: Question) -> bool:
    """Say whether an answer would tell how somebody was judged, where the form names persons: what is ticked or counted."""
    kind = question["type"]
    is_judged = kind in {"select_one", "select_multiple", "rank", "range", "calculate", *_NUMBERS}
    return is_judged and not question.get("choices_from")


def countable_questions(definition: Sequence[Question], private: Collection[str]) -> list[Question]:
    """Return a version's questions without those that another version holds for private."""
    return [one for one in definition if one["name"] not in private]


def asks_of(definition: Sequence[Question]) -> Asks:
    """Return where a version's countable questions stand. What names a person is left out."""
    keys = dict(_keyed(definition))
    return Asks({one["path"]: key for key, one in keys.items()})


def items_of(definitions: Iterable[Sequence[Question]]) -> list[Item]:
    """Return the items of a form over its versions, the newest version first; each as the newest that has it words it.

    A question of an older version that the newest has no more stands behind the others. Where versions disagree on what an
    answer means (another number of levels), the older one is an item of its own, named with its levels.
    """
    found: dict[str, Item] = {}
    for definition in definitions:
        for key, question in _keyed(definition):
            found.setdefault(key, _item(key, question))
    return list(found.values())


def _keyed(definition: Sequence[Question]) -> Iterator[tuple[str, Question]]:
    """Yield (key, question). A rating's key holds its levels, so that 3 of 3 is never averaged with 3 of 5."""
    counted = [one for one in definition if _counts(one)]
    names = [one["name"] for one in counted]
    for one in counted:
        base = one["name"] if names.count(one["name"]) == 1 else one["path"]
        levels, _ = _levels(one)
        yield (f"{base}.{levels}" if levels else base), one


def _counts(question: Question) -> bool:
    if not question.get("asks") or question.get("private") or question.get("choices_from"):
        return False
    kind = question["type"]
    if kind in {"select_one", "select_multiple", "range", *_NUMBERS}:
        return True
    return kind in _WORDS


def _item(key: str, question: Question) -> Item:
    levels, unseen = _levels(question)
    choices = tuple(
        Choice(one["value"], one["label"])
        for one in question["choices"]
        if one["value"] not in unseen
    )
    if levels:
        choices = _rated(levels, choices)
    return Item(
        key=key,
        label=question["label"] or question["name"],
        shape=_shape(question, levels),
        group=" · ".join(question.get("groups") or ()),
        levels=levels,
        scheme=question.get("scheme") or "",
        choices=choices,
        unseen=unseen,
        is_multiple=question["type"] in {"select_multiple", "rank"},
        in_repeat=bool(question.get("repeat")),
    )


def _rated(levels: int, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Every level from 1 up, also for a range, which has no choices; what the form adds as "other" comes last."""
    words = {one.value: one.label for one in choices}
    rest = tuple(one for one in choices if not one.value.isdecimal())
    return (
        *(Choice(str(n), words.get(str(n), str(n))) for n in range(1, levels + 1)),
        *rest,
    )


def _shape(question: Question, levels: int) -> Shape:
    if levels:
        return Shape.RATING
    if question["type"] in {"select_one", "select_multiple"}:
        return Shape.CHOICE
    return Shape.NUMBER if question["type"] in {"range", *_NUMBERS} else Shape.OPEN


def _levels(question: Question) -> tuple[int, frozenset[str]]:
    """Return the number of levels (0: no rating) and the values that say that there was nothing to judge."""
    unseen = frozenset(
        one["value"]
        for one in question["choices"]
        if one["value"].lower() in UNSEEN_VALUES or one["label"].strip() in UNSEEN_LABELS
    )
    if question.get("scale"):
        return int(question["scale"]), unseen
    if question["type"] != "select_one" or not unseen:
        return 0, unseen
    values = [
        one["value"]
        for one in question["choices"]
        if one["value"] not in unseen and one["value"] != OTHER
    ]
    is_scale = len(values) >= 3 and sorted(values) == sorted(
        str(n) for n in range(1, len(values) + 1)
    )
    return (len(values) if is_scale else 0), unseen


@dataclass(slots=True)
class Count:
    """The running count of one item in one group."""

    asked: int = 0
    answered: int = 0
    unseen: int = 0
    given: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item, answer: Any, times: int = 1) -> None:
        """Count an answer that so many records gave; None is a record that was asked and did not answer.

        A list is a repeat, counted row by row.
        """
        if isinstance(answer, list):
            for one in answer:
                self.add(item, one, times)
            return
        self.asked += times
        values = item.values_in(answer)
        kept = [one for one in values if one not in item.unseen]
        if kept:
            self.answered += times
            if item.shape != Shape.OPEN:
                for one in kept:
                    self.given[one] = self.given.get(one, 0) + times
        elif values:
            self.unseen += times

    def join(self, other: "Count") -> None:
        """Add what was counted elsewhere of the same item."""
        self.asked += other.asked
        self.answered += other.answered
        self.unseen += other.unseen
        for value, times in other.given.items():
            self.given[value] = self.given.get(value, 0) + times

    @property
    def tally(self) -> Tally:
        """Return what was counted."""
        return Tally(self.asked, self.given, self.unseen, self.answered)


def described(item: Item, tally: Tally) -> Described:
    """Return mean and standard deviation of a rating or a number; of anything else, n alone."""
    if item.shape not in {Shape.RATING, Shape.NUMBER}:
        return Described(tally.answered, None, None)
    values: dict[Decimal | int, int] = {}
    for text, count in tally.given.items():
        value = number(text)
        if value is not None and (item.shape == Shape.NUMBER or 1 <= value <= item.levels):
            values[value] = values.get(value, 0) + count
    return describe(values)
