"""One line of the plan: why it is proposed, and what a person makes of it."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.queries.schools import find_school, list_schools
from nithet.domain.supervision.actions.lines import (
    add_line,
    drop_line,
    move_line,
    name_party,
    restore_line,
)
from nithet.domain.supervision.models.plans import PlannedVisit
from nithet.domain.supervision.policy import may_plan
from nithet.domain.supervision.queries.counting import counting_day
from nithet.domain.supervision.queries.facts import Person, committee_members, supervisors
from nithet.domain.supervision.queries.plan_summary import waiting_submission
from nithet.domain.supervision.queries.plan_year import schools_of_day
from nithet.domain.supervision.queries.planning import key_of, settings_from
from nithet.domain.supervision.queries.school_days import days_around
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.planner.finding import line_or_404, plan_or_404
from nithet.web.planner.forms import DropForm, LineForm, MoveForm, OnlyVersion, PartyForm
from nithet.web.planner.words import say_problem
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of


def people_of(actor: Actor, fiscal_year: int, kind: str = "") -> dict[str, Person]:
    """Return who can go, by key: supervisors, and the committee's members unless only supervisors are asked for."""
    found = list(supervisors(actor, clock.today()))
    if kind != "supervision":
        found += committee_members(actor, counting_day(fiscal_year))
    return {one.key: one for one in found}


@login_required
@require_safe
def line(request: HttpRequest, planned_visit_id: int) -> HttpResponse:
    """Show a line with its reasons, and the forms that change it."""
    found = line_or_404(request, planned_visit_id)
    return _page(request, found)


def _page(
    request: HttpRequest, found: PlannedVisit, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    actor = actor_of(request)
    people = people_of(actor, found.plan.fiscal_year, found.kind)
    party = list(found.party.all())
    initial = {"version": found.version}
    is_over = found.visit is not None and found.visit.state == "done"
    context = {
        "line": found,
        "plan": found.plan,
        "party": party,
        "shows_reasons": may_plan(actor, None),
        "can": ask("planned_visit.move", actor, found),
        "is_over": is_over,
        "move_form": MoveForm(initial={**initial, "planned_on": found.planned_on}),
        "drop_form": DropForm(initial=initial),
        "restore_form": OnlyVersion(initial=initial),
        "party_form": PartyForm(
            initial={**initial, "people": [key_of(one) for one in party]},
            people=[(one.key, one.title) for one in people.values()],
        ),
        "changes": list(found.changes.all()),
        "closed": days_around(actor, found.school_id, found.planned_on).why_closed(
            found.school_id, found.planned_on
        ),
        "crowded": [] if is_over else _crowded(actor, found, people),
        "most_a_day": settings_from(found.plan.settings).most_a_day,
        "waiting": waiting_submission(found.plan),
        **bound,
    }
    return render(request, "planner/line.html", context, status=status)


def _crowded(
    actor: Actor, found: PlannedVisit, people: dict[str, Person]
) -> list[tuple[str, list[str]]]:
    """Name the supervisors of a line who have more schools on its day than was set, visits outside of the plan counted too."""
    if found.state == PlannedVisit.State.DROPPED or found.planned_on < clock.today():
        return []
    keys = [key for one in found.party.all() if (key := key_of(one))[:1] != "m"]
    most = settings_from(found.plan.settings).most_a_day
    schools = schools_of_day(actor, found.planned_on, keys, people.values())
    return [
        (people[key].title if key in people else "", names)
        for key, names in schools.items()
        if len(names) > most
    ]


def _save(
    request: HttpRequest,
    found: PlannedVisit,
    name: str,
    action: str,
    form: forms.Form,
    save: Callable[[dict[str, Any]], PlannedVisit],
) -> HttpResponse:
    """Save one of the forms of a line, or show the line again with what is wrong at its field."""
    can = ask(action, actor_of(request), found)
    if not can:
        raise Refused(action, can)
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error)
        else:
            messages.success(request, gettext("It has been saved."))
            return redirect("planner:line", found.pk)
    return _page(request, found, 422, **{name: form})


@login_required
@require_POST
def move(request: HttpRequest, planned_visit_id: int) -> HttpResponse:
    """Give a line another day; one on which the school is closed only where the planner insists."""
    found = line_or_404(request, planned_visit_id)

    def save(values: dict[str, Any]) -> PlannedVisit:
        return move_line(actor=actor_of(request), line=found, **values)

    return _save(request, found, "move_form", "planned_visit.move", MoveForm(request.POST), save)


@login_required
@require_POST
def drop(request: HttpRequest, planned_visit_id: int) -> HttpResponse:
    """Leave a line out."""
    found = line_or_404(request, planned_visit_id)

    def save(values: dict[str, Any]) -> PlannedVisit:
        return drop_line(actor=actor_of(request), line=found, **values)

    return _save(request, found, "drop_form", "planned_visit.drop", DropForm(request.POST), save)


@login_required
@require_POST
def restore(request: HttpRequest, planned_visit_id: int) -> HttpResponse:
    """Bring a line back into the proposal."""
    found = line_or_404(request, planned_visit_id)

    def save(values: dict[str, Any]) -> PlannedVisit:
        return restore_line(actor=actor_of(request), line=found, **values)

    return _save(
        request, found, "restore_form", "planned_visit.restore", OnlyVersion(request.POST), save
    )


@login_required
@require_POST
def party(request: HttpRequest, planned_visit_id: int) -> HttpResponse:
    """Say who goes."""
    found = line_or_404(request, planned_visit_id)
    actor = actor_of(request)
    people = people_of(actor, found.plan.fiscal_year, found.kind)
    form = PartyForm(request.POST, people=[(one.key, one.title) for one in people.values()])

    def save(values: dict[str, Any]) -> PlannedVisit:
        chosen = [people[key] for key in values.pop("people")]
        return name_party(actor=actor, line=found, people=chosen, **values)

    return _save(request, found, "party_form", "planned_visit.name_party", form, save)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, supervision_plan_id: int) -> HttpResponse:
    """Add a visit by hand."""
    plan, actor = plan_or_404(request, supervision_plan_id), actor_of(request)
    can = ask("planned_visit.add", actor, plan)
    people = people_of(actor, plan.fiscal_year)
    schools = school_choices(actor)
    given = request.POST if request.method == "POST" else None
    form = LineForm(
        given,
        schools=schools,
        people=[(one.key, one.title) for one in people.values()],
        initial={"school": request.GET.get("school", ""), "kind": "supervision"},
    )
    status = 200
    if given is not None:
        if not can:
            raise Refused("planned_visit.add", can)
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            school = find_school(actor, values.pop("school"))
            chosen = [people[key] for key in values.pop("people")]
            try:
                if school is not None:
                    made = add_line(actor=actor, plan=plan, school=school, people=chosen, **values)
                    messages.success(
                        request, gettext("It stands in the proposal. Take it into the plan there.")
                    )
                    return redirect("planner:line", made.pk)
            except Conflict as error:
                say_problem(request, error)
            except RuleBroken as error:
                tell_at_field(form, error)
    context = {"plan": plan, "form": form, "can": can}
    return render(request, "planner/add_line.html", context, status=status)


def school_choices(actor: Actor) -> Sequence[tuple[int, str]]:
    """Return the schools that an actor may choose from, by name."""
    return [(one.pk, one.name) for one in list_schools(actor).order_by("unit__name_key", "pk")]
