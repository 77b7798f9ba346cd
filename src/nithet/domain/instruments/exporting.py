"""Submissions of a form as CSV, row by row: the memory it takes does not grow with their number."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import QuerySet

from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import visible_submissions
from nithet.domain.instruments.rules.answers import BANGKOK
from nithet.domain.instruments.rules.items import says_of_person
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents.formulas import TRIGGERS, neutralised
from nithet.kernel.errors import BadInput

AT_ONCE = 500
BETWEEN = " | "
"""Stands between the answers of a repeat, which share a cell."""
FIXED = ("received", "instanceID", "version", "state", "sender", "school", "start", "end")
MEDIA = "media"
SHORT, MOST_REMEMBERED = 40, 5000
"""Characters of an answer whose cell is remembered, and how many are at once."""

_SIGN = re.compile(f"[{re.escape(TRIGGERS)}]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FIELDS = (
    "pk", "received_at", "instance_id", "form_version", "state", "sent_by", "school__unit__name", "started_at", "ended_at",
    "user_id", "answers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A question's column. A private one is filled only in the rows that the reader sent.

    So is a guarded one for whoever reads pages: what was ticked or counted in a form that names persons. The export of the whole
    office, by nobody's account, holds it.
    """

    path: str
    is_number: bool
    is_private: bool
    is_guarded: bool = False


def columns_of(form_id: str) -> list[ExportColumn]:
    """Return a column for every question that any published version asks or works out, the newest version's order first.

    Raises `BadInput` where the office has no such form.
    """
    rows = InstrumentVersion.objects.filter(instrument__form_id=form_id).exclude(state="draft")
    definitions = list(rows.order_by("-pk").values_list("definition", flat=True))
    if not definitions:
        raise BadInput(
            "submission.no_such_form",
            "The office has no form with the code %(form)s.",
            field="form",
            form=form_id,
        )
    found: dict[str, ExportColumn] = {}
    private: set[str] = set()
    guarded: set[str] = set()
    for definition in definitions:
        for one in definition:
            if one["type"] in {"note", "entity"}:
                continue
            if one.get("private"):
                private.add(one["path"])
            if says_of_person(one):
                guarded.add(one["path"])
            is_number = one["type"] in {"integer", "decimal", "range"}
            found.setdefault(one["path"], ExportColumn(one["path"], is_number, is_private=False))
    # What any version holds for private stays private in the answers of all.
    return [
        ExportColumn(path, one.is_number, path in private, bool(private) and path in guarded)
        for path, one in found.items()
    ]


def csv_of(actor: Actor, form_id: str, *, every_one: bool = False) -> Iterator[bytes]:
    """Yield the CSV of a form's submissions that count, in the order of their arrival; `every_one`: those that wait too.

    UTF-8 with its mark. One row a submission; the answers of a repeat share a cell. Texts that begin like formulas are made
    harmless, numbers stay numbers, times are ISO 8601 of Thailand.
    """
    columns = [
        one for one in columns_of(form_id) if not one.is_private or actor.user_id is not None
    ]
    return _lines(exported(actor, form_id, every_one=every_one), columns, actor.user_id)


def exported(actor: Actor, form_id: str, *, every_one: bool = False) -> QuerySet[Submission]:
    """Return the submissions that an export holds."""
    rows = visible_submissions(actor).filter(form_id=form_id)
    return rows if every_one else rows.filter(state=Submission.State.ACCEPTED, is_current=True)


def _lines(
    rows: QuerySet[Submission], columns: Sequence[ExportColumn], reader_id: int | None
) -> Iterator[bytes]:
    yield _written([[*FIXED, *(_safe(one.path) for one in columns), MEDIA]], mark="\ufeff")
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk").values_list(*_FIELDS)[:AT_ONCE]):
        last = found[-1][0]
        media = _media_of([one[0] for one in found])
        yield _written(_cells(one, columns, reader_id, media.get(one[0], [])) for one in found)


def _media_of(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = SubmissionAttachment.objects.filter(
        submission_id__gte=keys[0], submission_id__lte=keys[-1], is_spare=False
    )
    for key, name in rows.order_by("submission_id", "name").values_list("submission_id", "name"):
        found.setdefault(key, []).append(name)
    return found


def _cells(
    row: tuple[Any, ...], columns: Sequence[ExportColumn], reader_id: int | None, media: list[str]
) -> list[str]:
    _pk, received, instance, version, state, sender, school, started, ended, user_id, answers = row
    cells = [
        _time(received),
        _safe(instance),
        _safe(version),
        state,
        _safe(sender),
        _safe(school or ""),
    ]
    cells += [_time(started), _time(ended)]
    is_own = reader_id is not None and reader_id == user_id
    get = answers.get
    for one in columns:
        value = get(one.path)
        if value is None or (not is_own and (one.is_private or (one.is_guarded and reader_id))):
            cells.append("")
        elif isinstance(value, str):
            cells.append(_NUMBERS[value] if one.is_number else _TEXTS[value])
        else:
            cells.append(_safe(BETWEEN.join(_flat(value))))
    cells.append(_safe(BETWEEN.join(media)))
    return cells


def _flat(value: Any) -> Iterator[str]:
    for one in value:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one or ""


def _safe(text: str) -> str:
    return neutralised(text) if _SIGN.search(text) else text


def _safe_number(text: str) -> str:
    return text if _NUMBER.fullmatch(text) else _safe(text)


class _Cells(dict[str, str]):
    """The cell of an answer, remembered: most answers are numbers, dates and choices that come again and again."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, answer: str) -> str:
        cell = self._make(answer)
        if len(answer) <= SHORT:
            if len(self) >= MOST_REMEMBERED:
                self.clear()
            self[answer] = cell
        return cell


_TEXTS, _NUMBERS = _Cells(_safe), _Cells(_safe_number)


def _time(moment: datetime | None) -> str:
    return moment.astimezone(BANGKOK).isoformat(timespec="seconds") if moment else ""


def _written(lines: Any, *, mark: str = "") -> bytes:
    out = StringIO()
    out.write(mark)
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return _SURROGATES.sub("\ufffd", out.getvalue()).encode()


def media_of(rows: QuerySet[Submission]) -> Iterator[SubmissionAttachment]:
    """Yield the files of submissions, each name once a submission."""
    last = 0
    while found := list(
        SubmissionAttachment.objects.filter(
            submission__in=rows, is_spare=False, pk__gt=last
        ).order_by("pk")[:AT_ONCE]
    ):
        yield from found
        last = found[-1].pk
