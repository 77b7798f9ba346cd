"""The registry of what can be searched: each domain package registers its kinds in `search.py`, called in `apps.ready()`.

    def _projects(ids: Collection[str] | None) -> Iterable[SearchDocument]:
        rows = Project.objects.all() if ids is None else Project.objects.filter(pk__in=ids)
        for row in rows.iterator():
            yield SearchDocument(PROJECT, str(row.pk), row.office_id, row.title, body=row.objective, fiscal_year=...)

    register(PROJECT, _("Projects"), _projects, visible=visible_to, icon="plan")

The kind is that of `foundation/refs` (which must know it: it decides who sees a result, its title and address).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

ALWAYS_CURRENT = date.max
"""The day of a document that is of no day (a school, a committee): it stands before everything dated."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What is searched of one record: its title and its text, in the words of whoever wrote them.

    `day` orders results, the newest first; None for what is of no day. `fiscal_year` is the year (พ.ศ.) by which results are
    filtered; None for what is of no year.
    """

    kind: str
    id: str
    office_id: int
    title: str
    body: str = ""
    day: date | None = None
    fiscal_year: int | None = None


Documents = Callable[[Collection[str] | None], Iterable[SearchDocument]]
"""Given ids (None: all) of the office in scope, yields their documents; what is gone or taken back is left out."""

Visible = Callable[[Any], "QuerySet[Any]"]
"""Given the actor, the records they may read. Only narrows the search where many results are not theirs; refs decide."""


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of record that can be searched. `touched_by`: other kinds whose change changes these documents, and of which ids."""

    kind: str
    label: str | Promise
    documents: Documents
    visible: Visible | None = None
    icon: str = "list"
    order: int = 100
    touched_by: Mapping[str, Callable[[Collection[str]], Iterable[object]]] = field(
        default_factory=dict
    )


_kinds: dict[str, SearchKind] = {}


def register(
    kind: str,
    label: str | Promise,
    documents: Documents,
    *,
    visible: Visible | None = None,
    icon: str = "list",
    order: int = 100,
    touched_by: Mapping[str, Callable[[Collection[str]], Iterable[object]]] | None = None,
) -> None:
    """Make a kind searchable; each kind once. `label` is its name as a heading of results; `order` sorts those.

    `touched_by` maps another kind of record to a function from its ids to the ids of this kind whose documents it changes,
    as a finding changes its visit's. Records named by an action's event (its target, and every reference noted) are
    read again by themselves.
    """
    if kind in _kinds:
        raise ValueError(f"the kind {kind!r} is made searchable twice")
    _kinds[kind] = SearchKind(kind, label, documents, visible, icon, order, dict(touched_by or {}))


def search_kinds() -> dict[str, SearchKind]:
    """Return every searchable kind by its name, in the order in which results are grouped."""
    return dict(sorted(_kinds.items(), key=lambda pair: (pair[1].order, pair[0])))
