"""A mistake is taken back."""

from datetime import UTC, datetime, timedelta

from nithet.foundation.actions.taking_back import needs_reason

MADE_AT = datetime(2026, 6, 1, 2, tzinfo=UTC)


class Plain:
    """Only what the rule looks at."""

    def __init__(self) -> None:
        self.made_at = MADE_AT


def test_within_a_day_no_reason_is_needed() -> None:
    assert not needs_reason(Plain(), MADE_AT + timedelta(hours=23, minutes=59))  # type: ignore[arg-type]


def test_from_the_second_day_on_a_reason_is_needed() -> None:
    assert needs_reason(Plain(), MADE_AT + timedelta(days=1))  # type: ignore[arg-type]
