"""What several actions of evidence refuse alike."""

from nithet.domain.evidence.models import Piece
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import plain
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.refs.registry import RecordRef, kinds, resolve
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def locked(piece: Piece) -> Piece:
    """Return the piece as it is now, locked; `RuleBroken` where it was taken back."""
    fresh = Piece.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    refuse_withdrawn(fresh)
    return fresh


def refuse_withdrawn(piece: Piece) -> None:
    """Raise where a piece was taken back."""
    if not piece.stands:
        raise RuleBroken(
            "piece.withdrawn", "This piece has been withdrawn. Bring it again to use it."
        )


def refuse_older(piece: Piece, version: int, yours: dict[str, object]) -> None:
    """Raise `Conflict` where somebody else saved the piece since the writer opened it."""
    if piece.version != version:
        raise Conflict(
            "piece.changed_meanwhile",
            "Somebody else changed this piece meanwhile. Compare both versions and save again.",
            version=piece.version,
            theirs={name: plain(getattr(piece, name)) for name in yours},
            yours={name: plain(value) for name, value in yours.items()},
        )


def tidy_title(title: str) -> str:
    """Return a title in one line, short enough to keep; `RuleBroken` where nothing is left."""
    if not (words := collapse(title)[:500]):
        raise RuleBroken("words.missing", "A title is needed.", field="title")
    return words


def check_medium(medium: Piece.Medium, body: str, link: str) -> None:
    """Refuse a piece that does not show what it says it is."""
    if medium is Piece.Medium.FILE:
        raise RuleBroken(
            "piece.file_missing", "Bring the piece first, then attach its file.", field="medium"
        )
    if medium is Piece.Medium.STATEMENT and not body.strip():
        raise RuleBroken("piece.words_missing", "Write the statement.", field="body")
    if medium is Piece.Medium.LINK and not link.strip().lower().startswith(("https://", "http://")):
        raise RuleBroken("piece.link", "A link begins with https:// or http://.", field="link")
    if medium is Piece.Medium.LINK and len(link.strip()) > 200:
        raise RuleBroken(
            "piece.link_long", "This link is longer than 200 characters.", field="link"
        )


def check_about(actor: Actor, about: str) -> None:
    """Refuse what is no record, and what this actor cannot see (another office's, or one that is gone)."""
    if not about:
        return
    try:
        ref = RecordRef.parse(about)
        known = ref.kind in kinds() and ref in resolve(actor, [ref])
    except ValueError:
        known = False
    if not known or len(about) > 120:
        raise RuleBroken(
            "piece.about", "This is not a record that evidence can speak about.", field="about"
        )
