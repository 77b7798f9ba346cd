"""Making a form: rows pasted and looked through, last year's file, or an XLSForm."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nithet.domain.instruments.actions.forms import Medium, bring_form
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.queries.versions import find_instrument, mark_of, newest_version
from nithet.domain.instruments.rules.layout import Block, blocks_of
from nithet.domain.instruments.rules.old_forms import tables_in, together
from nithet.domain.instruments.rules.pasting import LONGEST_LINE, MOST_LINES, Kind, Line, read_paste
from nithet.domain.instruments.rules.previewing import drawn
from nithet.domain.instruments.rules.sheets import FormSheet, fits, sheet_of, starter
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.refs.keys import row_key
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken
from nithet.web.instruments.finding import crumbs, instrument_or_404
from nithet.web.instruments.forms import BringForm, OldFormForm, PasteForm, SheetForm
from nithet.web.shared.problems import tell_at_field
from nithet.web.shared.requests import actor_of

EMPTY_LINES = 3
LARGEST = 10 * 1024 * 1024
OPTIONS = ("teacher", "notes", "four_parts", "photos", "signature")


def _actor_of_office(request: HttpRequest) -> Actor:
    """Return who acts; to somebody without any position an office's pages are not there."""
    actor = actor_of(request)
    if actor.office_id is None:
        raise Http404
    return actor


def _refuse_others(actor: Actor) -> None:
    if not (verdict := ask("instrument.bring", actor, None)):
        raise Refused("instrument.bring", verdict)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose how to make a form; rows that were pasted are read and go on to be looked through."""
    actor = _actor_of_office(request)
    if request.method != "POST":
        return _new(request, PasteForm())
    _refuse_others(actor)
    form = PasteForm(request.POST)
    if form.is_valid():
        try:
            pasted = read_paste(form.cleaned_data["pasted"])
        except RuleBroken as error:
            tell_at_field(form, error, "pasted")
        else:
            dropped = pasted.columns_dropped
            note = (
                gettext("Left out: the columns %(columns)s.") % {"columns": ", ".join(dropped)}
                if dropped
                else ""
            )
            sheet = FormSheet(title=pasted.title, lines=pasted.lines)
            return _drawing(request, sheet, _asked_instrument(request), note=note)
    return _new(request, form, status=422)


def _new(
    request: HttpRequest,
    paste: PasteForm,
    *,
    old: OldFormForm | None = None,
    bring: BringForm | None = None,
    status: int = 200,
) -> HttpResponse:
    following_ = _asked_instrument(request)
    context = {
        "paste": paste,
        "old": old or OldFormForm(),
        "bring": bring or BringForm(),
        "following": following_,
        "seen": _mark(request, following_),
        "crumbs": crumbs(),
        "can": ask("instrument.bring", actor_of(request), None),
    }
    return render(request, "instruments/new.html", context, status=status)


def _asked_instrument(request: HttpRequest) -> Instrument | None:
    """Return the instrument whose next version is made; None where a new one begins."""
    key = row_key(request.POST.get("instrument", ""))
    return find_instrument(actor_of(request), key) if key else None


def _seen(request: HttpRequest, instrument: Instrument | None) -> str | None:
    """Return the mark of the version that the maker of the next one had before them."""
    return request.POST.get("seen", "") if instrument else None


def _mark(request: HttpRequest, instrument: Instrument | None) -> str:
    """Return the mark that a page hands on: the one that it was opened with, else that of the newest version."""
    if instrument is None:
        return ""
    return request.POST.get("seen") or mark_of(newest_version(instrument))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Look through the rows of a form, see how it will look, and save it as a draft. Opened plainly: the starter."""
    actor = _actor_of_office(request)
    if request.method != "POST":
        return _drawing(request, starter(""), None)
    _refuse_others(actor)
    form = SheetForm(request.POST)
    instrument = _asked_instrument(request)
    lines = _lines(request.POST)
    if not form.is_valid():
        return _drawing(request, _sheet({}, lines), instrument, form=form, status=422)
    sheet = _sheet(form.cleaned_data, lines)
    if "look" in request.POST:
        return _drawing(request, sheet, instrument, form=form)
    try:
        version = draw_up(
            actor=actor,
            sheet=sheet,
            instrument=instrument,
            audience=form.cleaned_data["audience"],
            seen=_seen(request, instrument),
        )
    except Conflict:
        raise
    except RuleBroken as error:
        tell_at_field(form, error)
        return _drawing(request, sheet, instrument, form=form, status=422)
    messages.success(request, gettext("The form is kept as a draft. Look at it and publish it."))
    return redirect("instruments:version", version.pk)


def _lines(data: QueryDict) -> list[Line]:
    """Return the rows as they were sent; those without words are gone."""
    found = []
    for at in range(MOST_LINES + EMPTY_LINES):
        words = data.get(f"words-{at}", "").strip()[:LONGEST_LINE]
        kind = data.get(f"kind-{at}", "")
        if words:
            found.append(Line(Kind(kind) if kind in set(Kind) else Kind.RATING, words))
    return found


