"""What search knows of returns that were issued and files that were taken over."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.returns.models import IssuedReturn, ReturnImport
from nithet.domain.returns.policy import visible_imports, visible_to
from nithet.domain.returns.refs import IMPORT, ISSUED
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock


def _issued(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = IssuedReturn.objects.all() if ids is None else IssuedReturn.objects.filter(pk__in=ids)
    for row in rows.select_related("round__edition").defer("document", "round__edition__text"):
        yield SearchDocument(
            ISSUED,
            str(row.pk),
            row.office_id,
            str(row),
            "\n".join([str(row.round), row.number, row.issued_by]),
            clock.day_of(row.issued_at),
            row.round.fiscal_year,
        )


def _imports(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = ReturnImport.objects.all() if ids is None else ReturnImport.objects.filter(pk__in=ids)
    kept = rows.exclude(state=ReturnImport.State.DROPPED)
    for row in kept.defer("document", "found", "not_reproduced"):
        yield SearchDocument(
            IMPORT,
            str(row.pk),
            row.office_id,
            row.file_name,
            row.brought_by,
            clock.day_of(row.brought_at),
            row.fiscal_year,
        )


def register_kinds() -> None:
    """Make returns searchable."""
    register(ISSUED, _("Returns issued"), _issued, visible=visible_to, icon="return", order=60)
    register(
        IMPORT,
        _("Old returns taken over"),
        _imports,
        visible=visible_imports,
        icon="return",
        order=61,
    )
