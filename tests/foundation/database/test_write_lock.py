import gc
import threading
import time

import pytest

from nithet.foundation.database.sqlite import write_lock
from nithet.foundation.database.sqlite.write_lock import (
    WriteLock,
    WriteLockTimeout,
    write_lock_of,
)


class Connection:
    """Stands for a database connection: something that can be closed."""

    def __init__(self):
        self.is_closed = False

    def close(self):
        self.is_closed = True


def in_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def wait_until(question):
    for _ in range(500):
        if question():
            return
        time.sleep(0.01)
    raise AssertionError("it did not come about within five seconds")


def test_a_second_writer_waits_until_the_first_is_done():
    lock, order = WriteLock("x"), []
    first = Connection()
    turn = lock.acquire(first, 5)

    def second():
        connection = Connection()
        mine = lock.acquire(connection, 5)
        order.append("second")
        lock.release(mine)

    thread = in_thread(second)
    wait_until(lambda: lock.count_waiting() == 1)
    order.append("first")
    lock.release(turn)
    thread.join()
    assert order == ["first", "second"]
    assert not lock.is_held()


def test_writers_who_wait_are_served_in_the_order_they_asked():
    lock, order, threads = WriteLock("x"), [], []
    holder = Connection()
    turn = lock.acquire(holder, 5)

    def writer(number):
        connection = Connection()
        mine = lock.acquire(connection, 10)
        order.append(number)
        time.sleep(0.002)
        lock.release(mine)

    for number in range(12):
        threads.append(in_thread(lambda n=number: writer(n)))
        wait_until(lambda n=number: lock.count_waiting() == n + 1)
    time.sleep(write_lock.PATIENCE_S * 1.5)
    lock.release(turn)
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_nobody_overtakes_a_writer_who_has_lost_patience():
    lock, results = WriteLock("x"), []
    holder, late = Connection(), Connection()
    turn = lock.acquire(holder, 5)

    def patient():
        connection = Connection()
        mine = lock.acquire(connection, 5)
        results.append("waited")
        lock.release(mine)

    thread = in_thread(patient)
    wait_until(lambda: lock.count_waiting() == 1)
    time.sleep(write_lock.PATIENCE_S * 1.5)
    lock.release(turn)
    mine = lock.acquire(late, 5)
    results.append("late")
    lock.release(mine)
    thread.join()
    assert results == ["waited", "late"]


def test_waiting_ends_with_a_message_that_names_the_holder():
    lock, holder, said = WriteLock("office.sqlite3"), Connection(), []
    lock.acquire(holder, 5)

    def second():
        with pytest.raises(WriteLockTimeout) as caught:
            lock.acquire(Connection(), 0.05)
        said.append(str(caught.value))

    in_thread(second).join()
    assert "office.sqlite3 was not free within 0.05 s" in said[0]
    assert "MainThread" in said[0]
    assert lock.count_waiting() == 0


def test_a_writer_who_gave_up_does_not_keep_the_others_from_their_turn():
    lock, holder, served = WriteLock("x"), Connection(), []
    turn = lock.acquire(holder, 5)

    def gives_up():
        with pytest.raises(WriteLockTimeout):
            lock.acquire(Connection(), 0.05)

    def stays():
        connection = Connection()
        mine = lock.acquire(connection, 5)
        served.append(True)
        lock.release(mine)

    first = in_thread(gives_up)
    wait_until(lambda: lock.count_waiting() == 1)
    second = in_thread(stays)
    wait_until(lambda: lock.count_waiting() == 2)
    first.join()
    lock.release(turn)
    second.join()
    assert served == [True]


def test_one_thread_with_two_connections_is_told_at_once_and_not_left_to_wait():
    lock, first, second = WriteLock("x"), Connection(), Connection()
    lock.acquire(first, 5)
    started = time.monotonic()
    with pytest.raises(WriteLockTimeout, match="through another connection"):
        lock.acquire(second, 5)
    assert time.monotonic() - started < 1


def test_the_lock_of_a_thread_that_died_is_taken_from_it():
    lock, kept = WriteLock("x"), []

    def dies_holding():
        connection = Connection()
        kept.append(connection)
        lock.acquire(connection, 5)

    in_thread(dies_holding).join()
    gc.collect()
    assert lock.is_held()
    turn = lock.acquire(Connection(), 5)
    assert kept[0].is_closed
    lock.release(turn)


def test_an_interrupted_writer_leaves_the_queue(monkeypatch):
    lock, holder = WriteLock("x"), Connection()
    turn = lock.acquire(holder, 5)
    monkeypatch.setattr(
        lock, "_free_if_abandoned", lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    )
    caught = []

    def second():
        try:
            lock.acquire(Connection(), 5)
        except KeyboardInterrupt:
            caught.append(True)

    in_thread(second).join()
    assert caught == [True]
    assert lock.count_waiting() == 0
    lock.release(turn)


def test_two_spellings_of_one_path_share_a_lock(tmp_path):
    file = tmp_path / "a.sqlite3"
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    lock = write_lock_of(str(file))
    assert write_lock_of(str(link / "a.sqlite3")) is lock
    assert write_lock_of(f"file:{file}?mode=rwc") is lock
    assert write_lock_of(str(tmp_path / "b.sqlite3")) is not lock


def test_databases_in_memory_share_a_lock_only_when_they_share_the_memory():
    assert write_lock_of(":memory:") is not write_lock_of(":memory:")
    shared = "file:a?mode=memory&cache=shared"
    assert write_lock_of(shared) is write_lock_of(shared)


def test_many_threads_never_hold_the_lock_together():
    lock, inside, together, total = WriteLock("x"), [], [], []

    def writer():
        connection = Connection()
        for _ in range(200):
            turn = lock.acquire(connection, 30)
            inside.append(1)
            if len(inside) > 1:
                together.append(1)
            inside.pop()
            total.append(1)
            lock.release(turn)

    threads = [in_thread(writer) for _ in range(16)]
    for thread in threads:
        thread.join()
    assert len(total) == 3200
    assert together == []
    assert not lock.is_held()
    assert lock.count_waiting() == 0
