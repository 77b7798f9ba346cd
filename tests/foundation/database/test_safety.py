import pytest
from django.db import connection, connections

from nithet.foundation.database import safety
from nithet.foundation.database.safety import (
    Finding,
    Severity,
    can_corrupt_a_log,
    file_system_of,
    find_dangers,
    is_safe,
)


def codes(findings, *severities):
    return {f.code for f in findings if not severities or f.severity in severities}


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), False),
        ((3, 7, 0), True),
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_the_versions_that_can_corrupt_a_log_are_known(version, expected):
    assert can_corrupt_a_log(version) is expected


def test_a_local_database_of_one_process_is_safe(trial, tmp_path):
    found = find_dangers(trial, tmp_path)
    assert codes(found, Severity.ERROR) == set()
    assert is_safe(found)


def test_more_than_one_process_on_an_old_sqlite_is_refused(trial, tmp_path, monkeypatch):
    monkeypatch.setattr(safety.sqlite3, "sqlite_version_info", (3, 40, 1))
    found = find_dangers(trial, tmp_path, processes=2)
    assert codes(found, Severity.ERROR) == {"sqlite.more_than_one_process"}
    assert not is_safe(found)
    assert found[0].severity is Severity.ERROR
    monkeypatch.setattr(safety.sqlite3, "sqlite_version_info", (3, 51, 3))
    found = find_dangers(trial, tmp_path, processes=2)
    assert is_safe(found)
    assert "sqlite.processes_wait_unfairly" in codes(found, Severity.WARNING)


def test_a_backend_that_does_not_sync_is_refused(tmp_path, databases, django_db_blocker):
    databases.register("plain", tmp_path / "p.sqlite3", databases.DJANGOS)
    with django_db_blocker.unblock():
        with connections["plain"].cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")
        found = find_dangers(connections["plain"], tmp_path)
        databases.forget("plain")
    assert {"sqlite.journal_mode", "sqlite.synchronous", "sqlite.wal_autocheckpoint"} == codes(
        found, Severity.ERROR
    )


def test_asking_does_not_create_the_database(tmp_path, databases, django_db_blocker):
    databases.register("missing", tmp_path / "not-there.sqlite3")
    with django_db_blocker.unblock():
        assert is_safe(find_dangers(connections["missing"], tmp_path))
        databases.forget("missing")
    assert list(tmp_path.iterdir()) == []


def test_a_network_file_system_is_refused_for_sqlite(trial, tmp_path, monkeypatch):
    line = f"36 35 98:0 / {tmp_path} rw,noatime shared:1 - nfs4 server:/x rw"
    monkeypatch.setattr(safety, "_mounts", lambda: line)
    found = find_dangers(trial, tmp_path)
    assert codes(found, Severity.ERROR) == {"sqlite.network_file_system"}


def test_a_folder_in_memory_is_reported(trial, tmp_path, monkeypatch):
    line = f"36 35 98:0 / {tmp_path} rw - tmpfs tmpfs rw"
    monkeypatch.setattr(safety, "_mounts", lambda: line)
    assert "folder.in_memory" in codes(find_dangers(trial, tmp_path), Severity.WARNING)


def test_the_innermost_and_latest_mount_tells_the_file_system(tmp_path):
    mounts = "\n".join(
        [
            "1 0 8:1 / / rw - ext4 /dev/sda rw",
            f"2 1 8:2 / {tmp_path.parent} rw - xfs /dev/sdb rw",
            f"3 1 8:3 / {tmp_path.parent} rw shared:4 master:1 - nfs4 s:/x rw",
            "4 1 8:4 / /somewhere/else rw - cifs //s/x rw",
            "not a mount",
        ]
    )
    assert file_system_of(tmp_path / "file", mounts) == "nfs4"
    assert file_system_of(tmp_path.parent.parent / "x", mounts) == "ext4"
    assert file_system_of(tmp_path, "") == ""


def test_little_free_space_is_reported(trial, tmp_path, monkeypatch):
    monkeypatch.setattr(safety, "LOW_SPACE_BYTES", 1 << 62)
    assert "folder.low_space" in codes(find_dangers(trial, tmp_path), Severity.WARNING)


def test_every_finding_fills_its_own_message():
    finding = Finding("a", Severity.INFO, "%(one)s of %(two)s", {"one": 1, "two": 2})
    assert finding.message % finding.params == "1 of 2"


@pytest.mark.django_db
def test_the_database_of_this_run_is_safe(tmp_path):
    found = find_dangers(connection, tmp_path)
    assert is_safe(found), found
    for finding in found:
        assert finding.message % finding.params


@pytest.mark.django_db
def test_a_database_that_does_not_wait_for_the_disk_is_refused(tmp_path, request):
    if connection.vendor == "sqlite":
        # Within the transaction of a test SQLite does not let go of its safety level.
        database, setting = request.getfixturevalue("trial"), "synchronous"
        off = "PRAGMA synchronous = OFF"
    else:
        database, setting = connection, "synchronous_commit"
        off = "SET synchronous_commit = off"
    assert is_safe(find_dangers(database, tmp_path))
    with database.cursor() as cursor:
        cursor.execute(off)
    found = find_dangers(database, tmp_path)
    assert codes(found, Severity.ERROR) == {f"{connection.vendor}.{setting}"}
