"""DOCX, XLSX and PPTX: no macros, nothing fetched from elsewhere, no programs packed in, sound XML throughout."""

import re
import zipfile
from collections.abc import Mapping

from nithet.foundation.files.workshop.eicar import refuse_eicar
from nithet.foundation.files.workshop.kinds import (
    DOCX,
    PPTX,
    XLSX,
    ZIP,
    Found,
    Kind,
    damaged,
    not_accepted,
    programs,
    reaching_out,
)
from nithet.foundation.files.workshop.xml_parts import walk
from nithet.foundation.files.workshop.zip_layout import read_member
from nithet.kernel.messages import msgid

_MAIN = {
    "wordprocessingml.document.main+xml": DOCX,
    "wordprocessingml.template.main+xml": DOCX,
    "spreadsheetml.sheet.main+xml": XLSX,
    "spreadsheetml.template.main+xml": XLSX,
    "presentationml.presentation.main+xml": PPTX,
    "presentationml.slideshow.main+xml": PPTX,
}
_ROOTS = {DOCX: "document", XLSX: "workbook", PPTX: "presentation"}
_XML = (".xml", ".rels", ".vml")
# Followed when a person clicks, or only shown: these may point outside.
_HARMLESS_OUTSIDE = ("/hyperlink", "/image", "/video", "/audio", "/media")
_ON_THE_OWN_DISK = re.compile(r"(file:///)?[a-z]:[\\/](?![\\/])")
_DDE_FIELD = re.compile(
    r"\b(DDEAUTO|DDE)\b|\bINCLUDE(TEXT|PICTURE)\s+\"?(https?:|\\\\)", re.IGNORECASE
)
_DDE_FORMULA = re.compile(r"(^|[^A-Za-z0-9_'\"])[A-Za-z][A-Za-z0-9_.]{1,30}\|\s*'")
_OUTSIDE_FORMULA = re.compile(r"\b(WEBSERVICE|CALL|REGISTER(\.ID)?)\s*\(", re.IGNORECASE)


def look(archive: zipfile.ZipFile) -> Found:
    """Tell which of the three it is; `BadInput` for what an assessor should not have to open."""
    types = _content_types(archive)
    kind = next(
        (kind for end, kind in _MAIN.items() if any(t.endswith(end) for t in types.values())), None
    )
    found = Found(kind or ZIP)
    for member in archive.infolist():
        if member.is_dir():
            continue
        data = read_member(archive, member)
        refuse_eicar(data)
        _check_part(found, member.filename, data)
    if kind is None:
        raise not_accepted()
    _check_main(archive, types, kind)
    return found


def _content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    types: dict[str, str] = {}

    def begin(name: str, given: Mapping[str, str]) -> None:
        if name in {"Override", "Default"}:
            types[given.get("PartName", given.get("Extension", ""))] = given.get("ContentType", "")

    walk(read_member(archive, archive.getinfo("[Content_Types].xml")), "Office", begin)
    lowered = [value.lower() for value in types.values()]
    if any(
        "macroenabled" in value or "vbaproject" in value or "ms-word.attachedtoolbars" in value
        for value in lowered
    ):
        raise programs()
    return types


def _check_main(archive: zipfile.ZipFile, types: dict[str, str], kind: Kind) -> None:
    part = next(
        (name for name, value in types.items() if any(value.endswith(end) for end in _MAIN)), ""
    )
    roots: list[str] = []
    try:
        data = read_member(archive, archive.getinfo(part.lstrip("/")))
    except KeyError as error:
        raise damaged(kind.extensions[0]) from error
    walk(data, kind.extensions[0], lambda name, _: roots.append(name) if not roots else None)
    if roots[:1] != [_ROOTS[kind]]:
        raise damaged(kind.extensions[0])


def _check_part(found: Found, name: str, data: bytes) -> None:
    lower = name.lower()
    if lower.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in f"/{lower}":
        raise programs()
    if "/activex/" in f"/{lower}" or data.startswith((b"MZ", b"\x7fELF")):
        raise programs()
    if "/embeddings/" in f"/{lower}":
        _check_embedded(found, data)
    if lower.endswith(".rels"):
        _check_relations(found, data)
    elif lower.endswith(_XML):
        _check_xml(found.kind, lower, data)


def _check_embedded(found: Found, data: bytes) -> None:
    # An embedded sheet behind a chart is common; a packed file or program (Ole10Native) is not one.
    if (
        b"O\0l\0e\x001\x000\0N\0a\0t\0i\0v\0e\0" in data
        or b"vbaProject.bin" in data
        or b"_\0V\0B\0A\0_\0" in data
    ):
        raise programs()
    found.warn(msgid("Other documents are embedded in this file."))


def _check_relations(found: Found, data: bytes) -> None:
    def begin(name: str, given: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        if given.get("Type", "").lower().endswith("/vbaproject"):
            raise programs()
        if given.get("TargetMode", "").lower() != "external":
            return
        kind = given.get("Type", "")
        target = given.get("Target", "").strip().lower()
        if kind.endswith("/attachedTemplate") and _ON_THE_OWN_DISK.match(target):
            # Word notes where its template lay; on another machine it simply is not there.
            return
        if not kind.endswith(_HARMLESS_OUTSIDE):
            raise reaching_out(kind.rsplit("/", 1)[-1] or "?")
        if kind.endswith("/hyperlink"):
            if target.startswith(("javascript:", "vbscript:", "data:")):
                raise reaching_out("hyperlink")
        elif not target.startswith("file:"):
            found.warn(msgid("Pictures of this file lie elsewhere and may be missing."))

    walk(data, "Office", begin)


def _check_xml(kind: Kind, name: str, data: bytes) -> None:
    fields: list[str] = []
    formulas: list[str] = []
    inside = [""]

    def begin(element: str, given: Mapping[str, str]) -> None:
        inside[0] = element
        if element in {"ddeLink", "oleLink"}:
            raise reaching_out("DDE")
        if element == "fldSimple":
            fields.append(given.get("instr", ""))
        if element == "f" and "externallinks/" not in name:
            formulas.append("")

    def text(words: str) -> None:
        if inside[0] in {"instrText", "delInstrText"}:
            fields.append(words)
        elif inside[0] in {"f", "formula", "formula1", "definedName"}:
            formulas.append(words)

    walk(data, kind.extensions[0], begin, text)
    if fields and _DDE_FIELD.search("".join(fields)):
        raise reaching_out("DDE")
    if kind is XLSX and any(
        _DDE_FORMULA.search(one) or _OUTSIDE_FORMULA.search(one) for one in formulas
    ):
        raise reaching_out("DDE")
