"""The school's copy of a record: what the code says that a supervisor shows on the tablet before leaving."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nithet.domain.commitments.models import Commitment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.queries.submissions import private_paths
from nithet.domain.instruments.rules.answers import rows_of
from nithet.kernel.thai_dates import format_date

NOT_SHOWN = frozenset(
    {"geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "signature"}
)
"""Places are recorded for the visitors alone; photos and sounds go their own way, through a check."""
AGREEMENT = "commitments.commitment:"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the form with its answer in words; `rows` are those of a repeat, then `answer` is empty."""

    label: str
    answer: str = ""
    rows: tuple[tuple["Line", ...], ...] = ()


def lines_of(submission: Submission) -> list[Line]:
    """Return what was answered in the order of the form, without what names a person observed and without places.

    What any version of the form holds private is left out, whichever version the record was written with: a tablet that
    was away may still have filled in the one before the question was marked.
    """
    if submission.version is None:
        return []
    private = private_paths(submission)
    shown = [one for one in submission.version.definition if _is_shown(one, private)]
    return list(_lines(shown, submission.answers, _agreements(submission)))


def _agreements(submission: Submission) -> dict[str, str]:
    """Return the words of the agreements that the record speaks of, by reference, as far as they are this school's."""
    school = f"directory.school:{submission.school_id}"
    rows = Commitment.objects.filter(office_id=submission.office_id, about=school)
    return {f"{AGREEMENT}{one.pk}": one.text for one in rows}


def _is_shown(question: Mapping[str, Any], private: frozenset[str]) -> bool:
    return (
        bool(question["asks"])
        and question["path"] not in private
        and question["type"] not in NOT_SHOWN
    )


def _lines(
    questions: list[dict[str, Any]], answers: dict[str, Any], known: Mapping[str, str]
) -> Iterator[Line]:
    told: set[str] = set()
    for one in questions:
        repeat = one["repeat"]
        if not repeat:
            if answer := _words(one, answers.get(one["path"]), known):
                yield Line(one["label"], answer)
        elif repeat not in told:
            told.add(repeat)
            inside = [other for other in questions if other["repeat"] == repeat]
            rows = tuple(
                row for row in _rows(inside, rows_of(answers, repeat), repeat, known) if row
            )
            if rows:
                yield Line((one.get("groups") or [""])[-1], rows=rows)


def _rows(
    questions: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    repeat: str,
    known: Mapping[str, str],
) -> Iterator[tuple[Line, ...]]:
    for row in rows:
        answered = (
            (one, _words(one, row.get(one["path"].removeprefix(f"{repeat}/")), known))
            for one in questions
        )
        yield tuple(Line(one["label"], words) for one, words in answered if words)


def _day(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _words(question: Mapping[str, Any], value: object, known: Mapping[str, str]) -> str:
    if not isinstance(value, str) or not value.strip():
        return ""
    if question["type"] == "date":
        return _day(value)
    if question.get("choices_from"):
        return known.get(value, "")
    labels = {choice["value"]: choice["label"] for choice in question["choices"]}
    if labels:
        return ", ".join(labels.get(part, part) for part in value.split())
    return value
