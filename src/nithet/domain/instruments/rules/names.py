"""Names of questions, made for the office: q1, q2 … never out of the words, and the same again while the words stay.

A name is what answers are kept under, so nobody should have to think one up. A new version is compared with the one before
it: a question whose words stayed keeps its name, a new one gets the next number that was never used.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

from nithet.domain.instruments.rules.definition import Question
from nithet.domain.instruments.rules.scales import values_for
from nithet.domain.instruments.rules.workbook import Book
from nithet.kernel.text import collapse

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_CODED = re.compile(r"([a-z])([0-9]+)\Z")
_NAMED_BY_TYPE = {
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "phonenumber",
    "email",
    "subscriberid",
    "simserial",
}
_REFERRING = (
    "label",
    "hint",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "choice_filter",
    "repeat_count",
    "trigger",
    "default",
    "required",
    "parameters",
    "type",
    "entity_id",
    "create_if",
    "update_if",
    "instance_name",
    "media",
    "read_only",
)


@dataclass(slots=True)
class Names:
    """Gives names: the old one of words that stayed, else the next number of its letter."""

    known: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    used: set[str] = field(default_factory=set)

    @classmethod
    def after(cls, definition: Sequence[Question], ever_used: Iterable[str] = ()) -> "Names":
        """Begin from the version before, and from every name that any earlier version used."""
        names = cls(used={*ever_used})
        seen: set[str] = set()
        for one in definition:
            names._keep(_letter(one["type"]), one["label"], one["name"])
            parts = one["group"].split("/") if one["group"] else []
            letters = ["r" if one["repeat"].endswith(part) else "g" for part in parts]
            if len(parts) == len(one["groups"]):
                for at, (letter, label) in enumerate(zip(letters, one["groups"], strict=True)):
                    if (path := "/".join(parts[: at + 1])) not in seen:
                        seen.add(path)
                        names._keep(letter, label, parts[at])
            names.used.update((one["name"], *parts))
        return names

    def _keep(self, letter: str, label: str, name: str) -> None:
        if label and name:
            self.known[letter, collapse(label)].append(name)

    def name_for(self, letter: str, label: str, taken: Collection[str]) -> str:
        """Return a name for words; `taken` are the names that this form has already."""
        waiting = self.known.get((letter, collapse(label)), [])
        while waiting:
            name = waiting.pop(0)
            if name not in taken:
                return name
        numbers = [
            int(found.group(2))
            for name in self.used
            if (found := _CODED.match(name)) and found.group(1) == letter
        ]
        name = f"{letter}{max(numbers, default=0) + 1}"
        self.used.add(name)
        return name


def letter_of(kind: str) -> str:
    """Return the letter that names of a type of row begin with: q, g(roup), r(epeat), n(ote), c(alculation)."""
    words = kind.lower().replace("_", " ").split()
    if words[:1] == ["begin"]:
        return "r" if "repeat" in words else "g"
    return _letter(words[0] if words else "")


def _letter(kind: str) -> str:
    return {"note": "n", "calculate": "c"}.get(kind, "q")


def give_names(book: Book, names: Names) -> dict[str, str]:
    """Name the rows that have no name, or one that no device understands; return old -> new for those that were renamed.

    References such as ${ข้อ 1}, by an old name or by the words of a question, follow a renamed question wherever the form speaks of it.
    """
    survey = book.sheet("survey")
    given = {row["name"] for row in survey.filled() if PLAIN.match(row.get("name", ""))}
    names.used.update(given)
    renamed: dict[str, str] = {}
    by_words: dict[str, str] = {}
    for row in survey.filled():
        kind, old = row.get("type", ""), row.get("name", "")
        lowered = kind.lower()
        if not kind or (lowered.startswith("end") and lowered not in {"end"}) or lowered == "audit":
            continue
        if PLAIN.match(old):
            continue
        if lowered in _NAMED_BY_TYPE:
            row["name"] = lowered
        else:
            row["name"] = names.name_for(letter_of(kind), label_of(row), given)
        given.add(row["name"])
        if old:
            renamed[old] = row["name"]
        by_words.setdefault(label_of(row), row["name"])
    if "name" not in survey.headers:
        survey.headers.append("name")
    _follow(book, by_words | renamed)
    _give_values(book)
    return renamed


def label_of(row: dict[str, str]) -> str:
    """Return the words of a row: its label, in Thai where there are several languages."""
    labels = {
        head: text for head, text in row.items() if head.partition("::")[0].strip() == "label"
    }
    thai = [
        text
        for head, text in labels.items()
        if "th" in head.lower().split("::")[-1] or "ไทย" in head
    ]
    return collapse((thai or list(labels.values()) or [""])[0])


def _follow(book: Book, renamed: dict[str, str]) -> None:
    if not renamed:
        return

    def new(found: re.Match[str]) -> str:
        return f"${{{renamed.get(found.group(1), found.group(1))}}}"

    for sheet in book.sheets.values():
        for row in sheet.rows:
            for head, text in row.items():
                if "${" in text and head.partition("::")[0].strip() in _REFERRING:
                    row[head] = REFERENCE.sub(new, text)


def _give_values(book: Book) -> None:
    """Give choices without a value the number of their level where their words are those of a scale, else 1, 2, 3 …"""
    choices = book.sheet("choices")
    key = "list_name" if "list_name" in choices.headers else "list name"
    lists: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in choices.filled():
        if row.get(key):
            lists[row[key]].append(row)
    for rows in lists.values():
        if not any(row.get("name") for row in rows):
            for row, value in zip(
                rows, values_for([label_of(one) for one in rows]) or [], strict=False
            ):
                row["name"] = value
        used = {row["name"] for row in rows if row.get("name")}
        numbers = (str(number) for number in count(1) if str(number) not in used)
        for row in rows:
            if not row.get("name"):
                row["name"] = next(numbers)
    if choices.headers and "name" not in choices.headers:
        choices.headers.append("name")
