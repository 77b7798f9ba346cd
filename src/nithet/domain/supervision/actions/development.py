"""The steps of the chain by which a school is accompanied."""

from collections.abc import Sequence
from dataclasses import dataclass

from nithet.domain.supervision.models.development import Development, DevelopmentStep
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.rules.chain import COACHING, chain_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class StepDraft:
    """The step at which a visit found or led a school in a topic; "" as the step takes back what this visit had said."""

    topic: str
    step: str
    note: str = ""


def keep_steps(visit: Visit, drafts: Sequence[StepDraft]) -> None:
    """Keep the steps that a form of a visit names; a topic is begun by its first step and kept where it has others."""
    for draft in drafts:
        topic = collapse(draft.topic)[:250]
        if not topic:
            continue
        if not draft.step:
            DevelopmentStep.objects.filter(visit=visit, development__topic=topic).delete()
            continue
        development, _ = Development.objects.get_or_create(
            school=visit.school,
            topic=topic,
            defaults={
                "office_id": visit.office_id,
                "project": visit.project,
                "chain": COACHING.id,
            },
        )
        if not chain_of(development.chain).has(draft.step):
            raise RuleBroken("development.step", "Choose a step of the chain.", field="steps")
        DevelopmentStep.objects.update_or_create(
            development=development,
            visit=visit,
            defaults={
                "office_id": visit.office_id,
                "step": draft.step,
                "note": collapse(draft.note)[:500],
            },
        )
