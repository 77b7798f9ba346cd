"""What the converter of forms complains of, said so that an office understands it.

Each complaint names the sheet, the row and the column where the converter does. What is not known here is shown as the
converter wrote it, with a line of Thai that says where it comes from.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from nithet.domain.instruments.rules.converter_sentences import SENTENCES
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid

_ROW = re.compile(r"\[row ?: ?(\d+)\]\s*")
_SHEET = re.compile(r"On the '(\w+)' sheet, the '([^']*)' value")
_LONGEST_ORIGINAL = 600


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that was found in a form; `message` is an English message id with places for `params`.

    `row` None: no row is named. `original` is what the converter wrote, kept where its sentence is not one of those known.
    """

    code: str
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    sheet: str = ""
    row: int | None = None
    column: str = ""
    original: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept with a version."""
        return {
            "code": self.code,
            "message": self.message,
            "params": self.params,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "original": self.original,
        }

    def as_error(self) -> BadInput:
        """Return it as the refusal of a form."""
        return FormRefused(
            f"form.{self.code}", self.message, field="file", complaint=self, **self.params
        )


class FormRefused(BadInput):
    """A form cannot be used; `params["complaint"]` is the `Complaint` with its place."""


UNKNOWN = msgid("The converter of forms says: %(original)s")


def told(text: str) -> list[Complaint]:
    """Return what the converter wrote as complaints; several sentences of one text each with its row."""
    parts = [part for part in re.split(r"\n(?=\[row)", text.strip()) if part.strip()]
    return [_told(part.strip()) for part in parts]


def _told(text: str) -> Complaint:
    place = _ROW.search(text)
    row = int(place.group(1)) if place else None
    column = _SHEET.search(text)
    sheet = column.group(1) if column else ("survey" if row is not None else "")
    words = _ROW.sub("", text, count=1)
    where = {"sheet": sheet, "row": row, "column": column.group(2) if column else ""}
    for known in SENTENCES:
        if found := known.pattern.search(words):
            params = {key: (value or "").strip() for key, value in found.groupdict().items()}
            return Complaint(known.code, known.message, params, **where)  # type: ignore[arg-type]  # of these types
    original = words[:_LONGEST_ORIGINAL]
    return Complaint("converter", UNKNOWN, {"original": original}, original=original, **where)  # type: ignore[arg-type]
