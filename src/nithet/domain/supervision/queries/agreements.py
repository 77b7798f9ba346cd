"""What was agreed with schools on visits, over all schools: ข้อตกลงที่ยังค้าง."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from nithet.domain.commitments.models import Commitment
from nithet.domain.supervision.models.findings import AgreementCheck
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.domain.supervision.queries.visits import VISIT
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement with the visit on which it was made, and what later visits found of it, the newest last."""

    commitment: Commitment
    visit: Visit
    checks: list[AgreementCheck]


def list_agreements(actor: Actor, *, mine: bool = False) -> QuerySet[Commitment]:
    """List what was agreed on the visits that an actor may read, by due date; `mine`: on visits on which they went."""
    visits = visible_to(actor)
    if mine:
        visits = visits.filter(visitors__user_id=actor.user_id or 0)
    # References are text, so the keys are put into words here; an office has some thousands of visits.
    names = [f"{VISIT}:{key}" for key in visits.values_list("pk", flat=True)] if mine else None
    rows = standing(
        Commitment.objects.filter(office_id=actor.office_id, kind=Commitment.Kind.PROMISE)
    )
    if names is not None:
        return rows.filter(arose_from__in=names)
    if actor.is_of_staff:
        return rows.filter(arose_from__startswith=f"{VISIT}:")
    schools = visits.values_list("school_id", flat=True).distinct()
    return rows.filter(about__in=[f"directory.school:{key}" for key in schools])


def late_agreements(actor: Actor, day: date, *, mine: bool = False) -> int:
    """Count what is still to do although its day has passed."""
    return (
        list_agreements(actor, mine=mine)
        .filter(state=Commitment.State.OPEN, due_on__lt=day)
        .count()
    )


def with_visits(actor: Actor, rows: list[Commitment]) -> list[Agreed]:
    """Put the visit and the later answers to each agreement of a page; two queries. What is not the actor's is left out."""
    keys = {row.pk: row_key(row.arose_from.rpartition(":")[2]) or 0 for row in rows}
    found = visible_to(actor).filter(pk__in=keys.values()).select_related("school__unit")
    visits = {one.pk: one for one in found}
    checks: dict[int, list[AgreementCheck]] = {}
    answered = AgreementCheck.objects.filter(agreement__in=rows).select_related("visit")
    for one in answered.order_by("visit__visited_on", "pk"):
        checks.setdefault(one.agreement_id, []).append(one)
    return [
        Agreed(row, visits[keys[row.pk]], checks.get(row.pk, []))
        for row in rows
        if keys[row.pk] in visits
    ]
