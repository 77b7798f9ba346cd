"""Codes (QR and their kin) on photographed and scanned paper: skewed, turned, shadowed, blurred."""

import time
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter, ImageMath, ImageOps

from nithet.foundation.files.workshop import kinds
from nithet.foundation.files.workshop.images import open_image, shrink

MOST_PAGES = 40
LONG_SIDE = 2200
"""Pixels; a QR of 2 cm on A4 is then more than 100 wide."""
SMALL_SIDE = 1200
TRIES_HARD_FOR, STOPS_AFTER = 4.0, 7.0
"""Seconds of the processor: long files without codes are read once a page in the end, and not to their last page."""
FORMATS = (
    zxingcpp.BarcodeFormat.QRCode | zxingcpp.BarcodeFormat.MicroQRCode | zxingcpp.BarcodeFormat.DataMatrix
    | zxingcpp.BarcodeFormat.Aztec | zxingcpp.BarcodeFormat.Code128
)  # fmt: skip


def read(file: BinaryIO, *, media_type: str) -> tuple[Any, list[bytes]]:
    """Return [[text, page], ...], each code of a page once."""
    found: list[list[Any]] = []
    for number, picture in enumerate(_pages(file, media_type), start=1):
        used = time.process_time()
        if used > STOPS_AFTER:
            break
        for text in read_picture(picture, tries_hard=used < TRIES_HARD_FOR):
            if [text, number] not in found:
                found.append([text, number])
    return found, []


def _pages(file: BinaryIO, media_type: str) -> Iterator[Image.Image]:
    if media_type == kinds.PDF.media_type:
        document = pypdfium2.PdfDocument(file)
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            scale = LONG_SIDE / max(*page.get_size(), 1)
            yield page.render(scale=min(scale, 4), grayscale=True).to_pil().convert("L")
            page.close()
    elif media_type.startswith("image/") and media_type != kinds.HEIC.media_type:
        picture = open_image(file.read())
        shrink(picture, 4 * LONG_SIDE * LONG_SIDE)
        for number in range(min(getattr(picture, "n_frames", 1), MOST_PAGES)):
            picture.seek(number)
            grey = ImageOps.exif_transpose(picture).convert("L")
            grey.thumbnail((2 * LONG_SIDE, 2 * LONG_SIDE))
            yield grey


def read_picture(picture: Image.Image, *, tries_hard: bool = True) -> list[str]:
    """The texts of a grey picture's codes: at the usual size first, then enhanced until one is found."""
    for number, attempt in enumerate(_attempts(picture)):
        if number and not tries_hard:
            break
        found = zxingcpp.read_barcodes(attempt, formats=FORMATS)
        if texts := [one.text for one in found if one.valid and one.text]:
            return list(dict.fromkeys(texts))
    return []


def _attempts(picture: Image.Image) -> Iterator[Image.Image]:
    usual = picture.copy()
    usual.thumbnail((LONG_SIDE, LONG_SIDE))
    yield usual
    small = picture.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    yield small
    if max(picture.size) > LONG_SIDE:
        yield picture
    # Shadows: what is darker than its surroundings, whatever these are.
    around = usual.filter(ImageFilter.BoxBlur(max(usual.size) // 40))
    evened = ImageOps.autocontrast(_divided(usual, around), cutoff=1)
    yield evened
    # Blur: edges made steep again, and finer steps for the reader.
    yield evened.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0))
    if max(small.size) <= SMALL_SIDE:
        double = small.resize((small.width * 2, small.height * 2), Image.Resampling.BICUBIC)
        yield ImageOps.autocontrast(
            double.filter(ImageFilter.UnsharpMask(radius=6, percent=250, threshold=0))
        )


def _divided(picture: Image.Image, around: Image.Image) -> Image.Image:
    evened: Image.Image = ImageMath.lambda_eval(
        lambda given: given["convert"](given["min"](given["a"] * 200 / (given["b"] + 1), 255), "L"),
        a=picture,
        b=around,
    )
    return evened
