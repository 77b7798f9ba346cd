"""Records that a step may hold, offered by what the step serves."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest

from nithet.domain.evidence.queries.pieces import list_pieces
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.plans.policy import visible_plans
from nithet.domain.supervision.cycle_policy import visible_packs, visible_reviews
from nithet.domain.supervision.models.cycle import CycleStep
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.policy import visible_supervision_plans, visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.registry import RecordRef, kinds
from nithet.kernel.school_years import fiscal_year_period
from nithet.kernel.thai_dates import format_date
from nithet.web.shared.requests import actor_of

Offered = tuple[str, str]
MOST = 60


def records_for(request: HttpRequest, step: CycleStep) -> list[Offered]:
    """Return (reference, words) of records of the year that fit what a step serves, evidence of the year last."""
    actor, year = actor_of(request), step.cycle.fiscal_year
    held = {link.ref for link in step.links.all()}
    find = _FITTING.get(step.serves)
    found = list(find(actor, year)) if find else []
    pieces = [(f"evidence.piece:{one.pk}", one.title) for one in list_pieces(actor, year)[:MOST]]
    known = kinds()
    return [
        one
        for one in [*found, *pieces]
        if one[0] not in held and RecordRef.parse(one[0]).kind in known
    ]


def _plans(actor: Actor, year: int) -> Iterable[Offered]:
    for plan in visible_supervision_plans(actor).filter(fiscal_year=year):
        yield f"supervision.supervisionplan:{plan.pk}", plan.title
        for version in plan.versions.defer("content").select_related("plan"):
            yield f"supervision.supervisionplanversion:{version.pk}", str(version)
    for one in visible_plans(actor).filter(fiscal_year=year):
        yield f"plans.plan:{one.pk}", one.title


def _packs(actor: Actor, year: int) -> Iterable[Offered]:
    for pack in visible_packs(actor).filter(fiscal_year=year).defer("content"):
        yield f"supervision.informationpack:{pack.pk}", str(pack)


def _instruments(actor: Actor, year: int) -> Iterable[Offered]:
    for one in standing(Instrument.objects.exclude(state=Instrument.State.RETIRED))[:MOST]:
        yield f"instruments.instrument:{one.pk}", one.title


def _visits(actor: Actor, year: int) -> Iterable[Offered]:
    period = fiscal_year_period(year)
    rows = visible_to(actor).filter(
        state=Visit.State.DONE, visited_on__range=(period.start, period.end)
    )
    for one in rows.select_related("school__unit").order_by("-visited_on", "pk")[:MOST]:
        yield f"supervision.visit:{one.pk}", f"{one.school} {format_date(one.visited_on, 'short')}"


def _reviews(actor: Actor, year: int) -> Iterable[Offered]:
    for one in standing(visible_reviews(actor).filter(fiscal_year=year)):
        yield (
            f"supervision.systemreview:{one.pk}",
            f"{format_date(one.reviewed_on, 'short')} {one}",
        )


_FITTING: dict[str, Callable[[Actor, int], Iterable[Offered]]] = {
    "needs": _packs,
    "plan": _plans,
    "projects": _plans,
    "instruments": _instruments,
    "visits": _visits,
    "reviews": _reviews,
    "changes": _reviews,
}


def change_records(request: HttpRequest, year: int) -> list[Offered]:
    """Return the records in which a change of the system may be seen: plans and instruments."""
    actor, known = actor_of(request), kinds()
    found = [*_plans(actor, year), *_instruments(actor, year)]
    return [one for one in found if RecordRef.parse(one[0]).kind in known]
