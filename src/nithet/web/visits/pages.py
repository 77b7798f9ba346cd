"""The page of one visit, what is left to do before leaving, its earlier versions, and its photographs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.supervision.actions.answers import revoke_links, school_link
from nithet.domain.supervision.actions.visits import forget_place, note_place
from nithet.domain.supervision.models.visits import Visit, VisitVersion
from nithet.domain.supervision.queries.content import (
    agreements_of,
    agreements_to_look_at,
    open_agreements,
)
from nithet.domain.supervision.queries.pages import (
    additions_of,
    has_opinion,
    items_of,
    submissions_of,
)
from nithet.foundation.access.policies import ask
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs, visit_or_404
from nithet.web.visits.forms import AnswerForm, OpinionForm
from nithet.web.visits.showing import (
    answer_form_of,
    brief_address,
    bring_address,
    content_findings,
    drawn_signature,
    forms_to_fill,
    good_link,
    grouped_findings,
    link_shown,
    needs_words,
    optional_address,
    shown_of,
)


@login_required
@require_safe
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Show one visit."""
    return show_visit(request, visit_or_404(request, visit_id))


def show_visit(
    request: HttpRequest,
    found: Visit,
    *,
    answer_form: AnswerForm | None = None,
    opinion_form: OpinionForm | None = None,
) -> HttpResponse:
    """Show one visit; a form of the school that was sent and has something wrong stands there with what was typed."""
    actor = actor_of(request)
    can = {
        name: bool(ask(f"visit.{name}", actor, found))
        for name in ("write", "close", "reopen", "withdraw", "cancel", "make_link", "answer")
    }
    is_done = found.state == Visit.State.DONE
    context: dict[str, Any] = {
        "visit": found,
        "can": can,
        "is_school": can["answer"],
        "is_done": is_done,
        "crumbs": visit_crumbs(year=fiscal_year(found.visited_on)),
        "findings": grouped_findings(found),
        "needs": needs_words(found),
        **shown_of(found),
        "closings": list(found.closings.all()),
        "versions": list(found.versions.all()),
        "additions": additions_of(found),
        "submissions": submissions_of(found) if actor.is_of_staff else [],
        "papers": optional_address("visit_papers:papers", found.pk) if actor.is_of_staff else "",
        "brief": brief_address(found) if actor.is_of_staff else "",
        "bring": bring_address(found) if can["write"] else "",
        "fill": forms_to_fill(found) if can["write"] and not found.closed_at else [],
    }
    if found.state == Visit.State.PLANNED:
        context["open_agreements"] = open_agreements(found.school_id, before=found)
    if found.closed_at is not None and actor.is_of_staff:
        context["counts_for"] = items_of(found)
    if is_done and can["write"]:
        context |= link_shown(request, good_link(found))
    context["signature"] = drawn_signature(context["signed"]) if actor.is_of_staff else None
    if can["write"]:
        context["place"] = getattr(found, "place", None)
    if context["is_school"] and is_done:
        context |= {
            "answer_form": answer_form or answer_form_of(found),
            "opinion_form": opinion_form or (None if has_opinion(found) else OpinionForm()),
        }
    context["next"] = next_step(found, can, context)
    wrong = answer_form is not None or opinion_form is not None
    return render(request, "visits/visit.html", context, status=422 if wrong else 200)


def next_step(visit: Visit, can: dict[str, bool], shown: dict[str, Any]) -> str:
    """Name what this reader does next with a visit; "" where there is nothing.

    "prepare": its papers, before the day; "write", "leave" (what is left with the school), "close", "papers", and for the
    school "sign".
    """
    signed = shown["signed"]
    is_signed = signed is not None and signed.is_still_the_same
    if can["answer"]:
        return "sign" if shown["is_done"] and not is_signed else ""
    if visit.state == Visit.State.PLANNED:
        if can["write"] and visit.visited_on <= clock.today():
            return "write"
        return "prepare" if shown["papers"] else ""
    if not shown["is_done"]:
        return ""
    if visit.closed_at is None and can["write"]:
        if not is_signed:
            return "leave"
        return "close" if can["close"] else "leave"
    return "papers" if shown["papers"] else ""


