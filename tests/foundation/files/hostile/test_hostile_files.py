import hashlib
import io
import tracemalloc
from contextlib import suppress

import pytest

from nithet.foundation.files import places, receiving, sandbox
from nithet.foundation.files.checking import check_content, keep_checked
from nithet.foundation.files.names import LONGEST_BYTES
from nithet.foundation.files.store import iterate, read_blob
from nithet.kernel.errors import BadInput
from tests.foundation.files.hostile.honest_files import HONEST, MORE_KINDS
from tests.foundation.files.hostile.hostile_files import HOSTILE, VARIANTS

MOST_MEMORY = 512 * 1024 * 1024
LARGEST = 200_000_000


def label(case):
    return f"{case.number:02} {case.what}"


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "sent"
        path.write_bytes(content)
        return path

    return write


def test_there_are_forty_of_each():
    assert sorted({case.number for case in HOSTILE} | {32}) == list(range(1, 41))
    assert [case.number for case in HONEST] == list(range(1, 41))
    assert all(bool(case.refused) != bool(case.kept_as) for case in (*HOSTILE, *VARIANTS))


@pytest.mark.parametrize("case", [*HOSTILE, *VARIANTS], ids=label)
def test_a_hostile_file_is_refused_or_made_harmless(case, written):
    path = written(case.make())
    if case.refused:
        with pytest.raises(BadInput) as refused:
            keep_checked("evidence", case.name, path.read_bytes(), largest=LARGEST)
        assert refused.value.code == case.refused, str(refused.value)
        assert list(iterate()) == []
        return
    checked = check_content(path, case.name, case.declared)
    assert (checked.safe_name, checked.kind) == (case.kept_as, case.kind)
    assert len(checked.safe_name.encode()) <= LONGEST_BYTES


@pytest.mark.parametrize("case", [*HONEST, *MORE_KINDS], ids=label)
def test_an_honest_file_is_taken_as_it_is(case):
    content = case.make()
    checked = keep_checked("evidence", case.name, content, largest=LARGEST)
    assert checked.kind == case.kind
    assert checked.safe_name == case.name.replace(".HEIC", ".heic")
    assert not checked.is_quarantined
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert checked.size == len(content)
    assert read_blob("evidence", checked.sha256) == content


def test_no_hostile_file_ends_its_worker_or_takes_more_memory_than_allowed(written):
    tried = 0
    for case in (*HOSTILE, *VARIANTS):
        if content := case.make():
            with suppress(BadInput):
                sandbox.run("check", written(content), name=case.name)
            tried += 1
    peaks = sandbox.latest_peaks()[-tried:]
    assert tried == len(HOSTILE) + len(VARIANTS) - 1
    assert len(peaks) == tried
    assert min(peaks) > 0
    assert max(peaks) < MOST_MEMORY


class Endless(io.RawIOBase):
    """Two gigabytes of zeros, none of which exist; counts what is taken."""

    def __init__(self):
        self.taken = 0

    def read(self, size=-1):
        size = min(size if size > 0 else 2**20, 2 * 10**9 - self.taken)
        self.taken += size
        return bytes(size)


def test_two_gigabytes_are_refused_before_a_byte_is_sent_and_cut_at_the_limit_when_sent_anyway():
    with pytest.raises(BadInput, match="larger than 200 MB"):
        receiving.begin(2 * 10**9, owner_id=1, office_id=1, largest=LARGEST)
    stream = Endless()
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="larger than 20 MB"):
            keep_checked("evidence", "ก.mp4", stream, largest=20_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert stream.taken < 22_000_000
    assert peak < 64 * 1024 * 1024
    assert list(places.folder_of("evidence").glob("incoming/*")) == []


def test_the_name_says_another_type_than_the_content(written):
    checked = check_content(written(next(c for c in HONEST if c.number == 12).make()), "สแกน.pdf")
    assert (checked.safe_name, checked.media_type) == ("สแกน.pdf.png", "image/png")
    assert [remark.params for remark in checked.warnings] == [{"said": ".pdf", "found": ".png"}]


def test_a_refusal_inside_of_an_archive_names_the_member(written):
    from tests.foundation.files.hostile import packages

    data = packages.zipped({"ดี.txt": b"x", "ร้าย.docx": packages.macro_word()})
    with pytest.raises(BadInput) as refused:
        check_content(written(data), "แฟ้ม.zip")
    assert refused.value.code == "files.macros"
    assert refused.value.params["member"] == "ร้าย.docx"
