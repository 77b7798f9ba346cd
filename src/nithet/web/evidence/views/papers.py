"""Papers that are signed and scanned back: sending the scan, and the page behind the QR."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nithet.domain.evidence.actions.printouts import decide_authority, file_scan
from nithet.domain.evidence.files import NAMESPACE, KeptFile, keep_file
from nithet.domain.evidence.models import Piece, Printout
from nithet.domain.evidence.policy import SCANNERS
from nithet.domain.evidence.queries.printouts import (
    CODE,
    code_in,
    find_printout,
    paper_named,
    printouts_by_code,
    typed_code,
    waiting_for_scan,
)
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask, by_role
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.files.codes import read_codes
from nithet.foundation.files.store import path_of
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.foundation.ui.limits import asked_to_wait
from nithet.kernel.errors import RuleBroken
from nithet.web.evidence.forms import AuthorityForm, ScanForm
from nithet.web.evidence.kept import opened, seal
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

OFFERED = 30


@dataclass(frozen=True, slots=True)
class Filed:
    """A scan that found its paper."""

    paper: Printout
    piece: Piece
    file_name: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A scan whose paper is not known yet, with its sealed value; `why` says what was found in it."""

    file_name: str
    seal: str
    why: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """Take scans of signed papers; each finds its record by the code on it, or a person picks it."""
    actor = actor_of(request)
    verdict = by_role(actor, *SCANNERS)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    context = {"form": form, "can": verdict, "papers": _offered(actor)}
    if request.method != "POST":
        return render(request, "evidence/scan.html", context)
    if not verdict:
        raise Refused("printout.file_scan", verdict)
    if "sealed" in request.POST:
        return _picked(request, actor, context)
    if not form.is_valid():
        return render(request, "evidence/scan.html", context, status=422)
    filed: list[Filed] = []
    unread: list[Unread] = []
    for file in form.cleaned_data["files"]:
        try:
            kept = keep_file(file.name or "", file, file.content_type or "")
        except RuleBroken as error:
            tell_at_field(form, error)
            continue
        _sort_in(actor, kept, filed, unread)
    context |= {"filed": filed, "unread": unread, "papers": _offered(actor)}
    return render(request, "evidence/scan.html", context, status=422 if form.errors else 200)


def _sort_in(actor: Actor, kept: KeptFile, filed: list[Filed], unread: list[Unread]) -> None:
    codes = codes_of(kept)
    papers = printouts_by_code(actor, codes)
    for paper in papers:
        filed.append(
            Filed(paper, file_scan(actor=actor, printout=paper, kept=kept), kept.file_name)
        )
    if not papers:
        why = (
            gettext("The code on it belongs to no paper of this office.")
            if codes
            else gettext("No code was found on it.")
        )
        unread.append(Unread(kept.file_name, seal(actor, kept), why))


def codes_of(kept: KeptFile) -> list[str]:
    """Return the codes of our papers that a scan shows, each once, in their order."""
    if kept.is_quarantined:
        return []
    found = read_codes(path_of(NAMESPACE, kept.sha256), kept.media_type)
    return list(dict.fromkeys(code for one in found if (code := code_in(one.text))))


def _offered(actor: Actor) -> list[tuple[Printout, Resolved | None]]:
    papers = list(waiting_for_scan(actor)[:OFFERED])
    return [(paper, about) for paper, about in zip(papers, _abouts(actor, papers), strict=True)]


def _abouts(actor: Actor, papers: Iterable[Printout]) -> list[Resolved | None]:
    refs = [RecordRef.parse(paper.about) for paper in papers]
    found = resolve(actor, refs)
    return [found.get(ref) for ref in refs]


def _picked(request: HttpRequest, actor: Actor, context: dict[str, object]) -> HttpResponse:
    sealed = request.POST.get("sealed", "")
    code = typed_code(request.POST.get("code", "")) or request.POST.get("paper", "")
    try:
        one = opened(actor, sealed)
    except RuleBroken as error:
        said = {"form": ScanForm(), "problem": gettext(error.message) % error.params}
        return render(request, "evidence/scan.html", context | said, status=422)
    paper = find_printout(actor, code) if CODE.fullmatch(code) else None
    if paper is None:
        why = gettext(
            "No paper of this office has this code. Choose it from the list, or type the code again."
        )
        unread = [Unread(one.kept.file_name, sealed, why)]
        return render(
            request,
            "evidence/scan.html",
            context | {"form": ScanForm(), "unread": unread},
            status=422,
        )
    piece = file_scan(actor=actor, printout=paper, kept=one.kept)
    messages.success(request, gettext("The signed copy is filed."))
    return redirect("evidence:evidence", piece.pk)


@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """Show a paper to those who may see its record; to others only which office it is from and when it was printed."""
    return _paper(request, code.upper())


def _paper(
    request: HttpRequest, code: str, form: AuthorityForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    found = find_printout(actor, code) if actor.office_id is not None else None
    about = _abouts(actor, [found])[0] if found else None
    if found is None or about is None:
        named = paper_named(code) if CODE.fullmatch(code) else None
        if named is None:
            if limited := asked_to_wait(request, "paper_wrong"):
                return limited
            raise Http404
        return render(request, "evidence/paper_public.html", {"named": named, "code": code})
    first = {"authority": found.authority, "version": found.version}
    context = {
        "paper": found,
        "about": about,
        "can": ask("printout.decide_authority", actor, found),
        "form": form or AuthorityForm(initial=first),
        "may_scan": ask("printout.file_scan", actor, found),
    }
    return render(request, "evidence/paper.html", context, status=status)


@login_required
@require_POST
def authority(request: HttpRequest, code: str) -> HttpResponse:
    """Say which copy of a paper counts, with a reason."""
    actor = actor_of(request)
    if (found := find_printout(actor, code.upper())) is None:
        raise Http404
    form = AuthorityForm(request.POST)
    if not form.is_valid():
        if not (verdict := ask("printout.decide_authority", actor, found)):
            raise Refused("printout.decide_authority", verdict)
        return _paper(request, found.code, form, 422)
    try:
        decide_authority(actor=actor, printout=found, **form.cleaned_data)
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return _paper(request, found.code, form, 422)
    messages.success(request, gettext("It is noted which copy counts."))
    return redirect("evidence:paper", found.code)
