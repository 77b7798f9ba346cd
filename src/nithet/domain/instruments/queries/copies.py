"""The copy of a filled-in form that a school opens without an account."""

import re
from datetime import timedelta

from nithet.domain.instruments.models.submissions import Submission
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock

CODE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""The number of a record, made at random on the device (122 bits): whoever was shown it may read the copy."""
GOOD_FOR = timedelta(days=180)
"""So long after the office received it a record has a copy; the links that schools get of visits end as late."""


def submission_of(code: str) -> Submission | None:
    """Return the record of a code, whatever its office, where it counts and is about a school; None otherwise.

    A record that was set aside, replaced, is too old or waits to be checked has no copy, so that a school never holds what the office
    has not taken in.
    """
    if not CODE.fullmatch(code):
        return None
    # The school's people open the code without an account, so no office is in scope.
    with unscoped():
        found = list(
            Submission.objects.filter(
                instance_id=f"uuid:{code}",
                rival_of__isnull=True,
                state=Submission.State.ACCEPTED,
                is_current=True,
                received_at__gt=clock.now() - GOOD_FOR,
                school__isnull=False,
                version__isnull=False,
            ).select_related("version__instrument", "school__unit", "office")[:2]
        )
    return found[0] if len(found) == 1 else None
