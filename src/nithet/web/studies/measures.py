"""What was measured before and after: typed in a table, pasted, or drawn from what forms found."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.queries.result_forms import (
    instruments_with_results,
    items_of_all,
)
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.rules.items import Shape
from nithet.domain.supervision.actions.studies import (
    add_measure,
    edit_measure,
    take_back_measure,
)
from nithet.domain.supervision.models.studies import StudyMeasure
from nithet.domain.supervision.queries.studies import Drawn, drawn_from_results
from nithet.domain.supervision.rules.study_values import MOST_ROWS
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.edit_page import EditPage, answer_form, given, saved
from nithet.web.shared.requests import actor_of
from nithet.web.studies.finding import crumbs_of, measure_or_404, study_or_404
from nithet.web.studies.forms import DrawForm, MeasureEditForm, MeasureForm, ReasonForm

FORMS = require_http_methods(["GET", "HEAD", "POST"])
EMPTY_ROWS = 8


@login_required
@FORMS
def add(request: HttpRequest, study_id: int) -> HttpResponse:
    """Enter what was measured."""
    found = study_or_404(request, study_id)
    page = EditPage(
        title=gettext("Enter values before and after"),
        action="study.add_measure",
        target=found,
        back=reverse("studies:study", args=[found.pk]),
        crumbs=crumbs_of(found),
    )
    return _form(
        request,
        page,
        MeasureForm(given(request)),
        [],
        lambda values, rows: add_measure(
            actor=actor_of(request), study=found, values=rows, **values
        ),
    )


@login_required
@FORMS
def edit(request: HttpRequest, study_measure_id: int) -> HttpResponse:
    """Write what was measured."""
    found = measure_or_404(request, study_measure_id)
    names = [name for name in MeasureEditForm.base_fields if name != "pasted"]
    form = MeasureEditForm(given(request), initial={name: getattr(found, name) for name in names})
    page = EditPage(
        title=str(found),
        action="study.edit_measure",
        target=found,
        back=reverse("studies:study", args=[found.study_id]),
        crumbs=crumbs_of(found.study),
        take_back=reverse("studies:take_back_measure", args=[found.pk]),
    )
    return _form(
        request,
        page,
        form,
        found.values,
        lambda values, rows: edit_measure(
            actor=actor_of(request), measure=found, values=rows, **values
        ),
    )


def _form(
    request: HttpRequest, page: EditPage, form: Any, kept: Sequence[Sequence[str]], save: Any
) -> HttpResponse:
    """Show the facts with a table of rows, or save both; what is pasted is put behind the rows of the table."""
    can = ask(page.action, actor_of(request), page.target)
    rows, status = [list(one) for one in kept], 200
    if request.method == "POST":
        if not can:
            raise Refused(page.action, can)
        rows = _typed(request)
        if form.is_valid():
            values = dict(form.cleaned_data)
            every = [*rows, *values.pop("pasted")]
            if saved(form, lambda _values: save(values, every)):
                messages.success(request, gettext("It has been saved."))
                return redirect(page.back)
        status = 422
    context = {
        "page": page,
        "form": form,
        "can": can,
        "rows": [*rows, *([["", "", ""]] * EMPTY_ROWS)],
    }
    return render(request, "studies/measure.html", context, status=status)


def _typed(request: HttpRequest) -> list[list[str]]:
    given_rows = zip_longest(
        request.POST.getlist("code"),
        request.POST.getlist("before"),
        request.POST.getlist("after"),
        fillvalue="",
    )
    rows = [[str(one)[:60] for one in row] for row in given_rows]
    return [row for row in rows if any(one.strip() for one in row)][: MOST_ROWS + 1]


@login_required
@FORMS
def take_back(request: HttpRequest, study_measure_id: int) -> HttpResponse:
    """Take back what was measured."""
    found = measure_or_404(request, study_measure_id)
    page = EditPage(
        title=gettext("Take the values back"),
        action="study.take_back_measure",
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
        lambda values: take_back_measure(actor=actor_of(request), measure=found, **values),
    )


@login_required
@FORMS
def draw(request: HttpRequest, study_id: int) -> HttpResponse:
    """Take values from what a form found, school by school, before and after."""
    actor = actor_of(request)
    found = study_or_404(request, study_id)
    items = _items(actor)
    form = DrawForm(
        given(request),
        items=[(code, words) for code, (_, _, words) in items.items()],
        times=_times(found.fiscal_year),
    )
    page = EditPage(
        title=gettext("Take values from results of forms"),
        action="study.add_measure",
        target=found,
        back=reverse("studies:study", args=[found.pk]),
        crumbs=crumbs_of(found),
        lead=gettext(
            "The mean of each school that has filled-in forms in both times; one row a school."
        ),
        save_label=gettext("Take these values"),
    )

    def save(values: dict[str, Any]) -> object:
        instrument, key, words = items[values["item"]]
        times = dict(_times(found.fiscal_year))
        drawn = drawn_from_results(
            actor, instrument, key, _asked(values["before"]), _asked(values["after"])
        )
        source = gettext("Results of %(form)s: %(before)s and %(after)s") % {
            "form": instrument,
            "before": times[values["before"]],
            "after": times[values["after"]],
        }
        return add_measure(
            actor=actor,
            study=found,
            title=words[:300],
            of=StudyMeasure.Of.SCHOOL,
            source=_source(source, drawn)[:300],
            values=drawn.rows if drawn else [],
        )

    return answer_form(request, page, form, save, back_to=_table_of)


def _table_of(record: object) -> str:
    return (
        reverse("studies:edit_measure", args=[record.pk])
        if isinstance(record, StudyMeasure)
        else reverse("studies:studies")
    )


def _source(source: str, drawn: Drawn | None) -> str:
    if drawn and drawn.one_sided:
        source += gettext("; %(count)s schools with one side only are left out") % {
            "count": drawn.one_sided
        }
    if drawn and drawn.hidden:
        source += gettext("; %(count)s schools with too few records are left out") % {
            "count": drawn.hidden
        }
    return source


def _items(actor: Actor) -> dict[str, tuple[Instrument, str, str]]:
    """Return code -> (instrument, key, words) of every rating and number of the forms that have records."""
    used = [one for one, count in instruments_with_results(actor) if count]
    items = items_of_all(used)
    return {
        f"{instrument.pk}:{item.key}": (instrument, item.key, f"{instrument}: {item.label}")
        for instrument in used
        for item in items.get(instrument.pk, [])
        if item.shape in {Shape.RATING, Shape.NUMBER}
    }


def _times(year: int) -> list[tuple[str, str]]:
    """Offer fiscal years and semesters around the year of a study."""
    last = max(year + 1, fiscal_year(clock.today()))
    found = []
    for one in range(year - 2, min(last, year + 3) + 1):
        found.append((f"f{one}", gettext("Fiscal year %(year)s") % {"year": one}))
        found += [
            (f"{n}-{one}", gettext("Semester %(number)s/%(year)s") % {"number": n, "year": one})
            for n in (1, 2)
        ]
    return found


def _asked(code: str) -> Asked:
    kind, year = code[0], int(code[-4:])
    if kind == "f":
        return Asked(year=year, by="school")
    return Asked(academic_year=year, semester=int(kind), by="school")
