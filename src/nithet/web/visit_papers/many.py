"""Papers of many visits at once: one order or memorandum for a month or a selection, letters and others in one file."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pypdfium2
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.queries import list_papers, newest_of, read_version
from nithet.domain.papers.word import version_as_pdf
from nithet.domain.supervision.actions.visit_papers import MOST_AT_ONCE, make_papers
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import may_read_papers
from nithet.domain.supervision.queries.visit_papers import visits_for_papers
from nithet.domain.supervision.queries.visits import list_visits
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Refused
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.tenancy.queries import public_address
from nithet.foundation.ui.words import month_names, number_words
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.thai_dates import be_year
from nithet.web.shared.downloads import PDF, ZIP, file_answer
from nithet.web.shared.requests import actor_of

MOST_PAPERS = MOST_AT_ONCE
_MONTHS_AROUND = 12


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """List a month's visits to choose from, and make a paper of the chosen."""
    if request.method == "POST":
        return _made(request)
    if not may_read_papers(actor_of(request)):
        return render(request, "visit_papers/not_yours.html")
    return _list(request)


def _list(request: HttpRequest, problem: str = "", chosen: set[int] | None = None) -> HttpResponse:
    actor = actor_of(request)
    first = _month(request.GET.get("month", request.POST.get("month", "")))
    last = _next_month(first)
    rows = list_visits(actor).exclude(state=Visit.State.CANCELLED)
    rows = rows.filter(visited_on__gte=first, visited_on__lt=last)
    kind = request.GET.get("kind", request.POST.get("kind", ""))
    if kind in Visit.Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "visits": list(rows[:300]),
        "month": first.isoformat()[:7],
        "months": [(one.isoformat()[:7], _words(one)) for one in _months(first)],
        "month_words": _words(first),
        "kind": kind,
        "kinds": Visit.Kind.choices,
        "cards": [
            one
            for one in VisitPaper.Card.choices
            if one[0] in {"order", "travel", "letter", "copy", "slip"}
        ],
        "most": MOST_AT_ONCE,
        "problem": problem,
        "chosen": chosen,
        "can": ask("visit_paper.make_many", actor, None),
    }
    return render(request, "visit_papers/many.html", context, status=422 if problem else 200)


def _made(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not (verdict := ask("visit_paper.make_many", actor, None)):
        raise Refused("visit_paper.make_many", verdict)
    keys = row_keys(request.POST.getlist("visit"))
    visits = visits_for_papers(actor, keys)
    try:
        links = make_papers(
            actor=actor,
            visits=visits,
            card=request.POST.get("card", "")[:10],
            address=public_address(actor.office_id, request),
        )
    except RuleBroken as error:
        return _list(request, gettext(error.message) % error.params, {one.pk for one in visits})
    papers = list(dict.fromkeys(one.paper_id for one in links))
    messages.success(
        request, gettext("%(count)d papers have been made as drafts.") % {"count": len(papers)}
    )
    return redirect(
        f"{reverse('visit_papers:made')}?{urlencode([('paper', one) for one in papers])}"
    )


def _month(text: str) -> date:
    """The first day of the month asked for ("2026-02"), else of this month."""
    year, _, month = text.partition("-")
    now = clock.today().replace(day=1)
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
        return now
    fits = 1900 <= int(year) <= 2200 and 1 <= int(month) <= 12
    return date(int(year), int(month), 1) if fits else now


def _words(first: date) -> str:
    return f"{month_names()[first.month - 1]} {number_words(be_year(first.year))}"


def _next_month(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _months(chosen: date) -> list[date]:
    """A year around today, and the month that was asked for."""
    now = clock.today()
    found = {chosen}
    for step in range(-_MONTHS_AROUND, 4):
        whole = now.year * 12 + now.month - 1 + step
        found.add(date(whole // 12, whole % 12 + 1, 1))
    return sorted(found)


def _papers(request: HttpRequest) -> list[Paper]:
    """The papers that the address names and the reader may see."""
    keys = row_keys(request.GET.getlist("paper"))[:MOST_PAPERS]
    found = {one.pk: one for one in list_papers(actor_of(request)).filter(pk__in=keys)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


@login_required
@require_safe
def made(request: HttpRequest) -> HttpResponse:
    """Show the papers that were made together; `?as=pdf` hands them out as one PDF, `?as=zip` as Word files."""
    if not may_read_papers(actor_of(request)):
        return render(request, "visit_papers/not_yours.html")
    rows = _papers(request)
    if rows and request.GET.get("as") == "pdf":
        return file_answer(_together(rows), PDF, f"{gettext('Papers of visits')}.pdf")
    if rows and request.GET.get("as") == "zip":
        return file_answer(_packed(rows), ZIP, f"{gettext('Papers of visits')}.zip")
    query = urlencode([("paper", one.pk) for one in rows])
    return render(request, "visit_papers/made.html", {"papers": rows, "query": query})


def _together(papers: list[Paper]) -> bytes:
    """The papers one after another, to print in one go."""
    out = BytesIO()
    with pypdfium2.PdfDocument.new() as whole:
        for one in papers:
            with pypdfium2.PdfDocument(version_as_pdf(newest_of(one))) as part:
                whole.import_pages(part)
        whole.save(out)
    return out.getvalue()


def _packed(papers: list[Paper]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for number, one in enumerate(papers, 1):
            name = one.title[:80].replace("/", "-").replace("\\", "-")
            package.writestr(f"{number:02} {name}.docx", read_version(newest_of(one)))
    return out.getvalue()
