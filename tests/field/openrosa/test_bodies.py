"""The quick way through a request's body reads what Django's own reads, and leaves everything unusual to it."""

import pytest
from django.test import RequestFactory

from nithet.field.openrosa import multipart
from nithet.field.openrosa.multipart import Posted, posted
from nithet.kernel.errors import BadInput

KIND = "multipart/form-data; boundary=mark"
XML = b'--mark\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="f.xml"\r\nContent-Type: text/xml\r\n\r\n<a>\r\n</a>\r\n'
PHOTO = b'--mark\r\nContent-Disposition: form-data; name="p.jpg"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\x00\r\n-\xff\r\n'
MORE = b'--mark\r\nContent-Disposition: form-data; name="*isIncomplete*"\r\n\r\nyes\r\n'
END = b"--mark--\r\n"


def _read(body: bytes, kind: str = KIND) -> tuple[bytes, list[tuple[str, bytes]], bool, int]:
    request = RequestFactory().post("/key/x/submission", body, content_type=kind)
    with posted(request) as found:
        return _plain(found)


def _plain(found: Posted) -> tuple[bytes, list[tuple[str, bytes]], bool, int]:
    files = [
        (one.name, one.content if isinstance(one.content, bytes) else one.content.read())
        for one in found.files
    ]
    return found.xml, files, found.is_incomplete, found.file_bytes


@pytest.mark.parametrize(
    "parts", [(XML,), (XML, PHOTO), (PHOTO, XML, MORE), (MORE, XML, PHOTO, PHOTO)]
)
def test_both_ways_read_the_same(parts: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"".join([*parts, END])
    quick = multipart._plain_parts(KIND, body)
    assert quick is not None
    monkeypatch.setattr(multipart, "READ_WHOLE", -1)
    assert _read(body) == _plain(quick)
    assert quick.xml == b"<a>\r\n</a>"


@pytest.mark.parametrize(
    "body",
    [
        b"preamble\r\n" + XML + END,
        XML + END + b"epilogue",
        XML.replace(b"\r\n", b"\n") + END,
        XML.replace(b"form-data; name", b"form-data;  name") + END,
        XML.replace(b'filename="f.xml"', b"filename*=UTF-8''f.xml") + END,
        XML.replace(b"Content-Type: text/xml", b"Content-Transfer-Encoding: base64") + END,
        XML + XML + END,
        XML.replace(b'; filename="f.xml"', b"") + END,
        PHOTO.replace(b"p.jpg", b"..") + XML + END,
        PHOTO.replace(b"p.jpg", "ภาพ.jpg".encode()) + XML + END,
        PHOTO.replace(b"p.jpg", b"a/b.jpg") + XML + END,
        XML + b"--markmore\r\n\r\n\r\n" + END,
        XML + PHOTO,
        PHOTO + END,
        b"",
        b"--mark",
    ],
)
def test_what_is_written_otherwise_takes_the_long_way(body: bytes) -> None:
    assert multipart._plain_parts(KIND, body) is None
    try:
        _read(body)
    except BadInput as error:
        assert error.code.startswith("openrosa.")


def test_a_boundary_of_another_kind_takes_the_long_way() -> None:
    for kind in (
        "multipart/mixed; boundary=mark",
        "multipart/form-data",
        f"{KIND}; charset=utf-8",
        "text/xml",
    ):
        assert multipart._plain_parts(kind, XML + END) is None
    assert multipart._plain_parts('multipart/form-data; boundary="mark"', XML + END) is not None
