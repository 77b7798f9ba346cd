"""A school's own word: what it needs, in one step, and surveys that it answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.directory.models.schools import School
from nithet.domain.overview.waiting import Waits
from nithet.domain.plans.actions.need_surveys import answer_survey
from nithet.domain.plans.actions.needs import record_need
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyItem
from nithet.domain.plans.queries.need_surveys import reply_of, survey_to_answer, surveys_for_school
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.needs.finding import own_schools, school_of
from nithet.web.needs.forms import SayForm
from nithet.web.shared.edit_page import given, saved
from nithet.web.shared.requests import actor_of, version_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def surveys_waiting(actor: Actor) -> Waits | None:
    """Say how many surveys wait for the schools for which an actor speaks."""
    schools = own_schools(actor)
    open_ones = [
        (survey, school)
        for school in schools
        for survey, is_answered in surveys_for_school(actor, school)
        if not is_answered
    ]
    if not open_ones:
        return None
    survey, school = open_ones[0]
    return Waits(len(open_ones), reverse("needs:answer", args=[survey.pk, school.pk]))


@login_required
@FORMS
def say(request: HttpRequest) -> HttpResponse:
    """Tell the office what one's own school needs, in one step."""
    actor = actor_of(request)
    schools = own_schools(actor)
    if not schools:
        raise Http404
    form = SayForm(given(request), schools=[(str(one.pk), one.name) for one in schools])

    def save(values: dict[str, Any]) -> object:
        school = next(one for one in schools if str(one.pk) == values["school"])
        return record_need(
            actor=actor,
            school=school,
            fiscal_year=fiscal_year(clock.today()),
            text=values["text"],
            area=values["area"],
            kind=Need.Kind.OWN_WORD,
        )

    if request.method == "POST" and form.is_valid() and saved(form, save):
        messages.success(request, gettext("The office has been told. It stands in the list below."))
        return redirect("needs:needs")
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/say.html", {"form": form, "schools": schools}, status=status)


@login_required
@FORMS
def answer(request: HttpRequest, survey_id: int, school_id: int) -> HttpResponse:
    """Answer a survey for a school: what is, and what should be, of each point."""
    actor = actor_of(request)
    survey, school = survey_to_answer(actor, survey_id), school_of(actor, str(school_id))
    if survey is None or school is None:
        raise Http404
    can = ask("need_survey.answer", actor, school)
    if not can and not actor.is_of_staff:
        raise Http404
    if request.method == "POST" and not can:
        raise Refused("need_survey.answer", can)
    form = answer_form(request, survey, school)

    def save(values: dict[str, Any]) -> object:
        return answer_survey(
            actor=actor,
            school=school,
            survey=survey,
            values=answers_of(survey, values),
            version=version_of(request),
        )

    status = status_of_answer(form, save) if request.method == "POST" else 200
    if status == KEPT:
        messages.success(request, gettext("Thank you. The answers have been saved."))
        return redirect("needs:survey", survey.pk) if actor.is_of_staff else redirect("needs:needs")
    kept = reply_of(survey, school)
    context = {
        "survey": survey,
        "school": school,
        "can": can,
        "form": form,
        "version": kept.version if kept else 0,
        "lines": lines_of(survey, form),
    }
    return render(request, "needs/answer.html", context, status=status)


KEPT, NOT_WHOLE, MEANWHILE = 302, 422, 409


def status_of_answer(form: forms.Form, save: Callable[[dict[str, Any]], object]) -> int:
    """Save answers and return how that went: `KEPT`, or why the form is shown again with everything that was chosen.

    `MEANWHILE`: somebody else answered for the school since the page was opened; saving again puts this over it.
    """
    try:
        return KEPT if form.is_valid() and saved(form, save) else NOT_WHOLE
    except Conflict:
        form.add_error(
            None,
            gettext(
                "Somebody else answered for the school meanwhile. What you chose stands here still. Save again to put it in its place."
            ),
        )
        return MEANWHILE


def answers_of(survey: NeedSurvey, values: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """Return what a form holds as item id -> (desired, actual)."""
    return {
        item.pk: (values[f"desired_{item.pk}"], values[f"actual_{item.pk}"])
        for item in survey.items.all()
    }


def lines_of(
    survey: NeedSurvey, form: forms.Form
) -> list[tuple[NeedSurveyItem, forms.BoundField, forms.BoundField]]:
    """Return each point with its two rows of numbers."""
    return [
        (item, form[f"actual_{item.pk}"], form[f"desired_{item.pk}"]) for item in survey.items.all()
    ]


def answer_form(request: HttpRequest, survey: NeedSurvey, school: School) -> forms.Form:
    """Two rows of numbers for each point."""
    kept = reply_of(survey, school)
    known = {one.item_id: one for one in kept.values.all()} if kept else {}
    scale = [(str(n), str(n)) for n in range(survey.lowest, survey.highest + 1)]
    fields: dict[str, forms.Field] = {}
    for item in survey.items.all():
        for name in ("actual", "desired"):
            held = known.get(item.pk)
            fields[f"{name}_{item.pk}"] = forms.TypedChoiceField(
                coerce=int,
                choices=scale,
                widget=forms.RadioSelect,
                initial=str(int(getattr(held, name))) if held else None,
                label=f"{item.position}. {item.text}",
            )
    form = forms.Form(given(request))
    form.fields.update(fields)
    return form
