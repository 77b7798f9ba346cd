import io

import pytest
from django.test import RequestFactory

from nithet.foundation.files.serving import file_response, picture_response
from nithet.foundation.files.store import store
from nithet.kernel.errors import RuleBroken

CONTENT = bytes(range(256)) * 4000


def answer(media_type="application/pdf", name="รายงาน ปี 2555.pdf", *, inline=False, part=None):
    request = RequestFactory().get("/", headers={"Range": part} if part else {})
    digest = store("evidence", CONTENT).sha256
    return file_response(
        request, "evidence", digest, file_name=name, media_type=media_type, inline=inline
    )


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_is_an_attachment_that_no_browser_runs_or_keeps():
    got = answer()
    assert body(got) == CONTENT
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%E0%B8%A3")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, no-store"
    assert "sandbox" in got["Content-Security-Policy"]
    assert "default-src 'none'" in got["Content-Security-Policy"]
    assert got["Content-Length"] == str(len(CONTENT))


def test_only_pdf_and_what_is_played_may_be_shown_in_the_page():
    shown = {
        kind: answer(kind, "a", inline=True)["Content-Disposition"].partition(";")[0]
        for kind in (
            "application/pdf",
            "video/mp4",
            "audio/mpeg",
            "image/jpeg",
            "text/plain",
            "text/csv",
        )
    }
    assert shown == {
        "application/pdf": "inline",
        "video/mp4": "inline",
        "audio/mpeg": "inline",
        "image/jpeg": "attachment",
        "text/plain": "attachment",
        "text/csv": "attachment",
    }


def test_a_name_cannot_write_a_header():
    got = answer(name='a"\r\nSet-Cookie: x=1\r\n\r\n<html>.pdf')
    assert "Set-Cookie" not in got.headers
    assert "\n" not in got["Content-Disposition"]
    assert got["Content-Disposition"] == 'attachment; filename="a Set-Cookie x=1 html.pdf"'


@pytest.mark.parametrize(
    ("asked", "start", "until"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=1000-", 1000, len(CONTENT)),
        ("bytes=-5", len(CONTENT) - 5, len(CONTENT)),
        ("bytes=5-99999999", 5, len(CONTENT)),
    ],
)
def test_a_player_gets_the_part_that_it_asks_for(asked, start, until):
    got = answer("video/mp4", "a.mp4", inline=True, part=asked)
    assert got.status_code == 206
    assert got["Content-Range"] == f"bytes {start}-{until - 1}/{len(CONTENT)}"
    assert body(got) == CONTENT[start:until]
    assert got["Content-Length"] == str(until - start)
    assert got["X-Content-Type-Options"] == "nosniff"


def test_a_part_behind_the_end_is_said_and_an_odd_wish_gets_all():
    assert answer("video/mp4", part="bytes=99999999-").status_code == 416
    for odd in ("bytes=0-1,5-9", "lines=1-2", "bytes=-", "bytes=a-b"):
        got = answer("video/mp4", part=odd)
        assert (got.status_code, body(got)) == (200, CONTENT)
    assert answer("application/pdf", part="bytes=0-9").status_code == 200


def test_a_file_that_is_gone_is_said():
    with pytest.raises(RuleBroken) as told:
        file_response(
            RequestFactory().get("/"), "evidence", "0" * 64, file_name="a", media_type="text/plain"
        )
    assert told.value.code == "files.missing"


def test_a_picture_of_ours_is_shown_in_the_page():
    got = picture_response(io.BytesIO(b"RIFF").getvalue(), "image/webp")
    assert got["Content-Disposition"] == 'inline; filename="preview"'
    assert got["X-Content-Type-Options"] == "nosniff"
