import os
import sqlite3
import subprocess
import sys
import threading
import time

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from nithet.foundation.database.sqlite import connection as locked
from nithet.foundation.database.sqlite.checkpoints import TARGET_PAGES
from nithet.foundation.database.sqlite.statements import Kind, kind_of

INSERT = "INSERT INTO note (writer, number, text) VALUES (%s, %s, %s)"


def run(sql, parameters=None):
    with connections["trial"].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def add(writer, number, text="x"):
    with connections["trial"].cursor() as cursor:
        cursor.execute(INSERT, [writer, number, text])


def count():
    return run("SELECT count(*) FROM note")[0][0]


def in_threads(works, timeout=120):
    """Run each in a thread of its own, with a connection of its own; raise what they raised."""
    raised = []

    def guarded(work):
        try:
            work()
        except BaseException as error:  # noqa: BLE001
            raised.append(error)
        finally:
            connections["trial"].close()

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout)
        assert not thread.is_alive(), "a thread hangs"
    if raised:
        raise raised[0]


def test_a_connection_syncs_each_commit_and_keeps_checkpoints_to_itself(trial):
    assert run("PRAGMA journal_mode") == [("wal",)]
    assert run("PRAGMA synchronous") == [(2,)]
    assert run("PRAGMA foreign_keys") == [(1,)]
    assert run("PRAGMA wal_autocheckpoint") == [(0,)]
    assert trial.settings_dict["CONN_MAX_AGE"] is None
    assert trial.transaction_mode == "IMMEDIATE"


def test_the_lock_is_held_from_begin_to_commit(trial):
    with transaction.atomic("trial"):
        assert trial.write_lock.is_held()
        add(1, 1)
        with transaction.atomic("trial"):
            add(1, 2)
        assert trial.write_lock.is_held()
    assert not trial.write_lock.is_held()
    assert count() == 2


def test_the_lock_is_free_after_a_rollback_and_after_a_broken_rule(trial):
    with pytest.raises(ZeroDivisionError), transaction.atomic("trial"):
        add(1, 1)
        1 / 0  # noqa: B018
    assert not trial.write_lock.is_held()
    add(1, 1)
    with pytest.raises(IntegrityError):
        add(1, 1)
    assert not trial.write_lock.is_held()
    with pytest.raises(IntegrityError), transaction.atomic("trial"):
        add(2, 1)
        add(1, 1)
    assert not trial.write_lock.is_held()
    assert count() == 1


def test_a_failed_savepoint_keeps_the_transaction_and_its_lock(trial):
    with transaction.atomic("trial"):
        add(1, 1)
        with pytest.raises(IntegrityError), transaction.atomic("trial"):
            add(1, 1)
        assert trial.write_lock.is_held()
        add(1, 2)
    assert count() == 2


def test_a_single_write_holds_the_lock_for_its_own_duration(trial):
    add(1, 1)
    assert not trial.write_lock.is_held()
    with trial.cursor() as cursor:
        cursor.executemany(INSERT, [(2, n, "y") for n in range(5)])
        assert not trial.write_lock.is_held()
    assert count() == 6


def test_a_single_insert_with_returning_is_committed_before_its_row_is_read(trial):
    with trial.cursor() as cursor:
        cursor.execute(
            "INSERT INTO note (writer, number) VALUES (7, 1), (7, 2), (7, 3) RETURNING number"
        )
        assert not trial.write_lock.is_held()
        in_threads([lambda: add(8, 1)])
        assert cursor.fetchone() == (1,)
        assert cursor.fetchmany(1) == [(2,)]
        assert cursor.fetchall() == [(3,)]
        assert cursor.fetchone() is None
        cursor.execute("INSERT INTO note (writer, number) VALUES (9, 1), (9, 2) RETURNING number")
        assert list(cursor) == [(1,), (2,)]
        cursor.execute("SELECT 5")
        assert cursor.fetchone() == (5,)
    assert count() == 6


def test_readers_do_not_wait_for_a_writer(trial):
    add(1, 1)
    seen = []
    with transaction.atomic("trial"):
        add(1, 2)
        in_threads([lambda: seen.append(count())])
    assert seen == [1]


def test_a_writer_that_waits_too_long_is_told_so(trial):
    trial.close()
    trial.settings_dict["OPTIONS"]["timeout"] = 0.2
    said = []

    def second():
        with pytest.raises(OperationalError) as caught:
            add(2, 1)
        said.append(str(caught.value))

    with transaction.atomic("trial"):
        add(1, 1)
        in_threads([second])
    assert "was not free within 0.2 s (held by thread MainThread" in said[0]
    assert count() == 1


def test_closing_inside_a_transaction_gives_the_lock_back(trial):
    with pytest.raises(ZeroDivisionError), transaction.atomic("trial"):
        add(1, 1)
        trial.close()
        assert not trial.write_lock.is_held()
        1 / 0  # noqa: B018
    assert count() == 0
    add(1, 1)


