import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from datetime import timedelta

import pytest

from nithet.foundation.files import receiving
from nithet.foundation.files.receiving import append, begin, discard, find, finish, keep
from nithet.foundation.files.store import read_blob
from nithet.kernel.errors import BadInput, Busy, RuleBroken

SIZE = 3_000_000
CONTENT = os.urandom(SIZE)
PIECE = 1_000_000
WHO = {"owner_id": 7, "office_id": 1}
Disk = namedtuple("Disk", "total used free")


def begun(size=SIZE, **changes):
    return begin(size, **{**WHO, "largest": 200_000_000, "file_name": "คลิป.mp4", **changes})


def sent(upload, until=SIZE):
    for at in range(upload.received, until, PIECE):
        upload = append(upload, at, CONTENT[at : at + PIECE])
    return upload


def test_a_file_in_pieces_becomes_a_kept_file(data_folder):
    upload = sent(begun())
    assert upload.is_complete
    received = finish(upload)
    assert received.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert received.path.read_bytes() == CONTENT
    blob = keep(upload, received, "evidence")
    assert (blob.sha256, blob.size) == (received.sha256, len(CONTENT))
    assert read_blob("evidence", blob.sha256) == CONTENT
    with pytest.raises(RuleBroken, match="no more"):
        find(upload.token, **WHO)


def test_it_goes_on_where_it_broke_off_also_in_another_process():
    upload = sent(begun(), until=2 * PIECE)
    again = find(upload.token, **WHO)
    assert again == upload
    assert again.received == 2 * PIECE
    assert again.file_name == "คลิป.mp4"
    assert finish(sent(again)).size == len(CONTENT)


def test_half_a_piece_that_a_crash_left_is_completed_by_the_same_piece():
    upload = sent(begun(), until=PIECE)
    (receiving._data(upload.token)).write_bytes(CONTENT[: PIECE + 123])
    assert append(upload, PIECE, CONTENT[PIECE : 2 * PIECE]).received == 2 * PIECE
    assert finish(sent(find(upload.token, **WHO))).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_piece_that_comes_twice_changes_nothing():
    upload = sent(begun(), until=2 * PIECE)
    again = append(upload, 0, CONTENT[:PIECE])
    assert again.received == 2 * PIECE
    assert receiving._data(upload.token).read_bytes() == CONTENT[: 2 * PIECE]


def test_another_piece_in_its_place_is_refused():
    upload = sent(begun(), until=PIECE)
    with pytest.raises(BadInput) as refused:
        append(upload, 0, bytes(PIECE))
    assert refused.value.code == "files.upload_differs"


def test_a_gap_is_refused_and_says_where_to_go_on():
    upload = sent(begun(), until=PIECE)
    with pytest.raises(BadInput) as refused:
        append(upload, 2 * PIECE, CONTENT[2 * PIECE :])
    assert (refused.value.code, refused.value.params["received"]) == ("files.upload_gap", PIECE)
    with pytest.raises(BadInput) as refused:
        finish(upload)
    assert refused.value.code == "files.upload_gap"


def test_no_more_is_taken_than_was_announced():
    with pytest.raises(BadInput) as refused:
        append(begun(10), 0, bytes(11))
    assert refused.value.code == "files.too_large"
    for size, code in ((0, "files.empty"), (-1, "files.empty"), (200_000_001, "files.too_large")):
        with pytest.raises(BadInput) as refused:
            begun(size)
        assert refused.value.code == code


def test_nobody_else_finds_an_upload():
    upload = begun()
    for who in ({"owner_id": 8, "office_id": 1}, {"owner_id": 7, "office_id": 2}):
        with pytest.raises(RuleBroken) as refused:
            find(upload.token, **who)
        assert refused.value.code == "files.upload_gone"
    for token in ("", "..", "../lock", "0" * 32, upload.token.upper()):
        if token != upload.token:
            with pytest.raises(RuleBroken):
                find(token, **WHO)


def test_a_person_and_an_office_have_their_share(monkeypatch):
    monkeypatch.setattr(receiving, "MOST_OF_A_PERSON", 25)
    monkeypatch.setattr(receiving, "MOST_OF_AN_OFFICE", 35)
    first = begun(20)
    with pytest.raises(Busy) as refused:
        begun(10)
    assert refused.value.code == "files.share_full"
    begun(10, owner_id=8)
    with pytest.raises(Busy):
        begun(10, owner_id=9)
    begun(10, owner_id=9, office_id=2)
    discard(first)
    begun(10)


def test_a_full_disk_asks_to_come_back_and_leaves_nothing(monkeypatch, data_folder):
    upload = begun(1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(10**12, 10**12 - 5, 5))
    with pytest.raises(Busy) as refused:
        begun(1000)
    assert refused.value.code == "files.no_room"
    with pytest.raises(Busy):
        append(upload, 0, bytes(500))
    assert find(upload.token, **WHO).received == 0
    assert len(list((data_folder / "uploads").iterdir())) == 2


def test_uploads_that_nobody_goes_on_with_are_removed():
    old, new = begun(10), begun(10)
    then = time.time() - timedelta(days=4).total_seconds()
    os.utime(receiving._data(old.token), (then, then))
    assert receiving.remove_expired() == 1
    assert find(new.token, **WHO)
    with pytest.raises(RuleBroken):
        find(old.token, **WHO)
    with pytest.raises(RuleBroken):
        append(old, 0, b"x")


SENDER = """
import sys
from django.conf import settings
settings.configure(NITHET_DATA=sys.argv[1])
from nithet.foundation.files.receiving import append, begin
upload = begin(50_000_000, owner_id=7, office_id=1, largest=200_000_000)
print(upload.token, flush=True)
while True:
    at = upload.received
    upload = append(upload, at, bytes([at // 100_000 % 256]) * 100_000)
    print(upload.received, flush=True)
"""


@pytest.mark.parametrize("after", [1, 3, 7])
def test_what_was_acknowledged_is_there_after_the_server_was_killed(data_folder, after):
    command = [sys.executable, "-c", SENDER, str(data_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sender:
        token = sender.stdout.readline().strip()
        told = [int(sender.stdout.readline()) for _ in range(after)]
        sender.kill()
        told += [int(line) for line in sender.stdout.read().splitlines()]
    upload = find(token, **WHO)
    assert upload.received >= told[-1]
    at = upload.received // 100_000 * 100_000
    upload = append(upload, at, bytes([at // 100_000 % 256]) * 100_000)
    assert upload.received == at + 100_000
    data = receiving._data(token).read_bytes()
    assert all(data[n] == n // 100_000 % 256 for n in range(0, len(data), 9_973))
