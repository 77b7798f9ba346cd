"""Links by which schools answer a needs survey without an account, and the page behind such a link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nithet.domain.directory.models.schools import School
from nithet.domain.plans.actions.need_survey_links import (
    answer_by_link,
    make_survey_links,
    revoke_survey_links,
)
from nithet.domain.plans.models.surveys import NeedSurvey, NeedSurveyLink
from nithet.domain.plans.queries.need_survey_links import link_actor, standing_links, survey_link_of
from nithet.domain.plans.queries.need_surveys import reply_of, schools_to_answer
from nithet.foundation.tenancy.scope import scope
from nithet.foundation.ui.limits import asked_to_wait
from nithet.foundation.ui.words import date_words
from nithet.kernel.errors import RuleBroken
from nithet.web.needs.finding import survey_or_404
from nithet.web.needs.school import KEPT, answer_form, answers_of, lines_of, status_of_answer
from nithet.web.shared.addresses import absolute
from nithet.web.shared.requests import actor_of, version_of

BY = "answered_by"


@login_required
@require_POST
def make(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Make links for the schools that have not answered."""
    actor, found = actor_of(request), survey_or_404(request, survey_id)
    try:
        made = make_survey_links(
            actor=actor, survey=found, schools=schools_to_answer(actor, found).missing
        )
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        words = ngettext("%(n)s link is new.", "%(n)s links are new.", len(made))
        messages.success(request, words % {"n": len(made)})
    return redirect(reverse("needs:survey", args=[found.pk]) + "#links")


@login_required
@require_POST
def end(request: HttpRequest, survey_id: int) -> HttpResponse:
    """End every link of a survey."""
    found = survey_or_404(request, survey_id)
    revoke_survey_links(actor=actor_of(request), survey=found)
    messages.success(request, gettext("The links open nothing any more."))
    return redirect(reverse("needs:survey", args=[found.pk]) + "#links")


def links_shown(
    request: HttpRequest, survey: NeedSurvey, missing: list[School]
) -> list[tuple[School, NeedSurveyLink, str]]:
    """Return the schools that have not answered and have a link, each with its address."""
    held = standing_links(survey)
    outside = absolute(request, "", survey.office_id)
    return [
        (one, held[one.pk], outside + reverse("needs:survey_link", args=[held[one.pk].code]))
        for one in missing
        if one.pk in held
    ]


def pasteable(survey: NeedSurvey, rows: list[tuple[School, NeedSurveyLink, str]]) -> str:
    """Return the links as text to paste, a school a line, grouped by network; the day they end stands first."""
    if not rows:
        return ""
    last = min(link.expires_at for _, link, _ in rows)
    lines = [f"{survey.title} ตอบได้ถึง {date_words(last)} ไม่ต้องใช้รหัสผ่าน"]
    networks: dict[str, list[str]] = {}
    for school, _, address in rows:
        network = school.network.unit.name if school.network else ""
        networks.setdefault(network, []).append(f"{school.name}: {address}")
    for name, held in networks.items():
        lines += [f"[{name}]"] if name else []
        lines += held
    return "\n".join(lines)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Show a school its survey behind a link, and keep its answers by the name that the person gave."""
    found = survey_link_of(code)
    if found is None:
        # Unknown, ended and closed say the same.
        return asked_to_wait(request, "need_survey_wrong") or render(
            request, "needs/link_over.html", status=404
        )
    with scope(found.office_id):
        return _answer(request, found)


def _answer(request: HttpRequest, found: NeedSurveyLink) -> HttpResponse:
    survey, school = found.survey, found.school
    form = answer_form(request, survey, school)
    form.fields[BY] = forms.CharField(max_length=150, required=False)

    def save(values: dict[str, Any]) -> object:
        return answer_by_link(
            actor=link_actor(found, values[BY]),
            link=found,
            values=answers_of(survey, values),
            version=version_of(request),
        )

    status = status_of_answer(form, save) if request.method == "POST" else 200
    if status == KEPT:
        messages.success(request, gettext("Thank you. The answers have been saved."))
        return redirect("needs:survey_link", found.code)
    kept = reply_of(survey, school)
    context = {
        "survey": survey,
        "school": school,
        "link": found,
        "kept": kept,
        "form": form,
        "version": kept.version if kept else 0,
        "lines": lines_of(survey, form),
    }
    return render(request, "needs/survey_link.html", context, status=status)
