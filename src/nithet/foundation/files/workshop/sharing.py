"""A copy to hand on: what the file shows, without what it says of its maker, machine and place."""

import io
import re
import zipfile
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image, ImageOps

from nithet.foundation.files.workshop.images import MOST_DECODED, open_image, shrink
from nithet.foundation.files.workshop.kinds import (
    JPEG,
    PDF,
    PNG,
    TIFF,
    WEBP,
    bomb,
    damaged,
)
from nithet.foundation.files.workshop.zip_layout import opened, read_member

QUALITY = 90
MOST_FRAMES = 60
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_EMPTY = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "docProps/custom.xml": _CUSTOM}
_SAVED = {
    JPEG.media_type: "JPEG",
    PNG.media_type: "PNG",
    WEBP.media_type: "WEBP",
    TIFF.media_type: "TIFF",
}


def share(file: BinaryIO, *, media_type: str) -> tuple[Any, list[bytes]]:
    """Make the copy; the value says what was taken out, or None where this kind cannot be cleaned."""
    data = file.read()
    if media_type in _SAVED:
        return ["exif"], [_picture(data, _SAVED[media_type])]
    if media_type == PDF.media_type:
        return ["info", "xmp"], [_pdf(data)]
    if media_type.startswith("application/vnd.openxmlformats-officedocument."):
        return ["properties"], [_office(data)]
    return None, []


def _picture(data: bytes, kind: str) -> bytes:
    """The pixels alone, turned as they are meant to be seen; colours keep their profile."""
    picture = open_image(data)
    profile = picture.info.get("icc_profile")
    if kind == "JPEG":
        shrink(picture, MOST_DECODED)
    elif picture.width * picture.height > MOST_DECODED:
        raise bomb()
    frames = getattr(picture, "n_frames", 1) if kind in {"WEBP", "TIFF"} else 1
    pages = [_bare(picture, number, frames) for number in range(min(frames, MOST_FRAMES))]
    kept = io.BytesIO()
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if kind in {"JPEG", "WEBP"}:
        options["quality"] = QUALITY
    if kind == "JPEG" and pages[0].mode not in {"RGB", "L", "CMYK"}:
        pages[0] = pages[0].convert("RGB")
    if kind == "TIFF":
        options["compression"] = "tiff_deflate"
    if len(pages) > 1:
        options |= {"save_all": True, "append_images": pages[1:]}
    pages[0].save(kept, kind, **options)
    return kept.getvalue()


def _bare(picture: Image.Image, number: int, frames: int) -> Image.Image:
    if frames > 1:
        picture.seek(number)
    turned = ImageOps.exif_transpose(picture)
    kept = {"transparency"} if turned.mode == "P" else set()
    turned.info = {name: value for name, value in turned.info.items() if name in kept}
    return turned


def _pdf(data: bytes) -> bytes:
    """Every page into a new document: its information and XMP stay behind, text, pictures and links to pages stay."""
    source = pypdfium2.PdfDocument(data)
    if raw.FPDF_GetFormType(source) == raw.FORMTYPE_ACRO_FORM:
        # Fields stay behind with the document's catalogue, so what is written in them becomes part of the page.
        for page in source:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    bare = pypdfium2.PdfDocument.new()
    bare.import_pages(source)
    kept = io.BytesIO()
    bare.save(kept)
    bare.close()
    source.close()
    return _without_info(kept.getvalue())


_INFO = re.compile(
    rb"/(Producer|Creator|Author|Title|Subject|Keywords|CreationDate|ModDate)\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)"
)


def _without_info(data: bytes) -> bytes:
    """Blank what pdfium itself writes about the making, byte for byte, so that no offset moves."""
    start = data.rfind(b"/Producer")
    if start < 0:
        return data
    begin = data.rfind(b" obj", 0, start)
    end = data.find(b"endobj", start)
    if begin < 0 or end < 0:
        return data
    blank = _INFO.sub(lambda match: b" " * len(match.group()), data[begin:end])
    return data[:begin] + blank + data[end:]


def _office(data: bytes) -> bytes:
    """The package with empty properties and without thumbnails; names of authors of comments and changes stay."""
    kept = io.BytesIO()
    with opened(data) as archive, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bare:
        for member in archive.infolist():
            if member.is_dir():
                continue
            content = read_member(archive, member)
            if member.filename in _EMPTY:
                content = _EMPTY[member.filename]
            elif member.filename.startswith("docProps/thumbnail"):
                content = _NO_PICTURE
            # One date for all members: when they were packed says something as well.
            bare.writestr(zipfile.ZipInfo(member.filename), content, zipfile.ZIP_DEFLATED)
    if not kept.getvalue():
        raise damaged("Office")
    return kept.getvalue()


def _blank_picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (1, 1), "white").save(kept, "JPEG")
    return kept.getvalue()


_NO_PICTURE = _blank_picture()
