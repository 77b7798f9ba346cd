"""A list of schools comes in: bring the file, say what its columns mean, check, confirm. Works without scripts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.directory.actions.importing import ListHasFaults
from nithet.domain.directory.actions.school_lists import (
    bring_list,
    drop_list,
    match_columns,
    take_list_over,
)
from nithet.domain.directory.models.importing import SchoolList
from nithet.domain.directory.queries.importing import ListPlan, plan_schools
from nithet.domain.directory.queries.school_lists import find_list, reading_of, table_of
from nithet.foundation.documents.cells import text_of
from nithet.foundation.documents.tables import Table
from nithet.foundation.ui.shapes import Crumb
from nithet.foundation.ui.words import number_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.web.directory.forms import ListForm, MatchingForm, field_title
from nithet.web.directory.parts import keeper_or_404
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

SHOWN = 100
"""Faults and changes that the page of a check shows; the counts are of all."""
SAMPLES = 3


def _crumbs(title: str) -> list[Crumb]:
    return [Crumb(gettext("Schools"), reverse("directory:schools")), Crumb(title)]


def _list_or_404(request: HttpRequest, list_id: int) -> SchoolList:
    if (found := find_list(actor_of(request), list_id)) is None:
        raise Http404
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take a file with schools."""
    actor, status = keeper_or_404(request), 200
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                kept = bring_list(actor=actor, data=file.read(), file_name=file.name or "")
            except RuleBroken as error:
                tell_at_field(form, error, "file")
            else:
                return redirect("directory:list_columns", kept.pk)
        status = 422
    title = gettext("Take a list of schools over")
    context = {"form": form, "title": title, "crumbs": _crumbs(title)}
    return render(request, "directory/bring.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, list_id: int) -> HttpResponse:
    """Say what the columns mean; what was matched before is offered."""
    kept, status = _list_or_404(request, list_id), 200
    table = table_of(kept)
    headers = list(dict.fromkeys(header for header in table.headers if header))
    form = MatchingForm(request.POST or None, headers=headers, matches=kept.matches)
    if request.method == "POST":
        if form.is_valid():
            try:
                match_columns(actor=actor_of(request), school_list=kept, matches=form.matches())
            except RuleBroken as error:
                tell_at_field(form, error)
            else:
                return redirect("directory:list_check", kept.pk)
        status = 422
    title = gettext("What the columns mean")
    lines = [(form[f"column_{at}"], _samples(table, header)) for at, header in enumerate(headers)]
    context = {
        "form": form,
        "lines": lines,
        "list": kept,
        "rows": len(table.rows),
        "header_row": table.header_row,
        "title": title,
        "crumbs": _crumbs(title),
    }
    return render(request, "directory/columns.html", context, status=status)


def _samples(table: Table, header: str) -> str:
    at = table.headers.index(header)
    said = [text_of(row.cells[at]) for row in table.rows[:20]]
    return " · ".join([one[:40] for one in said if one][:SAMPLES])


@login_required
@require_safe
def check(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show what the list would do, or its faults by row and column; nothing is written yet."""
    kept = _list_or_404(request, list_id)
    return _checked(request, kept, plan_schools(reading_of(kept), clock.today()))


def _checked(
    request: HttpRequest, kept: SchoolList, plan: ListPlan, status: int = 200
) -> HttpResponse:
    title = gettext("Check before it is taken over")
    faults = [
        (
            fault.row,
            fault.column,
            number_words(gettext(fault.problem.message) % fault.problem.params),
        )
        for fault in plan.faults[:SHOWN]
    ]
    changes = [
        (
            change.entry.row,
            change.entry.name,
            change.is_new,
            ", ".join(field_title(key) for key in change.fields()),
        )
        for change in plan.changes[:SHOWN]
    ]
    context = {
        "list": kept,
        "plan": plan,
        "faults": faults,
        "changes": changes,
        "more": max(0, max(len(plan.faults), len(plan.changes)) - SHOWN),
        "title": title,
        "crumbs": _crumbs(title),
    }
    return render(request, "directory/check.html", context, status=status)


@login_required
@require_POST
def confirm(request: HttpRequest, list_id: int) -> HttpResponse:
    """Write the list, all of it or nothing."""
    kept = _list_or_404(request, list_id)
    try:
        plan = take_list_over(actor=actor_of(request), school_list=kept)
    except ListHasFaults as refused:
        return _checked(request, kept, refused.plan, status=422)
    count = len(plan.changes)
    said = ngettext("%(count)s school written.", "%(count)s schools written.", count)
    messages.success(request, number_words(said % {"count": count}))
    return redirect("directory:schools")


@login_required
@require_POST
def drop(request: HttpRequest, list_id: int) -> HttpResponse:
    """Drop the list."""
    drop_list(actor=actor_of(request), school_list=_list_or_404(request, list_id))
    messages.success(request, gettext("The list was dropped; nothing was written."))
    return redirect("directory:schools")
