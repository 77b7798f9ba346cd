"""What search knows of pieces of evidence."""

from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.evidence.models import Piece, PieceFile, Use
from nithet.domain.evidence.policy import visible_to
from nithet.domain.evidence.queries.clarity import PIECE
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year


def _pieces(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Piece.objects.all() if ids is None else Piece.objects.filter(pk__in=ids)
    for row in standing(rows).prefetch_related("uses"):
        years = [use.fiscal_year for use in row.uses.all()]
        day = row.period_start or row.period_end
        printed = dict.fromkeys(use.printed_title for use in row.uses.all())
        lines = [row.body, *printed, row.file_name, row.custodian, row.place, row.link]
        yield SearchDocument(
            PIECE,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join(filter(None, lines)),
            day or clock.day_of(row.made_at),
            max(years) if years else fiscal_year(day) if day else None,
        )


def _pieces_of_uses(ids: Collection[str]) -> Iterable[object]:
    return Use.objects.filter(pk__in=row_keys(ids)).values_list("piece_id", flat=True)


def _pieces_of_files(ids: Collection[str]) -> Iterable[object]:
    return PieceFile.objects.filter(pk__in=row_keys(ids)).values_list("piece_id", flat=True)


def register_kinds() -> None:
    """Make pieces of evidence searchable."""
    register(
        PIECE,
        _("Evidence"),
        _pieces,
        visible=visible_to,
        icon="evidence",
        order=30,
        touched_by={"evidence.use": _pieces_of_uses, "evidence.piecefile": _pieces_of_files},
    )
