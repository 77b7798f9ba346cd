"""What search knows of commitments."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from nithet.domain.commitments.models import Commitment
from nithet.domain.commitments.policy import visible_to
from nithet.domain.commitments.queries import COMMITMENT
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.search.registry import SearchDocument, register
from nithet.kernel import clock
from nithet.kernel.school_years import fiscal_year


def _commitments(ids: Collection[str] | None) -> Iterator[SearchDocument]:
    rows = Commitment.objects.all() if ids is None else Commitment.objects.filter(pk__in=ids)
    for row in standing(rows):
        day = row.due_on or clock.day_of(row.made_at)
        yield SearchDocument(
            COMMITMENT,
            str(row.pk),
            row.office_id,
            row.text,
            "\n".join(filter(None, [row.text, row.owner_title, row.reason])),
            day,
            fiscal_year(day),
        )


def register_kinds() -> None:
    """Make commitments searchable."""
    register(COMMITMENT, _("Work agreed"), _commitments, visible=visible_to, icon="check", order=45)
