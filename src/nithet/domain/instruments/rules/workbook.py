"""Opening an XLSForm without trusting it: sheets, headings and rows as plain text, whatever they are called here."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from nithet.foundation.documents.cells import Cell
from nithet.foundation.documents.workbook_reading import (
    every_sheet,
    formula_cells,
    is_old_workbook,
)
from nithet.kernel.errors import BadInput
from nithet.kernel.text import collapse

MOST_BYTES = 5 * 1024 * 1024
MOST_QUESTIONS = 2_000
MOST_CHOICES = 20_000
LONGEST_TEXT = 8_000
_LOOKED_AT = 12

SHEETS = {
    "survey": "survey",
    "คำถาม": "survey",
    "แบบ": "survey",
    "choices": "choices",
    "ตัวเลือก": "choices",
    "settings": "settings",
    "ตั้งค่า": "settings",
    "การตั้งค่า": "settings",
    "external_choices": "external_choices",
    "entities": "entities",
    "osm": "osm",
}
HEADINGS = {
    "ประเภท": "type",
    "ชนิด": "type",
    "รหัส": "name",
    "คำถาม": "label",
    "ข้อความ": "label",
    "ข้อคำถาม": "label",
    "คำอธิบาย": "hint",
    "จำเป็น": "required",
    "ส่วนบุคคล": "private",
    "รายการ": "list_name",
    "ชุดตัวเลือก": "list_name",
    "ตัวเลือก": "label",
    "ชื่อแบบ": "form_title",
    "รหัสแบบ": "form_id",
    "ฉบับ": "version",
    "ฉบับที่": "version",
}
_KNOWN_HEADINGS = {
    "survey": {"type", "name", "label"},
    "choices": {"list_name", "list name", "name", "label"},
    "settings": {"form_title", "form_id", "version", "default_language", "id_string", "title"},
    "external_choices": {"list_name", "list name", "name"},
    "entities": {"list_name", "dataset", "label", "entity_id"},
    "osm": {"list_name", "name", "label"},
}


@dataclass(slots=True)
class Sheet:
    """A sheet: its headings, and its rows from the one numbered 2 on; a row without text is empty, so that numbers stay."""

    headers: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    def filled(self) -> list[dict[str, str]]:
        """Return the rows that hold anything."""
        return [row for row in self.rows if row]


@dataclass(slots=True)
class Book:
    """An XLSForm as text: the sheets that forms know, all sheet names, and what was told while opening it.

    `computed` are cells whose formula gave a value ("survey!B5"); the value was taken.
    """

    sheets: dict[str, Sheet]
    names: list[str]
    title: str = ""
    computed: list[str] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet:
        """Return a sheet, an empty one where the book has none of that name."""
        return self.sheets.setdefault(name, Sheet())

    def setting(self, *names: str) -> str:
        """Return the first of some settings that is given, "" where none is."""
        rows = self.sheet("settings").filled()
        return next((rows[0][name] for name in names if rows and rows[0].get(name)), "")

    def set(self, name: str, value: str) -> None:
        """Give a setting."""
        sheet = self.sheet("settings")
        if not sheet.filled():
            sheet.rows = [{}]
        next((row for row in sheet.rows if row), sheet.rows[0])[name] = value
        if name not in sheet.headers:
            sheet.headers.append(name)


def open_book(data: bytes, file_name: str) -> Book:
    """Open the bytes of an XLSForm.

    Raises `BadInput` for what is no workbook, is protected, holds macros, is too large, has no sheet of questions, or has a
    formula without a value.
    """
    _check_kind(data, file_name)
    found = every_sheet(data, file_name)
    formulas = formula_cells(data)
    book = Book({}, list(found), PurePath(file_name).stem)
    for title, rows in found.items():
        name = _sheet_name(title, len(found))
        if name is None or name in book.sheets:
            continue
        book.computed += _computed(title, rows, formulas.get(title, []))
        book.sheets[name] = _sheet(name, rows)
    if not book.sheet("survey").filled():
        raise BadInput(
            "form.no_questions",
            "The workbook has no sheet of questions. An XLSForm has a sheet “survey” with the columns type, name and label; for an ordinary table use “Paste a table”.",
            field="file",
        )
    if (
        len(book.sheet("survey").rows) > MOST_QUESTIONS
        or len(book.sheet("choices").rows) > MOST_CHOICES
    ):
        raise BadInput(
            "form.too_long",
            "The form is too long: at most %(questions)s rows of questions and %(choices)s choices.",
            field="file",
            questions=MOST_QUESTIONS,
            choices=MOST_CHOICES,
        )
    return book


def _check_kind(data: bytes, file_name: str) -> None:
    if not data.strip():
        raise BadInput("form.empty", "The file is empty.", field="file")
    if len(data) > MOST_BYTES:
        raise BadInput(
            "form.too_large",
            "The file is larger than %(megabytes)s MB. A form holds words only: bring pictures beside it.",
            field="file",
            megabytes=MOST_BYTES // (1024 * 1024),
        )
    if is_old_workbook(data):
        raise BadInput(
            "form.old_workbook",
            "This is an Excel file of the old kind (.xls) or one with a password. Open it, remove the password, save it as .xlsx and bring that.",
            field="file",
        )
    if not data.startswith(b"PK\x03\x04"):
        raise BadInput(
            "form.no_workbook",
            "This is not an Excel workbook (.xlsx). Save the form as .xlsx and bring that.",
            field="file",
        )


def _sheet_name(title: str, sheets: int) -> str | None:
    name = SHEETS.get(collapse(title).lower())
    return "survey" if name is None and sheets == 1 else name


def _computed(
    title: str, rows: list[tuple[int, tuple[Cell, ...]]], formulas: list[str]
) -> list[str]:
    """Return the formula cells that have a value; refuse one that has none."""
    values = dict(rows)
    for address in formulas:
        letters = address.rstrip("0123456789")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        cells = values.get(int(address[len(letters) :]), ())
        if column > len(cells) or cells[column - 1] is None:
            raise BadInput(
                "form.formula",
                "Cell %(cell)s of the sheet “%(sheet)s” holds a formula whose value is not in the file. Open the file in Excel, save it and bring it again, or write the words themselves.",
                field="file",
                cell=address,
                sheet=title,
            )
    return [f"{title}!{address}" for address in formulas]


def _sheet(name: str, rows: list[tuple[int, tuple[Cell, ...]]]) -> Sheet:
    if not rows:
        return Sheet()
    at = _header_at(name, rows)
    _, head = rows[at]
    headers = [_heading(cell) for cell in head]
    for one in {header for header in headers if header and headers.count(header) > 1}:
        raise BadInput(
            "form.heading_twice",
            "The sheet “%(sheet)s” has the column “%(heading)s” twice. Remove or rename one.",
            field="file",
            sheet=name,
            heading=one,
        )
    sheet = Sheet([header for header in headers if header])
    last = 1
    for row, cells in rows[at + 1 :]:
        sheet.rows += [{} for _ in range(row - last - 1)]
        texts = {
            header: text
            for header, cell in zip(headers, cells, strict=False)
            if header and (text := _text(cell, name, row))
        }
        sheet.rows.append(texts)
        last = row
    return sheet


def _header_at(name: str, rows: list[tuple[int, tuple[Cell, ...]]]) -> int:
    """Find the row of headings: the first that holds one a form must have; a title above it is passed over."""
    known = _KNOWN_HEADINGS[name]
    for at, (_, cells) in enumerate(rows[:_LOOKED_AT]):
        headings = {_heading(cell).partition("::")[0].strip() for cell in cells}
        if len(headings & known) >= min(2, len(known)) or (name == "settings" and headings & known):
            return at
    return 0


def _heading(cell: Cell) -> str:
    if cell is None:
        return ""
    words = collapse(str(cell))
    stem, separator, language = words.partition("::")
    known = HEADINGS.get(stem.strip(), stem.strip())
    lowered = known.lower() if known.lower() in _LOWERED else known
    return f"{lowered}{separator}{language}"


_LOWERED = {
    *(one for names in _KNOWN_HEADINGS.values() for one in names),
    *("hint", "required", "relevant", "constraint", "constraint_message", "calculation"),
    *("appearance", "choice_filter", "repeat_count", "parameters", "trigger", "save_to", "private"),
    *("read_only", "default", "required_message", "note", "media"),
}


def _text(cell: Cell, sheet: str, row: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = cell.isoformat() if isinstance(cell, date) else str(cell)
    text = text.replace("\u00a0", " ").strip()
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            "form.cell_too_long",
            "A cell in row %(row)s of the sheet “%(sheet)s” is longer than %(letters)s letters. Shorten it.",
            field="file",
            row=row,
            sheet=sheet,
            letters=LONGEST_TEXT,
        )
    if any(ord(sign) < 32 and sign not in "\n\t\r" for sign in text):
        raise BadInput(
            "form.odd_signs",
            "A cell in row %(row)s of the sheet “%(sheet)s” holds signs that no form can show. Write its words again.",
            field="file",
            row=row,
            sheet=sheet,
        )
    return text
