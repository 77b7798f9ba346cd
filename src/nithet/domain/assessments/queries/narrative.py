"""What a round tells."""

from django.db.models import Prefetch

from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round


def find_paragraph(reporting_round: Round, paragraph_id: int) -> NarrativeParagraph | None:
    """Return a paragraph of this round; None where the round has none of that number."""
    return (
        NarrativeParagraph.objects.filter(pk=paragraph_id, group__answer__round=reporting_round)
        .select_related("group__answer")
        .first()
    )


def narrative_of(reporting_round: Round) -> dict[str, list[NarrativeGroup]]:
    """Return item id -> its narrative groups with paragraphs prefetched; two queries."""
    groups = (
        NarrativeGroup.objects.filter(answer__round=reporting_round)
        .select_related("answer")
        .prefetch_related(Prefetch("paragraphs", queryset=NarrativeParagraph.objects.all()))
        .order_by("answer__item", "position", "pk")
    )
    found: dict[str, list[NarrativeGroup]] = {}
    for group in groups:
        found.setdefault(group.answer.item, []).append(group)
    return found
