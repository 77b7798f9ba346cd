"""The list of instruments, one instrument with its versions, and one version as those who fill it see it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.instruments.actions.instruments import (
    PROJECT,
    edit_instrument,
    reopen_instrument,
    retire_instrument,
)
from nithet.domain.instruments.actions.versions import drop_draft, publish_version
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.briefings import list_briefings
from nithet.domain.instruments.queries.telling import said
from nithet.domain.instruments.queries.versions import list_instruments
from nithet.domain.instruments.rules.comparing import difference
from nithet.domain.instruments.rules.layout import blocks_of, counted
from nithet.domain.plans.queries.projects import list_projects
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.web.instruments.finding import crumbs, instrument_or_404, version_or_404
from nithet.web.instruments.forms import SettingsForm
from nithet.web.instruments.wording import changed_words
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of, version_of

FORMS = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"title": "title", "used": "times_used", "state": "state"}
State = InstrumentVersion.State


@login_required
@require_safe
def instruments(request: HttpRequest) -> HttpResponseBase:
    """List the instruments of the office."""
    actor = actor_of(request)
    chosen = request.GET.get("state", "")
    rows = list_instruments(actor)
    if chosen in Instrument.State.values:
        rows = rows.filter(state=chosen)
    rows = sorted_by(request, rows, SORTS, "title")
    if wants_sheet(request):
        return _as_sheet(request, rows)
    context = {
        "page": paged(request, rows),
        "chosen": chosen,
        "states": Instrument.State.choices,
        "can": ask("instrument.bring", actor, None),
    }
    return render(request, "instruments/instruments.html", context)


def _as_sheet(request: HttpRequest, rows: Any) -> HttpResponseBase:
    columns = [
        Column(gettext("Title of the form")),
        Column(gettext("Code of the form"), "code"),
        Column(gettext("Filled by")),
        Column(gettext("State")),
        Column(gettext("Version"), "code"),
        Column(gettext("Times used"), "whole"),
    ]
    lines = [
        (
            one.title,
            one.form_id,
            one.get_audience_display(),
            one.get_state_display(),
            one.current_version or "",
            one.times_used,
        )
        for one in rows
    ]
    return sheet_answer(gettext("Forms of supervision"), columns, lines, request=request)


@login_required
@require_safe
def instrument(request: HttpRequest, office_form_id: int) -> HttpResponse:
    """Show one instrument: its versions, what it serves, who was briefed, its papers."""
    actor, found = actor_of(request), instrument_or_404(request, office_form_id)
    versions = list(found.versions.defer("xform"))
    serves = resolve(actor, [RecordRef.parse(one) for one in found.serves])
    context = {
        "instrument": found,
        "versions": [(one, counted(one.definition).together) for one in versions],
        "current": next((one for one in versions if one.state == State.PUBLISHED), None),
        "draft": next((one for one in versions if one.state == State.DRAFT), None),
        "serves": sorted(serves.values(), key=lambda one: one.title),
        "briefings": list_briefings(actor, found),
        "crumbs": crumbs(),
        "can": ask("instrument.edit", actor, found),
    }
    return render(request, "instruments/instrument.html", context)


@login_required
@require_safe
def version(request: HttpRequest, form_version_id: int) -> HttpResponse:
    """Show a version as it is filled in, with what was found while reading it."""
    actor, found = actor_of(request), version_or_404(request, form_version_id)
    others = found.instrument.versions.exclude(pk=found.pk).defer("xform", "definition")
    before = others.filter(made_at__lte=found.made_at).first()
    context = {
        "version": found,
        "instrument": found.instrument,
        "blocks": blocks_of(found.definition),
        "warnings": [said(one) for one in found.warnings],
        "questions": counted(found.definition),
        "before": before,
        "crumbs": crumbs(found.instrument),
        "can": ask("instrument.publish", actor, found),
    }
    return render(request, "instruments/version.html", context)


@login_required
@require_safe
def changes(request: HttpRequest, form_version_id: int) -> HttpResponse:
    """Compare a version with another one of the same instrument: the one before, or the one of `?with=`."""
    found = version_or_404(request, form_version_id)
    others = list(found.instrument.versions.exclude(pk=found.pk))
    chosen = request.GET.get("with", "")
    earlier = [one for one in others if one.made_at <= found.made_at] or others
    other = next((one for one in others if str(one.pk) == chosen), earlier[0] if earlier else None)
    compared = difference(other.definition, found.definition) if other else None
    context = {
        "version": found,
        "other": other,
        "others": others,
        "difference": compared,
        "changed": [(one, changed_words(one)) for one in compared.changed] if compared else [],
        "crumbs": crumbs(found.instrument),
    }
    return render(request, "instruments/changes.html", context)


@login_required
@require_POST
def publish(request: HttpRequest, form_draft_id: int) -> HttpResponse:
    """Publish a draft."""
    found = version_or_404(request, form_draft_id)
    publish_version(actor=actor_of(request), draft=found)
    messages.success(request, gettext("The form is published; whoever fills it gets this version."))
    return redirect("instruments:instrument", found.instrument_id)


@login_required
@require_POST
def drop(request: HttpRequest, form_draft_id: int) -> HttpResponse:
    """Drop a draft."""
    found = version_or_404(request, form_draft_id)
    left = drop_draft(actor=actor_of(request), draft=found)
    messages.success(request, gettext("The draft was dropped."))
    if left.stands:
        return redirect("instruments:instrument", left.pk)
    return redirect("instruments:instruments")


@login_required
@FORMS
def settings(request: HttpRequest, office_form_id: int) -> HttpResponse:
    """Say who fills an instrument in, and which projects it serves."""
    actor, found = actor_of(request), instrument_or_404(request, office_form_id)
    can = ask("instrument.edit", actor, found)
    given = request.POST if request.method == "POST" else None
    projects = [
        (f"{PROJECT}:{one.pk}", f"{one.title} ({one.plan.fiscal_year})")
        for one in list_projects(actor)
        if one.stands or f"{PROJECT}:{one.pk}" in found.serves
    ]
    initial = {"audience": found.audience, "serves": found.serves, "version": found.version}
    form = SettingsForm(given, projects=projects, initial=initial)
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("instrument.edit", can)
        if form.is_valid():
            edit_instrument(actor=actor, instrument=found, **form.cleaned_data)
            messages.success(request, gettext("It has been saved."))
            return redirect("instruments:instrument", found.pk)
        status = 422
    context = {"instrument": found, "form": form, "can": can, "crumbs": crumbs(found)}
    return render(request, "instruments/settings.html", context, status=status)


@login_required
@require_POST
def retire(request: HttpRequest, office_form_id: int) -> HttpResponse:
    """Put an instrument away."""
    found = instrument_or_404(request, office_form_id)
    retire_instrument(actor=actor_of(request), instrument=found, version=version_of(request))
    messages.success(request, gettext("The form was put away. What was filled in stays."))
    return redirect(reverse("instruments:instrument", args=[found.pk]))


@login_required
@require_POST
def reopen(request: HttpRequest, retired_form_id: int) -> HttpResponse:
    """Take an instrument into use again."""
    found = instrument_or_404(request, retired_form_id)
    reopen_instrument(actor=actor_of(request), instrument=found, version=version_of(request))
    messages.success(request, gettext("The form is in use again."))
    return redirect(reverse("instruments:instrument", args=[found.pk]))
