"""Asking the search what a person may see of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.functional import Promise

from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve
from nithet.foundation.search.finding import Hit, hits
from nithet.foundation.search.highlights import Part, marked, snippets
from nithet.foundation.search.models import SearchEntry
from nithet.foundation.search.registry import ALWAYS_CURRENT, search_kinds
from nithet.foundation.search.wording import terms_of
from nithet.foundation.thai_text.forms import search_form

MOST = 300
"""Results that are counted and paged; of more, only that there are more is said."""
BATCH = 100
PATIENCE = 1000
"""Entries that may turn out not to be the reader's before the search asks the packages which records are."""


@dataclass(frozen=True, slots=True)
class Found:
    """One result that the reader may see, without its text."""

    hit: Hit
    about: Resolved


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything found that the reader may see, at most `MOST`; `has_more` says that there is more.

    What is of no day stands before the rest, which is newest first; a school of the very name that was typed first of all.
    """

    terms: tuple[str, ...]
    found: list[Found]
    has_more: bool

    def kinds(self) -> list[tuple[str, str | Promise, int]]:
        """Count the visible results by kind: (kind, its label, how many), in the order of groups."""
        counts = Counter(one.hit.kind for one in self.found)
        return [
            (k.kind, k.label, counts[k.kind]) for k in search_kinds().values() if counts[k.kind]
        ]

    def years(self) -> list[int]:
        """List the fiscal years (พ.ศ.) of the visible results, the newest first."""
        return sorted({y for one in self.found if (y := one.hit.fiscal_year)}, reverse=True)


def search(actor: object, typed: str, *, kind: str = "", fiscal_year: int | None = None) -> Answer:
    """Search the office in scope for everything that holds all terms typed and that the actor may see.

    Whether a result is shown, and counted, is decided by `refs.resolve` alone.
    """
    terms = terms_of(typed)
    wanted = [kind] if kind in search_kinds() else list(search_kinds())
    found, has_more, is_patient = _walk(actor, terms, wanted, fiscal_year, None)
    if not is_patient:
        found, has_more, _ = _walk(actor, terms, wanted, fiscal_year, _reach(actor, wanted))
    return Answer(terms, _named_so_first(found, typed), has_more)


def _named_so_first(found: list[Found], typed: str) -> list[Found]:
    """Put what is of no day (a school, a person) and called exactly as typed before what only holds the words; keep the order else."""
    name = search_form(typed.replace("\0", " ")).strip('"')

    def is_named_so(one: Found) -> bool:
        return one.hit.day == ALWAYS_CURRENT and search_form(one.about.title) == name

    return sorted(found, key=lambda one: not is_named_so(one))


def _walk(
    actor: object,
    terms: Sequence[str],
    wanted: list[str],
    fiscal_year: int | None,
    only: Q | None,
) -> tuple[list[Found], bool, bool]:
    """Return (visible results, whether there are more, whether patience lasted)."""
    found: list[Found] = []
    hidden = 0
    for batch in hits(terms, batch=BATCH, kinds=wanted, fiscal_year=fiscal_year, only=only):
        refs = {one.pk: RecordRef(one.kind, one.record_id) for one in batch}
        seen = resolve(actor, (ref for ref in refs.values() if ref.kind in kinds()))
        visible = [Found(one, seen[refs[one.pk]]) for one in batch if refs[one.pk] in seen]
        found += visible
        hidden += len(batch) - len(visible)
        if len(found) > MOST:
            return found[:MOST], True, True
        if only is None and hidden > PATIENCE:
            return [], False, False
    return found, False, True


def _reach(actor: object, wanted: list[str]) -> Q:
    """Return the entries that the packages say are the actor's; kinds that cannot say stay in."""
    reach = Q(pk__in=[])
    for kind in search_kinds().values():
        if kind.kind not in wanted:
            continue
        if kind.visible is None:
            reach |= Q(kind=kind.kind)
        else:
            theirs = kind.visible(actor).order_by().values(key=Cast("pk", CharField()))
            reach |= Q(kind=kind.kind, record_id__in=theirs)
    return reach


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it is shown: its title and the stretches of its text, hits apart."""

    kind: str
    label: str | Promise
    icon: str
    url: str
    title: list[Part]
    snippets: list[list[Part]]
    day: date | None
    fiscal_year: int | None


def results(found: Sequence[Found], terms: Sequence[str]) -> list[Result]:
    """Fetch what a page of results shows; one query."""
    entries = SearchEntry.objects.in_bulk([one.hit.pk for one in found])
    known = search_kinds()
    return [
        Result(
            kind=one.hit.kind,
            label=known[one.hit.kind].label,
            icon=known[one.hit.kind].icon,
            url=one.about.url or "",
            title=marked(one.about.title, terms),
            snippets=_beyond(one.about.title, snippets(entry.body, terms)),
            day=None if entry.day == ALWAYS_CURRENT else entry.day,
            fiscal_year=entry.fiscal_year,
        )
        for one in found
        if (entry := entries.get(one.hit.pk))
    ]


def _beyond(title: str, found: list[list[Part]]) -> list[list[Part]]:
    """Leave out what the title says already."""
    return [
        parts for parts in found if "".join(p.text for p in parts if p.text != "…") not in title
    ]
