"""XLSForms for tests, written with another library than the product writes its own."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.workbook import open_book
from nithet.domain.instruments.rules.xlsform import Converted, converted, title_of

Row = Mapping[str, object]

FIVE = [
    {"list_name": "five", "name": str(5 - at), "label": words}
    for at, words in enumerate(["มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด"])
]


def xlsx(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """Return a workbook: the headings of a sheet are the keys of its rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        heads = list(dict.fromkeys(key for row in rows for key in row))
        page.append(heads)
        for row in rows:
            page.append([row.get(head) for head in heads])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def form(survey: Sequence[Row], choices: Sequence[Row] = FIVE, **more: Sequence[Row]) -> bytes:
    """Return a form with the usual sheets."""
    settings = more.pop("settings", [{"form_title": "แบบทดสอบ", "form_id": "test", "version": "1"}])
    sheets: dict[str, Sequence[Row]] = {"survey": survey, **more}
    if choices:
        sheets["choices"] = choices
    if settings:
        sheets["settings"] = settings
    return xlsx(sheets)


def convert(data: bytes, names: Names | None = None, brought: Sequence[str] = ()) -> Converted:
    """Convert the bytes of a form as the product does."""
    book = open_book(data, "form.xlsx")
    return converted(
        book,
        form_id="test",
        title=title_of(book),
        version="1",
        names=names or Names(),
        brought=brought,
    )


def row(kind: str, name: str = "", label: str = "", **cells: object) -> Row:
    """Return a row of questions."""
    return {
        key: text
        for key, text in {"type": kind, "name": name, "label": label, **cells}.items()
        if text
    }
