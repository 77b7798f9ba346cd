import socket
import threading
from contextlib import contextmanager

import pytest
from django.test import RequestFactory

from nithet.foundation.files import antivirus
from nithet.foundation.files.antivirus import UNKNOWN, Verdict, scan
from nithet.foundation.files.checking import keep_checked
from nithet.foundation.files.serving import file_response
from nithet.kernel.errors import BadInput, RuleBroken


@contextmanager
def scanner(reply, *, taken=None):
    """A scanner that speaks INSTREAM and answers what it is told to; None: it never answers."""
    door = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve():
        line, _ = door.accept()
        with line, line.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            got = b""
            while length := int.from_bytes(stream.read(4), "big"):
                got += stream.read(length)
            if taken is not None:
                taken.append(got)
            if reply is None:
                done.wait(10)
            else:
                line.sendall(reply)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{door.getsockname()[1]}"
    finally:
        done.set()
        thread.join(5)
        door.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sent"
    path.write_bytes(b"x" * 600_000)
    return path


def test_without_a_scanner_nobody_is_asked(file):
    assert scan(file) is Verdict.NOT_ASKED


def test_a_clean_file_is_clean_and_was_sent_whole(file, settings):
    taken = []
    with scanner(b"stream: OK\0", taken=taken) as settings.NITHET_CLAMAV:
        assert scan(file) is Verdict.CLEAN
    assert taken == [b"x" * 600_000]


def test_a_virus_is_refused(file, settings):
    with (
        scanner(b"stream: Win.Test FOUND\0") as settings.NITHET_CLAMAV,
        pytest.raises(BadInput) as refused,
    ):
        scan(file)
    assert refused.value.code == "files.virus"


@pytest.mark.parametrize("reply", [b"stream: too large ERROR\0", b"", b"OK\0", b"stream: OK but\0"])
def test_any_other_answer_is_not_clean(file, settings, reply):
    with scanner(reply) as settings.NITHET_CLAMAV:
        assert scan(file) is Verdict.UNKNOWN


def test_a_scanner_that_is_slow_or_down_is_not_clean(file, settings, monkeypatch):
    monkeypatch.setattr(antivirus, "TIMEOUT_S", 0.2)
    with scanner(None) as settings.NITHET_CLAMAV:
        assert scan(file) is Verdict.UNKNOWN
    assert scan(file) is Verdict.UNKNOWN
    settings.NITHET_CLAMAV = "/nowhere/clamd.sock"
    assert scan(file) is Verdict.UNKNOWN


def test_what_nobody_has_scanned_is_kept_in_quarantine_and_not_served(settings):
    settings.NITHET_CLAMAV = "127.0.0.1:1"
    checked = keep_checked("evidence", "ก.txt", "ข้อความ".encode(), largest=1000)
    assert (checked.is_quarantined, checked.reason) == (True, UNKNOWN)
    with pytest.raises(RuleBroken) as refused:
        file_response(
            RequestFactory().get("/"),
            "evidence",
            checked.sha256,
            file_name=checked.safe_name,
            media_type=checked.media_type,
            is_quarantined=checked.is_quarantined,
        )
    assert refused.value.code == "files.quarantined"
