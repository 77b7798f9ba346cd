"""What a person sees of a file without opening it: a picture of a page, or its words and tables as plain values."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import docx
import openpyxl
import pptx
import pypdfium2
from PIL import Image, ImageOps

from nithet.foundation.files.workshop import kinds, open_document_words
from nithet.foundation.files.workshop.images import open_image, shrink
from nithet.foundation.files.workshop.plain_text import read
from nithet.kernel.messages import msgid

WIDEST = 1240
"""Pixels of a picture's longer side for pictures, and of a page's width."""
TALLEST = 1754
MOST_BLOCKS = 300
MOST_ROWS, MOST_COLUMNS = 120, 24
LONGEST = 2_000
"""Characters of one paragraph or cell."""
TEXT_LINES = 200
Block = dict[str, Any]
NOT_SHOWN = msgid("Files of this type are not shown here. Download it to look at it.")
HEIC_NOT_SHOWN = msgid(
    "Pictures of this telephone's own kind (HEIC) are not shown here. Download it to look at it."
)


def preview(file: BinaryIO, *, media_type: str, page: int) -> tuple[Any, list[bytes]]:
    """Make the preview of a page (from 1): {pages, blocks, is_cut, reason} and, where there is one, a WEBP picture."""
    make = _MAKERS.get(media_type)
    if make is None:
        reason = HEIC_NOT_SHOWN if media_type == kinds.HEIC.media_type else NOT_SHOWN
        return _told(0, reason=reason), []
    return make(file, page)


def _told(
    pages: int, blocks: Iterable[Block] = (), *, is_cut: bool = False, reason: str = ""
) -> Any:
    return {"pages": pages, "blocks": list(blocks), "is_cut": is_cut, "reason": reason}


Made = tuple[Any, list[bytes]]


def _pdf(file: BinaryIO, page: int) -> Made:
    document = pypdfium2.PdfDocument(file)
    pages = len(document)
    if not 1 <= page <= pages:
        return _told(pages), []
    shown = document[page - 1]
    width, height = shown.get_size()
    scale = min(WIDEST / max(width, 1), 2 * TALLEST / max(height, 1), 4)
    document.init_forms()
    picture = shown.render(scale=scale, may_draw_forms=True).to_pil()
    return _told(pages), [_webp(picture)]


def _image(file: BinaryIO, page: int) -> Made:
    picture = open_image(file.read())
    shrink(picture, 4 * TALLEST * TALLEST)
    pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
    if not 1 <= page <= pages:
        return _told(pages), []
    picture.seek(page - 1)
    picture.thumbnail((TALLEST, TALLEST))
    return _told(pages), [_webp(ImageOps.exif_transpose(picture))]


def _webp(picture: Image.Image) -> bytes:
    mode = (
        "RGBA" if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info else "RGB"
    )
    bare = picture.convert(mode)
    bare.info = {}
    kept = io.BytesIO()
    bare.save(kept, "WEBP", quality=80, method=2)
    return kept.getvalue()


def _docx(file: BinaryIO, page: int) -> Made:
    document = docx.Document(file)
    blocks: list[Block] = []
    for part in document.iter_inner_content():
        if len(blocks) >= MOST_BLOCKS:
            return _told(1, blocks, is_cut=True), []
        if hasattr(part, "rows"):
            blocks.append(table(_cells(part)))
        elif words := part.text.strip():
            style = (part.style.name or "") if part.style is not None else ""
            level = int(style[8:]) if style.startswith("Heading ") and style[8:].isdigit() else 0
            blocks.append(paragraph(words, level))
    return _told(1, blocks), []


def _cells(part: Any) -> Iterator[list[str]]:
    for row in part.rows:
        yield [cell.text.strip() for cell in row.cells]


def _xlsx(file: BinaryIO, page: int) -> Made:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheets = [
        sheet for sheet in book.worksheets if sheet.sheet_state == "visible"
    ] or book.worksheets
    if not 1 <= page <= len(sheets):
        return _told(len(sheets)), []
    sheet = sheets[page - 1]
    rows, is_cut = [], False
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)):
        if number >= MOST_ROWS:
            is_cut = True
            break
        rows.append([_shown(value) for value in row])
    while rows and not any(rows[-1]):
        rows.pop()
    return _told(len(sheets), [paragraph(sheet.title, 2), table(rows)], is_cut=is_cut), []


def _shown(value: object) -> str:
    if value is None:
        return ""
    return (
        f"{value:g}"
        if isinstance(value, float) and abs(value) < 1e15 and value == int(value)
        else str(value)
    )


def _pptx(file: BinaryIO, page: int) -> Made:
    slides = list(pptx.Presentation(file).slides)
    if not 1 <= page <= len(slides):
        return _told(len(slides)), []
    slide = slides[page - 1]
    title = slide.shapes.title
    blocks: list[Block] = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            is_title = title is not None and shape.shape_id == title.shape_id
            for one in shape.text_frame.paragraphs:
                if words := one.text.strip():
                    blocks.append(paragraph(words, 2 if is_title else 0))
        elif getattr(shape, "has_table", False) and shape.has_table:
            blocks.append(
                table([cell.text.strip() for cell in row.cells] for row in shape.table.rows)
            )
    return _told(len(slides), blocks[:MOST_BLOCKS]), []


def _open_document(file: BinaryIO, page: int) -> Made:
    with zipfile.ZipFile(file) as archive:
        content = archive.read("content.xml")
    blocks = [
        table(value) if isinstance(value, list) else paragraph(value, level)
        for level, value in open_document_words.blocks(
            content, MOST_BLOCKS, MOST_ROWS, MOST_COLUMNS
        )
    ]
    return _told(1, blocks, is_cut=len(blocks) >= MOST_BLOCKS), []


def _text(file: BinaryIO, page: int) -> Made:
    data = file.read()
    lines = (read(data) or "").lstrip("\ufeff").splitlines()
    return _told(
        1, [paragraph(line, 0) for line in lines[:TEXT_LINES]], is_cut=len(lines) > TEXT_LINES
    ), []


def _csv(file: BinaryIO, page: int) -> Made:
    text = (read(file.read()) or "").lstrip("\ufeff")
    lines = text.splitlines()
    first = lines[0] if lines else ""
    mark = max(",;\t", key=first.count)
    rows = [line[: LONGEST * 4] for line in lines[:MOST_ROWS]]
    parsed = csv.reader(rows, delimiter=mark)
    return _told(1, [table(row for row in parsed)], is_cut=len(lines) > MOST_ROWS), []


def _zip(file: BinaryIO, page: int) -> Made:
    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    rows = [[member.filename, f"{member.file_size:,}"] for member in members[:MOST_ROWS]]
    return _told(1, [table(rows)], is_cut=len(members) > MOST_ROWS), []


def paragraph(words: str, level: int) -> Block:
    """A paragraph, or a heading of a level from 1."""
    return {
        "kind": "heading" if level else "paragraph",
        "level": min(level, 6),
        "text": words[:LONGEST],
    }


def table(rows: Iterable[list[str]]) -> Block:
    """A table, as far as it is shown."""
    kept: list[list[str]] = []
    for row in rows:
        if len(kept) >= MOST_ROWS:
            break
        kept.append([cell[:LONGEST] for cell in row[:MOST_COLUMNS]])
    return {"kind": "table", "rows": kept}


_MAKERS: dict[str, Callable[[BinaryIO, int], Made]] = {
    kinds.PDF.media_type: _pdf,
    kinds.DOCX.media_type: _docx,
    kinds.XLSX.media_type: _xlsx,
    kinds.PPTX.media_type: _pptx,
    kinds.TEXT.media_type: _text,
    kinds.CSV.media_type: _csv,
    kinds.ZIP.media_type: _zip,
    **{kind.media_type: _open_document for kind in (kinds.ODT, kinds.ODS, kinds.ODP)},
    **{
        kind.media_type: _image
        for kind in (kinds.JPEG, kinds.PNG, kinds.GIF, kinds.WEBP, kinds.TIFF, kinds.BMP)
    },
}
