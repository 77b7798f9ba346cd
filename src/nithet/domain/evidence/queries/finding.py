"""The list of evidence as a person narrows it down."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from nithet.domain.evidence.models import Piece, Use
from nithet.domain.evidence.policy import visible_to
from nithet.domain.evidence.queries.pieces import in_year, with_uses
from nithet.domain.evidence.queries.states import State, in_state
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import standing
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed down to; an empty part asks for everything."""

    fiscal_year: int | None = None
    item: str = ""
    kind: str = ""
    state: State | None = None
    text: str = ""
    about: str = ""


def find_pieces(actor: Actor, wanted: Wanted) -> QuerySet[Piece]:
    """List the pieces an actor may read, narrowed down, with their uses fetched; the cancelled only where asked for."""
    rows = visible_to(actor)
    if wanted.fiscal_year is not None:
        rows = in_year(rows, wanted.fiscal_year)
    if wanted.item:
        uses = Use.objects.filter(
            piece=OuterRef("pk"), item=wanted.item, taken_back_at__isnull=True
        )
        if wanted.fiscal_year is not None:
            uses = uses.filter(fiscal_year=wanted.fiscal_year)
        rows = rows.filter(Exists(uses))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.about:
        rows = rows.filter(about=wanted.about)
    if words := collapse(wanted.text):
        rows = rows.filter(_says(words))
    rows = in_state(rows, wanted.state) if wanted.state else standing(rows)
    if wanted.state is State.CANCELLED:
        rows = rows.exclude(taken_back_because="")
    return with_uses(rows)


def _says(words: str) -> Q:
    found = Q()
    for name in ("title", "body", "file_name", "custodian", "place", "link"):
        found |= Q(**{f"{name}__icontains": words})
    return found
