"""The handbook of supervision and the information for planning: as pages, DOCX, PDF and XLSX."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nithet.domain.supervision.actions.information_packs import (
    freeze_information_pack,
    frozen_words,
)
from nithet.domain.supervision.cycle_policy import may_read_cycle
from nithet.domain.supervision.models.information_packs import InformationPack
from nithet.domain.supervision.queries.handbook import handbook_of
from nithet.domain.supervision.queries.information import information_of, list_packs
from nithet.domain.supervision.rules.handbook_paper import handbook_document
from nithet.domain.supervision.rules.information import Content, carried
from nithet.domain.supervision.rules.information_paper import (
    FINDINGS,
    HEADS,
    KINDS,
    VISITS,
    PackPrint,
    information_columns,
    information_document,
    information_rows,
    title_of,
)
from nithet.foundation.access.policies import ask
from nithet.foundation.documents.docx.write import write_docx
from nithet.foundation.documents.model import Document
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.foundation.ui.display import current_numerals
from nithet.foundation.ui.words import date_words
from nithet.kernel import clock
from nithet.kernel.thai_dates import format_date
from nithet.web.cycle.finding import (
    cycle_crumbs,
    cycle_tabs,
    office_name,
    pack_or_404,
    shown_year,
)
from nithet.web.shared.downloads import DOCX, PDF, file_answer, sheet_answer
from nithet.web.shared.lists import paged
from nithet.web.shared.requests import actor_of
from nithet.web.shared.years import year_choice

MOST_OF_LISTS = 30


@login_required
@require_safe
def handbook(request: HttpRequest, handbook_kind: str) -> HttpResponse:
    """Answer with the handbook of a year as it is now."""
    actor, year = actor_of(request), shown_year(request)
    if handbook_kind not in {"docx", "pdf"} or not may_read_cycle(actor):
        raise Http404
    book = handbook_of(actor, year, office_name(request), current_numerals())
    if book is None:
        raise Http404
    return _answer(handbook_document(book), handbook_kind)


def _answer(document: Document, kind: str) -> HttpResponse:
    if kind == "docx":
        return file_answer(write_docx(document), DOCX, f"{document.title}.docx")
    return file_answer(write_pdf(document), PDF, f"{document.title}.pdf")


@login_required
@require_safe
def information(request: HttpRequest) -> HttpResponseBase:
    """Show the information for planning a year as the records stand, and what was frozen before."""
    actor, year = actor_of(request), shown_year(request)
    if not may_read_cycle(actor):
        return render(
            request, "cycle/information.html", {"year": year, "tabs": [], "content": None}
        )
    content = information_of(actor, year)
    kind = request.GET.get("as", "")
    if kind in {"docx", "pdf", "xlsx", "csv"}:
        return _paper(
            request, content, PackPrint(numerals=current_numerals(), dated=clock.today()), kind
        )
    context = _shown(request, content) | {
        "packs": list(list_packs(actor, year)),
        "years": year_choice(request, year),
        "tabs": cycle_tabs(request, "information"),
        "can": ask("information_pack.freeze", actor, None),
    }
    return render(request, "cycle/information.html", context)


def _shown(request: HttpRequest, content: Content) -> dict[str, object]:
    """Return the pack with its words in Thai, a page of schools at a time."""
    schools = [
        {
            **one,
            "head_words": HEADS.get(one["head"], ""),
            "needs": [
                {
                    **need,
                    "kind_words": KINDS[need["kind"]],
                    "is_carried": need["fiscal_year"] < content["fiscal_year"],
                }
                for need in one["needs"]
            ],
            "last": {
                **one["last_visit"],
                "kind_words": VISITS[one["last_visit"]["kind"]],
                "day_words": date_words(date.fromisoformat(one["last_visit"]["day"])),
                "findings": [
                    {**found, "kind_words": FINDINGS[found["kind"]]}
                    for found in one["last_visit"]["findings"]
                ],
            }
            if one["last_visit"]
            else None,
        }
        for one in content["schools"]
    ]
    by_kind = [(KINDS[kind], n) for kind, n in sorted(content["totals"]["needs_by_kind"].items())]
    return {
        "content": content,
        "year": content["fiscal_year"],
        "totals": content["totals"],
        "carried": carried(content),
        "by_kind": by_kind,
        "page": paged(request, schools),
    }


def _paper(
    request: HttpRequest, content: Content, printed: PackPrint, kind: str
) -> HttpResponseBase:
    if kind in {"xlsx", "csv"}:
        notes = [
            f"ข้อมูล ณ วันที่ {format_date(date.fromisoformat(content['as_at']))}",
            printed.frozen or "ยังไม่ได้บันทึกเป็นฉบับ",
        ]
        return sheet_answer(
            title_of(content),
            information_columns(),
            information_rows(content),
            notes,
            request=request,
        )
    return _answer(information_document(content, printed), kind)


@login_required
@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Freeze the information as it is now, by hand."""
    made = freeze_information_pack(actor=actor_of(request), year=shown_year(request))
    return redirect("cycle:pack", made.pk)


def printed_of(pack: InformationPack) -> PackPrint:
    """Return what stands around a frozen pack on paper."""
    return PackPrint(
        number=pack.number,
        frozen=frozen_words(pack),
        digest=pack.digest,
        dated=clock.day_of(pack.frozen_at),
        numerals=current_numerals(),
    )


@login_required
@require_safe
def pack(request: HttpRequest, pack_id: int) -> HttpResponseBase:
    """Show a frozen pack as it was, as page and papers."""
    actor, found = actor_of(request), pack_or_404(request, pack_id)
    kind = request.GET.get("as", "")
    if kind in {"docx", "pdf", "xlsx", "csv"}:
        return _paper(request, found.content, printed_of(found), kind)
    refs = [RecordRef.parse(text) for text in (found.plan, found.piece) if text]
    seen = resolve(actor, [one for one in refs if one.kind in kinds()])
    context = _shown(request, found.content) | {
        "pack": found,
        "frozen": frozen_words(found),
        "records": list(seen.values()),
        "crumbs": cycle_crumbs(found.fiscal_year),
    }
    return render(request, "cycle/pack.html", context)
