"""How a form that is still being drawn up will look."""

from nithet.domain.instruments.rules.definition import Question
from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.sheets import FormSheet, workbook_of
from nithet.domain.instruments.rules.workbook import open_book
from nithet.domain.instruments.rules.xlsform import converted


def drawn(sheet: FormSheet) -> list[Question]:
    """Return the questions that a sheet becomes, by the same way that it will be kept; nothing is written.

    Raises what `workbook_of` and the converter raise.
    """
    book = open_book(workbook_of(sheet, names=Names()), "form.xlsx")
    form = converted(book, form_id="form", title=sheet.title, version="1", names=Names())
    return form.definition
