"""What search knows of papers and of what is shown to everybody."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.papers.models.papers import Paper
from nithet.domain.papers.models.publications import Publication
from nithet.domain.papers.policy import visible_publications, visible_to
from nithet.domain.papers.queries import PAPER, PUBLICATION
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel.school_years import fiscal_year


def _papers(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Paper.objects.all() if ids is None else Paper.objects.filter(pk__in=ids)
    for row in standing(rows):
        yield SearchDocument(
            PAPER,
            str(row.pk),
            row.office_id,
            row.title,
            "\n".join(filter(None, [row.number, row.made_by])),
            row.dated,
            fiscal_year(row.dated),
        )


def _publications(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Publication.objects.all() if ids is None else Publication.objects.filter(pk__in=ids)
    for row in rows.filter(withdrawn_at__isnull=True):
        yield SearchDocument(PUBLICATION, str(row.pk), row.office_id, row.title, row.item)


def register_kinds() -> None:
    """Make papers and publications searchable."""
    register(PAPER, _("Papers"), _papers, visible=visible_to, icon="return", order=70)
    register(
        PUBLICATION,
        _("Shown to everybody"),
        _publications,
        visible=visible_publications,
        icon="return",
        order=71,
    )
