"""Old plans become records: bring a file, look at what it proposes, take what is right."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.plans.actions.importing import (
    confirm_plan_import,
    drop_plan_import,
    propose_plan_import,
)
from nithet.domain.plans.models.importing import PlanImport
from nithet.domain.plans.models.money import BudgetLine
from nithet.domain.plans.queries.importing import ProposedLine, proposed_lines
from nithet.domain.plans.queries.plans import find_plan_import, list_plan_imports
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.ui.templatetags.nithet import told
from nithet.foundation.ui.words import amount_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.web.plans.editing import given
from nithet.web.plans.forms import ImportForm
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of, version_of

TICK, TITLE = "take", "title-"


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposed line as the page shows it."""

    proposed: ProposedLine
    kind: str
    where: str
    more: str
    notes: tuple[str, ...]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List the old plans that were read; take a new file."""
    actor = actor_of(request)
    can = ask("plan.propose_import", actor, None)
    form = ImportForm(
        given(request), request.FILES or None, initial={"year": fiscal_year(clock.today())}
    )
    status = 200
    if request.method == "POST":
        if not can:
            raise Refused("plan.propose_import", can)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = propose_plan_import(
                    actor=actor,
                    data=file.read(),
                    file_name=file.name,
                    fiscal_year=form.cleaned_data["year"],
                )
                return redirect("plans:import", kept.pk)
            except RuleBroken as error:
                form.add_error("file", told(error))
        status = 422
    context = {"page": paged(request, list_plan_imports(actor)), "form": form, "can": can}
    return render(request, "plans/imports.html", context, status=status)


def import_or_404(request: HttpRequest, key: int) -> PlanImport:
    """Return an old plan that the reader may see."""
    if (found := find_plan_import(actor_of(request), key)) is None:
        raise Http404
    return found


@login_required
@require_safe
def show(request: HttpRequest, plan_import_id: int) -> HttpResponse:
    """Show what a file proposes, line by line, with where it stands and what could not be understood."""
    return _show(request, import_or_404(request, plan_import_id))


def _show(request: HttpRequest, kept: PlanImport, problem: str = "", status: int = 200) -> HttpResponse:
    lines = proposed_lines(kept)
    context = {
        "kept": kept,
        "groups": _groups(lines),
        "unread": [(one["text"], _why(one["why"]), _where(one["where"])) for one in kept.unread],
        "new": sum(not one.is_there for one in lines),
        "problem": problem,
        "can": ask("plan.confirm_import", actor_of(request), kept),
    }
    return render(request, "plans/import.html", context, status=status)


def _groups(lines: list[ProposedLine]) -> list[tuple[Shown, list[Shown]]]:
    """Return strategies and projects, each project with its lines."""
    inside: dict[str, list[Shown]] = {}
    for one in lines:
        if one.line.kind not in {"strategy", "project"}:
            inside.setdefault(one.line.parent, []).append(_shown(one))
    return [
        (_shown(one), inside.get(one.line.key, []))
        for one in lines
        if one.line.kind in {"strategy", "project"}
    ]


def _shown(one: ProposedLine) -> Shown:
    line = one.line
    kinds = {
        "strategy": gettext("Strategy"),
        "project": gettext("Project"),
        "activity": gettext("Activity"),
        "budget": gettext("Budget line"),
        "target": gettext("Target"),
    }
    where = {"table": line.where.table, "row": line.where.row, "paragraph": line.where.paragraph}
    notes = tuple(_note(code) for code in dict.fromkeys(line.notes))
    return Shown(one, kinds[line.kind], _where(where), _more(one), notes)


def _more(one: ProposedLine) -> str:
    values = one.line.values
    parts = []
    if one.line.kind == "budget":
        parts.append(str(BudgetLine.Source(values["source_kind"]).label))
        parts.append(gettext("%(amount)s baht") % {"amount": amount_words(Decimal(values["planned"]))})
    if values.get("value"):
        parts.append(f"{values['value']} {values['unit']}")
    parts += [values.get("owner", ""), values.get("period_words", ""), values.get("objective", "")]
    return " · ".join(part for part in parts if part)


def _where(where: dict[str, int]) -> str:
    if where["paragraph"]:
        return gettext("paragraph %(number)s") % {"number": where["paragraph"]}
    return gettext("table %(table)s, row %(row)s") % {"table": where["table"], "row": where["row"]}


def _note(code: str) -> str:
    return {
        "outside_year": gettext("This time lies outside the fiscal year of the plan. Set the new days once the line is in the plan."),
        "period_unread": gettext("The time could not be read as days; its words are kept out of the dates."),
        "amount_unread": gettext("An amount of this project could not be read; enter it by hand."),
        "source_not_stated": gettext("The file does not say where the money comes from; it is proposed as government budget."),
        "named_by_its_first_word": gettext("Taken for a project because its line begins with the word for project."),
    }[code]


def _why(code: str) -> str:
    return {
        "column": gettext("a column that the plan has no place for"),
        "amount": gettext("not one clear amount"),
        "no_project": gettext("stands before any project"),
        "outside": gettext("a paragraph outside of any part of a project"),
    }[code]


@login_required
@require_POST
def confirm(request: HttpRequest, plan_import_id: int) -> HttpResponse:
    """Write what is ticked as records of the plan."""
    kept = import_or_404(request, plan_import_id)
    actor = actor_of(request)
    if not (can := ask("plan.confirm_import", actor, kept)):
        raise Refused("plan.confirm_import", can)
    take = request.POST.getlist(TICK)
    titles = {
        name.removeprefix(TITLE): str(value)[:400]
        for name, value in request.POST.items()
        if name.startswith(TITLE)
    }
    if not take:
        return _show(request, kept, gettext("Tick at least one line."), 422)
    plan = confirm_plan_import(
        actor=actor,
        plan_import=kept,
        version=version_of(request),
        take=frozenset(take),
        titles=titles,
    )
    messages.success(request, gettext("What you ticked is in the plan now."))
    return redirect("plans:plan", plan.pk)


@login_required
@require_POST
def drop(request: HttpRequest, plan_import_id: int) -> HttpResponse:
    """Drop what a file proposes."""
    kept = import_or_404(request, plan_import_id)
    drop_plan_import(
        actor=actor_of(request),
        plan_import=kept,
        version=version_of(request),
    )
    messages.success(
        request, gettext("The file has been dropped; nothing of it became a record.")
    )
    return redirect("plans:imports")
