"""Networks, schools that learn together, and what "every school" means."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.actions.arrangements import (
    arrange_joint_learning,
    edit_joint_learning,
    take_back_joint_learning,
)
from nithet.domain.directory.actions.facts import choose_scheme, set_chair, take_back_chair
from nithet.domain.directory.actions.populations import declare_population, take_back_population
from nithet.domain.directory.models.schools import Network
from nithet.domain.directory.policy.schools import may_keep, may_keep_schools, may_see_whole
from nithet.domain.directory.queries.networks import list_networks
from nithet.domain.directory.queries.populations import population_of
from nithet.domain.directory.queries.school_pages import (
    chairs_of,
    counted_schools,
    find_arrangement,
    find_chair,
    find_network,
    find_population,
    list_arrangements,
    list_populations,
    newest_chairs,
    scheme_of,
    schools_of,
)
from nithet.domain.directory.rules.levels import said_levels
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.kernel.school_years import academic_year
from nithet.web.directory import forms
from nithet.web.directory.parts import (
    answer_form,
    answer_taking_back,
    area_tabs,
    keeper_or_404,
    label_of,
)
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of


def _reader(request: HttpRequest) -> Actor:
    """Return who asks, where they read the whole directory."""
    actor = actor_of(request)
    if not may_see_whole(actor):
        raise Http404
    return actor


@login_required
@require_safe
def networks(request: HttpRequest) -> HttpResponseBase:
    """List the networks with their schools counted and this year's chair."""
    actor = _reader(request)
    rows, year = list_networks(actor), academic_year(clock.today())
    chairs = newest_chairs(year)
    if wants_sheet(request):
        columns = [
            Column(gettext("Network")),
            Column(gettext("Schools"), "whole"),
            Column(gettext("School of the chair")),
        ]
        lines: list[list[Value]] = [
            [row.unit.name, row.school_count, chairs.get(row.pk, "")] for row in rows
        ]
        return sheet_answer(gettext("Networks"), columns, lines, request=request)
    page = paged(request, rows)
    for row in page.object_list:
        row.chair = chairs.get(row.pk, "")
    context = {"page": page, "year": year, "tabs": area_tabs("networks")}
    return render(request, "directory/networks.html", context)


def _network(request: HttpRequest, network_id: int) -> tuple[Actor, Network]:
    actor = _reader(request)
    if (network := find_network(actor, network_id)) is None:
        raise Http404
    return actor, network


