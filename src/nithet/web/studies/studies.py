"""Studies: the list, one study with its cycles and what was measured, and its forms."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.supervision.actions.studies import (
    edit_study,
    open_study,
    publish_study,
    reopen_study,
    take_back_study,
)
from nithet.domain.supervision.models.studies import Study
from nithet.domain.supervision.queries.studies import STUDY, cycles_of, list_studies, measures_of
from nithet.domain.supervision.rules import effect_words as say
from nithet.domain.supervision.rules.study_paper import under_table
from nithet.domain.supervision.study_policy import may_read_studies
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import asks_every_year, shown_year, year_choice
from nithet.web.studies.finding import crumbs_of, inner_tabs, study_or_404
from nithet.web.studies.forms import (
    PublishForm,
    ReasonForm,
    ReopenForm,
    StudyEditForm,
    StudyForm,
)
from nithet.web.studies.printing import measure_print

FORMS = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"year": "fiscal_year", "title": "title", "owner": "owner_title"}


@login_required
@require_safe
def studies(request: HttpRequest) -> HttpResponseBase:
    """List the studies of the office."""
    actor = actor_of(request)
    year = None if asks_every_year(request) else shown_year(request)
    rows = sorted_by(request, list_studies(actor, year), SORTS, "-year")
    if wants_sheet(request):
        columns = [
            Column(gettext("Fiscal year"), "code"),
            Column(gettext("Title of the study"), width=60),
            Column(gettext("Led by"), width=40),
            Column(gettext("Cycles"), "whole"),
            Column(gettext("Where it is published"), width=40),
        ]
        cells = (
            [str(one.fiscal_year), one.title, one.owner_title, one.cycle_count, one.published_where]
            for one in rows
        )
        return sheet_answer(gettext("Studies of supervision"), columns, cells, request=request)
    context = {
        "page": paged(request, rows),
        "years": year_choice(request, year, every=True),
        "reads": bool(may_read_studies(actor)),
        "can": ask("study.open", actor, None),
        "tabs": inner_tabs(actor, "studies"),
    }
    return render(request, "studies/studies.html", context)


@login_required
@require_safe
def study(request: HttpRequest, study_id: int) -> HttpResponse:
    """Show a study: problem, cycles with their visits, values before and after, what came of it."""
    actor = actor_of(request)
    found = study_or_404(request, study_id)
    measured = [
        {
            "measure": one.measure,
            "got": one.compared,
            "lines": under_table(measure_print(one)),
            "method": say.METHODS[one.compared.method],
            "statistic": say.statistic_words(one.compared),
            "p": say.p_words(one.compared.p),
            "effect": say.effect_words(one.compared),
            "effect_name": say.EFFECTS.get(one.compared.method, ""),
            "size": say.size_words(one.compared),
            "interval": say.interval_words(one.compared.low, one.compared.high),
            "effect_interval": say.interval_words(
                one.compared.effect_low, one.compared.effect_high
            ),
            "sides": [
                (
                    words,
                    side.n,
                    say.number_words(side.mean),
                    say.number_words(side.sd),
                    say.number_words(side.median),
                )
                for words, side in (
                    (pgettext("measured", "Before"), one.compared.before),
                    (gettext("After"), one.compared.after),
                )
            ],
        }
        for one in measures_of(found)
    ]
    ref = RecordRef(STUDY, str(found.pk))
    context = {
        "study": found,
        "cycles": cycles_of(actor, found),
        "measured": measured,
        "pieces": pieces_about(actor, ref)[ref],
        "can": ask("study.edit", actor, found),
        "crumbs": crumbs_of(),
        "about": str(ref),
    }
    return render(request, "studies/study.html", context)


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Open a study."""
    if not may_read_studies(actor_of(request)):
        raise Http404
    form = StudyForm(given(request), initial={"fiscal_year": fiscal_year(clock.today())})
    page = EditPage(
        title=gettext("Open a study"),
        action="study.open",
        target=None,
        back=reverse("studies:studies"),
        crumbs=crumbs_of(),
    )

    def save(values: dict[str, Any]) -> Study:
        return open_study(actor=actor_of(request), **values)

    return answer_form(request, page, form, save, back_to=_page_of)


def _page_of(record: object) -> str:
    return reverse("studies:study", args=[record.pk]) if isinstance(record, Study) else "/"


@login_required
@FORMS
def edit(request: HttpRequest, study_id: int) -> HttpResponse:
    """Write a study."""
    found = study_or_404(request, study_id)
    names = [name for name in StudyEditForm.base_fields if hasattr(found, name)]
    form = StudyEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = EditPage(
        title=gettext("Write the study"),
        action="study.edit",
        target=found,
        back=_page_of(found),
        crumbs=crumbs_of(found),
        take_back=reverse("studies:take_back", args=[found.pk]),
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: edit_study(actor=actor_of(request), study=found, **values),
    )


@login_required
@FORMS
def publish(request: HttpRequest, study_id: int) -> HttpResponse:
    """Say where a study is published."""
    found = study_or_404(request, study_id)
    form = PublishForm(
        given(request),
        initial={
            "version": found.version,
            "published_on": clock.today(),
            "where": found.published_where,
            "link": found.published_link,
        },
    )
    page = EditPage(
        title=gettext("Publish the study"),
        action="study.publish",
        target=found,
        back=_page_of(found),
        crumbs=crumbs_of(found),
        lead=gettext("From then on it is read and no longer written."),
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: publish_study(actor=actor_of(request), study=found, **values),
    )


@login_required
@FORMS
def reopen(request: HttpRequest, study_id: int) -> HttpResponse:
    """Open a published study again."""
    found = study_or_404(request, study_id)
    form = ReopenForm(given(request), initial={"version": found.version})
    page = EditPage(
        title=gettext("Open the study again"),
        action="study.reopen",
        target=found,
        back=_page_of(found),
        crumbs=crumbs_of(found),
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: reopen_study(actor=actor_of(request), study=found, **values),
    )


@login_required
@FORMS
def take_back(request: HttpRequest, study_id: int) -> HttpResponse:
    """Take a study back."""
    found = study_or_404(request, study_id)
    page = EditPage(
        title=gettext("Take the study back"),
        action="study.take_back",
        target=found,
        back=reverse("studies:studies"),
        crumbs=crumbs_of(found),
        lead=gettext(
            "Within a day it disappears; later a reason is needed and it stays, struck through."
        ),
        save_label=gettext("Take it back"),
    )
    return answer_form(
        request,
        page,
        ReasonForm(given(request)),
        lambda values: take_back_study(actor=actor_of(request), study=found, **values),
    )
