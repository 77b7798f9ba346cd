"""A blank form on paper: A4, the school's name, ticks in tables, lines to write on, and the code in its foot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nithet.domain.instruments.rules.definition import Question
from nithet.domain.instruments.rules.layout import Block, BlockKind, Numbered, blocks_of
from nithet.foundation.documents.model import (
    Align,
    Cell,
    Document,
    Heading,
    Page,
    Paragraph,
    QrCode,
    Row,
    Run,
    Running,
    Spacer,
    Table,
    paragraph,
)

_SIZE = 15.0
_HEAD_SIZE = 11.0
_DOTS = 124
_SHORT_DOTS = 40
_ONE_LINE = 80
_LINES = 3
_ROWS_OF_REPEAT = 4
_SCHOOL, _DAY = "โรงเรียน", "วันที่"
_HOW = "ทำเครื่องหมาย ✓ ในช่องที่ตรงกับสิ่งที่พบ เว้นว่างได้หากไม่ได้พบ"
_ELSEWHERE = {
    "image": "(แนบภาพ)",
    "audio": "(บันทึกเสียงในเครื่อง)",
    "video": "(บันทึกวิดีโอในเครื่อง)",
    "file": "(แนบแฟ้ม)",
    "geopoint": "(บันทึกพิกัดในเครื่อง)",
    "geotrace": "(บันทึกพิกัดในเครื่อง)",
    "geoshape": "(บันทึกพิกัดในเครื่อง)",
    "barcode": "(สแกนในเครื่อง)",
}
_PREFILLED = {"school", "visited_on"}


@dataclass(frozen=True, slots=True)
class Blank:
    """A form to print; `school` "" leaves a line for its name, `address` "" prints no QR.

    `code` is what the QR says in letters, to be typed where it cannot be read.
    """

    title: str
    version: str
    definition: list[Question]
    office: str
    school: str = ""
    address: str = ""
    code: str = ""


def document_of(blank: Blank) -> Document:
    """Return a blank form as a document of one to a few pages."""
    definition = [one for one in blank.definition if one["name"] not in _PREFILLED or one["repeat"]]
    blocks = blocks_of(definition)
    content: list[Any] = [Heading(1, blank.title, Align.CENTER)]
    content.append(_line_of_school(blank))
    if any(block.kind == BlockKind.MATRIX for block in blocks):
        content.append(paragraph(_HOW))
    for block in blocks:
        content += _of(block)
    return Document(
        title=f"{blank.title} {blank.school}".strip(),
        blocks=tuple(content),
        page=Page(top=20.0, bottom=18.0, left=20.0, right=15.0),
        running=Running(
            head=blank.office,
            number=f"ฉบับที่ {blank.version}" + (f" · {blank.code}" if blank.code else ""),
            pages="หน้า {page} จาก {pages}",
            qr=QrCode(blank.address, f"รหัสของแบบนี้ {blank.code}", 16.0) if blank.address else None,
        ),
        size=_SIZE,
        organisation=blank.office,
    )


def _line_of_school(blank: Blank) -> Paragraph:
    school = blank.school.removeprefix(_SCHOOL).strip()
    name = f" {school}" if school else "." * _SHORT_DOTS
    return Paragraph(
        (
            Run(_SCHOOL, bold=True),
            Run(f"{name}   "),
            Run(_DAY, bold=True),
            Run("........ เดือน ..................... พ.ศ. ............"),
        )
    )


def _of(block: Block) -> Iterator[Any]:
    match block.kind:
        case BlockKind.HEADING:
            yield Heading(2, block.heading)
        case BlockKind.MATRIX:
            yield _matrix(block)
            yield Spacer(2.0)
        case BlockKind.REPEAT:
            yield _repeat(block)
            yield Spacer(2.0)
        case BlockKind.QUESTION:
            yield from _question(block.questions[0])


def _matrix(block: Block) -> Table:
    choices = block.choices
    each = min(16.0, 76.0 / len(choices))
    widths = (9.0, 165.0 - each * len(choices), *(each for _ in choices))
    header = Row(
        (
            _cell("ที่", bold=True, align=Align.CENTER),
            _cell("รายการ", bold=True, align=Align.CENTER),
            *(_level(one) for one in choices),
        )
    )
    rows = tuple(
        Row(
            (
                _cell(str(one.number), align=Align.CENTER),
                _cell(one.question["label"]),
                *(Cell((paragraph(""),)) for _ in choices),
            ),
            keep_together=True,
        )
        for one in block.questions
    )
    return Table(widths, header, rows, size=_SIZE, head_size=_HEAD_SIZE, header_cells=2)


def _level(choice: dict[str, str]) -> Cell:
    lines = [choice["value"], choice["label"]] if choice["value"].isdecimal() else [choice["label"]]
    return Cell(tuple(paragraph(one, bold=True, align=Align.CENTER) for one in lines))


def _cell(text: str, *, bold: bool = False, align: Align = Align.LEFT) -> Cell:
    return Cell((paragraph(text, bold=bold, align=align),))


def _repeat(block: Block) -> Table:
    header = Row(tuple(_cell(one.question["label"], bold=True) for one in block.questions))
    tall = Cell((paragraph(""), paragraph("")))
    rows = tuple(
        Row(tuple(tall for _ in block.questions), keep_together=True)
        for _ in range(_ROWS_OF_REPEAT)
    )
    widths = tuple(_width(one.question) for one in block.questions)
    return Table(widths, header, rows, size=_SIZE, head_size=_HEAD_SIZE)


def _width(question: Question) -> float:
    return 25.0 if question["type"] in {"date", "time", "integer", "decimal"} else 60.0


def _question(one: Numbered) -> Iterator[Any]:
    question = one.question
    if question["type"] == "note":
        yield paragraph(question["label"])
        return
    label = question["label"]
    if question["type"] == "signature":
        yield Spacer(6.0)
        yield paragraph(
            f"ลงชื่อ {'.' * _SHORT_DOTS} {label.removeprefix('ลายมือชื่อ')}", align=Align.RIGHT
        )
        return
    if words := _ELSEWHERE.get(question["type"]):
        yield paragraph(f"{label} {words}")
        return
    yield Paragraph((Run(label, bold=True),), keep_with_next=True)
    if question["hint"]:
        yield paragraph(question["hint"], indent=6.0)
    yield from _room(question)


def _room(question: Question) -> Iterator[Any]:
    kind = question["type"]
    if question["choices"]:
        mark = "(   )" if kind != "rank" else "......"
        words = [f"{mark} {choice['label']}" for choice in question["choices"]]
        if sum(map(len, words)) < _ONE_LINE:
            yield paragraph("     ".join(words), indent=6.0)
        else:
            for word in words:
                yield paragraph(word, indent=6.0)
    elif kind == "range" and question["scale"]:
        yield paragraph(
            "     ".join(f"(   ) {n + 1}" for n in range(question["scale"])), indent=6.0
        )
    elif kind == "acknowledge":
        yield paragraph("(   ) รับทราบ", indent=6.0)
    elif kind in {"date", "dateTime"}:
        yield paragraph("วันที่ ........ เดือน ..................... พ.ศ. ............", indent=6.0)
    elif kind == "text" and ("multiline" in question["appearance"] or not question["appearance"]):
        lines = _LINES if "multiline" in question["appearance"] else 1
        for _ in range(lines):
            yield paragraph("." * _DOTS, indent=6.0)
    else:
        yield paragraph("." * _SHORT_DOTS, indent=6.0)
