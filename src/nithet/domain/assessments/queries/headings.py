"""The paragraphs with which a new narrative group begins: the headings of the edition's form."""

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.rules import ParagraphDraft
from nithet.domain.frameworks.queries import rules_of


def headings_for(reporting_round: Round, item: str) -> tuple[ParagraphDraft, ...]:
    """Return a heading paragraph for each required heading of an item, numbered as the form numbers them."""
    form = rules_of(reporting_round.edition).form
    wanted = form.headings_of(item) if form else ()
    return tuple(
        ParagraphDraft(
            role="heading",
            text=one.name.th,
            section=one.id,
            mark=f"{one.number}." if one.number else "",
        )
        for one in wanted
        if not one.optional
    )
