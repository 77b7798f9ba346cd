"""Bringing evidence: files, photographs and links in one go, or a thing on a shelf."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.bringing import (
    PieceDraft,
    UseFor,
    bring_for_school,
    bring_piece,
    bring_pieces,
)
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import keep_file
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.policy import may_bring_for_school, may_bring_pieces
from nithet.domain.evidence.queries.expectations import missing_of
from nithet.domain.evidence.queries.pieces import find_piece, same_files
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.verdicts import Verdict
from nithet.foundation.actions.errors import Refused
from nithet.foundation.refs.keys import row_key
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.web.evidence.choices import kind_choices, own_school, use_choices, use_of
from nithet.web.evidence.forms import BringForm, ThingForm
from nithet.web.evidence.kept import SealedFile, claimed, opened, seal
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

MOST_AT_ONCE = 50
CARRIED = (
    *("links", "title", "kind", "use", "shows_children"),
    *(f"period_{end}_{part}" for end in ("start", "end") for part in ("day", "month", "year")),
)
"""What the form said, for the page that asks about files that are here already."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file of a form: its sealed value, the title it will have, and pieces that hold it already."""

    file: SealedFile
    title: str
    same: Sequence[Piece]


def _about(actor: Actor, text: str) -> Resolved | None:
    """Return the record that the address names; None without one. 404 for what the reader cannot see."""
    if not text:
        return None
    try:
        ref = RecordRef.parse(text)
    except ValueError:
        raise Http404 from None
    found = resolve(actor, [ref]).get(ref) if ref.kind in kinds() else None
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest) -> tuple[Actor, School | None, Verdict]:
    actor = actor_of(request)
    school = own_school(actor)
    verdict = may_bring_for_school(actor, school) if school else may_bring_pieces(actor, None)
    return actor, school, verdict


def _first(request: HttpRequest) -> dict[str, str]:
    """Return what the address chooses beforehand: `kind`, and the item as `use` or as `edition`, `year` and `item`."""
    asked = request.GET
    first = {name: asked[name] for name in ("use", "kind") if name in asked}
    if all(asked.get(name) for name in ("edition", "year", "item")):
        first["use"] = f"{asked['edition']}-{asked['year']}-{asked['item']}"
    return first


