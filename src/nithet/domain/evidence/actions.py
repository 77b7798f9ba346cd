"""Every write to evidence."""

from collections.abc import Sequence
from typing import BinaryIO

from nithet.domain.evidence.files import KeptFile, keep_file
from nithet.domain.evidence.models import ClarityAnswer, Piece, Use
from nithet.domain.evidence.policy import may_attach_file
from nithet.domain.evidence.queries import open_criteria
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import item_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about as is_about
from nithet.foundation.actions.door import action, change, note, nothing_changed, plain
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse


@action("piece.bring", event="piece.brought")
def bring_piece(
    *,
    actor: Actor,
    title: str,
    kind: str,
    medium: Piece.Medium | str = Piece.Medium.LISTED,
    body: str = "",
    period: Period | None = None,
    custodian: str = "",
    place: str = "",
    link: str = "",
    about: str = "",
    source: str = "",
) -> Piece:
    """Bring a piece of evidence; a source names the same piece (title and kind) once, and gets the kept one back.

    `period` is the time that the piece speaks of; `about` the record that it proves, as "plans.project:5". A file is
    attached afterwards, by `attach_file`. Who brings a piece cannot review it.
    """
    words = collapse(title)
    if not words:
        raise RuleBroken("words.missing", "A title is needed.", field="title")
    chosen = Piece.Medium(medium)
    _check_medium(chosen, body, link)
    _check_about(actor, about)
    fields = {
        "medium": chosen,
        "body": body.strip(),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "custodian": collapse(custodian),
        "place": collapse(place),
        "link": link.strip(),
        "about": about,
        "brought_by_id": actor.user_id,
        "brought_at": clock.now(),
    }
    same = {"office_id": actor.writes_in, "title": words, "kind": kind, "source": source}
    note(kind=kind, medium=str(chosen), about=about, source=source)
    if not source:
        return Piece.objects.create(**same, **fields)
    kept, was_made = Piece.objects.get_or_create(**same, withdrawn_at=None, defaults=fields)
    if not was_made:
        nothing_changed()
    return kept


def _check_medium(medium: Piece.Medium, body: str, link: str) -> None:
    if medium is Piece.Medium.FILE:
        raise RuleBroken(
            "piece.file_missing", "Bring the piece first, then attach its file.", field="medium"
        )
    if medium is Piece.Medium.STATEMENT and not body.strip():
        raise RuleBroken("piece.words_missing", "Write the statement.", field="body")
    if medium is Piece.Medium.LINK and not link.strip().lower().startswith(("https://", "http://")):
        raise RuleBroken("piece.link", "A link begins with https:// or http://.", field="link")


def _check_about(actor: Actor, about: str) -> None:
    """Refuse what is no record, and what this actor cannot see (another office's, or one that is gone)."""
    if not about:
        return
    try:
        ref = RecordRef.parse(about)
        known = ref.kind in kinds() and ref in resolve(actor, [ref])
    except ValueError:
        known = False
    if not known:
        raise RuleBroken(
            "piece.about", "This is not a record that evidence can speak about.", field="about"
        )


def _refuse_withdrawn(piece: Piece) -> None:
    if piece.withdrawn_at is not None:
        raise RuleBroken(
            "piece.withdrawn", "This piece has been withdrawn. Bring it again to use it."
        )


@action("piece.describe", event="piece.described", on="piece")
def describe_piece(
    *,
    actor: Actor,
    piece: Piece,
    version: int,
    medium: Piece.Medium | str | None = None,
    body: str | None = None,
    period: Period | None = None,
    custodian: str | None = None,
    place: str | None = None,
    link: str | None = None,
) -> Piece:
    """Say more of a piece: what it is, which time it speaks of, who keeps it and where; None leaves a part as it is.

    `version` is the one that the writer had before them; `Conflict` where somebody else was quicker. What a reviewer
    answered is asked again where the thing itself changed (medium, words, link).
    """
    fresh = Piece.objects.select_for_update().get(pk=piece.pk)
    _refuse_withdrawn(fresh)
    given: dict[str, object] = {
        "medium": None if medium is None else Piece.Medium(medium),
        "body": None if body is None else body.strip(),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "custodian": None if custodian is None else collapse(custodian),
        "place": None if place is None else collapse(place),
        "link": None if link is None else link.strip(),
    }
    new = {name: value for name, value in given.items() if value is not None}
    _refuse_older(fresh, version, new)
    changed = {name for name, value in new.items() if getattr(fresh, name) != value}
    if not changed:
        nothing_changed()
        return fresh
    if "medium" in changed and fresh.file_sha256:
        raise RuleBroken(
            "piece.is_file", "This piece is a file, and files are never replaced.", field="medium"
        )
    if not fresh.file_sha256:
        final = {"medium": fresh.medium, "body": fresh.body, "link": fresh.link, **new}
        _check_medium(Piece.Medium(str(final["medium"])), str(final["body"]), str(final["link"]))
    change(fresh, version=version + 1, **new)
    if changed & {"medium", "body", "link"}:
        asked_again, _ = fresh.clarity_answers.all().delete()
        note(answers_asked_again=asked_again)
    return fresh


