"""The file: every changed byte is noticed, and the damaged part is named."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from nithet.foundation.transfer.container import Writer, opened
from nithet.kernel.errors import BadInput, RuleBroken

MEMBERS = {"data/a.jsonl": b'{"id":1}\n' * 400, "files/evidence/" + "a" * 64: bytes(range(256)) * 20}


def written(path: Path) -> Path:
    with path.open("w+b") as out:
        writer = Writer(out)
        for name, content in MEMBERS.items():
            writer.add(name, [content[:100], content[100:]], packed=name.startswith("data"))
        writer.finish({"format": 1})
    return path


def refusal(path: Path) -> RuleBroken:
    with pytest.raises(RuleBroken) as refused, opened(path):
        raise AssertionError("a damaged file was opened")
    return refused.value


def test_a_whole_file_opens_and_gives_back_what_was_written(tmp_path: Path) -> None:
    with opened(written(tmp_path / "o.zip")) as box:
        assert b"".join(box.lines("data/a.jsonl")) == MEMBERS["data/a.jsonl"]
        with box.open("files/evidence/" + "a" * 64) as file:
            assert file.read() == MEMBERS["files/evidence/" + "a" * 64]
        assert len(box.digest) == 64


def test_it_is_a_zip_that_any_program_opens(tmp_path: Path) -> None:
    with zipfile.ZipFile(written(tmp_path / "o.zip")) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {*MEMBERS, "manifest.json"}


def test_two_hundred_changed_bytes_are_all_refused(tmp_path: Path) -> None:
    whole = written(tmp_path / "o.zip").read_bytes()
    chance = random.Random(20261122)
    for _ in range(200):
        place, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        changed = bytearray(whole)
        changed[place] ^= bit
        path = tmp_path / "changed.zip"
        path.write_bytes(changed)
        assert refusal(path).code in {"transfer.damaged", "transfer.not_ours"}, place


def test_every_byte_of_the_lists_of_contents_counts(tmp_path: Path) -> None:
    """The last 700 bytes are the directory of the ZIP and the digest: dates, modes and lengths that no member's digest covers."""
    whole = written(tmp_path / "o.zip").read_bytes()
    path = tmp_path / "changed.zip"
    for place in range(len(whole) - 700, len(whole), 3):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert refusal(path).code in {"transfer.damaged", "transfer.not_ours"}, place


@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_a_damaged_member_is_named(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "o.zip")
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(name)
        place = info.header_offset + 30 + len(name) + 20 + info.compress_size // 2
    whole = bytearray(path.read_bytes())
    whole[place] ^= 4
    path.write_bytes(whole)
    assert refusal(path).params == {"name": name}


@pytest.mark.parametrize("keep", [0, 10, 1000, -1, -64, -200])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, keep: int) -> None:
    path = written(tmp_path / "o.zip")
    path.write_bytes(path.read_bytes()[:keep])
    assert refusal(path).code in {"transfer.damaged", "transfer.not_ours"}


def test_bytes_behind_the_end_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "o.zip")
    path.write_bytes(path.read_bytes() + b"more")
    assert isinstance(refusal(path), RuleBroken)


def test_a_member_that_is_on_no_list_is_refused(tmp_path: Path) -> None:
    """Somebody adds a member, and a right digest of the whole."""
    out = io.BytesIO()
    writer = Writer(out)
    writer.add("data/a.jsonl", [b"1"])
    writer.members.clear()
    writer.finish({"format": 1})
    path = tmp_path / "o.zip"
    path.write_bytes(out.getvalue())
    assert refusal(path).code == "transfer.damaged"


def test_another_zip_and_another_file_are_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert isinstance(refusal(path), BadInput)
    path.write_bytes(b"no zip at all")
    assert isinstance(refusal(path), BadInput)
