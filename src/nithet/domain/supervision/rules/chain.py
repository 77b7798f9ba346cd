"""The steps by which a school is accompanied; lists of steps are data, and an office may follow another list later."""

from dataclasses import dataclass

from nithet.domain.frameworks.rules.words import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its id and its words."""

    id: str
    words: Text


@dataclass(frozen=True, slots=True)
class Chain:
    """A list of steps in the order in which a school passes them; a visit may find it at an earlier one again."""

    id: str
    steps: tuple[Step, ...]

    def words_of(self, step: str) -> Text:
        """Return the words of a step; its id where the list has none of it."""
        return next((one.words for one in self.steps if one.id == step), Text(step, step))

    def has(self, step: str) -> bool:
        """Say whether the list has a step."""
        return any(one.id == step for one in self.steps)


COACHING = Chain(
    "coaching",
    (
        Step("aware", Text("ตระหนัก", "Aware")),
        Step("self_review", Text("ทบทวนตนเองว่าอยู่ ณ จุดใด", "Reviews where it stands")),
        Step("done_together", Text("พาทำ", "Done together")),
        Step("led", Text("นำทำ", "Leads by itself")),
        Step("evaluated", Text("ประเมินผลการพัฒนา", "Evaluates what was developed")),
        Step("kept_up", Text("ควบคุมกำกับคุณภาพ", "Keeps up the quality")),
    ),
)
"""The chain of Coaching and Monitoring in the order of the return of 2555: done together before the school leads."""

CHAINS = {COACHING.id: COACHING}


def chain_of(name: str) -> Chain:
    """Return a list of steps by its id; the coaching chain where the id is unknown."""
    return CHAINS.get(name, COACHING)
