"""Whether a submission counts at once or waits for a person, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(days=30)
"""So long a version that was replaced is still taken in: a device may have been without a network."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known when a submission arrives; times are the server's, because a device's clock may be wrong."""

    received_at: datetime
    has_form: bool = True
    has_version: bool = True
    form_is_closed: bool = False
    retired_at: datetime | None = None
    """When a later version took its place; None while it is in use."""
    is_revoked: bool = False
    """The device was revoked, or its owner holds nothing in the office any more."""
    is_theirs: bool = True
    """The form is meant for whoever sends it."""
    school_is_outside: bool = False
    edits_unknown: bool = False
    edits_replaced: bool = False
    edits_of_others: bool = False


def reason_to_wait(known: Circumstances) -> str:
    """Return the code of the first reason why a person has to look at it; "" where it counts at once."""
    late = known.retired_at is not None and known.received_at - known.retired_at > GRACE
    reasons = (
        (known.is_revoked, "device_revoked"),
        (not known.has_form, "unknown_form"),
        (not known.has_version, "unknown_version"),
        (known.form_is_closed, "form_closed"),
        (late, "version_retired"),
        (not known.is_theirs or known.edits_of_others, "not_theirs"),
        (known.school_is_outside, "school_outside"),
        (known.edits_unknown, "edited_unknown"),
        (known.edits_replaced, "edited_twice"),
    )
    return next((code for holds, code in reasons if holds), "")
