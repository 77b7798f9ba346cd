"""What stands on a paper beside its words: crest, logo, code, QR, digits of one kind; then the file."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from nithet.domain.papers import files
from nithet.domain.papers.kinds import Data, Field, PaperKind
from nithet.domain.papers.models.letterheads import Letterhead
from nithet.foundation.documents import qr
from nithet.foundation.documents.templates.filling import Picture, fill
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.numerals import to_thai

_LOGO_HEIGHT = 18.0
_QR_WIDTH = 15.0
_PHOTO_WIDTH, _PHOTO_HEIGHT = 85.0, 64.0
_UNTOUCHED = frozenset({"code"})
"""A code is typed back into a machine, so its digits stay."""


def letterhead_of(office_id: int) -> Letterhead:
    """Return the head of an office's papers, the empty one (unsaved) where it has worded none."""
    kept = Letterhead.objects.filter(office_id=office_id).first()
    return kept or Letterhead(office_id=office_id)


def head_data(office: Unit, head: Letterhead) -> Data:
    """Return what every paper of an office says of it."""
    return {
        "office": office.name,
        "office_short": office.short_name or office.name,
        "group": head.group,
        "address": head.address,
        "phone": f"โทร. {head.phone}" if head.phone else "",
        "signer": "........................................................",
        "signer_title": head.signer_title or f"ผู้อำนวยการ{office.name}",
    }


def rendered(
    template: bytes, kind: PaperKind, data: Data, *, head: Letterhead, payload: str = ""
) -> bytes:
    """Return the Word file of a paper: fields by their Thai names, what is not given left empty.

    `data` are plain values by key; a picture among them is bytes. `payload` is what the QR says; "" leaves it out.
    """
    values: dict[str, Any] = {}
    for key, field in kind.by_key.items():
        values[field.name] = _value(
            field, data.get(key), thai=head.digits_thai and key not in _UNTOUCHED
        )
    values["ตราครุฑ"] = Picture(_crest(head, kind.crest), height=kind.crest)
    values["ตราหน่วยงาน"] = _logo(head)
    values["คิวอาร์"] = Picture(qr.png(payload), width=_QR_WIDTH) if payload else ""
    return fill(template, values)


def _value(field: Field, value: Any, *, thai: bool) -> Any:
    if field.is_picture:
        if not isinstance(value, bytes):
            return ""
        if field.width or field.height:
            return Picture(value, width=field.width, height=field.height)
        return _photo(value)
    if field.rows:
        rows = value if isinstance(value, list) else []
        return [
            {row.name: _value(row, one.get(row.key), thai=thai) for row in field.rows}
            for one in rows
        ]
    text = "" if value is None else str(value)
    return to_thai(text) if thai else text


def _photo(data: bytes) -> Picture:
    """A photograph cut to the shape of its place, so that four of them fill one sheet evenly."""
    with Image.open(BytesIO(data)) as opened:
        shape = _PHOTO_WIDTH / _PHOTO_HEIGHT
        width, height = opened.size
        wide, tall = min(width, round(height * shape)), min(height, round(width / shape))
        left, top = (width - wide) // 2, (height - tall) // 2
        out = BytesIO()
        opened.crop((left, top, left + wide, top + tall)).convert("RGB").save(
            out, "JPEG", quality=85
        )
    return Picture(out.getvalue(), width=_PHOTO_WIDTH)


def _crest(head: Letterhead, height: float) -> bytes:
    if head.emblem_sha256:
        return files.read(head.emblem_sha256)
    return _room(height)


def _logo(head: Letterhead) -> Picture | str:
    """What stands at the head of a picture page; nothing where the office has brought no drawing."""
    if head.emblem_sha256:
        return Picture(files.read(head.emblem_sha256), height=_LOGO_HEIGHT)
    return ""


@cache
def _room(height: float) -> bytes:
    """Empty room of the size of the crest: the drawing is for the office to bring, and nothing else may stand in its place."""
    side = round(height * 2)
    out = BytesIO()
    Image.new("LA", (side, side), (255, 0)).save(out, "PNG")
    return out.getvalue()
