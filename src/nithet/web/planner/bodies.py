"""Visits of other bodies to schools: the planner keeps their days free."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.directory.queries.schools import find_school
from nithet.domain.supervision.actions.other_bodies import (
    edit_other_body,
    record_other_body,
    take_back_other_body,
)
from nithet.domain.supervision.models.dates import OtherBodysVisit
from nithet.domain.supervision.policy import may_plan
from nithet.domain.supervision.queries.dates import list_other_bodies
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year_period
from nithet.web.planner.finding import other_body_or_404, planner_of, reader_of, shown_year
from nithet.web.planner.forms import BodyEditForm, BodyForm, TakeBackForm
from nithet.web.planner.lines import school_choices
from nithet.web.shared.lists import paged
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.years import year_choice

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def bodies(request: HttpRequest) -> HttpResponseBase:
    """List the visits of other bodies in a year."""
    actor, year = reader_of(request), shown_year(request)
    context = {
        "page": paged(request, list_other_bodies(actor, fiscal_year_period(year))),
        "year": year,
        "years": year_choice(request, year),
        "may_plan": may_plan(actor, None),
    }
    return render(request, "planner/bodies.html", context)


def _answer(
    request: HttpRequest,
    title: str,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    take_back: str = "",
) -> HttpResponse:
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                save(form.cleaned_data)
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                messages.success(request, gettext("It has been saved."))
                return redirect("planner:bodies")
    crumbs = [Crumb(gettext("Visits of other bodies"), reverse("planner:bodies"))]
    context = {
        "title": title,
        "form": form,
        "crumbs": crumbs,
        "take_back": take_back,
        "back": reverse("planner:bodies"),
    }
    return render(request, "planner/form.html", context, status=status)


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Record that another body comes."""
    actor = planner_of(request)
    given = request.POST if request.method == "POST" else None
    form = BodyForm(given, schools=school_choices(actor))

    def save(values: dict[str, Any]) -> object:
        school = find_school(actor, values.pop("school"))
        if school is None:
            raise RuleBroken("school.unknown", "This school is not known.", field="school")
        values["kind"] = values["kind"] or OtherBodysVisit.Kind.OTHER_BODY
        return record_other_body(actor=actor, school=school, **values)

    return _answer(request, gettext("Another body comes to a school"), form, save)


@login_required
@FORMS
def edit(request: HttpRequest, other_body_id: int) -> HttpResponse:
    """Change the record."""
    actor = planner_of(request)
    found = other_body_or_404(request, other_body_id)
    names = ("kind", "body", "starts_on", "ends_on", "source", "version")
    given = request.POST if request.method == "POST" else None
    form = BodyEditForm(given, initial={name: getattr(found, name) for name in names})
    take_back = reverse("planner:take_back_body", args=[found.pk])
    return _answer(
        request,
        str(found.school),
        form,
        lambda values: edit_other_body(
            actor=actor, record=found, **{**values, "kind": values["kind"] or found.kind}
        ),
        take_back,
    )


@login_required
@FORMS
def take_back(request: HttpRequest, other_body_id: int) -> HttpResponse:
    """Take the record back."""
    actor = planner_of(request)
    found = other_body_or_404(request, other_body_id)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    return _answer(
        request,
        gettext("Take back: %(what)s") % {"what": str(found)},
        form,
        lambda values: take_back_other_body(actor=actor, record=found, **values),
    )
