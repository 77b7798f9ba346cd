"""What a piece is used for: items of the office's own return, and the returns that other systems collect."""

from collections.abc import Sequence

from nithet.domain.evidence.actions.checking import check_about, locked, refuse_withdrawn
from nithet.domain.evidence.models import AlsoAbout, Piece, ReturnUse, Use
from nithet.domain.evidence.rules.other_returns import other_return
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import item_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about as is_about
from nithet.foundation.actions.door import action, change, note, nothing_changed, plain
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.kernel.errors import RuleBroken


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
    refuse_withdrawn(piece)
    item_of(edition, item)
    kept, was_made = Use.objects.get_or_create(
        piece=piece,
        edition=edition,
        fiscal_year=fiscal_year,
        item=item,
        taken_back_at=None,
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
            **made_by(actor),
        },
    )
    if not was_made:
        nothing_changed()
    is_about(piece)
    note(item=item, fiscal_year=fiscal_year, edition=edition.urn)
    return kept


@action("piece.edit_use", event="piece.use_edited", on="use")
def edit_use(
    *,
    actor: Actor,
    use: Use,
    version: int,
    printed_title: str | None = None,
    printed_body: Sequence[str] | None = None,
    mark: str | None = None,
    boxed: bool | None = None,
    ticked: bool | None = None,
    clear_tick: bool = False,
    is_ambiguous: bool | None = None,
    sheet: int | None = None,
    position: int | None = None,
) -> Use:
    """Change how the form lists a piece for an item; None leaves a part as it is.

    `clear_tick` makes the tick unknown, as where an old file lost the mark. The piece itself keeps its own title.
    """
    fresh = Use.objects.select_for_update(of=("self",)).select_related("piece").get(pk=use.pk)
    given: dict[str, object] = {
        "printed_title": None if printed_title is None else printed_title.strip()[:500],
        "printed_body": None if printed_body is None else list(printed_body),
        "mark": None if mark is None else mark.strip()[:20],
        "boxed": boxed,
        "ticked": ticked,
        "is_ambiguous": is_ambiguous,
        "sheet": sheet,
        "position": position,
    }
    new = {name: value for name, value in given.items() if value is not None}
    if clear_tick:
        new["ticked"] = None
    if fresh.version != version or not fresh.stands:
        raise Conflict(
            "use.changed_meanwhile",
            "Somebody else changed this use meanwhile. Compare both versions and save again.",
            version=fresh.version,
            theirs={name: plain(getattr(fresh, name)) for name in new},
            yours={name: plain(value) for name, value in new.items()},
        )
    is_about(fresh.piece)
    note(item=fresh.item, fiscal_year=fresh.fiscal_year)
    if all(getattr(fresh, name) == value for name, value in new.items()):
        nothing_changed()
        return fresh
    change(fresh, version=version + 1, **new)
    return fresh


@action("piece.withdraw_use", event="piece.use_withdrawn", on="use")
def withdraw_use(*, actor: Actor, use: Use, reason: str = "") -> Use:
    """Stop using a piece for an item; the piece and its other uses stay."""
    is_about(use.piece)
    note(item=use.item, fiscal_year=use.fiscal_year)
    take_back(use, actor=actor, reason=reason)
    return use


@action("piece.also_about", event="piece.serves_too", on="piece")
def also_about(*, actor: Actor, piece: Piece, about: str) -> Piece:
    """Let a piece that is here already prove a further record, instead of bringing it twice."""
    fresh = locked(piece)
    check_about(actor, about)
    note(about=about)
    if not about or fresh.about == about:
        nothing_changed()
        return fresh
    if not fresh.about:
        change(fresh, about=about)
        return fresh
    _, was_made = AlsoAbout.objects.get_or_create(
        piece=fresh, about=about, defaults={"office_id": fresh.office_id}
    )
    if not was_made:
        nothing_changed()
    return fresh


@action("piece.use_in_return", event="piece.used_in_return", on="piece")
def use_in_return(*, actor: Actor, piece: Piece, report: str, fiscal_year: int) -> ReturnUse:
    """Tick that a piece is used in a return that another system collects, in a year; ticking again changes nothing.

    Raises `RuleBroken` "return.unknown" for a return that did not exist in that year.
    """
    refuse_withdrawn(piece)
    known = other_return(report)
    if known is None or not known.existed_in(fiscal_year):
        raise RuleBroken(
            "return.unknown", "There was no such return in that fiscal year.", field="report"
        )
    kept, was_made = ReturnUse.objects.get_or_create(
        piece=piece,
        report=report,
        fiscal_year=fiscal_year,
        taken_back_at=None,
        defaults={"office_id": piece.office_id, **made_by(actor)},
    )
    if not was_made:
        nothing_changed()
    is_about(piece)
    note(report=known.short, fiscal_year=fiscal_year)
    return kept


@action("piece.leave_return", event="piece.left_return", on="use")
def leave_return(*, actor: Actor, use: ReturnUse, reason: str = "") -> ReturnUse:
    """Take the tick of a return back."""
    known = other_return(use.report)
    is_about(use.piece)
    note(report=known.short if known else use.report, fiscal_year=use.fiscal_year)
    take_back(use, actor=actor, reason=reason)
    return use
