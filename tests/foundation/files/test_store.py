import hashlib
import io
import os
import stat
import subprocess
import sys
import threading

import pytest

from nithet.foundation.files import places
from nithet.foundation.files.store import (
    CHUNK_BYTES,
    StoredBlob,
    exists,
    iterate,
    open_blob,
    read_blob,
    store,
    verify,
)
from nithet.kernel.errors import BadInput, RuleBroken

THAI = "แบบรายงานผล ปีงบประมาณ 2555".encode()


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.NITHET_DATA = tmp_path
    return tmp_path


def unfinished(folder):
    return list(folder.glob("files/*/incoming/*"))


def test_bytes_come_back_as_they_were(data_folder):
    blob = store("evidence", THAI)
    assert blob == StoredBlob(hashlib.sha256(THAI).hexdigest(), len(THAI))
    assert read_blob("evidence", blob.sha256) == THAI
    assert exists("evidence", blob.sha256)
    assert verify("evidence", blob.sha256)
    assert unfinished(data_folder) == []


def test_a_stream_longer_than_one_chunk_is_kept_whole():
    content = os.urandom(CHUNK_BYTES * 2 + 17)
    blob = store("evidence", io.BytesIO(content))
    assert blob.size == len(content)
    with open_blob("evidence", blob.sha256) as file:
        assert file.read() == content


def test_a_stream_is_taken_from_where_it_stands():
    stream = io.BytesIO(b"headbody")
    stream.seek(4)
    assert read_blob("evidence", store("evidence", stream).sha256) == b"body"


def test_an_empty_file_is_a_file():
    blob = store("evidence", b"")
    assert blob.size == 0
    assert verify("evidence", blob.sha256)


def test_a_file_lies_under_its_digest_and_is_read_only(data_folder):
    blob = store("evidence", THAI)
    digest = blob.sha256
    path = data_folder / "files" / "evidence" / digest[:2] / digest[2:4] / digest
    assert path.is_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o440


def test_the_same_content_twice_is_one_file(data_folder):
    first = store("evidence", THAI)
    path = places.path_of("evidence", first.sha256)
    number = path.stat().st_ino
    assert store("evidence", io.BytesIO(THAI)) == first
    assert path.stat().st_ino == number
    assert [blob for _, blob in iterate("evidence")] == [first]
    assert unfinished(data_folder) == []


def test_namespaces_are_apart():
    blob = store("evidence", THAI)
    assert not exists("returns", blob.sha256)
    store("returns", THAI)
    assert [name for name, _ in iterate()] == ["evidence", "returns"]


def test_iterating_over_nothing_is_empty():
    assert list(iterate()) == []
    assert list(iterate("evidence")) == []


def test_a_changed_or_missing_file_does_not_verify():
    blob = store("evidence", THAI)
    path = places.path_of("evidence", blob.sha256)
    path.chmod(0o600)
    path.write_bytes(THAI[:-1] + b"!")
    assert exists("evidence", blob.sha256)
    assert not verify("evidence", blob.sha256)
    path.unlink()
    assert not verify("evidence", blob.sha256)
    with pytest.raises(RuleBroken) as missing:
        open_blob("evidence", blob.sha256)
    assert missing.value.code == "files.missing"


def test_storing_again_mends_a_damaged_file():
    blob = store("evidence", THAI)
    path = places.path_of("evidence", blob.sha256)
    path.chmod(0o600)
    path.write_bytes(b"x" * len(THAI))
    assert store("evidence", THAI) == blob
    assert verify("evidence", blob.sha256)


@pytest.mark.parametrize(
    "digest",
    ["", "..", "../../etc/passwd", "a" * 63, "a" * 65, "A" * 64, "a" * 63 + "/", "a" * 64 + "\n"],
)
def test_only_a_digest_can_name_a_file(digest):
    for question in (open_blob, exists, verify):
        with pytest.raises(ValueError, match="not a SHA-256 digest"):
            question("evidence", digest)


@pytest.mark.parametrize(
    "namespace", ["", ".", "..", "../x", "a/b", "/etc", "Evidence", "หลักฐาน", "a" * 41, "a\n"]
)
def test_only_a_plain_word_can_name_a_namespace(namespace):
    with pytest.raises(ValueError, match="not a namespace"):
        store(namespace, b"x")


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path):
    digest = "ab" * 32
    path = places.path_of("evidence", digest)
    path.parent.mkdir(parents=True)
    (tmp_path / "secret").write_text("secret")
    path.symlink_to(tmp_path / "secret")
    with pytest.raises(RuleBroken):
        open_blob("evidence", digest)


def test_a_file_over_the_limit_is_refused_while_it_is_read(data_folder):
    class Endless(io.RawIOBase):
        taken = 0

        def read(self, size=-1):
            Endless.taken += size
            return b"x" * size

    with pytest.raises(BadInput) as refused:
        store("evidence", Endless(), largest=3_000_000)
    assert refused.value.code == "files.too_large"
    assert "3 MB" in str(refused.value)
    assert Endless.taken < 3_000_000 + 2 * CHUNK_BYTES
    assert list(iterate()) == []
    assert unfinished(data_folder) == []


def test_a_stream_that_breaks_leaves_nothing_and_says_its_own_error(data_folder):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise ConnectionResetError("the phone lost its network")

    with pytest.raises(ConnectionResetError):
        store("evidence", Broken())
    assert list(iterate()) == []
    assert unfinished(data_folder) == []


def test_a_disk_that_refuses_to_grow_is_told_plainly(data_folder):
    # The kernel's own refusal, in a process of its own: no file may pass 100 kB.
    program = f"""
import resource, signal
from django.conf import settings
settings.configure(NITHET_DATA={str(data_folder)!r})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
from nithet.foundation.files.store import store, iterate
from nithet.kernel.errors import RuleBroken
small = store("evidence", b"small")
try:
    store("evidence", b"x" * 5_000_000)
except RuleBroken as error:
    print(error.code)
print([blob.sha256 for _, blob in iterate()] == [small.sha256])
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.stdout.split() == ["files.no_space", "True"], ran.stderr
    assert unfinished(data_folder) == []


def test_a_folder_that_cannot_be_made_is_told_plainly(data_folder):
    (data_folder / "files").write_text("a file where the folder should be")
    with pytest.raises(RuleBroken) as refused:
        store("evidence", THAI)
    assert refused.value.code == "files.not_writable"


def test_many_threads_may_store_the_same_content_at_once(data_folder):
    contents = [bytes([n]) * 50_000 for n in range(4)]
    failed = []

    def keep():
        try:
            for content in contents:
                store("evidence", content)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(list(iterate("evidence"))) == 4
    assert all(verify(name, blob.sha256) for name, blob in iterate())
    assert unfinished(data_folder) == []


def test_the_file_and_its_folder_are_synced_before_store_returns(data_folder, monkeypatch):
    store("evidence", b"the folders exist from here on")
    seen, real_sync, real_rename = [], os.fsync, os.rename

    def fsync(handle):
        mode = os.fstat(handle).st_mode
        seen.append("folder" if stat.S_ISDIR(mode) else "file")
        real_sync(handle)

    def rename(*args, **kwargs):
        seen.append("rename")
        real_rename(*args, **kwargs)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "rename", rename)
    digest = store("evidence", THAI).sha256
    assert seen.index("file") < seen.index("rename") < len(seen) - 1
    assert seen[-1] == "folder"
    assert verify("evidence", digest)
