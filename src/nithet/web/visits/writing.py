"""Recording a visit on a page, phone first: last time's findings and agreements stand above what is written now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.commitments.models import Commitment
from nithet.domain.directory.models.schools import School
from nithet.domain.directory.queries.schools import find_school, list_schools
from nithet.domain.supervision.actions.agreements import AgreementDraft, Check
from nithet.domain.supervision.actions.development import StepDraft
from nithet.domain.supervision.actions.writing import VisitContent, begin_visit, write_visit
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import (
    agreements_of,
    agreements_to_look_at,
    open_agreements,
)
from nithet.domain.supervision.queries.pages import (
    checks_of,
    developments_of,
    last_visit_before,
    my_week,
)
from nithet.domain.supervision.queries.teams import member_words
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs, visit_or_404
from nithet.web.visits.forms import AgreementForm, CheckForm, StepForm, VisitForm
from nithet.web.visits.offers import Offers, first_values, offers_for

SPARE_AGREEMENTS = 1
MOST_AGREEMENTS = 30
FORMS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Sheet:
    """Every form of the page together: the record, what became of agreements, new ones, and the steps."""

    form: VisitForm
    checks: Sequence[tuple[Commitment, CheckForm]]
    agreements: Sequence[AgreementForm]
    steps: Sequence[StepForm]

    @property
    def parts(self) -> list[forms.Form]:
        """Return all of them."""
        return [self.form, *(form for _one, form in self.checks), *self.agreements, *self.steps]

    def is_valid(self) -> bool:
        """Say whether every one is valid; all are looked at, so that all faults are told at once."""
        valid = [form.is_valid() for form in self.parts]
        return all(valid)


@login_required
@FORMS
def record(request: HttpRequest) -> HttpResponse:
    """Begin the record of a visit: choose the school, or write at once where the address names it."""
    actor = actor_of(request)
    asked = request.GET.get("school", "")
    if not asked:
        return HttpResponseNotAllowed(["GET"]) if request.method == "POST" else _choose(request)
    school = find_school(actor, row_key(asked) or 0)
    if school is None:
        raise Http404
    kind = _kind(request)
    can = ask("visit.begin", actor, school)
    if request.method == "POST" and not can:
        raise Refused("visit.begin", can)
    today = clock.today()
    there = Visit.objects.filter(school=school, kind=kind, visited_on=today).exclude(
        state=Visit.State.CANCELLED
    )
    if request.method != "POST" and (found := there.first()) is not None:
        return redirect("visits:write", found.pk)
    offers = offers_for(actor, school, kind, today)
    sheet = _sheet(request, offers, school, None)

    def save(content: VisitContent) -> Visit:
        return begin_visit(actor=actor, school=school, kind=kind, content=content)

    return _answer(request, sheet, offers, school, None, can, save)


def _kind(request: HttpRequest) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in Visit.Kind.values else Visit.Kind.SUPERVISION


def _choose(request: HttpRequest) -> HttpResponse:
    """Show this week's schools with their telephones, and every school by its name."""
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:80]
    schools = list_schools(actor).select_related("unit", "network__unit")
    if words:
        schools = schools.filter(unit__name__icontains=words)
    context = {
        "week": my_week(actor, clock.today()),
        "schools": list(schools.order_by("unit__name_key")[:40]) if words else [],
        "words": words,
        "kind": _kind(request),
        "kinds": Visit.Kind.choices,
        "crumbs": visit_crumbs(),
        "may": actor.is_of_staff,
    }
    return render(request, "visits/choose.html", context)


