"""What the records offer as needs: looked at, ticked, taken into the register by a person."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from nithet.domain.plans.actions.needs import NeedDraft, record_needs, set_thresholds
from nithet.domain.plans.models.needs import Need
from nithet.domain.plans.policy import may_read
from nithet.domain.plans.queries.need_offers import OfferedNeed, directory_offers, settings_of
from nithet.domain.supervision.queries.need_offers import visit_offers
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.web.needs.finding import need_tabs, needs_crumbs, shown_year
from nithet.web.needs.forms import ThresholdForm
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def all_offers(actor: Actor, year: int) -> list[OfferedNeed]:
    """Return what visits and figures offer; nothing for those who do not read the register of the office."""
    if not may_read(actor):
        return []
    return [*visit_offers(actor, year), *directory_offers(actor, year)]


@login_required
@FORMS
def offers(request: HttpRequest) -> HttpResponse:
    """Show what is offered, a page at a time, and take what is ticked into the register."""
    actor, year = actor_of(request), shown_year(request)
    can = ask("need.record_many", actor, None)
    found = all_offers(actor, year)
    if request.method == "POST":
        if not can:
            raise Refused("need.record_many", can)
        return _taken(request, actor, year, found)
    kind = request.GET.get("kind", "")
    rows = [one for one in found if one.kind == kind] if kind in Need.Kind.values else found
    counts = {str(value): sum(one.kind == value for one in found) for value in Need.Kind}
    context = {
        "page": paged(request, rows),
        "year": year,
        "years": year_choice(request, year),
        "kind": kind,
        "counts": [
            (value, label, counts[value]) for value, label in Need.Kind.choices if counts[value]
        ],
        "total": len(found),
        "settings": settings_of(),
        "tabs": need_tabs(request, "offers"),
        "can": can,
    }
    return render(request, "needs/offers.html", context)


def _taken(request: HttpRequest, actor: Actor, year: int, found: list[OfferedNeed]) -> HttpResponse:
    ticked = set(request.POST.getlist("take"))
    drafts = [
        NeedDraft(
            school=one.school,
            kind=one.kind,
            text=one.text,
            area=one.area,
            source=one.source,
            point=one.point,
            because=one.because,
        )
        for one in found
        if one.key in ticked
    ]
    if drafts:
        made = len(record_needs(actor=actor, fiscal_year=year, drafts=drafts))
        words = ngettext(
            "%(n)s need stands in the register now.", "%(n)s needs stand in the register now.", made
        )
        messages.success(request, words % {"n": made})
    else:
        messages.info(request, gettext("Nothing was ticked, so nothing was taken over."))
    return redirect(reverse("needs:offers") + f"?year={year}")


@login_required
@FORMS
def thresholds(request: HttpRequest) -> HttpResponse:
    """Choose from which figures on needs are offered."""
    year, kept = shown_year(request), settings_of()
    first = {
        name: getattr(kept, name)
        for name in ("results_below", "tested_at_least", "pupils_below", "version")
    }
    form = ThresholdForm(given(request), initial=first)
    page = EditPage(
        title=gettext("From which figures on needs are offered"),
        action="need.set_thresholds",
        target=None,
        back=reverse("needs:offers") + f"?year={year}",
        crumbs=needs_crumbs(year),
    )

    def save(values: dict[str, Any]) -> object:
        values["tested_at_least"] = values["tested_at_least"] or 1
        return set_thresholds(actor=actor_of(request), **values)

    return answer_form(request, page, form, save)
