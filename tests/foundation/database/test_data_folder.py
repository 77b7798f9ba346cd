import gc
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections

from nithet.foundation.database import data_folder
from nithet.foundation.database.data_folder import (
    LOCK_FILE,
    current_holder,
    hold_exclusively,
    reading_only,
    writer_lock,
)
from nithet.kernel.errors import Busy

HOLDER = """
import sys
from pathlib import Path
from nithet.foundation.database.data_folder import hold_exclusively
with hold_exclusively(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_process(tmp_path):
    """Another process that serves from the folder, until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_folder_that_nobody_uses_has_no_holder(tmp_path):
    assert current_holder(tmp_path) is None
    assert current_holder(tmp_path / "not-there-yet") is None


def test_the_lock_says_which_process_holds_the_folder_and_since_when(tmp_path):
    with hold_exclusively(tmp_path, doing="serve"):
        said = json.loads((tmp_path / LOCK_FILE).read_text())
        assert said["pid"] == os.getpid()
        assert current_holder(tmp_path).doing == "serve"
        assert current_holder(tmp_path).since == said["since"]
    assert current_holder(tmp_path) is None


def test_one_process_may_nest_its_hold(tmp_path):
    with hold_exclusively(tmp_path), hold_exclusively(tmp_path):
        pass
    assert current_holder(tmp_path) is None


def test_a_second_process_that_writes_is_refused_and_told_what_to_do(tmp_path, other_process):
    with pytest.raises(Busy) as refused, hold_exclusively(tmp_path):
        pass
    assert refused.value.code == "data_folder.in_use"
    assert str(other_process.pid) in str(refused.value)
    assert "Stop it and try again" in str(refused.value)


def test_a_writing_command_is_refused_only_on_sqlite(tmp_path, other_process, monkeypatch):
    monkeypatch.setattr(data_folder, "connection", SimpleNamespace(vendor="sqlite"))
    with pytest.raises(Busy), writer_lock(tmp_path, doing="import-return"):
        pass
    monkeypatch.setattr(data_folder, "connection", SimpleNamespace(vendor="postgresql"))
    entered = False
    with writer_lock(tmp_path, doing="import-return"):
        entered = True
    assert entered


def test_a_killed_process_leaves_no_lock_behind(tmp_path, other_process):
    os.kill(other_process.pid, signal.SIGKILL)
    other_process.wait()
    assert current_holder(tmp_path) is None
    with hold_exclusively(tmp_path):
        assert current_holder(tmp_path).pid == os.getpid()


def test_a_reading_process_cannot_write_by_a_slip(trial):
    with connections["trial"].cursor() as cursor:
        with reading_only():
            cursor.execute("SELECT count(*) FROM note")
            with pytest.raises(OperationalError, match="only reads"):
                cursor.execute("INSERT INTO note (writer) VALUES (1)")
        cursor.execute("INSERT INTO note (writer) VALUES (1)")
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (1,)


def test_the_folder_is_made_when_it_is_missing(tmp_path):
    folder = Path(tmp_path / "a" / "b")
    with hold_exclusively(folder):
        assert (folder / LOCK_FILE).is_file()


def test_a_server_that_enters_and_never_leaves_keeps_the_folder(tmp_path):
    hold = hold_exclusively(tmp_path)
    hold.__enter__()
    weak = hold.__exit__
    del hold
    gc.collect()
    assert current_holder(tmp_path).pid == os.getpid()
    weak(None, None, None)
    assert current_holder(tmp_path) is None
