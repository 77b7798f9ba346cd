"""What the rounds tell of one record, put together from the narratives about it."""

from dataclasses import dataclass

from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.returns.document import Role, Section
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef

_TOLD = (Role.POINT.value, Role.TEXT.value)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of every narrative about a record, by heading, in order, each once."""

    results: list[str]
    problems: list[str]
    ways: list[str]


def told_of(actor: Actor, about: RecordRef) -> Told:
    """Gather what the rounds that an actor may read tell of a record; two queries."""
    groups = NarrativeGroup.objects.filter(
        about=str(about), answer__round__in=visible_rounds(actor)
    )
    rows = list(
        NarrativeParagraph.objects.filter(group__in=groups, role__in=_TOLD).order_by(
            "group__position", "group_id", "position", "pk"
        )
    )
    return Told(
        _texts(rows, Section.FACTORS, Section.RESULTS),
        _texts(rows, Section.PROBLEMS),
        _texts(rows, Section.TO_DEVELOP, Section.WAY_FORWARD),
    )


def _texts(rows: list[NarrativeParagraph], *sections: Section) -> list[str]:
    kept = {section.value for section in sections}
    return list(dict.fromkeys(row.text for row in rows if row.section in kept))