def test_a_thread_that_ends_inside_a_transaction_loses_the_lock_and_its_work(trial):
    def forgets_to_end():
        connections["trial"].set_autocommit(
            False, force_begin_transaction_with_broken_autocommit=True
        )
        with connections["trial"].cursor() as cursor:
            cursor.execute(INSERT, [1, 1, "lost"])

    thread = threading.Thread(target=forgets_to_end)
    thread.start()
    thread.join()
    add(2, 1)
    assert run("SELECT writer FROM note") == [(2,)]


def test_the_drivers_own_connection_and_its_with_block_are_locked_too(trial):
    trial.ensure_connection()
    driver = trial.connection
    with driver:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("INSERT INTO note (writer, number) VALUES (1, 1)")
        assert trial.write_lock.is_held()
    assert not trial.write_lock.is_held()
    with pytest.raises(ZeroDivisionError), driver:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("INSERT INTO note (writer, number) VALUES (1, 2)")
        1 / 0  # noqa: B018
    assert not trial.write_lock.is_held()
    driver.executescript("INSERT INTO note (writer, number) VALUES (2, 1); SELECT 1;")
    assert not trial.write_lock.is_held()
    assert count() == 2
    with pytest.raises(sqlite3.NotSupportedError):
        driver.blobopen("note", "text", 1)


def test_whatever_writes_does_so_under_the_lock(trial):
    trial.ensure_connection()
    driver, unguarded, writes = trial.connection, [], []

    def look(sql):
        if kind_of(sql) is Kind.WRITE:
            writes.append(sql)
            if not trial.write_lock.is_held():
                unguarded.append(sql)

    driver.set_trace_callback(look)
    with trial.cursor() as cursor:
        cursor.execute(INSERT, [1, 1, "x"])
        cursor.executemany(INSERT, [(2, n, "x") for n in range(3)])
        cursor.execute("UPDATE note SET text = %(text)s", {"text": "y"})
        cursor.execute("CREATE TABLE other (a)")
        cursor.execute("PRAGMA user_version = 2")
    driver.executemany("INSERT INTO note (writer, number) VALUES (?, ?)", [(3, 1), (3, 2)])
    driver.executescript("DELETE FROM note WHERE writer = 3; DROP TABLE other;")
    driver.execute("VACUUM")
    with transaction.atomic("trial"):
        run("DELETE FROM note WHERE writer = 2")
    trial.connection.set_trace_callback(None)
    assert len(writes) >= 14
    assert unguarded == []
    assert count() == 1


def test_manual_transactions_hold_the_lock_until_they_end(trial):
    transaction.set_autocommit(False, using="trial")
    try:
        add(1, 1)
        assert trial.write_lock.is_held()
        transaction.rollback(using="trial")
        assert not trial.write_lock.is_held()
        add(1, 2)
        transaction.commit(using="trial")
        assert not trial.write_lock.is_held()
    finally:
        transaction.set_autocommit(True, using="trial")
    assert run("SELECT number FROM note") == [(2,)]


def test_a_deferred_transaction_reads_one_snapshot_without_the_lock(trial):
    add(1, 1)
    with trial.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (1,)
        assert not trial.write_lock.is_held()
        in_threads([lambda: add(1, 2)])
        cursor.execute("SELECT count(*) FROM note")
        assert cursor.fetchone() == (1,)
        cursor.execute("COMMIT")
    assert count() == 2


def test_sixteen_threads_lose_nothing_and_never_meet_a_locked_database(trial):
    each, stop, reads = 60, threading.Event(), []

    def writer(number):
        for i in range(each):
            if i % 3 == 0:
                add(number, i)
            elif i % 3 == 1:
                with transaction.atomic("trial"):
                    seen = count()
                    add(number, i)
                    assert count() == seen + 1, "somebody else wrote inside this transaction"
            else:
                with transaction.atomic("trial"):
                    add(number, i)
                    try:
                        with transaction.atomic("trial"):
                            add(number, i)
                    except IntegrityError:
                        pass

    def reader():
        last = 0
        while not stop.is_set():
            now = count()
            assert now >= last, "a commit that was seen has gone"
            last = now
            reads.append(1)
            time.sleep(0.002)

    def all_writers():
        try:
            in_threads([lambda n=n: writer(n) for n in range(16)])
        finally:
            stop.set()

    in_threads([all_writers, *[reader] * 4])
    assert run("SELECT writer, count(*), max(number) FROM note GROUP BY writer") == [
        (n, each, each - 1) for n in range(16)
    ]
    assert run("PRAGMA integrity_check") == [("ok",)]
    assert len(reads) > 16


def test_the_log_is_written_back_by_writers_who_hold_the_lock(trial, tmp_path):
    # Each row fills a page, so three times the target of pages pass through the log.
    seen = []
    trial.ensure_connection()
    trial.connection.set_trace_callback(
        lambda sql: seen.append(trial.write_lock.is_held()) if "wal_checkpoint" in sql else None
    )
    for number in range(3):
        with transaction.atomic("trial"):
            for part in range(TARGET_PAGES):
                add(number, part, "x" * 4000)
    trial.connection.set_trace_callback(None)
    assert len(seen) >= 2
    assert all(seen)
    log = tmp_path / "trial.sqlite3-wal"
    assert log.stat().st_size < 3 * TARGET_PAGES * 4096


