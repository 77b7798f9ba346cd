"""An empty package with nothing foreign in it.

The template that python-docx carries was saved by a word processor: it holds 350 KB of styles, a
theme in other fonts, a thumbnail and a bibliography. Once a process all that is dropped; documents
start from what is left.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

import docx
from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from nithet.foundation.documents.docx.styles import FONT_TABLE, SETTINGS

_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_KEPT_OF_PACKAGE = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)


def empty_document() -> DocxDocument:
    """A new document without styles or content."""
    return docx.Document(BytesIO(_base()))


def replace_content(element: object, xml: str) -> None:
    """Everything within an element exchanged for what is within the root of `xml`."""
    target = element
    for child in list(target):  # type: ignore[call-overload]
        target.remove(child)  # type: ignore[attr-defined]
    target.extend(list(parse_xml(xml)))  # type: ignore[attr-defined]


@cache
def _base() -> bytes:
    document = docx.Document()
    part = document.part
    for relations, kept in ((part.rels, _KEPT), (part.package.rels, _KEPT_OF_PACKAGE)):
        for identity, relation in list(relations.items()):
            if relation.reltype not in kept:
                del relations[identity]
    replace_content(document.styles.element, '<x xmlns=""/>')
    replace_content(document.settings.element, SETTINGS)
    for element in document.element.iter():
        for name in [name for name in element.attrib if "rsid" in name]:
            del element.attrib[name]  # marks of the sessions in which somebody saved it
    table = Part(
        PackURI("/word/fontTable.xml"),
        CONTENT_TYPE.WML_FONT_TABLE,
        FONT_TABLE.encode(),
        part.package,
    )
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
