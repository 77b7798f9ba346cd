"""The cycle of a year and its steps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.evidence.queries.pieces import pieces_about
from nithet.domain.supervision.actions.cycle import (
    choose_model,
    finish_step,
    link_record,
    reopen_step,
    unlink_record,
    write_step,
)
from nithet.domain.supervision.cycle_policy import may_read_cycle
from nithet.domain.supervision.models.cycle import CycleStep
from nithet.domain.supervision.queries.cycle import (
    STEP,
    cycle_of,
    known_models,
    steps_shown,
)
from nithet.domain.supervision.rules.cycle_models import SERVES
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.cycle.finding import cycle_crumbs, cycle_tabs, shown_year, step_or_404
from nithet.web.cycle.forms import FinishForm, ReopenForm, StepForm
from nithet.web.cycle.offering import records_for
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.requests import actor_of, version_of
from nithet.web.shared.years import year_choice

FORMS = require_http_methods(["GET", "HEAD", "POST"])
PAGES = {
    "needs": "cycle:information",
    "plan": "planner:standing",
    "projects": "cycle:matrix",
    "indicators": "cycle:indicators",
    "instruments": "cycle:matrix",
    "visits": "visits:visits",
    "reviews": "cycle:reviews",
    "changes": "cycle:reviews",
    "summary": "cycle:summary",
}
"""Where the work of a step is done, by what it serves."""


def work_page(serves: str, year: int) -> str:
    """Return the address where the work of a step is done; "" where it has none."""
    name = PAGES.get(serves)
    return f"{reverse(name)}?year={year}" if name else ""


@login_required
@require_safe
def cycle(request: HttpRequest) -> HttpResponse:
    """Show the steps of a year with what belongs to each; without a model, what there is to choose."""
    actor, year = actor_of(request), shown_year(request)
    found = cycle_of(actor, year)
    shown = steps_shown(actor, found) if found else []
    context = {
        "year": year,
        "years": year_choice(request, year),
        "cycle": found,
        "steps": [(one, work_page(one.step.serves, year)) for one in shown],
        "finished": sum(one.step.state == CycleStep.State.DONE for one in shown),
        "tabs": cycle_tabs(request, "cycle"),
        "can": ask("cycle.choose_model", actor, None),
    }
    return render(request, "cycle/cycle.html", context)


@login_required
@FORMS
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the model of a year among the shipped ones and the office's own."""
    actor, year = actor_of(request), shown_year(request)
    if not may_read_cycle(actor):
        raise Http404
    can = ask("cycle.choose_model", actor, None)
    kept = cycle_of(actor, year)
    problem, status = "", 200
    if request.method == "POST":
        if not can:
            raise Refused("cycle.choose_model", can)
        key = request.POST.get("model", "")
        try:
            choose_model(actor=actor, fiscal_year=year, key=key, version=version_of(request))
        except Conflict:
            raise
        except RuleBroken as error:
            problem, status = told(error), 422
        else:
            messages.success(request, gettext("The model of the year has been chosen."))
            return redirect(reverse("cycle:cycle") + f"?year={year}")
    context = {
        "year": year,
        "kept": kept,
        "models": [
            (one, key.removeprefix("own:") if key.startswith("own:") else "")
            for key, one in known_models(actor).items()
        ],
        "can": can,
        "problem": problem,
        "crumbs": cycle_crumbs(year),
    }
    return render(request, "cycle/choose.html", context, status=status)