def test_an_unread_cursor_only_puts_the_checkpoint_off(trial):
    with transaction.atomic("trial"):
        for number in range(300):
            add(1, number)
    tried = []
    trial.connection.set_trace_callback(
        lambda sql: tried.append(sql) if "wal_checkpoint" in sql else None
    )
    iterating = trial.connection.execute("SELECT * FROM note")
    next(iterating)
    with transaction.atomic("trial"):
        for number in range(TARGET_PAGES + 100):
            add(2, number, "x" * 4000)
    assert len(tried) == 1
    assert len(list(iterating)) >= 299
    add(3, 1)
    assert len(tried) == 2, "the next commit tries again"
    add(3, 2)
    assert len(tried) == 2, "and it has succeeded"
    assert count() == 300 + TARGET_PAGES + 102


def test_a_copy_by_vacuum_into_does_not_take_the_lock(trial, tmp_path):
    add(1, 1)
    finished = threading.Event()

    def copy():
        run(f"VACUUM INTO '{tmp_path / 'copy.sqlite3'}'")
        finished.set()

    with transaction.atomic("trial"):
        add(1, 2)
        in_threads([copy])
    assert finished.is_set()
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copied:
        assert copied.execute("SELECT count(*) FROM note").fetchone() == (1,)


def test_a_forked_child_gets_a_new_connection_and_spares_its_parents(trial):
    add(1, 1)
    old = trial.connection
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            with pytest.raises(sqlite3.OperationalError, match="forked"):
                old.execute("SELECT 1")
            old.close()
            add(1, 2)
            outcome = 0 if count() == 2 and trial.connection is not old else 2
        finally:
            os._exit(outcome)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert trial.connection is old
    assert count() == 2
    assert run("PRAGMA integrity_check") == [("ok",)]


def test_a_child_forked_inside_a_transaction_may_not_go_on_with_it(trial):
    with transaction.atomic("trial"):
        add(1, 1)
        child = os.fork()
        if child == 0:
            outcome = 1
            try:
                add(1, 2)
            except Exception as error:  # noqa: BLE001
                outcome = 0 if "forked inside a transaction" in str(error) else 2
            finally:
                os._exit(outcome)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert count() == 1


def test_a_commit_survives_the_process(tmp_path):
    program = f"""
import os, sys
from django.conf import settings
settings.configure(DATABASES={{"default": {{
    "ENGINE": "nithet.foundation.database.sqlite", "NAME": {str(tmp_path / "a.sqlite3")!r}}}}})
import django
django.setup()
from django.db import connection, transaction
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE note (number integer)")
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (1)")
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES (2)")
        os.kill(os.getpid(), 9)
"""
    killed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert killed.returncode == -9, killed.stderr
    with sqlite3.connect(tmp_path / "a.sqlite3") as reopened:
        assert reopened.execute("SELECT number FROM note").fetchall() == [(1,)]
        assert reopened.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_without_the_lock_writers_do_meet_a_locked_database(tmp_path, django_db_blocker, databases):
    # The guard is proven needed: with Django's own backend a writer that cannot wait is refused
    # as soon as another one writes; with ours nobody but the lock's own time limit refuses.
    databases.register("plain", tmp_path / "p.sqlite3", databases.DJANGOS, timeout=0.05)
    refused = threading.Event()

    def second():
        try:
            with connections["plain"].cursor() as cursor:
                cursor.execute("INSERT INTO note VALUES (2)")
        except OperationalError as error:
            if "database is locked" in str(error):
                refused.set()
        finally:
            connections["plain"].close()

    with django_db_blocker.unblock():
        with connections["plain"].cursor() as cursor:
            cursor.execute("CREATE TABLE note (number integer)")
        with transaction.atomic("plain"):
            with connections["plain"].cursor() as cursor:
                cursor.execute("INSERT INTO note VALUES (1)")
            thread = threading.Thread(target=second)
            thread.start()
            thread.join()
        databases.forget("plain")
    assert refused.is_set()


def test_no_writer_starves_while_others_write_without_pause(trial):
    longest, stop = [0.0], threading.Event()

    def busy(number):
        i = 0
        while not stop.is_set():
            add(number, i)
            i += 1

    def polite():
        try:
            for i in range(30):
                started = time.monotonic()
                add(99, i)
                longest[0] = max(longest[0], time.monotonic() - started)
                time.sleep(0.005)
        finally:
            stop.set()

    in_threads([polite, *[lambda n=n: busy(n) for n in range(7)]])
    assert longest[0] < 2.0


def test_an_open_connection_is_known_so_that_a_fork_can_spare_it(trial):
    trial.ensure_connection()
    assert trial.connection in locked._open
