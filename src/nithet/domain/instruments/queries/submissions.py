"""Reading submissions: by pages that cost the same at the beginning and at the end of a long list."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from nithet.domain.instruments.models.attachments import SubmissionAttachment
from nithet.domain.instruments.models.instruments import Instrument
from nithet.domain.instruments.models.submissions import Submission
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.policy import (
    may_decide,
    may_see_names,
    visible_submissions,
    visible_to,
)
from nithet.domain.instruments.rules.answers import rows_of
from nithet.domain.instruments.rules.items import says_of_person
from nithet.foundation.access.actors import Actor

PAGE_SIZE = 30
_LONG = ("body", "answers", "entities", "expected")


@dataclass(frozen=True, slots=True)
class SubmissionPage:
    """One page, the newest first. The keys lead to the pages beside it; None where there is none."""

    rows: tuple[Submission, ...]
    newer_than: int | None
    older_than: int | None


def list_submissions(actor: Actor, *, state: str = "", form_id: str = "") -> QuerySet[Submission]:
    """List the submissions an actor may read, without their long fields, in no order yet."""
    rows = visible_submissions(actor).select_related("school__unit", "version__instrument")
    rows = rows.defer(*_LONG, "version__xform", "version__definition")
    if state:
        rows = rows.filter(state=state)
    return rows.filter(form_id=form_id) if form_id else rows


def page_of(
    rows: QuerySet[Submission],
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    oldest: bool = False,
    size: int = PAGE_SIZE,
) -> SubmissionPage:
    """Return the page beside a key, by default the first; `oldest` asks for the last one. One query."""
    if oldest or newer_than is not None:
        found = rows.filter(pk__gt=newer_than) if newer_than is not None else rows
        upwards = list(found.order_by("pk")[: size + 1])
        shown = tuple(reversed(upwards[:size]))
        has_newer, has_older = len(upwards) > size, not oldest
    else:
        found = rows.filter(pk__lt=older_than) if older_than is not None else rows
        downwards = list(found.order_by("-pk")[: size + 1])
        shown = tuple(downwards[:size])
        has_newer, has_older = older_than is not None, len(downwards) > size
    if not shown:
        return SubmissionPage((), None, None)
    return SubmissionPage(
        shown, shown[0].pk if has_newer else None, shown[-1].pk if has_older else None
    )


def find_submission(actor: Actor, key: int) -> Submission | None:
    """Return a submission an actor may read; None where there is none or it is not theirs to see."""
    return (
        visible_submissions(actor)
        .select_related("version__instrument", "school__unit", "device", "replaces", "rival_of")
        .filter(pk=key)
        .first()
    )


def find_attachment(submission: Submission, key: int) -> SubmissionAttachment | None:
    """Return a file of a submission; None where it has none of that key."""
    return SubmissionAttachment.objects.filter(submission=submission, pk=key).first()


def waiting_count(actor: Actor) -> int:
    """Return how many submissions wait to be checked."""
    return visible_submissions(actor).filter(state=Submission.State.WAITING).count()


def forms_of(actor: Actor) -> list[Instrument]:
    """List the forms that an actor may read, by title."""
    return list(visible_to(actor).order_by("title", "pk"))


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with what was answered; "" is unanswered. `is_withheld`: it is for others to read."""

    label: str
    value: str
    is_withheld: bool = False


def answered(actor: Actor, submission: Submission) -> list[Answered]:
    """Return questions and answers in the order of the form, a repeat's row by row; what is private only to who sent it.

    Of a form that names persons, what was ticked or counted is read by who sent it and by the head of that school; of others'
    it is counted in results, in groups. While it waits, whoever decides about it reads it.
    Where the office has no questions of that form, nobody knows what is private: then all is for who sent it.
    """
    definition = submission.version.definition if submission.version else []
    is_own = _is_own(actor, submission)
    if not definition:
        return [
            Answered(path, _words(value) if is_own else "", is_withheld=not is_own)
            for path, value in submission.answers.items()
        ]
    withheld = frozenset() if is_own else private_paths(submission)
    if withheld and not _reads_ticks(actor, submission):
        withheld |= {one["path"] for one in definition if says_of_person(one)}
    found: list[Answered] = []
    told: set[str] = set()
    for one in definition:
        if not one["asks"]:
            continue
        repeat = one["repeat"]
        if repeat and repeat not in told:
            told.add(repeat)
            found += _repeated(submission.answers, repeat, definition, withheld)
        elif not repeat:
            found.append(_one(one, submission.answers.get(one["path"]), one["label"], withheld))
    return found


def _reads_ticks(actor: Actor, submission: Submission) -> bool:
    decides = submission.state == Submission.State.WAITING and bool(may_decide(actor, submission))
    return decides or may_see_names(actor, submission)


def withheld_files(actor: Actor, submission: Submission) -> frozenset[str] | None:
    """Return the names of files that answer private questions and are not the actor's to see; None: no file at all is."""
    if _is_own(actor, submission):
        return frozenset()
    if submission.version is None or not submission.version.definition:
        return None
    private = private_paths(submission)
    said = (value for path, value in submission.answers.items() if path in private)
    return frozenset(_file_name(one) for value in said for one in _texts(value))


def private_paths(submission: Submission) -> frozenset[str]:
    """Return the questions that any version of a submission's form holds for private."""
    rows = InstrumentVersion.objects.filter(
        office_id=submission.office_id, instrument__form_id=submission.form_id
    )
    definitions = [*rows.values_list("definition", flat=True)]
    if submission.version:
        definitions.append(submission.version.definition)
    return frozenset(
        one["path"] for definition in definitions for one in definition if one.get("private")
    )


def _is_own(actor: Actor, submission: Submission) -> bool:
    return actor.user_id is not None and actor.user_id == submission.user_id


def _file_name(said: str) -> str:
    """Return the name as it is kept: without any folder."""
    return said.replace("\\", "/").rsplit("/", 1)[-1].strip()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _repeated(
    answers: dict[str, Any],
    repeat: str,
    definition: list[dict[str, Any]],
    withheld: Collection[str],
) -> list[Answered]:
    questions = [one for one in definition if one["repeat"] == repeat and one["asks"]]
    return [
        _one(
            one,
            row.get(one["path"].removeprefix(f"{repeat}/")),
            f"{number}. {one['label']}",
            withheld,
        )
        for number, row in enumerate(rows_of(answers, repeat), 1)
        for one in questions
    ]


def _one(question: dict[str, Any], value: Any, label: str, withheld: Collection[str]) -> Answered:
    if question["path"] in withheld:
        return Answered(label, "", is_withheld=True)
    choices = {choice["value"]: choice["label"] for choice in question["choices"]}
    if isinstance(value, str) and choices:
        words: Collection[str] = (
            value.split(" ") if question["type"] == "select_multiple" else [value]
        )
        return Answered(label, ", ".join(choices.get(word, word) for word in words))
    return Answered(label, _words(value))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(_words(one) for one in value)
    return "" if value is None else str(value)
