import io

import pytest
import segno
from PIL import Image, ImageDraw, ImageFilter

from nithet.foundation.files.codes import FoundCode, read_codes
from tests.foundation.files.hostile import pictures

TEXT = "https://nithet.example.org/p/7Q2M-K4XD-91"


def page(text=TEXT, *, width=1654, height=2339, module=6, at=(1240, 1900)):
    """A page of A4 at 200 points an inch with words and a code of 2.5 cm in its corner."""
    sheet = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(sheet)
    for line in range(200, 1700, 46):
        for word in range(160, 1400, 90):
            pen.rectangle((word, line, word + 60, line + 14), fill=40)
    kept = io.BytesIO()
    segno.make(text, error="m").save(kept, kind="png", scale=module, border=4)
    sheet.paste(Image.open(kept).convert("L"), at)
    return sheet


def photographed(sheet, *, angle=0.0, blur=0.0, shadow=False, quality=80, size=None, skew=False):
    picture = sheet.convert("RGB")
    if skew:
        width, height = picture.size
        corners = (-60, -40, 30, height + 50, width - 40, height + 10, width + 70, -20)
        picture = picture.transform(
            picture.size,
            Image.Transform.QUAD,
            corners,
            Image.Resampling.BICUBIC,
            fillcolor=(120, 110, 100),
        )
    if angle:
        picture = picture.rotate(
            angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(120, 110, 100)
        )
    if shadow:
        dark = Image.linear_gradient("L").resize(picture.size).point(lambda value: 70 + value // 2)
        picture = Image.composite(picture, Image.new("RGB", picture.size, "black"), dark)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    if size:
        picture = picture.resize(size, Image.Resampling.BICUBIC)
    return pictures.saved("JPEG", picture, quality=quality)


@pytest.fixture
def found(tmp_path):
    def read(content, media_type="image/jpeg"):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return read_codes(path, media_type)

    return read


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"angle": 7},
        {"angle": -33},
        {"angle": 90},
        {"angle": 180},
        {"blur": 2.0},
        {"shadow": True},
        {"quality": 60},
        {"skew": True},
        {"size": (3024, 4032)},
        {"angle": 7, "blur": 1.2, "shadow": True, "quality": 60, "skew": True},
        {"angle": 92, "blur": 1.0, "shadow": True, "quality": 60, "size": (3024, 4032)},
    ],
    ids=str,
)
def test_the_code_of_a_photographed_page_is_read(found, how):
    assert found(photographed(page(), **how)) == (FoundCode(TEXT, 1),)


def test_a_light_code_on_a_dark_ground_is_read(found):
    sheet = page().point(lambda value: 255 - value)
    assert found(pictures.saved("PNG", sheet), "image/png") == (FoundCode(TEXT, 1),)


def test_every_page_of_a_scan_says_its_own_code(found):
    kept = io.BytesIO()
    sheets = [page(f"{TEXT}{number}") for number in (1, 2, 3)]
    sheets[0].save(kept, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    assert found(kept.getvalue(), "application/pdf") == tuple(
        FoundCode(f"{TEXT}{number}", number) for number in (1, 2, 3)
    )


def test_two_codes_of_one_page_are_both_read(found):
    sheet = page()
    sheet.paste(page("SECOND").crop((1240, 1900, 1500, 2200)), (200, 1900))
    assert {code.text for code in found(pictures.saved("PNG", sheet), "image/png")} == {
        TEXT,
        "SECOND",
    }


def test_without_a_code_nothing_is_found(found):
    plain = Image.new("RGB", (1654, 2339), "white")
    assert found(pictures.saved("JPEG", plain)) == ()
    assert found(pictures.film(), "video/mp4") == ()
    assert found(b"no picture", "image/jpeg") == ()


def test_a_long_scan_without_codes_is_given_up_in_time(found):
    kept = io.BytesIO()
    sheets = [page().crop((0, 0, 1654, 1800)) for _ in range(30)]
    sheets[0].save(kept, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    assert found(kept.getvalue(), "application/pdf") == ()
