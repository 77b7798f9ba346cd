"""Surveys of the actual and the desired state: opened, answered, counted, turned into needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.queries.schools import list_schools
from nithet.domain.plans.actions.need_surveys import (
    close_survey,
    edit_survey,
    make_needs,
    open_survey,
    paste_means,
    take_back_survey,
)
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyReply
from nithet.domain.plans.queries.need_surveys import (
    SurveyLine,
    list_surveys,
    schools_to_answer,
    survey_table,
)
from nithet.domain.plans.rules.pni import WRITTEN, Formula
from nithet.domain.plans.rules.survey_tables import read_means
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.documents.sheets import Column, Value
from nithet.foundation.ui.shapes import Crumb
from nithet.kernel import clock
from nithet.web.needs.finding import need_tabs, school_of, shown_year, survey_or_404
from nithet.web.needs.forms import MeansForm, SurveyEditForm, SurveyForm, SurveyNeedsForm
from nithet.web.needs.links import links_shown, pasteable
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, version_of
from nithet.web.shared.years import year_choice

FORMS = require_http_methods(["GET", "HEAD", "POST"])


def crumbs(year: int) -> list[Crumb]:
    """Return the way to the list of surveys of a year."""
    return [Crumb(gettext("Surveys"), list_address(year))]


def list_address(year: int) -> str:
    """Return the address of the list of surveys of a year."""
    return f"{reverse('needs:surveys')}?year={year}"


@login_required
@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    """List the surveys of a year."""
    actor, year = actor_of(request), shown_year(request)
    context = {
        "page": paged(request, list_surveys(actor, year)),
        "year": year,
        "years": year_choice(request, year),
        "tabs": need_tabs(request, "surveys"),
        "can": ask("need_survey.open", actor, None),
    }
    return render(request, "needs/surveys.html", context)


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Open a survey."""
    year = shown_year(request)
    page = EditPage(
        title=gettext("Open a needs survey of fiscal year %(year)s") % {"year": year},
        action="need_survey.open",
        target=None,
        back=list_address(year),
        crumbs=crumbs(year),
        lead=gettext(
            "Ask only where visits, results and the schools' own words do not say enough."
        ),
        save_label=gettext("Open the survey"),
    )
    return answer_form(
        request,
        page,
        SurveyForm(given(request)),
        lambda values: open_survey(actor=actor_of(request), fiscal_year=year, **values),
        lambda made: reverse("needs:survey", args=[made.pk]),  # type: ignore[attr-defined]
    )


def formula_of(request: HttpRequest) -> Formula:
    """Return the formula that the address asks for; PNImodified where it asks for none."""
    return Formula.PNI if request.GET.get("formula") == Formula.PNI else Formula.MODIFIED


@login_required
@require_safe
def survey(request: HttpRequest, survey_id: int) -> HttpResponseBase:
    """Show what a survey found, by one of the two formulas, for all schools or one."""
    actor, found = actor_of(request), survey_or_404(request, survey_id)
    formula = formula_of(request)
    school = school_of(actor, request.GET.get("school", ""))
    lines = survey_table(found, formula, school)
    if wants_sheet(request):
        return _sheet(request, found, formula, lines)
    replies = NeedSurveyReply.objects.filter(survey=found).select_related("school__unit")
    answering = schools_to_answer(actor, found)
    can = ask("need_survey.edit", actor, found)
    links = links_shown(request, found, answering.missing) if can else []
    context = {
        "survey": found,
        "lines": lines,
        "formula": formula,
        "written": WRITTEN[formula],
        "school": school,
        "replies": list(replies),
        "respondents": sum(one.respondents for one in replies),
        "answering": answering,
        "missing": answering.missing,
        "links": links,
        "links_text": pasteable(found, links),
        "is_open": found.state == NeedSurvey.State.OPEN,
        "can": can,
        "needs_reason": needs_reason(found, clock.now()),
        "crumbs": crumbs(found.fiscal_year),
    }
    return render(request, "needs/survey.html", context)


