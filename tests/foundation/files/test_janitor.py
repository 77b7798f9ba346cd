import os
import time
from datetime import timedelta

import pytest

from nithet.foundation.files import places
from nithet.foundation.files.janitor import (
    remove_unfinished,
    remove_unreferenced,
    unreferenced,
)
from nithet.foundation.files.store import exists, store


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.NITHET_DATA = tmp_path
    return tmp_path


def make_older(path, **age):
    then = time.time() - timedelta(**age).total_seconds()
    os.utime(path, (then, then))


def test_a_half_received_file_goes_after_an_hour_and_not_before():
    kept = store("evidence", b"x")
    incoming = places.folder_of("evidence") / places.INCOMING
    (incoming / "old").write_bytes(b"half")
    (incoming / "new").write_bytes(b"half")
    make_older(incoming / "old", hours=2)
    assert remove_unfinished() == 1
    assert [p.name for p in incoming.iterdir()] == ["new"]
    assert remove_unfinished(timedelta(0)) == 1
    assert list(incoming.iterdir()) == []
    assert exists("evidence", kept.sha256)


def test_there_may_be_nothing_to_clear():
    assert remove_unfinished() == 0
    assert list(unreferenced("evidence", [])) == []
    assert remove_unreferenced("evidence", []) == 0


def test_files_without_a_row_go_after_a_day_and_those_with_one_stay():
    named, old, new = (store("evidence", content).sha256 for content in (b"a", b"b", b"c"))
    for digest in (named, old):
        make_older(places.path_of("evidence", digest), days=2)
    assert {blob.sha256 for blob in unreferenced("evidence", [named])} == {old, new}
    assert remove_unreferenced("evidence", [named]) == 1
    assert [exists("evidence", digest) for digest in (named, old, new)] == [True, False, True]


def test_a_file_stored_again_counts_as_new():
    digest = store("evidence", b"a").sha256
    make_older(places.path_of("evidence", digest), days=2)
    store("evidence", b"a")
    assert remove_unreferenced("evidence", []) == 0
    assert exists("evidence", digest)
