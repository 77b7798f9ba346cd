from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nithet.foundation.jobs.rules import (
    LONGEST_DELAY_S,
    Daily,
    Every,
    delay_before_retry,
    is_beyond_the_next,
    is_due,
)

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(0, 5), (1, 5), (2, 20), (3, 80), (4, 320), (5, 1280), (6, 3600)]
)
def test_each_retry_waits_four_times_longer_up_to_an_hour(attempts, seconds):
    assert delay_before_retry(attempts, 0.5) == timedelta(seconds=seconds)


@given(st.integers(0, 10**6), st.floats(0, 1))
def test_the_wait_is_spread_by_a_quarter_either_way(attempts, chance):
    seconds = delay_before_retry(attempts, chance).total_seconds()
    middle = delay_before_retry(attempts, 0.5).total_seconds()
    assert middle * 0.74 < seconds < middle * 1.26
    assert seconds <= LONGEST_DELAY_S * 1.25


def test_every_five_minutes_falls_on_the_fives():
    every = Every(timedelta(minutes=5))
    assert every.next_after(NOW) == NOW + timedelta(minutes=5)
    assert every.next_after(NOW + timedelta(seconds=1)) == NOW + timedelta(minutes=5)
    assert every.next_after(NOW - timedelta(seconds=1)) == NOW


def test_daily_is_an_hour_of_thailand():
    # 06:30 UTC is 13:30 in Thailand.
    assert Daily(time(14, 0)).next_after(NOW) == datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    assert Daily(time(2, 0)).next_after(NOW) == datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
    assert Daily(time(13, 30)).next_after(NOW) == NOW + timedelta(days=1)


@given(MOMENTS, st.integers(1, 10**5))
def test_the_next_moment_of_every_is_later_and_at_most_one_interval_away(moment, seconds):
    every = Every(timedelta(seconds=seconds))
    assert moment < every.next_after(moment) <= moment + every.interval


@given(MOMENTS, st.times())
def test_the_next_moment_of_daily_is_later_and_at_most_a_day_away(moment, at):
    assert moment < Daily(at).next_after(moment) <= moment + timedelta(days=1)


def test_a_moment_is_due_when_it_has_come():
    assert is_due(NOW, NOW)
    assert is_due(NOW - timedelta(days=3), NOW)
    assert not is_due(NOW + timedelta(seconds=1), NOW)


def test_a_plan_made_while_the_clock_was_ahead_is_recognised():
    every = Every(timedelta(minutes=5))
    assert not is_beyond_the_next(every.next_after(NOW), every, NOW)
    assert is_beyond_the_next(NOW + timedelta(hours=1), every, NOW)
