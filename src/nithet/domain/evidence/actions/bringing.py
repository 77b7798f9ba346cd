"""Bringing pieces, saying more of them, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nithet.domain.directory.models.schools import School
from nithet.domain.evidence import policy  # noqa: F401  registers the policies of these actions
from nithet.domain.evidence.actions.checking import (
    check_about,
    check_medium,
    locked,
    refuse_older,
    tidy_title,
)
from nithet.domain.evidence.actions.uses import also_about, use_piece
from nithet.domain.evidence.actions.versions import add_version, ask_again, file_columns
from nithet.domain.evidence.files import KeptFile
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.clarity import content_points, period_points
from nithet.domain.frameworks.models import Edition
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.kernel.errors import RuleBroken
from nithet.kernel.periods import Period
from nithet.kernel.text import collapse


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """A piece about to be brought: a kept file, a link, a thing or words. `same_as` uses a piece that is here already."""

    title: str = ""
    kept: KeptFile | None = None
    link: str = ""
    same_as: Piece | None = None


@dataclass(frozen=True, slots=True)
class UseFor:
    """An item of an edition in a fiscal year."""

    edition: Edition
    fiscal_year: int
    item: str


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
    kept: KeptFile | None = None,
    shows_children: bool = False,
) -> Piece:
    """Bring a piece of evidence; a source names the same piece (title and kind) once, and gets the kept one back.

    `period` is the time that the piece speaks of; `about` the record that it proves, as "plans.project:5"; `kept` its
    file, which may also be added afterwards. Who brings a piece cannot review it.
    """
    check_about(actor, about)
    return _bring(
        actor,
        title=title,
        kind=kind,
        medium=medium,
        body=body,
        period=period,
        custodian=custodian,
        place=place,
        link=link,
        about=about,
        source=source,
        kept=kept,
        shows_children=shows_children,
    )


@action("piece.bring_for_school", event="pieces.brought", on="school")
def bring_for_school(
    *,
    actor: Actor,
    school: School,
    drafts: Sequence[PieceDraft],
    kind: str,
    period: Period | None = None,
    shows_children: bool = False,
) -> list[Piece]:
    """Bring files and links about one school, also by that school's own people; all or none, as `bring_pieces`."""
    about = f"directory.school:{school.pk}"
    return _bring_all(actor, drafts, kind, about, period, shows_children=shows_children)


@action("piece.bring_several", event="pieces.brought")
def bring_pieces(
    *,
    actor: Actor,
    drafts: Sequence[PieceDraft],
    kind: str,
    about: str = "",
    period: Period | None = None,
    uses: Sequence[UseFor] = (),
    shows_children: bool = False,
) -> list[Piece]:
    """Bring several files and links in one go, each a piece of its own, all or none; use them for items at once.

    A draft that is the same as a piece here adds what that piece serves and brings nothing twice. Raises `RuleBroken`
    "pieces.none" without a draft.
    """
    check_about(actor, about)
    found = _bring_all(actor, drafts, kind, about, period, shows_children=shows_children)
    for piece in found:
        for use in uses:
            use_piece(
                actor=actor,
                piece=piece,
                edition=use.edition,
                fiscal_year=use.fiscal_year,
                item=use.item,
            )
    return found


def _bring_all(
    actor: Actor,
    drafts: Sequence[PieceDraft],
    kind: str,
    about: str,
    period: Period | None,
    *,
    shows_children: bool,
) -> list[Piece]:
    if not drafts:
        raise RuleBroken(
            "pieces.none", "Choose a file, take a photograph or give a link.", field="files"
        )
    note(count=len(drafts), about=about)
    return [
        _one_of_several(actor, draft, kind, about, period, shows_children=shows_children)
        for draft in drafts
    ]


def _one_of_several(
    actor: Actor,
    draft: PieceDraft,
    kind: str,
    about: str,
    period: Period | None,
    *,
    shows_children: bool,
) -> Piece:
    if draft.same_as is not None:
        return also_about(actor=actor, piece=draft.same_as, about=about)
    return bring_piece(
        actor=actor,
        title=draft.title or draft.link,
        kind=kind,
        medium=Piece.Medium.LINK if draft.link else Piece.Medium.LISTED,
        link=draft.link,
        kept=draft.kept,
        period=period,
        about=about,
        shows_children=shows_children,
    )


