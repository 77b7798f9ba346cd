"""The versions of a piece's file."""

from typing import BinaryIO

from nithet.domain.evidence.actions.checking import locked, refuse_older
from nithet.domain.evidence.actions.versions import add_version, ask_again, file_columns
from nithet.domain.evidence.files import NAMESPACE, KeptFile, keep_file
from nithet.domain.evidence.models import Piece, PieceFile
from nithet.domain.evidence.policy import may_attach_file, may_recheck
from nithet.domain.evidence.queries.clarity import content_points
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about as is_about
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.files.checking import check_content
from nithet.foundation.files.store import path_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def attach_file(
    *,
    actor: Actor,
    piece: Piece,
    file_name: str,
    data: bytes | BinaryIO,
    version: int | None = None,
    why: str = "",
) -> Piece:
    """Check and keep a file, then record it for a piece through the door.

    The file is kept before the transaction opens, so that a large one does not hold up other people's work. Raises
    `Refused`, `BadInput` for content that cannot be kept, and what `record_file` raises.
    """
    if not (verdict := may_attach_file(actor, piece)):
        raise Refused("piece.attach_file", verdict)
    kept = keep_file(file_name, data)
    return record_file(actor=actor, piece=piece, kept=kept, version=version, why=why)


@action("piece.attach_file", event="piece.file_attached", on="piece")
def record_file(
    *, actor: Actor, piece: Piece, kept: KeptFile, version: int | None = None, why: str = ""
) -> Piece:
    """Record a kept file as the newest version of a piece; the same file again changes nothing.

    Older versions stay. A second version needs a word what is new (`RuleBroken` "file.why"); what a reviewer answered
    about the content is asked again, and a confirmation that it may be shared no longer holds. `version` is the piece's
    that the writer had before them; None does not ask.
    """
    fresh = locked(piece)
    if version is not None:
        refuse_older(fresh, version, {"file_name": kept.file_name})
    if fresh.file_sha256 == kept.sha256:
        nothing_changed()
        return fresh
    newest = fresh.files.first()
    words = collapse(why)[:500]
    if newest is not None and not words:
        raise RuleBroken(
            "file.why", "Please say what is new in this version of the file.", field="why"
        )
    add_version(fresh, actor, kept, number=newest.number + 1 if newest else 1, why=words)
    change(
        fresh,
        medium=Piece.Medium.FILE,
        **file_columns(kept),
        sharing_confirmed_at=None,
        sharing_confirmed_by="",
        sharing_confirmed_because="",
        version=fresh.version + 1,
    )
    note(answers_asked_again=ask_again(fresh, content_points(fresh)))
    return fresh


def recheck_file(*, actor: Actor, file: PieceFile) -> bool:
    """Have a file that waits looked at again; say whether it may be opened now.

    The scanner is asked before the transaction opens. Raises `Refused`, and `BadInput` where it finds something.
    """
    if not (verdict := may_recheck(actor, file)):
        raise Refused("piece.release_file", verdict)
    place = path_of(NAMESPACE, file.sha256)
    checked = check_content(place, file.name, file.media_type, sha256=file.sha256)
    if checked.is_quarantined:
        return False
    release_file(actor=actor, file=file)
    return True


@action("piece.release_file", event="piece.file_released", on="file")
def release_file(*, actor: Actor, file: PieceFile) -> PieceFile:
    """Let a file be opened, after the scanner has vouched for it."""
    piece = Piece.objects.select_for_update(of=("self",)).get(pk=file.piece_id)
    is_about(piece)
    note(file_name=file.name, number=file.number)
    if not change(file, is_quarantined=False):
        nothing_changed()
    if piece.file_sha256 == file.sha256 and piece.is_quarantined:
        change(piece, is_quarantined=False, version=piece.version + 1)
    return file
