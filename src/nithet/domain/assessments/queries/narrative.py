"""What a round tells."""

from django.db.models import Prefetch

from nithet.domain.assessments.models.narrative import (
    NarrativeGroup,
    NarrativeParagraph,
    ParagraphProposal,
)
from nithet.domain.assessments.models.rounds import Round


def find_paragraph(reporting_round: Round, paragraph_id: int) -> NarrativeParagraph | None:
    """Return a paragraph of this round; None where the round has none of that number."""
    return (
        NarrativeParagraph.objects.filter(pk=paragraph_id, group__answer__round=reporting_round)
        .select_related("group__answer")
        .first()
    )


def find_group(reporting_round: Round, group_id: int) -> NarrativeGroup | None:
    """Return a narrative group of this round; None where the round has none of that number."""
    return (
        NarrativeGroup.objects.filter(pk=group_id, answer__round=reporting_round)
        .select_related("answer")
        .first()
    )


def find_proposal(reporting_round: Round, proposal_id: int) -> ParagraphProposal | None:
    """Return words proposed in this round that nobody has decided yet; None where there are none of that number."""
    return (
        ParagraphProposal.objects.filter(
            pk=proposal_id, paragraph__group__answer__round=reporting_round
        )
        .select_related("paragraph__group__answer")
        .first()
    )


def groups_of(reporting_round: Round, item: str) -> list[NarrativeGroup]:
    """List the narrative groups of one item with paragraphs and proposals prefetched; three queries."""
    paragraphs = NarrativeParagraph.objects.prefetch_related(
        Prefetch("proposals", queryset=ParagraphProposal.objects.all())
    )
    return list(
        NarrativeGroup.objects.filter(answer__round=reporting_round, answer__item=item)
        .prefetch_related(Prefetch("paragraphs", queryset=paragraphs))
        .order_by("position", "pk")
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