@login_required
@require_safe
def leaving(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Show what is left with the school before the visitor goes (ก่อนกลับ): what was agreed, and who signs."""
    actor, found = actor_of(request), visit_or_404(request, visit_id)
    if not ask("visit.write", actor, found) or found.state != Visit.State.DONE:
        raise Http404
    context = {
        "visit": found,
        "crumbs": visit_crumbs(found),
        **shown_of(found),
        **link_shown(request, good_link(found)),
        "findings": grouped_findings(found),
        "missing": missing_before_leaving(found),
        "bring": bring_address(found),
        "papers": optional_address("visit_papers:papers", found.pk),
        "may_make_link": bool(ask("visit.make_link", actor, found)),
        "may_close": bool(ask("visit.close", actor, found)),
    }
    return render(request, "visits/leaving.html", context)


def missing_before_leaving(visit: Visit) -> list[str]:
    """Name what a visitor may still want to write while the school is there; nothing of it is required."""
    found = []
    if not visit.visitors.exists():
        found.append(gettext("Who went is not written down."))
    if not visit.findings.exists():
        found.append(gettext("Nothing is written down of what was seen."))
    if not agreements_of(visit):
        found.append(gettext("Nothing was agreed."))
    unanswered = [
        one
        for one in agreements_to_look_at(visit)
        if not one.checks_on_visits.filter(visit=visit).exists()
    ]
    if unanswered:
        found.append(gettext("What was agreed last time has not been looked at."))
    if visit.kind == Visit.Kind.SUPERVISION and not visit.qa_in_work:
        found.append(
            gettext("How far quality assurance is part of the school's normal work is not said.")
        )
    if visit.kind == Visit.Kind.SUPERVISION and not (visit.need or visit.needs_served.exists()):
        found.append(gettext("Which need of the school it served is not said."))
    return found


@login_required
@require_POST
def make_link(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Make the link by which the school reads and signs without an account."""
    found = visit_or_404(request, visit_id)
    school_link(actor=actor_of(request), visit=found)
    messages.success(request, gettext("The link for the school is ready."))
    back = "visits:visit" if request.POST.get("next") == "visit" else "visits:leaving"
    return redirect(f"{reverse(back, args=[found.pk])}#link")


@login_required
@require_POST
def end_links(request: HttpRequest, visit_id: int) -> HttpResponse:
    """End the links of a visit."""
    found = visit_or_404(request, visit_id)
    revoke_links(actor=actor_of(request), visit=found)
    messages.success(request, gettext("The link opens nothing any more."))
    return redirect("visits:leaving", found.pk)


@login_required
@require_POST
def place(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep where the visitor is, or delete what was kept; only ever because the visitor pressed the button."""
    found = visit_or_404(request, visit_id)
    actor = actor_of(request)
    if "forget" in request.POST:
        forget_place(actor=actor, visit=found)
        messages.success(request, gettext("The place was deleted."))
        return redirect("visits:visit", found.pk)
    try:
        note_place(
            actor=actor,
            visit=found,
            latitude=request.POST.get("latitude", ""),
            longitude=request.POST.get("longitude", ""),
        )
    except RuleBroken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The place was kept with the visit."))
    return redirect("visits:visit", found.pk)


@login_required
@require_safe
def version(request: HttpRequest, visit_id: int, visit_version: int) -> HttpResponse:
    """Show how a visit stood before a correction."""
    found = visit_or_404(request, visit_id)
    kept = VisitVersion.objects.filter(visit=found, number=visit_version).first()
    if kept is None:
        raise Http404
    context = {
        "visit": found,
        "kept": kept,
        "content": kept.content,
        "findings": content_findings(found.kind, kept.content),
        "crumbs": visit_crumbs(found),
    }
    return render(request, "visits/version.html", context)
