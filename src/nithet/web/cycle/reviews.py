"""Reviews of the system of supervision and what was changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.supervision.actions.system_reviews import (
    edit_review,
    record_review,
    take_back_review,
)
from nithet.domain.supervision.queries.cycle import list_reviews
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.taking_back import needs_reason
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.kernel import clock
from nithet.web.cycle.finding import cycle_crumbs, cycle_tabs, review_or_404, shown_year
from nithet.web.cycle.forms import ReviewEditForm, ReviewForm
from nithet.web.cycle.offering import change_records
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.edit_page import EditPage, answer_form, given
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice

FORMS = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """List the reviews of a year."""
    actor, year = actor_of(request), shown_year(request)
    rows = list_reviews(actor, year)
    if wants_sheet(request):
        heads = ("วันที่", "สิ่งที่วางไว้", "สิ่งที่ทำ", "สิ่งที่พบ", "สิ่งที่เปลี่ยน", "เหตุผล", "ผู้เข้าร่วม", "ผู้บันทึก")
        columns = [Column(heads[0], "date"), *(Column(one, width=40) for one in heads[1:])]
        names = (
            "reviewed_on",
            "planned",
            "done",
            "checked",
            "changed",
            "why",
            "took_part",
            "reviewed_by",
        )
        cells = ([getattr(row, name) for name in names] for row in rows)
        return sheet_answer("การตรวจสอบและปรับปรุงระบบการนิเทศ", columns, cells, request=request)
    context = {
        "page": paged(request, rows),
        "year": year,
        "years": year_choice(request, year),
        "tabs": cycle_tabs(request, "reviews"),
        "can": ask("system_review.record", actor, None),
    }
    return render(request, "cycle/reviews.html", context)


@login_required
@require_safe
def review(request: HttpRequest, system_review_id: int) -> HttpResponse:
    """Show a review."""
    actor, found = actor_of(request), review_or_404(request, system_review_id)
    seen = None
    if found.changed_in:
        ref = RecordRef.parse(found.changed_in)
        seen = resolve(actor, [ref]).get(ref)
    context = {
        "review": found,
        "seen": seen,
        "can": ask("system_review.edit", actor, found),
        "needs_reason": needs_reason(found, clock.now()),
        "crumbs": cycle_crumbs(found.fiscal_year),
    }
    return render(request, "cycle/review.html", context)


def _with_ref(values: dict[str, Any]) -> dict[str, Any]:
    text = values.pop("changed_in")
    return {**values, "changed_in": RecordRef.parse(text) if text else None}


@login_required
@FORMS
def add(request: HttpRequest) -> HttpResponse:
    """Record a review."""
    year = shown_year(request)
    page = EditPage(
        title=gettext("Review the system of supervision"),
        action="system_review.record",
        target=None,
        back=reverse("cycle:reviews") + f"?year={year}",
        crumbs=cycle_crumbs(year),
    )
    form = ReviewForm(
        given(request),
        records=change_records(request, year),
        initial={"reviewed_on": clock.today()},
    )
    return answer_form(
        request,
        page,
        form,
        lambda values: record_review(actor=actor_of(request), **_with_ref(values)),
        lambda made: reverse("cycle:review", args=[made.pk]),  # type: ignore[attr-defined]
    )


@login_required
@FORMS
def edit(request: HttpRequest, system_review_id: int) -> HttpResponse:
    """Write a review anew."""
    found = review_or_404(request, system_review_id)
    records = change_records(request, found.fiscal_year)
    if found.changed_in and found.changed_in not in dict(records):
        records.append((found.changed_in, found.changed_in))
    first = {name: getattr(found, name) for name in ReviewEditForm.base_fields}
    page = EditPage(
        title=gettext("Edit the review"),
        action="system_review.edit",
        target=found,
        back=reverse("cycle:review", args=[found.pk]),
        crumbs=cycle_crumbs(found.fiscal_year),
    )
    return answer_form(
        request,
        page,
        ReviewEditForm(given(request), records=records, initial=first),
        lambda values: edit_review(actor=actor_of(request), review=found, **_with_ref(values)),
    )


@login_required
@require_POST
def take_back(request: HttpRequest, system_review_id: int) -> HttpResponse:
    """Take a review back that was entered by mistake."""
    found = review_or_404(request, system_review_id)
    take_back_review(actor=actor_of(request), review=found, reason=request.POST.get("reason", ""))
    return redirect(reverse("cycle:reviews") + f"?year={found.fiscal_year}")
