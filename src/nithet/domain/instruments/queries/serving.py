"""Which instruments serve which records, such as the projects of the plan."""

from collections.abc import Iterable

from nithet.domain.instruments.models.instruments import Instrument
from nithet.foundation.actions.taking_back import standing


def instruments_by_project(refs: Iterable[str]) -> dict[str, list[Instrument]]:
    """Return reference ("plans.project:5") -> the instruments that serve it, by title; every reference is there. One query.

    Instruments that are no longer in use are left out.
    """
    found: dict[str, list[Instrument]] = {str(ref): [] for ref in refs}
    rows = standing(Instrument.objects.exclude(state=Instrument.State.RETIRED))
    for instrument in rows.order_by("title", "pk"):
        for ref in instrument.serves:
            if ref in found:
                found[ref].append(instrument)
    return found
