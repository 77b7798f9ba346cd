import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nithet.foundation.files import sandbox
from nithet.foundation.files.checking import check_content
from nithet.foundation.files.workshop import confinement
from nithet.kernel.errors import BadInput

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls are those of Linux")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sent"
    path.write_bytes(b"x")
    return path


def test_a_worker_reaches_no_network_no_program_no_file_and_no_process(file, data_folder):
    (data_folder / "secret").write_text("secret")
    answer = sandbox.run("probe", file, folder=str(data_folder))
    assert answer.walls == ("limits", "files", "calls")
    tried = {"socket", "program", "fork", "read", "write", "signal"}
    assert set(answer.value["refused"]) == tried
    assert [path.name for path in data_folder.iterdir()] == ["secret"]


def test_the_keeper_does_not_know_the_secrets_of_the_server(file, monkeypatch):
    monkeypatch.setenv("NITHET_SECRET_KEY", "a secret of the server")
    sandbox._keeper._close()
    sandbox.run("probe", file)
    known = Path(f"/proc/{sandbox._keeper._process.pid}/environ").read_bytes()
    assert b"LANG=C.UTF-8" in known
    assert b"a secret of the server" not in known


def test_a_worker_that_wants_too_much_memory_is_ended_and_the_next_one_serves(file):
    with pytest.raises(sandbox.Unfinished, match="memory"):
        sandbox.run("probe", file, waste="memory")
    assert sandbox.run("probe", file).value["refused"]


def test_a_worker_that_never_ends_is_ended(file, monkeypatch):
    monkeypatch.setattr(sandbox, "LONGEST_S", 0)
    with pytest.raises(sandbox.Unfinished, match="time"):
        sandbox.run("probe", file, waste="time")


def test_a_limit_is_told_to_a_person_as_bad_input(file):
    with pytest.raises(BadInput) as told:
        sandbox.examined("probe", file, waste="memory")
    assert told.value.code == "files.too_costly"


def test_a_lost_keeper_is_replaced(file):
    sandbox.run("probe", file)
    sandbox._keeper._process.kill()
    sandbox._keeper._process.wait()
    assert sandbox.run("probe", file).value["refused"]


def test_many_at_once_each_get_their_own_answer(tmp_path):
    paths = []
    for number in range(24):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"ข้อความ {number}" * (number + 1))
    with ThreadPoolExecutor(8) as pool:
        checked = list(pool.map(lambda path: check_content(path, path.name), paths))
    assert [one.size for one in checked] == [path.stat().st_size for path in paths]
    assert len({one.sha256 for one in checked}) == 24


def test_nothing_stays_open_behind_a_worker(file):
    sandbox.run("probe", file)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        sandbox.run("probe", file)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_limits_are_those_that_were_promised():
    assert confinement.DATA_BYTES < 512 * 1024 * 1024
    assert confinement.CPU_SECONDS < 10
