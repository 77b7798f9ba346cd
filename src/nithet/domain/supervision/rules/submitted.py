"""What a submission to a standard form says, as plain values; names are those of `forms/*.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nithet.domain.supervision.rules.lines import lines_of
from nithet.domain.supervision.rules.questions import COMMITTEE_QUESTIONS
from nithet.kernel.text import collapse

Answers = Mapping[str, Any]

FINDINGS = {
    "good": "impression",
    "seen": "problem",
    "need": "need",
    "think": "to_develop",
    "suggestion": "suggestion",
}
"""Question of the supervisors' form -> kind of finding."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement as the form says it; without a name it is the school's to do."""

    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of an agreement, by its reference: "not_yet", "partly" or "done"."""

    ref: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """A whole form. `member` is the committee member whose words they are, "" for the team together."""

    visited_on: date | None = None
    mode: str = ""
    link: str = ""
    purpose: str = ""
    team: tuple[str, ...] = ()
    member: str = ""
    qa_in_work: str = ""
    qa_seen: str = ""
    findings: Mapping[str, list[str]] = field(default_factory=dict)
    agreed: tuple[Agreed, ...] = ()
    checks: tuple[Checked, ...] = ()
    signer: str = ""


THE_SCHOOL = "โรงเรียน"


def read_visit(answers: Answers) -> Submitted:
    """Read the supervisors' form.

    >>> read_visit({"visited_on": "2026-06-01", "good": "ครูตั้งใจ"}).findings["impression"]
    ['ครูตั้งใจ']
    """
    findings = {kind: lines_of(_text(answers, name)) for name, kind in FINDINGS.items()}
    agreed = _rows(answers, "agreed", ("agreed_text", "agreed_owner", "agreed_due"))
    checks = _rows(answers, "old", ("agreement", "progress", "progress_note"))
    return Submitted(
        visited_on=_day(_text(answers, "visited_on")),
        mode=_text(answers, "mode"),
        link=_text(answers, "link"),
        purpose=collapse(_text(answers, "purpose")),
        team=tuple(lines_of(_text(answers, "team"))),
        qa_in_work=_text(answers, "in_work"),
        qa_seen=collapse(_text(answers, "in_work_seen")),
        findings=findings,
        agreed=tuple(
            Agreed(collapse(text)[:1000], collapse(owner)[:200] or THE_SCHOOL, _day(due))
            for text, owner, due in agreed
            if collapse(text)
        ),
        checks=tuple(Checked(ref, answer, note) for ref, answer, note in checks if ref and answer),
        signer=collapse(_text(answers, "signer"))[:300],
    )


def read_committee(answers: Answers) -> Submitted:
    """Read the committee's form of four questions."""
    return Submitted(
        visited_on=_day(_text(answers, "visited_on")),
        member=collapse(_text(answers, "member"))[:200],
        findings={name: lines_of(_text(answers, name)) for name in COMMITTEE_QUESTIONS},
    )


def _text(answers: Answers, name: str) -> str:
    """Return an answer by the last part of its path, whatever group an office has put the question into."""
    for path, value in answers.items():
        if path.rpartition("/")[2] == name and isinstance(value, str):
            return value.strip()
    return ""


def _rows(answers: Answers, repeat: str, names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows of a repeat: one tuple each time it was opened, "" for what was not answered."""
    columns: list[list[Any]] = []
    for name in names:
        found = next(
            (
                value
                for path, value in answers.items()
                if path.endswith(f"{repeat}/{name}") and isinstance(value, list)
            ),
            [],
        )
        columns.append(found)
    longest = max(map(len, columns), default=0)
    return [
        tuple(str(column[place] or "") if place < len(column) else "" for column in columns)
        for place in range(longest)
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