def _sheet(
    request: HttpRequest, found: NeedSurvey, formula: Formula, lines: list[SurveyLine]
) -> HttpResponseBase:
    name = "PNI" if formula is Formula.PNI else "PNImodified"
    columns = [
        Column("ลำดับ", "whole"),
        Column("ข้อ", "whole"),
        Column("ประเด็น", width=60),
        Column("สภาพที่ควรจะเป็น (I)", "code"),
        Column("สภาพที่เป็นจริง (D)", "code"),
        Column("n", "whole"),
        Column(name, "code"),
        Column("หมายเหตุ"),
    ]
    why = {"met": "I ไม่มากกว่า D", "zero": "D = 0 คำนวณไม่ได้", "nobody": "ไม่มีผู้ตอบ", "": ""}
    rows: list[list[Value]] = [
        [
            one.index.rank,
            one.item.position,
            one.item.text,
            "" if one.desired is None else str(one.desired),
            "" if one.actual is None else str(one.actual),
            one.n,
            "" if one.index.value is None else str(one.index.value),
            why[one.index.why],
        ]
        for one in lines
    ]
    notes = (
        f"สูตร {WRITTEN[formula]} เรียงจากมากไปน้อย ทศนิยม 3 ตำแหน่ง",
        f"มาตราวัด {found.lowest}–{found.highest}",
    )
    return sheet_answer(f"{found.title} {name}", columns, rows, notes, request=request)


@login_required
@FORMS
def edit(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Change the title and the lead of a survey."""
    found = survey_or_404(request, survey_id)
    first = {name: getattr(found, name) for name in SurveyEditForm.base_fields}
    page = EditPage(
        title=gettext("Edit the survey"),
        action="need_survey.edit",
        target=found,
        back=reverse("needs:survey", args=[found.pk]),
        crumbs=crumbs(found.fiscal_year),
    )
    return answer_form(
        request,
        page,
        SurveyEditForm(given(request), initial=first),
        lambda values: edit_survey(actor=actor_of(request), survey=found, **values),
    )


@login_required
@require_POST
def close(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take no more answers."""
    found = survey_or_404(request, survey_id)
    close_survey(actor=actor_of(request), survey=found, version=version_of(request))
    return redirect("needs:survey", found.pk)


@login_required
@require_POST
def take_back(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take a survey back that was opened by mistake."""
    found = survey_or_404(request, survey_id)
    take_back_survey(actor=actor_of(request), survey=found, reason=request.POST.get("reason", ""))
    return redirect(list_address(found.fiscal_year))


@login_required
@FORMS
def means(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Paste means that were worked out elsewhere."""
    found = survey_or_404(request, survey_id)
    items = [one.text for one in found.items.all()]
    page = EditPage(
        title=gettext("Paste means"),
        action="need_survey.paste_means",
        target=found,
        back=reverse("needs:survey", args=[found.pk]),
        crumbs=crumbs(found.fiscal_year),
        lead=found.title,
    )

    def save(values: dict[str, Any]) -> object:
        return paste_means(
            actor=actor_of(request),
            survey=found,
            label=values["label"],
            respondents=values["respondents"] or 0,
            means=read_means(values["means"], items, found.lowest, found.highest),
        )

    return answer_form(request, page, MeansForm(given(request)), save)


@login_required
@FORMS
def to_needs(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Turn points of a survey into needs of schools."""
    actor, found = actor_of(request), survey_or_404(request, survey_id)
    formula = formula_of(request)
    lines = survey_table(found, formula)
    answered = set(
        NeedSurveyReply.objects.filter(survey=found, school__isnull=False).values_list(
            "school_id", flat=True
        )
    )
    schools = sorted(list_schools(actor), key=lambda one: one.pk not in answered)
    name = "PNI" if formula is Formula.PNI else "PNImodified"
    form = SurveyNeedsForm(
        given(request),
        items=[
            (str(one.item.pk), f"{one.index.rank}. {one.item.text} ({_value(one, name)})")
            for one in lines
        ],
        schools=[(str(one.pk), one.name) for one in schools],
    )
    page = EditPage(
        title=gettext("Turn points into needs"),
        action="need_survey.make_needs",
        target=found,
        back=reverse("needs:survey", args=[found.pk]),
        crumbs=crumbs(found.fiscal_year),
        lead=gettext("By %(formula)s, the highest first") % {"formula": WRITTEN[formula]},
    )

    def save(values: dict[str, Any]) -> object:
        chosen = [one for one in lines if str(one.item.pk) in values["items"]]
        because = {one.item.pk: _because(one, name) for one in chosen}
        made = make_needs(
            actor=actor,
            survey=found,
            items=[one.item for one in chosen],
            schools=[one for one in schools if str(one.pk) in values["schools"]],
            because=because,
        )
        words = ngettext(
            "%(n)s need is new in the register.", "%(n)s needs are new in the register.", len(made)
        )
        messages.success(request, words % {"n": len(made)})
        return found

    return answer_form(request, page, form, save)


def _value(line: SurveyLine, name: str) -> str:
    return f"{name} = {'–' if line.index.value is None else line.index.value}"


def _because(line: SurveyLine, name: str) -> str:
    return f"{_value(line, name)} (I = {line.desired}, D = {line.actual}, n = {line.n})"
