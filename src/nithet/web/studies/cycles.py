"""The cycles of a study."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.supervision.actions.studies import add_cycle, edit_cycle, take_back_cycle
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.studies import choosable_visits
from nithet.foundation.ui.words import date_words
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of
from nithet.web.studies.finding import crumbs_of, cycle_or_404, study_or_404
from nithet.web.studies.forms import CycleEditForm, CycleForm, ReasonForm

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def _choices(visits: list[Visit]) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{date_words(one.visited_on, 'short')} · {one} ({one.get_kind_display()})")
        for one in visits
    ]


def _chosen(visits: list[Visit], keys: list[str]) -> list[Visit]:
    wanted = set(keys)
    return [one for one in visits if str(one.pk) in wanted]


@login_required
@FORMS
def add(request: HttpRequest, study_id: int) -> HttpResponse:
    """Add the next cycle."""
    found = study_or_404(request, study_id)
    visits = choosable_visits(actor_of(request), found)
    form = CycleForm(given(request), visits=_choices(visits))
    page = EditPage(
        title=gettext("Add a cycle"),
        action="study.add_cycle",
        target=found,
        back=reverse("studies:study", args=[found.pk]),
        crumbs=crumbs_of(found),
    )

    def save(values: dict[str, Any]) -> object:
        chosen = _chosen(visits, values.pop("visits"))
        return add_cycle(actor=actor_of(request), study=found, visits=chosen, **values)

    return answer_form(request, page, form, save)


@login_required
@FORMS
def edit(request: HttpRequest, study_cycle_id: int) -> HttpResponse:
    """Write a cycle."""
    found = cycle_or_404(request, study_cycle_id)
    kept = list(found.gone_with.values_list("visit_id", flat=True))
    visits = choosable_visits(actor_of(request), found.study, kept)
    names = [name for name in CycleEditForm.base_fields if name != "visits"]
    form = CycleEditForm(
        given(request),
        visits=_choices(visits),
        initial={
            **{name: getattr(found, name) for name in names},
            "visits": [str(key) for key in kept],
        },
    )
    page = EditPage(
        title=gettext("Cycle %(number)s") % {"number": found.number},
        action="study.edit_cycle",
        target=found,
        back=reverse("studies:study", args=[found.study_id]),
        crumbs=crumbs_of(found.study),
        take_back=reverse("studies:take_back_cycle", args=[found.pk]),
    )

    def save(values: dict[str, Any]) -> object:
        chosen = _chosen(visits, values.pop("visits"))
        return edit_cycle(actor=actor_of(request), cycle=found, visits=chosen, **values)

    return answer_form(request, page, form, save)


@login_required
@FORMS
def take_back(request: HttpRequest, study_cycle_id: int) -> HttpResponse:
    """Take a cycle back."""
    found = cycle_or_404(request, study_cycle_id)
    page = EditPage(
        title=gettext("Take the cycle back"),
        action="study.take_back_cycle",
        target=found,
        back=reverse("studies:study", args=[found.study_id]),
        crumbs=crumbs_of(found.study),
        lead=gettext(
            "Within a day it disappears; later a reason is needed and it stays, struck through."
        ),
        save_label=gettext("Take it back"),
    )
    return answer_form(
        request,
        page,
        ReasonForm(given(request)),
        lambda values: take_back_cycle(actor=actor_of(request), cycle=found, **values),
    )