@login_required
@FORMS
def step(request: HttpRequest, cycle_step_id: int) -> HttpResponse:
    """Show a step, and write what was done in it."""
    actor, found = actor_of(request), step_or_404(request, cycle_step_id)
    can, year = ask("cycle_step.write", actor, found), found.cycle.fiscal_year
    form = StepForm(given(request), initial={"text": found.text, "version": found.version})
    status = 200
    if request.method == "POST":
        page = EditPage(
            title=str(found),
            action="cycle_step.write",
            target=found,
            back=reverse("cycle:step", args=[found.pk]),
            crumbs=cycle_crumbs(year),
        )
        return answer_form(
            request, page, form, lambda values: write_step(actor=actor, step=found, **values)
        )
    links = [RecordRef.parse(one.ref) for one in found.links.all()]
    records = resolve(actor, links)
    own = RecordRef(STEP, str(found.pk))
    context = {
        "step": found,
        "form": form,
        "finish": FinishForm(initial={"version": found.version, "done_on": clock.today()}),
        "records": [records[one] for one in links if one in records],
        "pieces": pieces_about(actor, own).get(own, ()),
        "piece": _piece(actor, found),
        "about": str(own),
        "offered": records_for(request, found) if can else [],
        "serves_words": gettext(SERVES[found.serves]),
        "work": work_page(found.serves, year),
        "is_done": found.state == CycleStep.State.DONE,
        "can": can,
        "crumbs": cycle_crumbs(year),
    }
    return render(request, "cycle/step.html", context, status=status)


def _piece(actor: object, found: CycleStep) -> object:
    if not found.piece:
        return None
    ref = RecordRef.parse(found.piece)
    return resolve(actor, [ref]).get(ref)


@login_required
@FORMS
def finish(request: HttpRequest, cycle_step_id: int) -> HttpResponse:
    """Finish a step: its record becomes evidence."""
    found = step_or_404(request, cycle_step_id)
    page = EditPage(
        title=gettext("Finish: %(step)s") % {"step": found},
        action="cycle_step.finish",
        target=found,
        back=reverse("cycle:step", args=[found.pk]),
        crumbs=cycle_crumbs(found.cycle.fiscal_year),
        lead=gettext(
            "Its record becomes evidence for the items that ask about the system of supervision."
        ),
        save_label=gettext("Finish the step"),
        saved=gettext("The step is finished and its record is evidence."),
    )
    first = {"version": found.version, "done_on": clock.today()}
    return answer_form(
        request,
        page,
        FinishForm(given(request), initial=first),
        lambda values: finish_step(actor=actor_of(request), step=found, **values),
    )


@login_required
@FORMS
def reopen(request: HttpRequest, cycle_step_id: int) -> HttpResponse:
    """Open a finished step again."""
    found = step_or_404(request, cycle_step_id)
    page = EditPage(
        title=gettext("Open again: %(step)s") % {"step": found},
        action="cycle_step.reopen",
        target=found,
        back=reverse("cycle:step", args=[found.pk]),
        crumbs=cycle_crumbs(found.cycle.fiscal_year),
        save_label=gettext("Open the step again"),
    )
    return answer_form(
        request,
        page,
        ReopenForm(given(request), initial={"version": found.version}),
        lambda values: reopen_step(actor=actor_of(request), step=found, **values),
    )


def _ref(request: HttpRequest) -> RecordRef:
    try:
        return RecordRef.parse(request.POST.get("ref", ""))
    except ValueError:
        return RecordRef("none", "0")


@login_required
@require_POST
def link(request: HttpRequest, cycle_step_id: int) -> HttpResponse:
    """Put a record to a step."""
    found = step_or_404(request, cycle_step_id)
    return _done(
        request, found, lambda: link_record(actor=actor_of(request), step=found, ref=_ref(request))
    )


@login_required
@require_POST
def unlink(request: HttpRequest, cycle_step_id: int) -> HttpResponse:
    """Take a record away from a step."""
    found = step_or_404(request, cycle_step_id)
    return _done(
        request,
        found,
        lambda: unlink_record(actor=actor_of(request), step=found, ref=_ref(request)),
    )


def _done(request: HttpRequest, found: CycleStep, do: object) -> HttpResponse:
    try:
        do()  # type: ignore[operator]
    except Conflict:
        raise
    except RuleBroken as error:
        messages.error(request, told(error))
    return redirect("cycle:step", found.pk)
