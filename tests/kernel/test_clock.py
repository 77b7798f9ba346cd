"""The clock: Thai days, stopping it, and that one thread's stopped clock is not another's."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest

from nithet.kernel import clock

LATE = datetime(2012, 9, 30, 17, 0, tzinfo=UTC)


def test_the_thai_day_begins_seven_hours_before_the_utc_day() -> None:
    with clock.fixed(LATE - timedelta(microseconds=1)):
        assert clock.today() == date(2012, 9, 30)
    with clock.fixed(LATE):
        assert clock.today() == date(2012, 10, 1)


def test_a_stopped_clock_answers_in_utc_whatever_zone_it_was_given() -> None:
    with clock.fixed(LATE.astimezone(clock.BANGKOK)):
        assert clock.now() == LATE
        assert clock.now().utcoffset() == timedelta(0)


def test_stopped_clocks_nest_and_restart_even_after_an_error() -> None:
    with clock.fixed(LATE):
        with pytest.raises(KeyError), clock.fixed(LATE + timedelta(days=1)):
            assert clock.today() == date(2012, 10, 2)
            raise KeyError
        assert clock.now() == LATE
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_another_thread_keeps_its_own_clock() -> None:
    seen: list[datetime] = []
    with clock.fixed(LATE):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] > LATE + timedelta(days=365)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = LATE.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"), clock.fixed(naive):
        pass
    with pytest.raises(ValueError, match="time zone"):
        clock.day_of(naive)


def test_an_hour_of_a_thai_day_is_a_utc_moment_of_that_day_in_thailand() -> None:
    moment = clock.at(date(2012, 5, 24), time(0, 5))
    assert moment == datetime(2012, 5, 23, 17, 5, tzinfo=UTC)
    assert clock.day_of(moment) == date(2012, 5, 24)
    assert clock.in_thailand(moment).hour == 0


def test_a_day_without_an_hour_means_noon_in_thailand() -> None:
    assert clock.at(date(2012, 5, 24)) == datetime(2012, 5, 24, 5, 0, tzinfo=UTC)