def _refuse_older(piece: Piece, version: int, yours: dict[str, object]) -> None:
    if piece.version != version:
        raise Conflict(
            "piece.changed_meanwhile",
            "Somebody else changed this piece meanwhile. Compare both versions and save again.",
            version=piece.version,
            theirs={name: plain(getattr(piece, name)) for name in yours},
            yours={name: plain(value) for name, value in yours.items()},
        )


def attach_file(*, actor: Actor, piece: Piece, file_name: str, data: bytes | BinaryIO) -> Piece:
    """Check and keep a file, then record it for a piece through the door.

    The file is kept before the transaction opens, so that a large one does not hold up other people's work. Raises
    `Refused`, `BadInput` for content that cannot be kept, and what `record_file` raises.
    """
    if not (verdict := may_attach_file(actor, piece)):
        raise Refused("piece.attach_file", verdict)
    return record_file(actor=actor, piece=piece, kept=keep_file(file_name, data))


@action("piece.attach_file", event="piece.file_attached", on="piece")
def record_file(*, actor: Actor, piece: Piece, kept: KeptFile) -> Piece:
    """Record a kept file for a piece; the same file again changes nothing, another is refused: files are never replaced.

    What a reviewer answered before the file was there is asked again.
    """
    fresh = Piece.objects.select_for_update().get(pk=piece.pk)
    _refuse_withdrawn(fresh)
    if fresh.file_sha256 == kept.sha256:
        nothing_changed()
        return fresh
    if fresh.file_sha256:
        raise RuleBroken(
            "piece.has_file",
            "This piece has its file already, and files are never replaced. Withdraw it and bring the new one.",
            field="file",
        )
    change(
        fresh,
        medium=Piece.Medium.FILE,
        file_sha256=kept.sha256,
        file_name=kept.file_name,
        file_size=kept.size,
        media_type=kept.media_type,
        version=fresh.version + 1,
    )
    asked_again, _ = fresh.clarity_answers.all().delete()
    note(answers_asked_again=asked_again)
    return fresh


@action("piece.use", event="piece.used", on="piece")
def use_piece(
    *,
    actor: Actor,
    piece: Piece,
    edition: Edition,
    fiscal_year: int,
    item: str,
    printed_title: str = "",
    printed_body: Sequence[str] = (),
    mark: str = "",
    boxed: bool = True,
    ticked: bool | None = None,
    is_ambiguous: bool = False,
    sheet: int = 0,
    position: int = 0,
) -> Use:
    """Use a piece for an item of an edition in a year, or return the kept use unchanged; one piece has many uses.

    `printed_*`, `mark`, `boxed`, `ticked`, `is_ambiguous`, `sheet` and `position` keep how an official form lists it.
    """
    _refuse_withdrawn(piece)
    item_of(edition, item)
    kept, was_made = Use.objects.get_or_create(
        piece=piece,
        edition=edition,
        fiscal_year=fiscal_year,
        item=item,
        defaults={
            "office_id": piece.office_id,
            "printed_title": printed_title,
            "printed_body": list(printed_body),
            "mark": mark,
            "boxed": boxed,
            "ticked": ticked,
            "is_ambiguous": is_ambiguous,
            "sheet": sheet,
            "position": position,
        },
    )
    if not was_made:
        nothing_changed()
    is_about(piece)
    note(item=item, fiscal_year=fiscal_year, edition=edition.urn)
    return kept


@action("piece.answer_clarity", event="piece.reviewed", on="piece")
def answer_clarity(
    *, actor: Actor, piece: Piece, criterion: str, holds: bool, reason: str = ""
) -> ClarityAnswer:
    """Answer one point of a piece's clarity checklist as its second reader; a later answer takes its place.

    A no needs its reason. Raises `RuleBroken` "clarity.unknown" for a point that no edition asks of this piece, or that
    the records answer by themselves.
    """
    _refuse_withdrawn(piece)
    if criterion not in open_criteria(piece):
        raise RuleBroken(
            "clarity.unknown",
            "This point is not open to an answer for this piece.",
            field="criterion",
        )
    words = reason.strip()
    if not holds and not words:
        raise RuleBroken(
            "clarity.reason",
            "Please say what is missing, so that it can be mended.",
            field="reason",
        )
    kept = (
        ClarityAnswer.objects.select_for_update().filter(piece=piece, criterion=criterion).first()
    )
    is_about(piece)
    note(criterion=criterion, holds=holds, reason=words, before=kept.holds if kept else None)
    answered, _ = ClarityAnswer.objects.update_or_create(
        piece=piece,
        criterion=criterion,
        defaults={
            "office_id": piece.office_id,
            "holds": holds,
            "reason": words,
            "answered_by_id": actor.user_id,
            "answered_by": actor.signature,
            "answered_at": clock.now(),
        },
    )
    return answered


@action("piece.withdraw", event="piece.withdrawn", on="piece")
def withdraw_piece(*, actor: Actor, piece: Piece, reason: str) -> Piece:
    """Withdraw a piece: it proves nothing from now on; the row, its file and its history stay."""
    words = reason.strip()
    if not words:
        raise RuleBroken(
            "piece.withdraw_reason", "Please say why the piece is withdrawn.", field="reason"
        )
    fresh = Piece.objects.select_for_update().get(pk=piece.pk)
    if fresh.withdrawn_at is not None:
        nothing_changed()
        return fresh
    note(reason=words)
    change(fresh, withdrawn_at=clock.now(), version=fresh.version + 1)
    return fresh
