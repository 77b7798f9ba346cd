"""What a person takes along into schools without a network: schools, agreements, last findings, plan, forms, lists."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.queries import list_commitments
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.models.staff import Assignment, PositionHolder
from nithet.domain.directory.queries.populations import open_on
from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.instruments.entity_lists import as_csv
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.offered import lists_of, offered_to
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock

WEEKS_AHEAD = timedelta(weeks=6)
LOOK_BACK = timedelta(days=60)
"""So long a device is told what became of what it sent."""
SCHOOL = "directory.school:"
FINDINGS_OF_A_SCHOOL = 8


def taken_along(actor: Actor) -> dict[str, Any]:
    """Return everything that the client keeps on the device; a fixed number of queries, whatever the rows."""
    today = clock.today()
    forms = list(offered_to(actor))
    lists = {one.name: one for form in forms for one in lists_of(form)}
    return {
        "schools": _schools(actor, today),
        "plan": _plan(actor, today),
        "forms": [_form(one) for one in forms],
        "lists": {one.file_name: as_csv(one, actor).decode() for one in lists.values()},
        "standing": _standing(actor),
    }


def _schools(actor: Actor, today: date) -> list[dict[str, Any]]:
    own = _own_schools(actor, today)
    agreements = _agreements(actor)
    last = _last_visits(actor)
    return [
        _school(one, own, agreements.get(one.pk, []), last.get(one.pk))
        for one in list_schools(actor).filter(open_on(today))
    ]


def _own_schools(actor: Actor, today: date) -> set[int]:
    """Return the schools whose supervisor the actor is, by the positions that they hold."""
    if actor.user_id is None:
        return set()
    positions = PositionHolder.objects.filter(
        posting__in=Posting.objects.on(today).filter(user_id=actor.user_id)
    ).values("position_id")
    duties = standing(
        Assignment.objects.filter(kind=Assignment.Kind.SCHOOL_SUPERVISOR, position_id__in=positions)
    )
    return {one.school_id for one in duties if one.school_id and one.holds_on(today)}


def _agreements(actor: Actor) -> dict[int, list[Commitment]]:
    rows = list_commitments(actor).filter(
        kind=Commitment.Kind.PROMISE, state=Commitment.State.OPEN, about__startswith=SCHOOL
    )
    found: dict[int, list[Commitment]] = defaultdict(list)
    for one in rows:
        if (school_id := row_key(one.about.removeprefix(SCHOOL))) is not None:
            found[school_id].append(one)
    return found


def _last_visits(actor: Actor) -> dict[int, Visit]:
    done = Visit.objects.filter(school=OuterRef("school"), state=Visit.State.DONE)
    newest = done.order_by("-visited_on", "-pk").values("pk")[:1]
    rows = visible_to(actor).filter(pk=Subquery(newest)).prefetch_related("findings")
    return {one.school_id: one for one in rows}


def _school(
    school: School,
    own: set[int],
    agreements: Iterable[Commitment],
    last: Visit | None,
) -> dict[str, Any]:
    findings = list(last.findings.all())[:FINDINGS_OF_A_SCHOOL] if last else []
    return {
        "id": school.pk,
        "ref": f"{SCHOOL}{school.pk}",
        "code": school.smis_code,
        "name": school.name,
        "mine": school.pk in own,
        "telephone": school.telephone,
        "district": school.district,
        "network": school.network.unit.name if school.network else "",
        "is_example": school.is_example,
        "agreements": [
            {
                "id": one.pk,
                "ref": f"commitments.commitment:{one.pk}",
                "text": one.text,
                "owner": one.owner_title,
                "due_on": one.due_on.isoformat() if one.due_on else "",
            }
            for one in agreements
        ],
        "last_visit": last.visited_on.isoformat() if last else "",
        "findings": [{"kind": one.get_kind_display(), "text": one.text} for one in findings],
    }


def _plan(actor: Actor, today: date) -> list[dict[str, Any]]:
    """List the visits ahead, and those of the last week not made yet, on which the actor goes by the record or the plan."""
    if actor.user_id is None:
        return []
    week_ago = today - timedelta(days=7)
    went = Visit.objects.filter(visitors__user_id=actor.user_id).values("pk")
    goes = Visit.objects.filter(planned__party__user_id=actor.user_id).values("pk")
    rows = (
        visible_to(actor)
        .filter(Q(pk__in=went) | Q(pk__in=goes), state=Visit.State.PLANNED)
        .filter(visited_on__range=(week_ago, today + WEEKS_AHEAD))
        .order_by("visited_on", "starts_at", "pk")
    )
    return [
        {
            "id": one.pk,
            "ref": f"supervision.visit:{one.pk}",
            "school_id": one.school_id,
            "planned_for": one.visited_on.isoformat(),
            "starts_at": one.starts_at.strftime("%H:%M") if one.starts_at else "",
            "purpose": one.purpose,
        }
        for one in rows
    ]


def _form(version: InstrumentVersion) -> dict[str, Any]:
    return {
        "id": version.pk,
        "form_id": version.instrument.form_id,
        "title": version.title,
        "version": version.version,
        "hash": version.hash,
        "purpose": version.instrument.purpose,
        "address": reverse("field:form", args=[version.pk]),
        "media": [
            {
                "name": one["name"],
                "address": reverse("field:form_media", args=[version.pk, one["name"]]),
            }
            for one in version.media
        ],
    }


def _standing(actor: Actor) -> list[dict[str, Any]]:
    """What became of what the actor sent: a record that waits, or that counts by now."""
    if actor.user_id is None:
        return []
    rows = Submission.objects.filter(
        user_id=actor.user_id, received_at__gte=clock.now() - LOOK_BACK, rival_of__isnull=True
    ).defer("body", "answers")
    return [
        {"instance_id": one.instance_id, "state": one.state, "reason": reason_words(one)}
        for one in rows
    ]


def reason_words(submission: Submission) -> str:
    """Return why a submission waits, in the reader's language; "" where it counts."""
    if submission.state == Submission.State.ACCEPTED:
        return ""
    return submission.reason_words or (submission.get_reason_display() if submission.reason else "")
