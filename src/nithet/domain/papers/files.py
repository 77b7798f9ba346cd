"""Files of papers: templates, papers, crests and published PDFs, each kept under its digest."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from nithet.foundation.files.store import StoredBlob, read_blob, store
from nithet.kernel.errors import BadInput

NAMESPACE = "papers"
LARGEST_PDF = 30_000_000
LARGEST_PICTURE = 8_000_000
_MOST_PIXELS = 40_000_000
_CREST_PIXELS = 900


def keep(data: bytes) -> StoredBlob:
    """Keep a file; call this before the transaction that names it."""
    return store(NAMESPACE, data)


def read(sha256: str) -> bytes:
    """Return a kept file."""
    return read_blob(NAMESPACE, sha256)


def checked_pdf(data: bytes) -> bytes:
    """Return the PDF where it is one that opens; BadInput otherwise."""
    import pypdfium2  # noqa: PLC0415  loads a library of several megabytes, which few requests need

    if len(data) > LARGEST_PDF or not data.startswith(b"%PDF-"):
        raise _not_pdf()
    try:
        with pypdfium2.PdfDocument(data) as opened:
            if len(opened) == 0:
                raise _not_pdf()
    except pypdfium2.PdfiumError as error:
        raise _not_pdf() from error
    return data


def _not_pdf() -> BadInput:
    return BadInput(
        "publication.not_pdf",
        "This is not a PDF that opens, or it is larger than 30 MB. Please save it as PDF again.",
        field="file",
    )


def small_picture(data: bytes, *, longest: int, jpeg: bool = False) -> bytes:
    """Return a picture made anew without anything beside its pixels, no side longer than `longest` pixels.

    PNG, or JPEG for photographs. Raises BadInput for what is no picture.
    """
    try:
        with Image.open(
            BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
        ) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise _not_picture()
            upright = _upright(opened)
            upright.thumbnail((longest, longest))
            made = upright.convert("RGB" if jpeg else "RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _not_picture() from error
    out = BytesIO()
    if jpeg:
        made.save(out, "JPEG", quality=82, optimize=True)
    else:
        made.save(out, "PNG", optimize=True)
    return out.getvalue()


def crest(data: bytes) -> bytes:
    """Return an office's drawing of the crest as a PNG of sensible size."""
    if len(data) > LARGEST_PICTURE:
        raise _not_picture()
    return small_picture(data, longest=_CREST_PIXELS)


def _upright(picture: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(picture) or picture


def _not_picture() -> BadInput:
    return BadInput(
        "picture.unreadable",
        "This is not a picture that can be used. Please choose a PNG or JPEG of at most 8 MB.",
        field="emblem",
    )
