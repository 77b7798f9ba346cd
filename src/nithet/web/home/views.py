"""The home of each role."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.directory.policy.schools import is_own_school
from nithet.domain.evidence.policy import may_bring_for_school
from nithet.domain.overview.days import (
    MOST,
    dues_of,
    goes_to_schools,
    today_of,
    visits_of_week,
)
from nithet.domain.overview.queries import OfficeHome, office_home
from nithet.domain.overview.roles import (
    beginning,
    installation_home,
    own_schools,
    plan_home,
    visits_gone_on,
)
from nithet.domain.overview.waiting import waiting_for
from nithet.domain.reviews.queries.assessors import last_days, record_of
from nithet.domain.reviews.queries.freezing import list_frozen
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.roles import OFFICE_LEADERS, OFFICE_STAFF, Role
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.home.pages import (
    due_lines,
    items_at_home,
    missing_of,
    part_address,
    primary_of,
    rows_behind,
)
from nithet.web.rounds.pages import levels_of
from nithet.web.shared.requests import actor_of


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show where the reader is, what the state is and what is next."""
    actor = actor_of(request)
    if actor.office_id is None:
        return render(request, "home/nobody.html")
    if actor.holds(*OFFICE_STAFF):
        return _office(request, actor)
    if actor.holds(Role.ASSESSOR) or actor.limited_to:
        rounds = [] if actor.limited_to else visible_rounds(actor)
        until = last_days(actor)
        copies = list_frozen(actor).select_related("round__edition")
        context = {"frozen": [(one, until.get(record_of(one))) for one in copies], "rounds": rounds}
        return render(request, "home/assessor.html", context)
    if actor.school_ids:
        return _school(request, actor)
    return _outside(request, actor)


def _days(actor: Actor) -> dict[str, Any]:
    today = clock.today()
    dues = dues_of(actor, today)
    return {
        "day": today,
        "waiting": waiting_for(actor),
        "today": due_lines(actor, today_of(actor, today), today),
        "week": visits_of_week(actor, today),
        "own_week": goes_to_schools(actor),
        "late": due_lines(actor, dues.late, today),
        "soon": due_lines(actor, dues.soon, today),
        "most": MOST,
    }


def _office(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = office_home(actor)
    can_import = ask("return.propose_import", actor, None)
    can_import_schools = actor.holds(Role.ADMINISTRATOR)
    context = _days(actor)
    context |= {
        "home": found,
        "primary": primary_of(actor, context["waiting"], found),
        "steps": beginning() if can_import or can_import_schools else None,
        "needs_return": found is None,
        "is_leader": actor.holds(*OFFICE_LEADERS),
        "installation": installation_home(actor) if actor.holds(Role.ADMINISTRATOR) else None,
        "plan": _plan(actor, found) if actor.holds(Role.PLANNER, *OFFICE_LEADERS) else None,
        "can_import": can_import,
        "can_import_schools": can_import_schools,
    }
    if found is not None:
        context |= {
            "levels": levels_of(found.round, found.standing),
            "to": rows_behind(found.round.fiscal_year),
            "part_links": [
                (one, part_address(found.round.fiscal_year, one)) for one in found.parts
            ],
            "items": items_at_home(found),
            "missing": missing_of(actor, found, with_plan=context["plan"] is None),
        }
    return render(request, "home/office.html", context)


def _plan(actor: Actor, found: OfficeHome | None) -> Any:
    return plan_home(actor, found.round.fiscal_year if found else fiscal_year(clock.today()))


def _school(request: HttpRequest, actor: Actor) -> HttpResponse:
    schools = own_schools(actor, clock.today())
    brings = any(may_bring_for_school(actor, one.school) for one in schools)
    says = any(is_own_school(actor, one.school) for one in schools)
    context = _days(actor) | {"schools": schools, "brings": brings, "says": says}
    return render(request, "home/school.html", context)


def _outside(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Committee members, network chairs and experts: the visits they went on and those to come."""
    context = _days(actor) | {"gone": visits_gone_on(actor, clock.today())}
    return render(request, "home/outside.html", context)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say that the server answers and its database too; for whoever watches the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
