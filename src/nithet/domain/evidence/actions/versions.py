"""Versions of a file and answers that are asked again, inside the actions of this package."""

from nithet.domain.evidence.files import KeptFile
from nithet.domain.evidence.models import ClarityAnswer, Piece, PieceFile
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import note
from nithet.kernel import clock


def file_columns(kept: KeptFile) -> dict[str, object]:
    """Return what a piece says of its newest file."""
    return {
        "file_sha256": kept.sha256,
        "file_name": kept.file_name,
        "file_size": kept.size,
        "media_type": kept.media_type,
        "is_quarantined": kept.is_quarantined,
    }


def add_version(
    piece: Piece, actor: Actor, kept: KeptFile, *, number: int, why: str = ""
) -> PieceFile:
    """Add a version of a piece's file, inside an action of this package."""
    note(file_name=kept.file_name, sha256=kept.sha256, number=number)
    return PieceFile.objects.create(
        office_id=piece.office_id,
        piece=piece,
        number=number,
        sha256=kept.sha256,
        name=kept.file_name,
        size=kept.size,
        media_type=kept.media_type,
        is_quarantined=kept.is_quarantined,
        why=why,
        added_by_id=actor.user_id,
        added_by=actor.signature,
        added_at=clock.now(),
    )


def ask_again(piece: Piece, points: frozenset[str]) -> int:
    """Reopen the answers to these points: what they spoke of has changed. Return how many."""
    return ClarityAnswer.objects.filter(
        piece=piece, criterion__in=points, reopened_at__isnull=True
    ).update(reopened_at=clock.now())
