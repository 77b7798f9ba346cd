"""The page of one visit, what is left to do before leaving, its earlier versions, and its photographs."""

import base64
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.supervision.actions.answers import revoke_links, school_link
from nithet.domain.supervision.actions.visits import forget_place, note_place
from nithet.domain.supervision.models.answers import SchoolLink
from nithet.domain.supervision.models.visits import Visit, VisitVersion
from nithet.domain.supervision.queries.content import (
    agreements_of,
    agreements_to_look_at,
    open_agreements,
)
from nithet.domain.supervision.queries.pages import (
    Signed,
    additions_of,
    answer_versions,
    checked_agreements,
    has_opinion,
    items_of,
    photos_of,
    signed_of,
    submissions_of,
)
from nithet.domain.supervision.rules.chain import chain_of
from nithet.domain.supervision.rules.questions import FINDINGS_OF
from nithet.foundation.access.policies import ask
from nithet.foundation.documents import qr
from nithet.foundation.refs.keys import row_key
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.school_years import fiscal_year
from nithet.web.shared.addresses import absolute
from nithet.web.shared.requests import actor_of
from nithet.web.visits.finding import visit_crumbs, visit_or_404
from nithet.web.visits.forms import FINDING_LABELS, AnswerForm, OpinionForm


def optional_address(name: str, *arguments: object) -> str:
    """Return the address of a page of another area; "" where the product has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


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


def drawn_signature(signed: Signed | None) -> int | None:
    """Return the piece of evidence that holds the drawn signature; None where the name alone was signed."""
    ref = signed.answer.signature_ref if signed else ""
    return row_key(ref.partition(":")[2]) if ref else None


def brief_address(visit: Visit) -> str:
    """Return the address of what is known of the school on one page."""
    return optional_address("supervision_reports:brief", visit.school_id)


def good_link(visit: Visit) -> SchoolLink | None:
    """Return the link by which the school reads and signs, where one is good."""
    links: Any = visit.school_links
    return links.filter(revoked_at__isnull=True, expires_at__gt=clock.now()).first()  # type: ignore[no-any-return]


def forms_to_fill(visit: Visit) -> list[tuple[str, str]]:
    """Return (title, address) of the forms that the visit uses, where they are filled in: the client of the field."""
    shell = optional_address("field:shell")
    used = visit.instruments_used.values("instrument")
    versions = InstrumentVersion.objects.filter(
        instrument__in=used, state=InstrumentVersion.State.PUBLISHED
    )
    return [(one.title, f"{shell}#/record/{one.pk}.{visit.school_id}") for one in versions if shell]


def bring_address(visit: Visit) -> str:
    """Return where photographs of a visit are brought, in the area of evidence."""
    if not (add := optional_address("evidence:add")):
        return ""
    return f"{add}?{urlencode({'about': f'supervision.visit:{visit.pk}', 'kind': 'photo'})}"


def answer_form_of(visit: Visit, *, asks_name: bool = False) -> AnswerForm:
    """Return the form of the school's answer; after the closing it is empty, because words are only added then."""
    signed = signed_of(visit)
    answer = signed.answer if signed else None
    words = answer.words if answer and visit.closed_at is None else ""
    first = {"version": answer.version if answer else 0, "words": words}
    return AnswerForm(initial=first, asks_name=asks_name)


def close_words(visit: Visit) -> str:
    """Name the closing in the words of the kind: a committee visits, it does not supervise."""
    if visit.kind == Visit.Kind.COMMITTEE:
        return gettext("Close the committee visit")
    return gettext("Close the visit")


def answer_labels(visit: Visit) -> dict[str, str]:
    """Return what the box of the school's answer and its button are called: words are only added to a closed visit."""
    if visit.closed_at is not None:
        return {
            "answer_title": gettext("Add words of the school"),
            "answer_button": gettext("Add these words"),
        }
    return {
        "answer_title": gettext("Answer of the school"),
        "answer_button": gettext("Keep the answer"),
    }


def grouped_findings(visit: Visit) -> list[tuple[Any, list[Any]]]:
    """Return (label, findings) in the order of the form; kinds without any are left out."""
    rows = list(visit.findings.all())
    labels = FINDING_LABELS[visit.kind]
    known = FINDINGS_OF[visit.kind]
    order = [
        *known,
        *(kind for kind in dict.fromkeys(one.kind for one in rows) if kind not in known),
    ]
    found = []
    for kind in order:
        mine = [one for one in rows if one.kind == kind]
        if mine:
            found.append((labels.get(kind) or mine[0].get_kind_display(), mine))
    return found


def shown_of(visit: Visit) -> dict[str, Any]:
    """Return what the page, the leaving summary and the school's copy all show of a visit."""
    agreements = agreements_of(visit)
    later = checked_agreements(agreements)
    return {
        "agreements": [(one, later.get(one.pk, [])) for one in agreements],
        "checks": list(visit.agreement_checks.select_related("agreement")),
        "steps": [
            (one, chain_of(one.development.chain).words_of(one.step).th)
            for one in visit.development_steps.select_related("development")
        ],
        "photos": photos_of(visit),
        "signed": signed_of(visit),
        "answers": answer_versions(visit),
        "closes": close_words(visit),
        "added_words": [one for one in additions_of(visit) if one.kind == "words"],
        **answer_labels(visit),
        "today": clock.today(),
    }


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


def link_shown(request: HttpRequest, link: SchoolLink | None) -> dict[str, Any]:
    """Return the address of the school's link and its QR; nothing where there is no link."""
    if link is None:
        return {"link": None}
    address = absolute(request, reverse("visits:school_link", args=[link.code]), link.office_id)
    picture = base64.b64encode(qr.svg(address)).decode()
    return {
        "link": link,
        "link_address": address,
        "link_qr": f"data:image/svg+xml;base64,{picture}",
    }


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
    back = "visits:visit" if request.POST.get("next") == "visit" else "visits:leaving"
    return redirect(back, found.pk)


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


def content_findings(kind: str, content: dict[str, Any]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Return (label, findings) of a kept version in the order of the form."""
    found = []
    for name, label in FINDING_LABELS[kind].items():
        mine = [one for one in content["findings"] if one["kind"] == name]
        if mine:
            found.append((label, mine))
    return found
