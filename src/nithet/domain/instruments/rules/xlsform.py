"""From an XLSForm to the XForm that devices read and the definition that the product reads."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from nithet.domain.instruments.rules.complaints import Complaint, told
from nithet.domain.instruments.rules.definition import Question, definition_of
from nithet.domain.instruments.rules.linting import lint
from nithet.domain.instruments.rules.names import PLAIN, Names, give_names
from nithet.domain.instruments.rules.workbook import Book, Sheet
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

YES = {"yes", "true", "1", "ใช่", "x", "true()"}
MOST_COMPLAINTS = 200
LONGEST_TITLE = 300
LONGEST_CODE = 120
_ENGLISH_OTHER = (
    ("<label>Other</label>", "<label>อื่น ๆ</label>"),
    ("<label>Specify other.</label>", "<label>โปรดระบุ</label>"),
)


@dataclass(frozen=True, slots=True)
class Converted:
    """A form as it will be kept; `itemsets` is the file of outside choices that devices fetch, None where there is none."""

    form_id: str
    title: str
    version: str
    xform: str
    definition: list[Question]
    complaints: list[Complaint]
    itemsets: bytes | None

    @property
    def hash(self) -> str:
        """Return the hash by which devices know whether they have this form."""
        return hash_of(self.xform)


def hash_of(xform: str) -> str:
    """Return "md5:" and the digest of an XForm, as OpenRosa writes it."""
    return f"md5:{hashlib.md5(xform.encode(), usedforsecurity=False).hexdigest()}"


def title_of(book: Book) -> str:
    """Return the title that a book gives itself; its file's name where it gives none."""
    return collapse(book.setting("form_title", "title", "set_form_title") or book.title)[
        :LONGEST_TITLE
    ]


def form_id_of(book: Book) -> str:
    """Return the code that a book gives itself, "" where it gives none or one that no device understands."""
    said = book.setting("form_id", "id_string", "set_form_id")
    return said if PLAIN.match(said) and len(said) <= LONGEST_CODE else ""


def version_of(book: Book) -> str:
    """Return the version that a book gives itself, "" where it gives none."""
    return collapse(book.setting("version"))[:60]


def converted(
    book: Book,
    *,
    form_id: str,
    title: str,
    version: str,
    names: Names,
    brought: Collection[str] = (),
) -> Converted:
    """Convert a book under a code and version; `names` knows the version before, `brought` are the files beside the form.

    The book is changed: names and settings are filled in. Raises `BadInput` with row and column for what cannot be used.
    """
    complaints = [_computed(book)] if book.computed else []
    renamed = give_names(book, names)
    if renamed:
        complaints.append(_renamed(renamed))
    for name, value in (("form_id", form_id), ("form_title", title), ("version", version)):
        book.set(name, value)
    private = take_private(book)
    complaints += lint(book, brought)
    xform, said, itemsets = _convert(book)
    complaints += [one for text in said for one in told(text) if not _is_of_signature(one, book)]
    definition = definition_of(xform, private)
    if not any(one["asks"] for one in definition):
        raise BadInput(
            "form.asks_nothing",
            "The form asks nothing: no row of the sheet of questions is a question.",
            field="file",
        )
    return Converted(
        form_id, title, version, xform, definition, complaints[:MOST_COMPLAINTS], itemsets
    )


def _is_of_signature(complaint: Complaint, book: Book) -> bool:
    """Say whether it is a signature that is asked for its size: it is drawn, not photographed."""
    rows = book.sheet("survey").rows
    if complaint.code != "max_pixels" or complaint.row is None or complaint.row - 2 >= len(rows):
        return False
    return "signature" in rows[complaint.row - 2].get("appearance", "")


def take_private(book: Book) -> set[str]:
    """Take the column “private” out of a book and return the names of the questions it marks."""
    survey = book.sheet("survey")
    survey.headers = [head for head in survey.headers if head != "private"]
    return {
        row["name"]
        for row in survey.filled()
        if row.pop("private", "").strip().lower() in YES and "name" in row
    }


def _computed(book: Book) -> Complaint:
    return Complaint(
        "computed",
        msgid(
            "The cells %(cells)s hold formulas. The words they showed when the file was last saved were taken."
        ),
        {"cells": ", ".join(book.computed[:10])},
    )


def _renamed(renamed: dict[str, str]) -> Complaint:
    shown = [f"{old} → {new}" for old, new in list(renamed.items())[:10]]
    return Complaint(
        "renamed",
        msgid("Names that devices do not understand were replaced: %(names)s."),
        {"names": ", ".join(shown)},
    )


def _convert(book: Book) -> tuple[str, list[str], bytes | None]:
    said: list[str] = []
    try:
        result = convert(_as_dict(book), warnings=said, validate=False, form_name="data")
    except PyXFormError as error:
        raise _first(str(error)).as_error() from error
    except RuleBroken:
        raise
    except Exception as error:
        raise BadInput(
            "form.not_understood",
            "The form is not understood. Compare its sheets and headings with the example and try again.",
            field="file",
        ) from error
    xform = result.xform
    for english, thai in _ENGLISH_OTHER:
        xform = xform.replace(english, thai)
    return xform, said, result.itemsets.encode() if result.itemsets else None


def _first(text: str) -> Complaint:
    found = told(text)
    return found[0] if found else Complaint("converter", msgid("The form is not understood."))


_SHEETS_OF_CONVERTER = ("survey", "choices", "settings", "external_choices", "entities", "osm")


def _as_dict(book: Book) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sheet_names": [*_SHEETS_OF_CONVERTER[:3]],
        "fallback_form_name": "data",
    }
    for name in _SHEETS_OF_CONVERTER:
        sheet = book.sheets.get(name, Sheet())
        if sheet.filled():
            found[name] = [dict(row) for row in sheet.rows]
            found[f"{name}_header"] = [dict.fromkeys(sheet.headers)]
    found["sheet_names"] = [name for name in _SHEETS_OF_CONVERTER if name in found]
    return found
