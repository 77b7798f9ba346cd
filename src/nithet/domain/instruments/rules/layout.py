"""How the questions of a form stand on paper and on its preview: matrices of ratings, repeats as tables, the rest one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from nithet.domain.instruments.rules.definition import Question

_MOST_COLUMNS = 6
_MOST_LETTERS = 18


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    MATRIX = "matrix"
    REPEAT = "repeat"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question and, in a table of ticks, its running number on the form; 0 for all others."""

    number: int
    question: Question


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, questions that share their choices, the questions of one repeat, or one question."""

    kind: BlockKind
    heading: str = ""
    questions: tuple[Numbered, ...] = ()

    @property
    def choices(self) -> list[dict[str, str]]:
        """Return the choices that the questions of a matrix share."""
        return list(self.questions[0].question["choices"]) if self.questions else []


def blocks_of(definition: Sequence[Question]) -> list[Block]:
    """Return the blocks of a form in its order; what nobody sees (calculations, metadata) is in none."""
    found: list[Block] = []
    before: tuple[str, ...] = ()
    number = 0
    for question in definition:
        if not (question["asks"] or question["type"] == "note"):
            continue
        groups = tuple(question["groups"])
        is_in_repeat = bool(question["repeat"])
        last = found[-1] if found else None
        if (
            is_in_repeat
            and last
            and last.kind == BlockKind.REPEAT
            and _repeat(last) == question["repeat"]
        ):
            found[-1] = _with(last, Numbered(0, question))
            continue
        if groups != before:
            shared = sum(1 for one, other in zip(groups, before, strict=False) if one == other)
            new = groups[shared:] if groups[:shared] == before[:shared] else groups
            found += [Block(BlockKind.HEADING, label) for label in new]
            before = groups
            last = None
        if is_in_repeat:
            found.append(Block(BlockKind.REPEAT, "", (Numbered(0, question),)))
            continue
        if not _is_row(question):
            found.append(Block(BlockKind.QUESTION, "", (Numbered(0, question),)))
            continue
        number += 1
        here = Numbered(number, question)
        if last and last.kind == BlockKind.MATRIX and _same(last, question):
            found[-1] = _with(last, here)
        else:
            found.append(Block(BlockKind.MATRIX, "", (here,)))
    return found


@dataclass(frozen=True, slots=True)
class Counted:
    """How many questions a form puts: to tick, and to write at; a repeat is one; school, day and signature are none."""

    ticked: int
    written: int

    @property
    def together(self) -> int:
        """Return both together."""
        return self.ticked + self.written


def counted(definition: Sequence[Question]) -> Counted:
    """Count the questions of a form as whoever fills it in would."""
    ticked = written = 0
    for block in blocks_of(definition):
        if block.kind == BlockKind.MATRIX:
            ticked += len(block.questions)
        elif block.kind != BlockKind.HEADING and _is_put(block):
            written += 1
    return Counted(ticked, written)


def _is_put(block: Block) -> bool:
    question = block.questions[0].question
    is_of_visit = question["name"] == "visited_on" or bool(question["choices_from"])
    is_no_question = question["type"] in {"note", "signature"}
    return not is_no_question and (block.kind == BlockKind.REPEAT or not is_of_visit)


def _repeat(block: Block) -> str:
    return str(block.questions[0].question["repeat"])


def _with(block: Block, more: Numbered) -> Block:
    return Block(block.kind, block.heading, (*block.questions, more))


def _is_row(question: Question) -> bool:
    """Say whether a question may be a row of a table of ticks: one answer, few and short choices."""
    choices = question["choices"]
    return (
        question["type"] == "select_one"
        and 2 <= len(choices) <= _MOST_COLUMNS
        and all(len(one["label"]) <= _MOST_LETTERS for one in choices)
    )


def _same(block: Block, question: Question) -> bool:
    return bool(block.choices == question["choices"])
