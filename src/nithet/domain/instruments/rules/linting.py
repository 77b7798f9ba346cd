"""What a form may do wrong without any converter noticing it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from nithet.domain.instruments.rules.complaints import Complaint
from nithet.domain.instruments.rules.names import REFERENCE, label_of
from nithet.domain.instruments.rules.workbook import Book
from nithet.kernel.messages import msgid

_TOKEN = re.compile(
    r"'[^']*'|\"[^\"]*\"|\$\{[^}]*\}|[A-Za-z_][A-Za-z0-9_.:-]*\s*\(|[()]|[+*]|(?<=[\s)}])-(?=[\s(\d$])|\b(?:div|mod)\b"
)
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_.:-]*)\s*\($")
_SAFE_CALLS = {
    "coalesce",
    "if",
    "once",
    "concat",
    "join",
    "string",
    "string-length",
    "count",
    "count-non-empty",
    "count-selected",
    "selected",
    "selected-at",
    "jr:choice-name",
    "boolean",
    "not",
    "position",
    "indexed-repeat",
    "format-date",
    "format-date-time",
    "regex",
    "contains",
    "starts-with",
    "digest",
    "uuid",
}
_COUNTING_CALLS = {
    "sum",
    "max",
    "min",
    "number",
    "int",
    "round",
    "pow",
    "sqrt",
    "abs",
    "floor",
    "ceiling",
}
_NUMBERS = {"integer", "int", "decimal", "range"}
_MEDIA = ("image", "big-image", "audio", "video", "media")
_SOME_RATINGS = 2
_LONGEST = 4_000
"""Letters of an expression that is still looked at; nobody reads a longer one."""
_FILES = re.compile(
    r"^(?:select_(?:one|multiple)_from_file|select (?:one|multiple) from file)\s+(\S+)"
)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    name: str
    kind: str
    is_required: bool
    cells: dict[str, str]

    @property
    def can_be_counted(self) -> bool:
        """Say whether its answer is a number or a rating."""
        return self.kind.split(" ")[0] in {*_NUMBERS, "select_one", "select"}


def lint(book: Book, brought: Collection[str] = ()) -> list[Complaint]:
    """Return what should be looked at; `brought` are the names of the files that came beside the form."""
    rows = [
        _Row(
            number,
            row.get("name", ""),
            row.get("type", "").strip(),
            row.get("required", "").lower() in {"yes", "true", "true()"},
            row,
        )
        for number, row in enumerate(book.sheet("survey").rows, 2)
        if row
    ]
    return [
        *_unanswered(rows),
        *_totals(rows),
        *_without_words(rows),
        *_missing_files(book, brought),
    ]


def unguarded(expression: str) -> set[str]:
    """Return the questions that an expression counts with although they may be unanswered.

    >>> sorted(unguarded("${a} + coalesce(${b}, 0)"))
    ['a']
    >>> sorted(unguarded("if(${a} = '', 0, ${a}) * 2")), sorted(unguarded("concat(${a}, ' ', ${b})"))
    ([], [])
    """
    if len(expression) > _LONGEST:
        return set()
    calls: list[str] = []
    found: set[str] = set()
    counts = False
    for piece in _TOKEN.findall(expression):
        if piece.startswith(("'", '"')):
            continue
        if call := _CALL.search(piece):
            calls.append(call.group(1))
            counts = counts or call.group(1) in _COUNTING_CALLS
        elif piece == "(":
            calls.append("")
        elif piece == ")":
            if calls:
                calls.pop()
        elif piece.startswith("${"):
            if not any(name in _SAFE_CALLS for name in calls):
                found.add(piece[2:-1].strip())
        else:
            counts = True
    return found if counts else set()


def _unanswered(rows: list[_Row]) -> Iterator[Complaint]:
    optional = {row.name: row for row in rows if row.can_be_counted and not row.is_required}
    for row in rows:
        if names := sorted(unguarded(row.cells.get("calculation", "")) & optional.keys()):
            yield Complaint(
                "unanswered",
                msgid(
                    "The calculation counts with “%(names)s”, which may be unanswered; then it shows “NaN”. Write coalesce(${%(first)s}, 0), or if(${%(first)s} = '', …)."
                ),
                {"names": ", ".join(names), "first": names[0]},
                sheet="survey",
                row=row.number,
                column="calculation",
            )


def _totals(rows: list[_Row]) -> Iterator[Complaint]:
    """Warn of a total that is shown while the form is filled: ratings are of practices, not of a teacher."""
    ratings = {row.name for row in rows if row.can_be_counted}
    totals = {
        row.name
        for row in rows
        if row.kind == "calculate"
        and len(ratings & set(REFERENCE.findall(row.cells.get("calculation", "")))) >= _SOME_RATINGS
    }
    for row in rows:
        if row.kind == "note" and totals & set(REFERENCE.findall(label_of(row.cells))):
            yield Complaint(
                "total_shown",
                msgid(
                    "A total of ratings is shown while the form is filled. Ratings are of practices: leave the total out of the classroom; the office sees its statistics."
                ),
                sheet="survey",
                row=row.number,
                column="label",
            )


def _without_words(rows: list[_Row]) -> Iterator[Complaint]:
    silent = {
        "calculate",
        "hidden",
        "audit",
        "start",
        "end",
        "today",
        "deviceid",
        "username",
        "phonenumber",
        "email",
    }
    for row in rows:
        kind = row.kind.lower()
        is_quiet = kind in silent or kind.startswith(
            ("begin", "end", "xml-external", "csv-external", "background")
        )
        has_media = any(head.partition("::")[0] in _MEDIA for head in row.cells)
        if kind and not is_quiet and not label_of(row.cells) and not has_media:
            yield Complaint(
                "no_words",
                msgid("A question has no words in the column “label”."),
                sheet="survey",
                row=row.number,
                column="label",
            )


def _missing_files(book: Book, brought: Collection[str]) -> Iterator[Complaint]:
    for name, row in wanted_files(book).items():
        if name not in brought:
            yield Complaint(
                "file_missing",
                msgid("The form needs the file “%(file)s”. Bring it together with the form."),
                {"file": name},
                sheet="survey" if row else "choices",
                row=row or None,
            )


def wanted_files(book: Book) -> dict[str, int]:
    """Return the files that a form speaks of, with the row that names each first (0: a row of choices)."""
    found: dict[str, int] = {}
    for number, row in enumerate(book.sheet("survey").rows, 2):
        kind = row.get("type", "").strip()
        if listed := _FILES.match(kind):
            found.setdefault(listed.group(1), number)
        if kind in {"csv-external", "xml-external"} and row.get("name"):
            found.setdefault(f"{row['name']}.{kind[:3]}", number)
        for name in _media_of(row):
            found.setdefault(name, number)
    for row in book.sheet("choices").filled():
        for name in _media_of(row):
            found.setdefault(name, 0)
    return found


def _media_of(row: dict[str, str]) -> list[str]:
    return [
        text
        for head, text in row.items()
        if head.removeprefix("media::").partition("::")[0] in _MEDIA and "${" not in text
    ]