def _form(request: HttpRequest, actor: Actor, school: School | None) -> BringForm:
    given = {"kinds": kind_choices(), "uses": [] if school else use_choices(actor)}
    if request.method == "POST":
        return BringForm(request.POST, request.FILES, **given)
    return BringForm(initial=_first(request), **given)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Bring files, photographs and links; what is here already is offered instead of being kept twice."""
    actor, school, verdict = _asked(request)
    wanted = f"directory.school:{school.pk}" if school else request.GET.get("about", "")
    about = _about(actor, wanted)
    if request.method == "POST" and not verdict:
        raise Refused("piece.bring_several", verdict)
    form = _form(request, actor, school)
    context: dict[str, Any] = {"form": form, "about": about, "can": verdict, "school": school}
    context["sealed"] = list(
        zip(request.POST.getlist("sealed"), request.POST.getlist("sealed_title"), strict=False)
    )
    context["missing"] = (
        _missing(actor, str(form["use"].value() or "")) if "use" in form.fields else []
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "evidence/add.html", context, status=422 if form.is_bound else 200)
    try:
        incoming = _incoming(request, actor, form)
        drafts = _decided(request, actor, incoming, form)
        if drafts is None:
            carried = [(name, request.POST[name]) for name in CARRIED if name in request.POST]
            return render(
                request, "evidence/same.html", context | {"incoming": incoming, "carried": carried}
            )
        made = _bring(actor, school, drafts, form, wanted)
    except RuleBroken as error:
        tell_at_field(form, error)
        return render(request, "evidence/add.html", context, status=422)
    n = len(made)
    said = ngettext("%(n)s piece of evidence is here.", "%(n)s pieces of evidence are here.", n)
    messages.success(request, said % {"n": n})
    if n == 1:
        return redirect("evidence:evidence", made[0].pk)
    return redirect(about.url if about and about.url else "evidence:evidence_list")


def _missing(actor: Actor, value: str) -> list[str]:
    """Say what the chosen item still lacks."""
    if (use := use_of(actor, value)) is None:
        return []
    found = [one for one in missing_of(use.edition, use.fiscal_year) if one.item == use.item]
    return [" / ".join(kind.name.say("th") for kind in one.kinds) for one in found]


def _incoming(request: HttpRequest, actor: Actor, form: BringForm) -> list[Incoming]:
    """Return every file of the form, sent with it or in pieces before, each on the disk once."""
    titles = request.POST.getlist("sealed_title")
    sealed = request.POST.getlist("sealed")
    if len(sealed) + len(form.cleaned_data["files"]) > MOST_AT_ONCE:
        raise BadInput(
            "pieces.many", "Bring at most %(most)s files at once.", field="files", most=MOST_AT_ONCE
        )
    found = [
        (opened(actor, value), titles[n] if n < len(titles) else "")
        for n, value in enumerate(sealed)
    ]
    for file in form.cleaned_data["files"]:
        kept = keep_file(file.name or "", file, file.content_type or "")
        found.append((SealedFile(kept, "", seal(actor, kept)), ""))
    unique = {one.kept.sha256: (one, title) for one, title in found}
    same = same_files(actor, *unique)
    alone = len(unique) == 1 and not form.cleaned_data["links"].strip()
    return [
        Incoming(
            one,
            title
            or (form.cleaned_data["title"] if alone else "")
            or PurePath(one.kept.file_name).stem,
            same[digest],
        )
        for digest, (one, title) in unique.items()
    ]


def _decided(
    request: HttpRequest, actor: Actor, incoming: Sequence[Incoming], form: BringForm
) -> list[PieceDraft] | None:
    """Return what is to be brought; None while somebody has to say whether a file is the same piece."""
    drafts = []
    for one in incoming:
        choice = request.POST.get(f"same-{one.file.kept.sha256}", "")
        if one.same and not choice:
            return None
        key = row_key(choice)
        if key is not None and (piece := find_piece(actor, key)) and piece.stands:
            drafts.append(PieceDraft(same_as=piece))
        else:
            drafts.append(PieceDraft(title=one.title, kept=claimed(actor, one.file)))
    links = [line.strip() for line in form.cleaned_data["links"].splitlines() if line.strip()]
    title = form.cleaned_data["title"] if len(links) == 1 and not drafts else ""
    return [*drafts, *(PieceDraft(title=title, link=link) for link in links[:MOST_AT_ONCE])]


def _bring(
    actor: Actor, school: School | None, drafts: list[PieceDraft], form: BringForm, about: str
) -> list[Piece]:
    said = {
        "drafts": drafts,
        "kind": form.cleaned_data["kind"],
        "period": form.period,
        "shows_children": form.cleaned_data["shows_children"],
    }
    if school is not None:
        return bring_for_school(actor=actor, school=school, **said)
    uses = _uses(actor, form.cleaned_data.get("use", ""))
    return bring_pieces(actor=actor, about=about, uses=uses, **said)


def _uses(actor: Actor, value: str) -> list[UseFor]:
    found = use_of(actor, value) if value else None
    return [found] if found else []


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_thing(request: HttpRequest) -> HttpResponse:
    """Bring a thing that stands on a shelf: what it is, who keeps it and where."""
    actor = actor_of(request)
    verdict = may_bring_pieces(actor, None)
    wanted = request.GET.get("about", "")
    about = _about(actor, wanted)
    if request.method == "POST" and not verdict:
        raise Refused("piece.bring", verdict)
    given = {"kinds": kind_choices(), "uses": use_choices(actor)}
    first = _first(request)
    form = (
        ThingForm(request.POST, **given)
        if request.method == "POST"
        else ThingForm(initial=first, **given)
    )
    context = {"form": form, "about": about, "can": verdict}
    if request.method != "POST" or not form.is_valid():
        return render(request, "evidence/thing.html", context, status=422 if form.is_bound else 200)
    try:
        piece = bring_piece(
            actor=actor,
            title=form.cleaned_data["title"],
            kind=form.cleaned_data["kind"],
            medium=Piece.Medium.PHYSICAL,
            custodian=form.cleaned_data["custodian"],
            place=form.cleaned_data["place"],
            body=form.cleaned_data["body"],
            period=form.period,
            about=wanted,
        )
        for use in _uses(actor, form.cleaned_data.get("use", "")):
            use_piece(
                actor=actor,
                piece=piece,
                edition=use.edition,
                fiscal_year=use.fiscal_year,
                item=use.item,
            )
    except RuleBroken as error:
        tell_at_field(form, error)
        return render(request, "evidence/thing.html", context, status=422)
    messages.success(request, gettext("The thing and its place are noted."))
    return redirect("evidence:evidence", piece.pk)
