"""The entity lists of this package: schools and open agreements."""

from collections.abc import Iterator

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.instruments.entity_lists import EntityRow, register
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel import clock
from nithet.kernel.thai_dates import format_date

SCHOOLS, AGREEMENTS = "schools", "agreements"
SCHOOL, COMMITMENT = "directory.school", "commitments.commitment"


def school_rows(actor: Actor) -> Iterator[EntityRow]:
    """Yield the open schools that an actor may read, by name."""
    today = clock.today()
    for school in list_schools(actor):
        if school.unit.is_open_on(today):
            network = str(school.network) if school.network else ""
            values = {"code": school.smis_code, "network": network, "district": school.district}
            yield EntityRow(f"{SCHOOL}:{school.pk}", school.unit.name, values, school.version)


def agreement_rows(actor: Actor) -> Iterator[EntityRow]:
    """Yield what was agreed with the actor's schools and is still to do, by due date."""
    names = {f"{SCHOOL}:{school.pk}": school.unit.name for school in list_schools(actor)}
    rows = standing(Commitment.objects.filter(office_id=actor.office_id)).filter(
        state=Commitment.State.OPEN, kind=Commitment.Kind.PROMISE
    )
    for row in rows:
        school = school_of(row, names)
        if not school:
            continue
        due = format_date(row.due_on, "short") if row.due_on else ""
        values = {
            "school": school,
            "school_label": names[school],
            "owner": row.owner_title,
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "due_label": due,
            "progress": "",
        }
        yield EntityRow(f"{COMMITMENT}:{row.pk}", row.text, values, row.version)


def school_of(commitment: Commitment, schools: dict[str, str]) -> str:
    """Return the reference of the school that an agreement is with; "" where it is none of these."""
    return commitment.about if commitment.about in schools else ""


def register_lists() -> None:
    """Make both lists known."""
    register(SCHOOLS, ("code", "network", "district"), school_rows)
    register(
        AGREEMENTS,
        ("school", "school_label", "owner", "due_on", "due_label", "progress"),
        agreement_rows,
        needs_approval=True,
    )
