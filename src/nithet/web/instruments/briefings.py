"""Briefings on a version: entered, corrected, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.instruments.actions.briefings import (
    Briefed,
    Told,
    edit_briefing,
    record_briefing,
    take_back_briefing,
)
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.briefings import people_to_brief
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.actions.taking_back import needs_reason
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.instruments.finding import briefing_or_404, crumbs, version_or_404
from nithet.web.instruments.forms import BriefingEditForm, BriefingForm, TakeBackForm
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _people(actor: Actor, version: InstrumentVersion) -> dict[str, str]:
    """Return those of the office who fill the form in, key -> name."""
    found = people_to_brief(actor, version.instrument.audience, clock.today())
    return {str(key): title for key, title in found.items()}


def _told(values: dict[str, Any], people: dict[str, str]) -> Told:
    chosen = [Briefed(people[key], int(key)) for key in values["people"]]
    others = [Briefed(line.strip()) for line in values["others"].splitlines() if line.strip()]
    return Told(
        briefed_on=values["briefed_on"],
        briefed_by=values["briefed_by"],
        people=[*chosen, *others],
        place=values["place"],
        notes=values["notes"],
    )


@login_required
@FORMS
def add(request: HttpRequest, form_version_id: int) -> HttpResponse:
    """Record a briefing."""
    actor, version = actor_of(request), version_or_404(request, form_version_id)
    people = _people(actor, version)
    given = request.POST if request.method == "POST" else None
    form = BriefingForm(
        given,
        people=list(people.items()),
        initial={"briefed_on": clock.today(), "people": list(people)},
    )
    return _answer(
        request,
        form,
        version,
        "briefing.record",
        version,
        lambda values: record_briefing(actor=actor, version=version, told=_told(values, people)),
    )


@login_required
@FORMS
def edit(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Correct a briefing."""
    actor, found = actor_of(request), briefing_or_404(request, briefing_id)
    version = found.instrument_version
    entered = list(found.people.all())
    people = _people(actor, version)
    people |= {str(one.user_id): one.title for one in entered if one.user_id}
    initial = {
        "people": [str(one.user_id) for one in entered if one.user_id],
        "others": "\n".join(one.title for one in entered if not one.user_id),
        **{
            name: getattr(found, name)
            for name in ("briefed_on", "briefed_by", "place", "notes", "version")
        },
    }
    given = request.POST if request.method == "POST" else None
    form = BriefingEditForm(given, people=list(people.items()), initial=initial)
    return _answer(
        request,
        form,
        version,
        "briefing.edit",
        found,
        lambda values: edit_briefing(
            actor=actor, briefing=found, version=values["version"], told=_told(values, people)
        ),
        take_back_to=reverse("instruments:take_back_briefing", args=[found.pk])
        if found.stands
        else "",
    )


def _answer(
    request: HttpRequest,
    form: BriefingForm,
    version: InstrumentVersion,
    action: str,
    target: Any,
    save: Any,
    take_back_to: str = "",
) -> HttpResponse:
    can = ask(action, actor_of(request), target)
    back = reverse("instruments:instrument", args=[version.instrument_id])
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused(action, can)
        if form.is_valid():
            try:
                save(form.cleaned_data)
                messages.success(request, gettext("It has been saved."))
                return redirect(back)
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error)
        status = 422
    context = {
        "form": form,
        "version": version,
        "can": can,
        "back": back,
        "take_back_to": take_back_to,
        "crumbs": crumbs(version.instrument),
    }
    return render(request, "instruments/briefing.html", context, status=status)


@login_required
@FORMS
def take_back(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """Take a briefing back."""
    actor, found = actor_of(request), briefing_or_404(request, briefing_id)
    can = ask("briefing.take_back", actor, found)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("briefing.take_back", can)
        if form.is_valid():
            try:
                take_back_briefing(actor=actor, briefing=found, reason=form.cleaned_data["reason"])
                messages.success(request, gettext("The briefing was taken back."))
                return redirect("instruments:instrument", found.instrument_version.instrument_id)
            except Conflict:
                raise
            except RuleBroken as error:
                tell_at_field(form, error, "reason")
        status = 422
    context = {
        "briefing": found,
        "form": form,
        "can": can,
        "needs_reason": needs_reason(found, clock.now()),
        "crumbs": crumbs(found.instrument_version.instrument),
    }
    return render(request, "instruments/take_back.html", context, status=status)