def _sheet(values: dict[str, Any], lines: Sequence[Line]) -> FormSheet:
    return FormSheet(
        title=values.get("title", ""),
        lines=lines,
        scale=values.get("scale", ""),
        teacher=bool(values.get("teacher")),
        notes=bool(values.get("notes")),
        four_parts=bool(values.get("four_parts")),
        photos=bool(values.get("photos")),
        signature=bool(values.get("signature")),
    )


def _drawing(
    request: HttpRequest,
    sheet: FormSheet,
    instrument: Instrument | None,
    *,
    form: SheetForm | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show rows to look through, with the form as it will look below them."""
    audience = instrument.audience if instrument else Instrument.Audience.SUPERVISORS
    initial = {name: getattr(sheet, name) for name in ("title", "scale", *OPTIONS)}
    if not sheet.scale and any(one.kind == Kind.RATING for one in sheet.lines):
        initial["scale"] = "boonchom-5"
    shown = form or SheetForm(initial={**initial, "audience": audience})
    empty = Line(Kind.RATING, "")
    preview, problem = _preview(
        sheet, str(shown["title"].value() or ""), str(shown["scale"].value() or "")
    )
    context = {
        "form": shown,
        "lines": list(enumerate([*sheet.lines, *([empty] * EMPTY_LINES)])),
        "kinds": [
            ("heading", gettext("Heading")),
            ("rating", gettext("Question with levels")),
            ("text", gettext("Question to write at")),
            ("person", gettext("A person's name (private)")),
            ("left_out", gettext("leave out")),
        ],
        "instrument": instrument,
        "seen": _mark(request, instrument),
        "note": note,
        "blocks": preview,
        "problem": problem,
        "crumbs": crumbs(instrument),
        "can": ask("instrument.bring", actor_of(request), None),
    }
    return render(request, "instruments/draw.html", context, status=status)


def _preview(sheet: FormSheet, title: str, scale: str) -> tuple[list[Block], str]:
    """Return how a sheet will look, and what is wrong with it where it cannot be shown."""
    try:
        return blocks_of(drawn(replace(sheet, title=title or "–", scale=scale))), ""
    except RuleBroken as error:
        return [], told(error)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def old_form(request: HttpRequest) -> HttpResponse:
    """Read last year's file and let a person choose the table; opened plainly (reloaded, come back to): the page before."""
    actor = _actor_of_office(request)
    if request.method != "POST":
        return _new(request, PasteForm())
    _refuse_others(actor)
    form = OldFormForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            tables = tables_in(file.read(LARGEST + 1), file.name)
        except RuleBroken as error:
            tell_at_field(form, error, "file")
        else:
            following_ = _asked_instrument(request)
            context = {
                "tables": tables,
                "together": together(tables),
                "file_name": file.name,
                "following": following_,
                "seen": _mark(request, following_),
                "crumbs": crumbs(),
            }
            return render(request, "instruments/tables.html", context)
    return _new(request, PasteForm(), old=form, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Take an XLSForm over as a draft; opened plainly (reloaded, come back to): the page before."""
    actor = _actor_of_office(request)
    if request.method != "POST":
        return _new(request, PasteForm())
    _refuse_others(actor)
    form = BringForm(request.POST, request.FILES)
    instrument = _asked_instrument(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        media = [Medium(one.name, one.read(LARGEST + 1)) for one in form.cleaned_data["beside"]]
        try:
            version = bring_form(
                actor=actor,
                data=file.read(LARGEST + 1),
                file_name=file.name,
                media=media,
                instrument=instrument,
                seen=_seen(request, instrument),
            )
        except Conflict:
            raise
        except RuleBroken as error:
            tell_at_field(form, error, "beside" if error.field == "media" else "file")
        else:
            messages.success(request, gettext("The form was read. Look at it and publish it."))
            return redirect("instruments:version", version.pk)
    if instrument is not None:
        return _following(request, instrument, form, status=422)
    return _new(request, PasteForm(), bring=form, status=422)


@login_required
@require_http_methods(["GET", "HEAD"])
def following(request: HttpRequest, office_form_id: int) -> HttpResponse:
    """Make the next version: change the rows here where they can be shown so, or bring the workbook back."""
    return _following(request, instrument_or_404(request, office_form_id), BringForm())


def _following(
    request: HttpRequest, instrument: Instrument, bring_form_: BringForm, status: int = 200
) -> HttpResponse:
    newest = newest_version(instrument)
    may_draw = newest is not None and not instrument.purpose and fits(newest.definition)
    if newest is not None and may_draw and not bring_form_.is_bound and "upload" not in request.GET:
        return _drawing(request, sheet_of(newest.definition, newest.title), instrument)
    context = {
        "instrument": instrument,
        "newest": newest,
        "seen": _mark(request, instrument),
        "bring": bring_form_,
        "paste": PasteForm(),
        "crumbs": crumbs(instrument),
        "can": ask("instrument.bring", actor_of(request), None),
    }
    return render(request, "instruments/next.html", context, status=status)
