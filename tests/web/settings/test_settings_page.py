"""The office's settings page and its logo."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.conftest import Cast
from tests.web.people.test_joining import browser_of


def body(cast: Cast, **given: object) -> dict[str, object]:
    return {
        "name": cast.office.name,
        "short_name": "สพป.",
        "numerals": "arabic",
        "version": "1",
        **given,
    }


def test_a_logo_is_kept_redrawn_and_served_to_the_own_people_alone(
    cast: Cast, settings, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    settings.NITHET_DATA = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (900, 900), "navy").save(out, "JPEG")
    picked = SimpleUploadedFile("logo.jpg", out.getvalue(), content_type="image/jpeg")
    client = browser_of(cast, "administrator")
    assert client.post(reverse("settings:office"), body(cast, logo=picked)).status_code == 302
    answer = browser_of(cast, "school_head").get(reverse("settings:logo"))
    assert answer["Content-Type"] == "image/png" and answer["X-Content-Type-Options"] == "nosniff"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (512, 512)
    assert browser_of(cast, "outsider").get(reverse("settings:logo")).status_code == 404


def test_what_is_no_picture_is_told_at_its_field(cast: Cast) -> None:
    picked = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    answer = browser_of(cast, "administrator").post(
        reverse("settings:office"), body(cast, logo=picked)
    )
    assert answer.status_code == 422
    assert "อ่านภาพตราสัญลักษณ์ไม่ได้" in answer.content.decode()


def test_others_do_not_find_the_page(cast: Cast) -> None:
    for who in ("director", "planner", "school_head"):
        assert browser_of(cast, who).get(reverse("settings:office")).status_code == 404