@login_required
@FORMS
def write(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Write or correct the record of a visit."""
    actor, found = actor_of(request), visit_or_404(request, visit_id)
    can = ask("visit.write", actor, found)
    if request.method == "POST" and not can:
        raise Refused("visit.write", can)
    if found.closed_at is not None and request.method != "POST":
        return redirect("visits:visit", found.pk)
    offers = offers_for(actor, found.school, found.kind, found.visited_on, found)
    sheet = _sheet(request, offers, found.school, found)

    def save(content: VisitContent) -> Visit:
        version = sheet.form.cleaned_data.get("version") or 0
        return write_visit(actor=actor, visit=found, version=version, content=content)

    return _answer(request, sheet, offers, found.school, found, can, save)


def _sheet(request: HttpRequest, offers: Offers, school: School, visit: Visit | None) -> Sheet:
    given: Any = request.POST if request.method == "POST" else None
    speaker = request.GET.get("for", "").strip()[:200]
    first = first_values(actor_of(request), offers, visit, speaker)
    form = VisitForm(given, initial=first, **offers.choices)
    back = agreements_to_look_at(visit) if visit else open_agreements(school.pk)
    kept = checks_of(visit) if visit else {}
    checks = [
        (
            one,
            CheckForm(
                given,
                prefix=f"check-{one.pk}",
                initial={"answer": kept[one.pk].answer, "note": kept[one.pk].note}
                if one.pk in kept
                else {},
            ),
        )
        for one in back
    ]
    return Sheet(form, checks, _agreement_forms(given, visit), _step_forms(given, school, visit))


def _agreement_forms(given: Any, visit: Visit | None) -> list[AgreementForm]:
    there = agreements_of(visit) if visit else []
    first: list[dict[str, Any]] = [
        {"key": one.pk, "text": one.text, "owner": one.owner_title, "due_on": one.due_on}
        for one in there
    ]
    asked = row_key(given.get("agreement_count", "")) if given is not None else None
    more = SPARE_AGREEMENTS if given is not None and "more" in given else 0
    count = min(max(asked or len(first) + SPARE_AGREEMENTS, len(first)) + more, MOST_AGREEMENTS)
    first += [{} for _ in range(count - len(first))]
    return [
        AgreementForm(given, prefix=f"agreement-{place}", initial=one)
        for place, one in enumerate(first[:count])
    ]


def _step_forms(given: Any, school: School, visit: Visit | None) -> list[StepForm]:
    first: list[dict[str, Any]] = []
    for one in developments_of(school.pk):
        mine = next((step for step in one.steps.all() if visit and step.visit_id == visit.pk), None)
        said = {"step": mine.step, "note": mine.note} if mine else {}
        first.append({"topic": one.topic, **said})
    first.append({})
    return [StepForm(given, prefix=f"step-{place}", initial=one) for place, one in enumerate(first)]


def _answer(
    request: HttpRequest,
    sheet: Sheet,
    offers: Offers,
    school: School,
    visit: Visit | None,
    can: Any,
    save: Any,
) -> HttpResponse:
    is_sent = request.method == "POST" and "more" not in request.POST
    if is_sent and sheet.is_valid():
        try:
            kept = save(_content(sheet, offers))
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(sheet.form, error)
        else:
            _tell_saved(request, kept)
            if kept.state != Visit.State.DONE:
                return redirect("visits:visit", kept.pk)
            return redirect(
                "visits:leaving" if "leave" in request.POST else "visits:visit", kept.pk
            )
    day = visit.visited_on if visit else clock.today()
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "school": school,
        "visit": visit,
        "kind": offers.kind,
        "can": can,
        "last": last_visit_before(school.pk, day, but=visit),
        "developments": developments_of(school.pk),
        "speakers": offers.speakers,
        "speaker": sheet.form["said_by"].value() or "",
        "crumbs": visit_crumbs(visit),
        "summary": _summary(sheet, offers, day),
        "details_open": is_sent and bool(sheet.form.errors),
    }
    status = 422 if is_sent else 200
    return render(request, "visits/write.html", context, status=status)


def _tell_saved(request: HttpRequest, kept: Visit) -> None:
    """Say what was saved, in the words of its kind; a committee visit without a word is not recorded yet."""
    if kept.state != Visit.State.DONE:
        words = gettext(
            "Day, team and purpose are kept. The visit is not recorded yet: nobody's words stand in it."
        )
        messages.warning(request, words)
    elif kept.kind == Visit.Kind.COMMITTEE:
        messages.success(request, gettext("The committee visit is recorded."))
    else:
        messages.success(request, gettext("The visit is recorded."))


def _summary(sheet: Sheet, offers: Offers, day: date) -> str:
    """Say in one line what the folded part of the form holds: day, way and who goes."""
    form = sheet.form
    modes = dict(Visit.Mode.choices)
    chosen = [str(one) for one in form["people"].value() or ()]
    names = [one.title for one in offers.people if str(one.user_id) in chosen]
    seats = [str(one) for one in form["members"].value() or ()]
    names += [member_words(one) for one in offers.members if str(one.pk) in seats]
    others = form["others"].value() or []
    names += others.splitlines() if isinstance(others, str) else others
    names += filter(None, [form["companion"].value()])
    mode = modes.get(str(form["mode"].value()), "")
    return " · ".join(filter(None, [date_words(day), str(mode), ", ".join(names)]))


def _content(sheet: Sheet, offers: Offers) -> VisitContent:
    """Make one value of everything that the page says."""
    said = sheet.form.cleaned_data
    return VisitContent(
        visited_on=said["visited_on"],
        mode=said["mode"],
        starts_at=said["starts_at"],
        ends_at=said["ends_at"],
        project=offers.project(said["project"]),
        needs=offers.needs_chosen(said["needs"]),
        need=said["need"],
        purpose=said["purpose"],
        link=said["link"],
        instruments=offers.instruments_chosen(said["instruments"]),
        team=offers.team(said),
        qa_in_work=said["qa_in_work"],
        qa_seen=said["qa_seen"],
        said_by=said["said_by"],
        findings=sheet.form.findings,
        lesson_notes=said["lesson_notes"],
        checks=[
            Check(one, form.cleaned_data["answer"], form.cleaned_data["note"])
            for one, form in sheet.checks
        ],
        agreements=[
            AgreementDraft(
                text=form.cleaned_data["text"],
                owner_title=form.cleaned_data["owner"],
                due_on=form.cleaned_data["due_on"],
                key=form.cleaned_data["key"],
            )
            for form in sheet.agreements
        ],
        steps=[
            StepDraft(
                form.cleaned_data["topic"], form.cleaned_data["step"], form.cleaned_data["note"]
            )
            for form in sheet.steps
        ],
    )
