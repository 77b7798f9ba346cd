"""Small parts that the papers of the supervision cycle are built of."""

from collections.abc import Sequence

from nithet.foundation.documents.model import Align, Cell, Paragraph, Row, Run, Table, paragraph

NOT_STATED = "–"
LONGEST_WHOLE = 700
"""Letters up to which a row is never torn over two pages."""


def cell(text: str, *, align: Align = Align.LEFT, bold: bool = False, columns: int = 1) -> Cell:
    """Return a cell with a paragraph for each line."""
    lines = [line for line in text.splitlines() if line.strip()] or [""]
    return Cell(tuple(paragraph(line, bold=bold, align=align) for line in lines), columns=columns)


def table(heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> Table:
    """Return a table; a cell without words shows a dash, and rows that are not long stay on their page."""
    return Table(
        tuple(widths),
        Row(tuple(cell(one, align=Align.CENTER, bold=True) for one in heads)),
        tuple(
            Row(
                tuple(cell(one or NOT_STATED) for one in row),
                keep_together=sum(map(len, row)) <= LONGEST_WHOLE,
            )
            for row in rows
        ),
        size=14,
    )


def fact(term: str, text: str) -> Paragraph:
    """Return a term with what it is."""
    return Paragraph((Run(f"{term}: ", bold=True), Run(text or NOT_STATED)))


def words(text: str) -> list[Paragraph]:
    """Return a text as paragraphs, one a line."""
    return [paragraph(line.strip(), first_line=12.5) for line in text.splitlines() if line.strip()]
