"""Lists of evidence: all of it, and what waits to be reviewed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.policy import may_bring_pieces
from nithet.domain.evidence.queries.finding import Wanted, find_pieces
from nithet.domain.evidence.queries.kinds import kind_words
from nithet.domain.evidence.queries.pieces import with_uses
from nithet.domain.evidence.queries.reviewing import queue_counts, review_queue
from nithet.domain.evidence.queries.states import State, states_of
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.sheets import Column
from nithet.foundation.refs.registry import RecordRef, Resolved, resolve
from nithet.foundation.ui.shapes import Tab
from nithet.foundation.ui.words import date_words
from nithet.kernel.numerals import to_arabic
from nithet.web.evidence.choices import edition_years, own_school
from nithet.web.shared.downloads import sheet_answer, wants_sheet
from nithet.web.shared.lists import paged, sorted_by
from nithet.web.shared.requests import actor_of, year_of

SORTS = {"title": "title", "kind": "kind", "brought": "made_at", "period": "period_start"}


def state_words() -> dict[State, tuple[str, str]]:
    """Return state -> its words and the tone in which they stand."""
    return {
        State.CLEAR: (pgettext("evidence", "clear"), "good"),
        State.UNCLEAR: (pgettext("evidence", "not clear"), "bad"),
        State.UNREVIEWED: (pgettext("evidence", "waits for its review"), "needs"),
        State.UNUSED: (pgettext("evidence", "used for nothing yet"), "rest"),
        State.WAITING: (pgettext("evidence", "waits to be checked"), "needs"),
        State.LISTED: (pgettext("evidence", "named, not yet shown"), "needs"),
        State.CANCELLED: (pgettext("evidence", "cancelled"), "rest"),
    }


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece in a list: what it is about, its kind in words, where it stands."""

    piece: Any
    about: Resolved | None
    kind: str
    state: str
    tone: str


def _lines(actor: Actor, pieces: Sequence[Piece]) -> list[PieceLine]:
    refs = {row.pk: RecordRef.parse(row.about) for row in pieces if row.about}
    found = resolve(actor, refs.values())
    kinds, states, words = kind_words(), states_of(pieces), state_words()
    return [
        PieceLine(
            row,
            found.get(refs[row.pk]) if row.pk in refs else None,
            kinds.get(row.kind, row.kind),
            *words[states[row.pk]],
        )
        for row in pieces
    ]


def _wanted(request: HttpRequest) -> Wanted:
    state = request.GET.get("state", "")
    return Wanted(
        fiscal_year=year_of(request),
        item=to_arabic(request.GET.get("item", ""))[:40],
        kind=request.GET.get("kind", "")[:60],
        state=State(state) if state in set(State) else None,
        text=request.GET.get("q", "").replace("\x00", "")[:200],
    )


@login_required
@require_safe
def evidence_list(request: HttpRequest) -> HttpResponseBase:
    """List pieces of evidence, narrowed down and sorted by the address."""
    actor, wanted = actor_of(request), _wanted(request)
    rows = sorted_by(request, find_pieces(actor, wanted), SORTS, "title")
    if wants_sheet(request):
        return sheet_answer(gettext("Evidence"), _columns(), _cells(actor, rows), request=request)
    page = paged(request, rows)
    query = request.GET.copy()
    query.pop("page", None)
    query["as"] = "xlsx"
    years = edition_years(actor)
    context = {
        "page": page,
        "lines": _lines(actor, list(page)),
        "wanted": wanted,
        "year": request.GET.get("year", ""),
        "years": sorted({one.fiscal_year for one in years}, reverse=True),
        "items": _item_ids(years),
        "kinds": kind_words(),
        "states": [(one.value, words) for one, (words, _) in state_words().items()],
        "sort": request.GET.get("sort", "title"),
        "sheet": f"?{query.urlencode()}",
        "narrowed": wanted != Wanted(),
        "can_add": bool(may_bring_pieces(actor, None)) or own_school(actor) is not None,
        "waiting": queue_counts(actor) if actor.is_of_office else None,
    }
    return render(request, "evidence/evidence_list.html", context)


def _item_ids(years: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(node.id for one in years for node in rules_of(one.edition).items))


def _columns() -> list[Column]:
    return [
        Column(gettext("Piece of evidence"), width=50),
        Column(gettext("Kind of evidence"), width=24),
        Column(gettext("Where it is"), width=20),
        Column(gettext("Kept by"), width=24),
        Column(gettext("Kept at"), width=24),
        Column(gettext("Speaks of the time from"), "date"),
        Column(gettext("until"), "date"),
        Column(gettext("Used for"), width=30),
        Column(gettext("State"), width=20),
        Column(gettext("About"), width=40),
        Column(gettext("Brought on"), width=20),
    ]


def _cells(actor: Actor, rows: Iterable[Piece]) -> Iterable[list[Any]]:
    for line in _lines(actor, list(rows)):
        piece = line.piece
        uses = [
            f"{gettext('Item %(item)s') % {'item': use.item}} ({use.fiscal_year})"
            for use in piece.uses.all()
        ]
        yield [
            piece.title,
            line.kind,
            piece.get_medium_display(),
            piece.custodian,
            piece.place,
            piece.period_start,
            piece.period_end,
            ", ".join(uses),
            line.state,
            line.about.title if line.about else "",
            date_words(piece.made_at),
        ]


@login_required
@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """List what waits to be reviewed, oldest first: asked of me, asked of nobody, or all of it."""
    actor = actor_of(request)
    which = request.GET.get("which", "")
    counts = queue_counts(actor)
    if which not in {"mine", "free", "all"}:
        which = "mine" if counts.mine else "free"
    rows = with_uses(review_queue(actor, which))
    if wants_sheet(request):
        return sheet_answer(gettext("Evidence to be reviewed"), _columns(), _cells(actor, rows), request=request)
    page = paged(request, rows)
    labels = {
        "mine": (gettext("Asked of me"), counts.mine),
        "free": (gettext("Asked of nobody"), counts.free),
        "all": (gettext("Everything that waits"), counts.everything),
    }
    tabs = [
        Tab(label, f"{reverse('evidence:reviews')}?which={key}", key == which, count)
        for key, (label, count) in labels.items()
    ]
    context = {"page": page, "lines": _lines(actor, list(page)), "tabs": tabs, "which": which}
    return render(request, "evidence/reviews.html", context)
