"""Pictures: small enough to open, whole, and nothing behind them. JPEG, PNG, GIF, WEBP, TIFF, BMP are decoded once; HEIC by its boxes."""

import io
import struct
import warnings

from PIL import Image, ImageFile, UnidentifiedImageError

from nithet.foundation.files.workshop import boxes
from nithet.foundation.files.workshop.kinds import (
    BMP,
    GIF,
    HEIC,
    JPEG,
    PNG,
    TIFF,
    WEBP,
    Data,
    Found,
    Kind,
    bomb,
    damaged,
    two_in_one,
)
from nithet.foundation.files.workshop.tails import refuse_hidden
from nithet.kernel.messages import msgid

MOST_PIXELS = 220_000_000
"""Of one picture: above the largest sensor of a telephone (200 million)."""
MOST_DECODED = 70_000_000
"""Pixels that are decoded whole; larger JPEG are decoded at a fraction, others refused."""
MOST_FRAMES = 1_000
MOST_FRAME_PIXELS = 2_000_000_000

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
_FORMATS = {
    "JPEG": JPEG,
    "MPO": JPEG,
    "PNG": PNG,
    "GIF": GIF,
    "WEBP": WEBP,
    "TIFF": TIFF,
    "BMP": BMP,
}
_ALLOWED = tuple(
    name for name in _FORMATS if name != "MPO"
)  # MPO is opened as a JPEG with more behind it
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error, OverflowError,
    UnidentifiedImageError, ZeroDivisionError,
)  # fmt: skip
Image.init()


def is_image(head: bytes) -> bool:
    """Whether the first bytes are those of a picture on the list."""
    if head[4:8] == b"ftyp":
        return boxes.is_heif(head)
    return (
        head.startswith(
            (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
        )
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[:2] == b"BM" and len(head) > 26 and head[6:10] == b"\0\0\0\0")
    )


def look(data: Data, name: str, depth: int) -> Found:
    """Tell which kind of picture it is; `BadInput` for what is too large, broken off, or two things at once."""
    if data[4:8] == b"ftyp":
        boxes.walk(data, "HEIC", needs={b"meta"})
        return Found(HEIC)
    _before_opening(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kind, has_place = _decode(data)
    found = Found(kind)
    if has_place:
        found.warn(msgid("This picture says where it was taken. Shared copies leave that out."))
    return found


def open_image(data: Data) -> Image.Image:
    """Open a picture without decoding it; `BadInput` for too many pixels or damage."""
    try:
        picture = Image.open(_stream(data), formats=_ALLOWED)
    except Image.DecompressionBombError as error:
        raise bomb() from error
    except _BROKEN as error:
        raise damaged("JPG/PNG") from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise bomb()
    return picture


def _stream(data: Data) -> io.BytesIO:
    # A copy, because Pillow reads by seeking; the largest file fits beside the largest picture.
    return io.BytesIO(data[:])


def _before_opening(data: Data) -> None:
    if data[:3] == b"\xff\xd8\xff":
        _check_jpeg(data)
    elif data[:4] == b"\x89PNG":
        _check_png(data)
    elif data[:4] == b"GIF8":
        _check_gif(data)


def _decode(data: Data) -> tuple[Kind, bool]:
    picture = open_image(data)
    kind = _FORMATS[picture.format or ""]
    label = kind.extensions[0]
    if kind is JPEG:
        shrink(picture, MOST_DECODED)
    if _pixels(picture) > MOST_DECODED:
        raise bomb()
    if getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise bomb()
    try:
        has_place = _has_place(picture)
        picture.load()
    except Image.DecompressionBombError as error:
        raise bomb() from error
    except _BROKEN as error:
        raise damaged(label) from error
    return kind, has_place


def shrink(picture: Image.Image, pixels: int) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth, until it has no more pixels than these."""
    if picture.format not in {"JPEG", "MPO"}:
        return
    width, height = picture.size
    share = 1
    while share < 8 and width * height / share**2 > pixels:
        share *= 2
    if share > 1:
        picture.draft(None, (width // share, height // share))


def _pixels(picture: Image.Image) -> int:
    return picture.size[0] * picture.size[1]


def _has_place(picture: Image.Image) -> bool:
    """Whether it says where it was taken; where that cannot be read, it may."""
    try:
        return bool(picture.getexif().get_ifd(0x8825))
    except _BROKEN:
        return True


def _check_jpeg(data: Data) -> None:
    """Walk the segments to the picture; a script in the first one, or another file behind the end, is refused."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise damaged(".jpg")
        marker = data[at + 1]
        if marker in {0xFF, 0x01} or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xDA:
            break
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            raise damaged(".jpg")
        if marker == 0xE0 and data[at + 2 : at + 4] == b"/*":
            raise two_in_one("JPEG")
        if marker == 0xFE and _is_script(bytes(data[at + 4 : at + 2 + length])):
            raise two_in_one("JPEG")
        at += 2 + length
    end = data.rfind(b"\xff\xd9")
    if end < 0 or end < at:
        raise damaged(".jpg")
    refuse_hidden(data, end + 2, "JPEG")


def _is_script(comment: bytes) -> bool:
    lower = comment.lower()
    return any(word in lower for word in (b"<script", b"<?php", b"<html", b"*/", b"<svg"))


def _check_png(data: Data) -> None:
    """Walk the chunks: the size before anything is decoded, the number of frames of a moving picture, the end."""
    at, width, height = 8, 0, 0
    while True:
        head = data[at : at + 8]
        if len(head) < 8:
            raise damaged(".png")
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if at + 12 + length > len(data):
            raise damaged(".png")
        if kind == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8 : at + 16])
            if width * height > MOST_DECODED:
                raise bomb()
        if kind == b"acTL":
            frames = int.from_bytes(data[at + 8 : at + 12], "big")
            if frames > MOST_FRAMES or frames * width * height > MOST_FRAME_PIXELS:
                raise bomb()
        at += 12 + length
        if kind == b"IEND":
            break
    refuse_hidden(data, at, "PNG")


def _check_gif(data: Data) -> None:
    """Count the frames by their blocks, without decoding one."""
    if len(data) < 14:
        raise damaged(".gif")
    width, height, flags = struct.unpack("<HHB", data[6:11])
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    frames = 0
    while at < len(data):
        kind = data[at]
        if kind == 0x3B:
            refuse_hidden(data, at + 1, "GIF")
            return
        if kind == 0x21:
            at = _after_blocks(data, at + 2)
        elif kind == 0x2C and at + 10 <= len(data):
            frames += 1
            if frames > MOST_FRAMES or frames * width * height > MOST_FRAME_PIXELS:
                raise bomb()
            local = data[at + 9]
            at = _after_blocks(data, at + 11 + (3 << ((local & 7) + 1) if local & 0x80 else 0))
        else:
            break
    raise damaged(".gif")


def _after_blocks(data: Data, at: int) -> int:
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