@login_required
@require_safe
def network(request: HttpRequest, network_id: int) -> HttpResponse:
    """Show a network: its schools and its chairs by year."""
    actor, found = _network(request, network_id)
    now = clock.now()
    context = {
        "network": found,
        "crumbs": [
            Crumb(gettext("Networks"), reverse("directory:networks")),
            Crumb(found.unit.name),
        ],
        "page": paged(request, schools_of(found)),
        "chairs": [(row, needs_reason(row, now)) for row in chairs_of(found)],
        "may_keep": bool(may_keep(actor, found)),
    }
    return render(request, "directory/network.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chair(request: HttpRequest, network_id: int) -> HttpResponse:
    """Say which school chairs a network in a year."""
    actor, found = _network(request, network_id)
    if not may_keep(actor, found):
        raise Http404
    here = reverse("directory:network", args=[found.pk])
    title = gettext("Chair of the network")
    initial = {"academic_year": academic_year(clock.today())}
    return answer_form(
        request,
        forms.ChairForm(request.POST or None, actor=actor, network=found, initial=initial),
        lambda typed: set_chair(actor=actor, network=found, **typed),
        title=title,
        crumbs=[
            Crumb(gettext("Networks"), reverse("directory:networks")),
            Crumb(found.unit.name, here),
            Crumb(title),
        ],
        done=gettext("Saved."),
        to=here,
    )


@login_required
@require_POST
def undo_chair(request: HttpRequest, network_id: int, chair_id: int) -> HttpResponse:
    """Take a chair back."""
    actor, found = _network(request, network_id)
    if (kept := find_chair(found, chair_id)) is None or not may_keep(actor, found):
        raise Http404
    here = reverse("directory:network", args=[found.pk])
    return answer_taking_back(
        request, lambda why: take_back_chair(actor=actor, chair=kept, reason=why), here
    )


@login_required
@require_safe
def joint_learning(request: HttpRequest) -> HttpResponseBase:
    """List which schools learn at which host; every school keeps its legal life."""
    actor, now = _reader(request), clock.now()
    rows = list_arrangements()
    if wants_sheet(request):
        columns = [
            Column(gettext("Host school")),
            Column(gettext("School that learns there")),
            Column(gettext("Classes that go")),
            Column(gettext("From"), "date"),
            Column(gettext("Until"), "date"),
        ]
        lines = [
            [
                str(row.host),
                str(partner.school),
                said_levels(partner.classes),
                row.starts_on,
                row.ends_on,
            ]
            for row in rows
            if row.stands
            for partner in row.partners.all()
        ]
        return sheet_answer(gettext("Joint learning"), columns, lines, request=request)
    page = paged(request, rows)
    for row in page.object_list:
        row.reason_needed = needs_reason(row, now)
        row.going = [
            (one.school, said_levels(one.classes) or gettext("all classes"))
            for one in row.partners.all()
        ]
        row.is_over = bool(row.ends_on and row.ends_on < clock.today())
    context = {
        "page": page,
        "tabs": area_tabs("joint_learning"),
        "may_keep": bool(may_keep_schools(actor, None)),
    }
    return render(request, "directory/joint_learning.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_joint_learning(request: HttpRequest) -> HttpResponse:
    """Enter that schools learn together."""
    actor = keeper_or_404(request)
    title, here = gettext("Enter joint learning"), reverse("directory:joint_learning")

    def save(typed: dict[str, Any]) -> object:
        classes = typed.pop("classes")
        partners = dict.fromkeys(typed.pop("partners"), classes)
        return arrange_joint_learning(actor=actor, partners=partners, **typed)

    return answer_form(
        request,
        forms.JoiningForm(request.POST or None, actor=actor),
        save,
        title=title,
        crumbs=[Crumb(gettext("Joint learning"), here), Crumb(title)],
        done=gettext("Saved."),
        to=here,
        lead=gettext(
            "Pupils go to the host; every school keeps its legal life. A merger is recorded at the school."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_joint_learning(request: HttpRequest, arrangement_id: int) -> HttpResponse:
    """Change from when until when schools learn together."""
    actor = keeper_or_404(request)
    if (kept := find_arrangement(actor, arrangement_id)) is None:
        raise Http404
    here = reverse("directory:joint_learning")
    title = gettext("Joint learning at %(school)s") % {"school": kept.host}
    initial = {
        "starts_on": kept.starts_on,
        "ends_on": kept.ends_on,
        "note_text": kept.note,
        "version": kept.version,
    }
    return answer_form(
        request,
        forms.JoiningEditForm(request.POST or None, initial=initial),
        lambda typed: edit_joint_learning(actor=actor, arrangement=kept, **typed),
        title=title,
        crumbs=[Crumb(gettext("Joint learning"), here), Crumb(title)],
        done=gettext("Saved."),
        to=here,
    )


@login_required
@require_POST
def undo_joint_learning(request: HttpRequest, arrangement_id: int) -> HttpResponse:
    """Take joint learning back that was entered by mistake."""
    actor = keeper_or_404(request)
    if (kept := find_arrangement(actor, arrangement_id)) is None:
        raise Http404
    here = reverse("directory:joint_learning")
    return answer_taking_back(
        request,
        lambda why: take_back_joint_learning(actor=actor, arrangement=kept, reason=why),
        here,
    )


@login_required
@require_safe
def populations(request: HttpRequest) -> HttpResponse:
    """Show what "every school" means, since when, and by which rule; and the scheme of sizes."""
    actor, now = _reader(request), clock.now()
    chosen = scheme_of(actor)
    context = {
        "current": population_of(actor, clock.today()),
        "rows": [(row, needs_reason(row, now)) for row in list_populations(actor)],
        "scheme": chosen.scheme,
        "scheme_label": label_of(chosen.scheme),
        "classes": [
            (label_of(one), *(chosen.scheme.bounds(one.key) or (0, None)))
            for one in chosen.scheme.classes
        ],
        "tabs": area_tabs("populations"),
        "may_keep": bool(may_keep_schools(actor, None)),
    }
    return render(request, "directory/populations.html", context)


@login_required
@require_safe
def population(request: HttpRequest, population_id: int) -> HttpResponseBase:
    """List the schools that a declaration counted."""
    actor = _reader(request)
    if (kept := find_population(actor, population_id)) is None:
        raise Http404
    rows = counted_schools(kept)
    if wants_sheet(request):
        columns = [
            Column(gettext("Code"), "code"),
            Column(gettext("School")),
            Column(gettext("District")),
        ]
        return sheet_answer(
            kept.name, columns, [[r.code, r.name, r.district] for r in rows], request=request
        )
    here = reverse("directory:populations")
    context = {
        "population": kept,
        "page": paged(request, rows),
        "crumbs": [Crumb(gettext("Every school"), here), Crumb(kept.name)],
    }
    return render(request, "directory/population.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Declare what "every school" means."""
    actor = keeper_or_404(request)
    title, here = gettext("Say which schools are meant"), reverse("directory:populations")
    return answer_form(
        request,
        forms.PopulationForm(
            request.POST or None, initial={"as_at": clock.today(), "rule": "open"}
        ),
        lambda typed: declare_population(actor=actor, **typed),
        title=title,
        crumbs=[Crumb(gettext("Every school"), here), Crumb(title)],
        done=gettext("Saved."),
        to=here,
        lead=gettext(
            "The schools are counted by the rule as at the day and kept; figures of every school say so."
        ),
    )


@login_required
@require_POST
def undo_population(request: HttpRequest, population_id: int) -> HttpResponse:
    """Take a declaration back."""
    actor = keeper_or_404(request)
    if (kept := find_population(actor, population_id)) is None:
        raise Http404
    here = reverse("directory:populations")
    return answer_taking_back(
        request, lambda why: take_back_population(actor=actor, population=kept, reason=why), here
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scheme(request: HttpRequest) -> HttpResponse:
    """Choose the scheme by which the office sizes its schools."""
    actor = keeper_or_404(request)
    chosen, here = scheme_of(actor), reverse("directory:populations")
    title = gettext("Scheme of school sizes")
    initial = {"scheme": chosen.scheme.key, "version": chosen.version}
    return answer_form(
        request,
        forms.SchemeForm(request.POST or None, initial=initial),
        lambda typed: choose_scheme(actor=actor, **typed),
        title=title,
        crumbs=[Crumb(gettext("Every school"), here), Crumb(title)],
        done=gettext("Saved."),
        to=here,
    )