def _bring(
    actor: Actor,
    *,
    title: str,
    kind: str,
    medium: Piece.Medium | str,
    kept: KeptFile | None,
    period: Period | None,
    body: str = "",
    source: str = "",
    **words: Any,
) -> Piece:
    tidy = tidy_title(title)
    chosen = Piece.Medium.FILE if kept else Piece.Medium(medium)
    if kept is None:
        check_medium(chosen, body, words.get("link", ""))
    fields = {
        "medium": chosen,
        "body": body.strip(),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "made_by": actor.signature,
        **{name: collapse(text) if isinstance(text, str) else text for name, text in words.items()},
        **(file_columns(kept) if kept else {}),
        **made_by(actor),
    }
    same = {"office_id": actor.writes_in, "title": tidy, "kind": kind[:60], "source": source}
    note(kind=kind, medium=str(chosen), about=words.get("about", ""), source=source)
    if source:
        piece, was_made = Piece.objects.get_or_create(**same, taken_back_at=None, defaults=fields)
    else:
        piece, was_made = Piece.objects.create(**same, **fields), True
    if not was_made:
        nothing_changed()
    elif kept is not None:
        add_version(piece, actor, kept, number=1)
    return piece


@action("piece.describe", event="piece.described", on="piece")
def describe_piece(
    *,
    actor: Actor,
    piece: Piece,
    version: int,
    title: str | None = None,
    kind: str | None = None,
    medium: Piece.Medium | str | None = None,
    body: str | None = None,
    period: Period | None = None,
    custodian: str | None = None,
    place: str | None = None,
    link: str | None = None,
    shows_children: bool | None = None,
) -> Piece:
    """Say more of a piece: what it is, which time it speaks of, who keeps it and where; None leaves a part as it is.

    `version` is the one that the writer had before them; `Conflict` where somebody else was quicker. What a reviewer
    answered is asked again where the thing itself changed (medium, words, link), or the time it speaks of.
    """
    fresh = locked(piece)
    given: dict[str, object] = {
        "title": None if title is None else tidy_title(title),
        "kind": None if kind is None else kind[:60],
        "medium": None if medium is None else Piece.Medium(medium),
        "body": None if body is None else body.strip(),
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "custodian": None if custodian is None else collapse(custodian)[:200],
        "place": None if place is None else collapse(place)[:250],
        "link": None if link is None else link.strip(),
        "shows_children": shows_children,
    }
    new = {name: value for name, value in given.items() if value is not None}
    refuse_older(fresh, version, new)
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
        check_medium(Piece.Medium(str(final["medium"])), str(final["body"]), str(final["link"]))
    _refuse_second_of_source(fresh, new)
    if "shows_children" in changed:
        new |= {
            "sharing_confirmed_at": None,
            "sharing_confirmed_by": "",
            "sharing_confirmed_because": "",
        }
    change(fresh, version=version + 1, **new)
    points: frozenset[str] = frozenset()
    if changed & {"medium", "body", "link"}:
        points |= content_points(fresh)
    if changed & {"period_start", "period_end"}:
        points |= period_points(fresh)
    if points:
        note(answers_asked_again=ask_again(fresh, points))
    return fresh


def _refuse_second_of_source(piece: Piece, new: dict[str, object]) -> None:
    named = {"title": piece.title, "kind": piece.kind, **new}
    twins = Piece.objects.filter(
        source=piece.source, title=named["title"], kind=named["kind"], taken_back_at__isnull=True
    )
    if piece.source and twins.exclude(pk=piece.pk).exists():
        raise RuleBroken(
            "piece.title_taken",
            "Another piece of the same source has this title and kind already.",
            field="title",
        )


@action("piece.withdraw", event="piece.withdrawn", on="piece")
def withdraw_piece(*, actor: Actor, piece: Piece, reason: str = "") -> Piece:
    """Take a piece back: it proves nothing from now on; the row, its file and its history stay.

    Within a day no reason is needed; afterwards it stands as cancelled with its reason.
    """
    take_back(piece, actor=actor, reason=reason)
    return piece
