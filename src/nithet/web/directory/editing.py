"""Changing what is known of one school: facts, codes, figures, results, and how it ends."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.directory.actions.arrangements import (
    edit_legal_act,
    record_legal_act,
    take_back_legal_act,
)
from nithet.domain.directory.actions.census import (
    edit_census,
    edit_test_result,
    record_census,
    record_test_result,
    take_back_census,
    take_back_test_result,
)
from nithet.domain.directory.actions.facts import edit_school, set_codes
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.policy.schools import may_edit_school, may_keep
from nithet.domain.directory.queries.school_pages import find_act, find_census, find_result
from nithet.domain.directory.rules.levels import LEVELS
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.web.directory import forms
from nithet.web.directory.parts import (
    answer_form,
    answer_taking_back,
    school_crumbs,
    school_or_404,
)
from nithet.web.shared.requests import actor_of


def _kept_school(request: HttpRequest, school_id: int) -> School:
    """Return a school whose facts the reader keeps, else 404."""
    school = school_or_404(request, school_id)
    if not may_keep(actor_of(request), school):
        raise Http404
    return school


def _page(school: School) -> str:
    return reverse("directory:school", args=[school.pk])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, school_id: int) -> HttpResponse:
    """Change a school's facts: all of them for the office, how it is reached for the school itself."""
    actor, school = actor_of(request), school_or_404(request, school_id)
    if not may_edit_school(actor, school):
        raise Http404
    whole = bool(may_keep(actor, school))
    names = (forms.SchoolForm if whole else forms.ContactForm).base_fields
    initial = {name: getattr(school, name) for name in names if name != "name"} | {
        "name": school.name
    }
    data = request.POST or None
    form = (
        forms.SchoolForm(data, initial=initial, actor=actor)
        if whole
        else forms.ContactForm(data, initial=initial)
    )
    title = (
        gettext("Change the facts of the school") if whole else gettext("How our school is reached")
    )
    return answer_form(
        request,
        form,
        lambda typed: edit_school(actor=actor, school=school, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
        lead=gettext("What is not known stays empty: not known is not the same as no."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, school_id: int) -> HttpResponse:
    """Change a school's codes."""
    school = _kept_school(request, school_id)
    held = {f"{code.kind}_code": code.code for code in school.codes.all()}
    initial = {"smis_code": school.smis_code, "version": school.version, **held}
    title = gettext("Codes of the school")

    def save(typed: dict[str, Any]) -> object:
        version = typed.pop("version")
        return set_codes(actor=actor_of(request), school=school, version=version, codes=typed)

    return answer_form(
        request,
        forms.CodesForm(request.POST or None, initial=initial),
        save,
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
        lead=gettext("Codes are kept as text: zeros in front count."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_census(request: HttpRequest, school_id: int) -> HttpResponse:
    """Enter figures as at a day."""
    school = _kept_school(request, school_id)
    title = gettext("Enter figures")
    form = forms.CensusForm(
        request.POST or None, levels=school.levels, initial={"as_at": clock.today()}
    )
    return answer_form(
        request,
        form,
        lambda typed: record_census(actor=actor_of(request), school=school, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
        lead=gettext("Figures count as at their day; what is not known stays empty."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_census(request: HttpRequest, school_id: int, census_id: int) -> HttpResponse:
    """Put the figures of a day right."""
    school = _kept_school(request, school_id)
    if (census := find_census(school, census_id)) is None:
        raise Http404
    levels = [code for code in LEVELS if code in {*school.levels, *census.pupils_by_level}]
    initial = {name: getattr(census, name) for name in (*forms.CENSUS_FIGURES, "version")}
    initial |= {f"level_{code}": count for code, count in census.pupils_by_level.items()}
    title = gettext("Figures as at %(day)s") % {"day": date_words(census.as_at)}
    return answer_form(
        request,
        forms.CensusEditForm(request.POST or None, levels=levels, initial=initial),
        lambda typed: edit_census(actor=actor_of(request), census=census, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
    )


@login_required
@require_POST
def undo_census(request: HttpRequest, school_id: int, census_id: int) -> HttpResponse:
    """Take figures back."""
    school = _kept_school(request, school_id)
    if (census := find_census(school, census_id)) is None:
        raise Http404
    actor = actor_of(request)
    return answer_taking_back(
        request, lambda why: take_back_census(actor=actor, census=census, reason=why), _page(school)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_result(request: HttpRequest, school_id: int) -> HttpResponse:
    """Enter a result of a national test."""
    school = _kept_school(request, school_id)
    title = gettext("Enter a test result")
    return answer_form(
        request,
        forms.ResultForm(request.POST or None),
        lambda typed: record_test_result(actor=actor_of(request), school=school, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
        lead=gettext(
            "The number tested always stands beside the mean: a mean of few pupils says little."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_result(request: HttpRequest, school_id: int, result_id: int) -> HttpResponse:
    """Put a test result right."""
    school = _kept_school(request, school_id)
    if (result := find_result(school, result_id)) is None:
        raise Http404
    initial = {
        name: getattr(result, name)
        for name in ("tested", "mean", "full_marks", "source", "version")
    }
    title = str(result)
    return answer_form(
        request,
        forms.ResultEditForm(request.POST or None, initial=initial),
        lambda typed: edit_test_result(actor=actor_of(request), result=result, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
    )


@login_required
@require_POST
def undo_result(request: HttpRequest, school_id: int, result_id: int) -> HttpResponse:
    """Take a test result back."""
    school = _kept_school(request, school_id)
    if (result := find_result(school, result_id)) is None:
        raise Http404
    actor = actor_of(request)
    return answer_taking_back(
        request,
        lambda why: take_back_test_result(actor=actor, result=result, reason=why),
        _page(school),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_act(request: HttpRequest, school_id: int) -> HttpResponse:
    """Record the announcement by which a school ends."""
    school = _kept_school(request, school_id)
    title = gettext("Merger or closing of the school")
    return answer_form(
        request,
        forms.ActForm(request.POST or None, actor=actor_of(request), school=school),
        lambda typed: record_legal_act(actor=actor_of(request), school=school, **typed),
        title=title,
        crumbs=school_crumbs(school, title),
        done=gettext("Saved."),
        to=_page(school),
        lead=gettext(
            "The school leaves the lists when the announcement is in force; its records stay."
        ),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_act(request: HttpRequest, act_id: int) -> HttpResponse:
    """Put number and dates of an announcement right."""
    actor = actor_of(request)
    act = find_act(actor, act_id)
    if act is None or not may_keep(actor, act):
        raise Http404
    initial = {
        name: getattr(act, name)
        for name in ("order_number", "ordered_on", "effective_on", "version")
    }
    title = str(act)
    return answer_form(
        request,
        forms.ActEditForm(request.POST or None, initial=initial),
        lambda typed: edit_legal_act(actor=actor, act=act, **typed),
        title=title,
        crumbs=school_crumbs(act.school, title),
        done=gettext("Saved."),
        to=_page(act.school),
    )


@login_required
@require_POST
def undo_act(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take an announcement back."""
    actor = actor_of(request)
    act = find_act(actor, act_id)
    if act is None or not may_keep(actor, act):
        raise Http404
    return answer_taking_back(
        request,
        lambda why: take_back_legal_act(actor=actor, act=act, reason=why),
        _page(act.school),
    )
