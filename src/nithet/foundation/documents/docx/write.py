"""The way in: a document to the bytes of a DOCX."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from itertools import count

from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Mm

from nithet.foundation.documents.docx.base import empty_document, replace_content
from nithet.foundation.documents.docx.body import PictureMaker, body_xml, table_sizes
from nithet.foundation.documents.docx.package import fixed
from nithet.foundation.documents.docx.running import foot_xml, head_xml
from nithet.foundation.documents.docx.styles import W, styles_xml
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.text import printable
from nithet.kernel import clock

_HEAD, _FOOT = 10.0, 8.0
"""Millimetres from the edge of the paper to head and foot."""
_LANGUAGES = {"th": "th-TH", "en": "en-US"}


def write_docx(document: Document) -> bytes:
    """The document as DOCX. The same document gives the same bytes.

    Thai carries complex-script fonts and sizes and its language; the heading of a table returns on
    every page, rows are torn only between paragraphs. Captions of a table stand above it once: Word
    repeats rows, not paragraphs.
    """
    made = empty_document()
    replace_content(made.styles.element, styles_xml(document.size, table_sizes(document)))
    _set_page(made.sections[0], document)
    _fill_body(made, document)
    _fill_running(made.sections[0], document)
    _set_properties(made, document)
    out = BytesIO()
    made.save(out)
    return fixed(out.getvalue())


def _fill_body(made: DocxDocument, document: Document) -> None:
    body = made.element.body
    end = body[-1]  # the properties of the section stand last
    for element in list(parse_xml(_wrapped(body_xml(document, _pictures(made.part))))):
        end.addprevious(element)


def _fill_running(section: Section, document: Document) -> None:
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    head, foot = section.header.part, section.footer.part
    replace_content(head.element, _wrapped(head_xml(document)))
    replace_content(foot.element, _wrapped(foot_xml(document, _pictures(foot))))


def _set_page(section: Section, document: Document) -> None:
    page = document.page
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.header_distance, section.footer_distance = Mm(_HEAD), Mm(_FOOT)


def _set_properties(made: DocxDocument, document: Document) -> None:
    """Title, organisation and date. No person and no machine is named."""
    properties = made.core_properties
    properties.title = printable(document.title)
    properties.author = printable(document.organisation)
    properties.last_modified_by = printable(document.organisation)
    properties.comments = ""
    properties.language = _LANGUAGES[document.language]
    properties.revision = 1
    moment = datetime.combine(document.dated or clock.today(), time(12))
    properties.created = properties.modified = moment


def _pictures(part: StoryPart) -> PictureMaker:
    """What makes inline drawings that belong to a part."""
    numbers = count(1)

    def picture(data: bytes, alt: str, width: float) -> str:
        inline = part.new_pic_inline(BytesIO(data), width=Mm(width))
        number = next(numbers)
        inline.docPr.set("id", str(number))
        inline.docPr.set("name", f"Picture {number}")
        inline.docPr.set("descr", printable(alt))
        return f"<w:drawing>{inline.xml}</w:drawing>"

    return picture


def _wrapped(xml: str) -> str:
    return f'<x xmlns:w="{W}">{xml}</x>'
