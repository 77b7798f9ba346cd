import os
import time
from datetime import timedelta

import pytest

from nithet.foundation.files import keepers, places
from nithet.foundation.files.store import exists, store


@pytest.fixture(autouse=True)
def nobody_else(monkeypatch):
    monkeypatch.setattr(keepers, "_keepers", {})


def kept(content, namespace="evidence", *, days=3):
    digest = store(namespace, content).sha256
    then = time.time() - timedelta(days=days).total_seconds()
    os.utime(places.path_of(namespace, digest), (then, then))
    return digest


def test_files_that_any_keeper_names_stay_and_others_go():
    mine, theirs, nobodys = kept(b"a"), kept(b"b"), kept(b"c")
    keepers.register("evidence", lambda: [mine])
    keepers.register("evidence.reviews", lambda: [theirs, ""])
    assert keepers.in_use() == {mine, theirs}
    assert keepers.remove_unused() == 1
    assert [exists("evidence", one) for one in (mine, theirs, nobodys)] == [True, True, False]


def test_a_namespace_for_which_nobody_speaks_is_never_cleared():
    old = kept(b"a", "returns")
    keepers.register("evidence", list)
    assert keepers.remove_unused() == 0
    assert exists("returns", old)


def test_nothing_younger_than_a_day_goes_whatever_is_asked():
    young = kept(b"a", days=0)
    keepers.register("evidence", list)
    assert keepers.remove_unused(timedelta(0)) == 0
    assert exists("evidence", young)


def test_a_keeper_that_fails_stops_the_clearing():
    old = kept(b"a")

    def failing():
        raise RuntimeError

    keepers.register("evidence", failing)
    with pytest.raises(RuntimeError):
        keepers.remove_unused()
    assert exists("evidence", old)
