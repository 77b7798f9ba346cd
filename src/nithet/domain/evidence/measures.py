"""What the records can say by themselves about the clarity of a piece of evidence."""

from collections.abc import Sequence

from nithet.domain.evidence.files import is_whole
from nithet.domain.evidence.models import Piece
from nithet.domain.frameworks.measures import Measured, Sentence, register_of_pieces
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.kernel.messages import msgid
from nithet.kernel.periods import Period

PIECES = Text("รายการ", "pieces")
OPENS = MeasureSpec(
    "evidence.opens",
    PIECES,
    Signature.BOOL,
    Text("เปิดดูได้ หรือมีผู้เก็บรักษาและที่เก็บ", "opens, or has a custodian and a place"),
)
IN_PERIOD = MeasureSpec(
    "evidence.in_period",
    PIECES,
    Signature.BOOL,
    Text("เป็นเรื่องของปีที่รายงาน", "speaks of the year reported"),
)

FILE_WHOLE = msgid("The file opens and has not changed since it was kept.")
FILE_LOST = msgid("The kept file is missing or damaged. It can be restored from a backup.")
WAITS = msgid("The file waits for the virus scanner; nobody can open it yet.")
LOST = msgid("It was looked for and not found at %(place)s.")
KEPT = msgid("%(custodian)s keeps it at %(place)s.")
NOT_KEPT = msgid("Say who keeps it and where, so that it can be looked at.")
LINK_UNTRIED = msgid("A link can change; somebody should open it and answer here.")
WORDS_ALONE = msgid(
    "These are words alone. Bring the document, the picture or the thing that they speak of."
)
NOT_SHOWN = msgid("A return names it, but the document itself has not been brought yet.")
SPEAKS_OF_YEAR = msgid("It speaks of a time in the year reported.")
SPEAKS_OF_OTHER = msgid("It speaks of another time than the year reported.")
TIME_UNKNOWN = msgid("Nobody has said which time it speaks of.")


def opens(pieces: Sequence[Piece], period: Period) -> dict[int, Measured]:
    """Say of every piece whether it can be looked at; no query."""
    return {piece.pk: _opens(piece) for piece in pieces}


def _opens(piece: Piece) -> Measured:
    if piece.medium == Piece.Medium.FILE and piece.is_quarantined:
        return Measured.yes_or_no(holds=False, sentence=Sentence(WAITS))
    if piece.medium == Piece.Medium.FILE:
        whole = is_whole(piece.file_sha256)
        return Measured.yes_or_no(
            holds=whole, sentence=Sentence(FILE_WHOLE if whole else FILE_LOST)
        )
    if piece.medium == Piece.Medium.PHYSICAL and piece.lost_at is not None:
        return Measured.yes_or_no(holds=False, sentence=Sentence(LOST, {"place": piece.place}))
    if piece.medium == Piece.Medium.PHYSICAL:
        if piece.custodian and piece.place:
            where = Sentence(KEPT, {"custodian": piece.custodian, "place": piece.place})
            return Measured.yes_or_no(holds=True, sentence=where)
        return Measured.yes_or_no(holds=False, sentence=Sentence(NOT_KEPT))
    if piece.medium == Piece.Medium.LINK:
        return Measured.unknown(Sentence(LINK_UNTRIED))
    alone = piece.medium == Piece.Medium.STATEMENT
    return Measured.yes_or_no(holds=False, sentence=Sentence(WORDS_ALONE if alone else NOT_SHOWN))


def in_period(pieces: Sequence[Piece], period: Period) -> dict[int, Measured]:
    """Say of every piece whether the time that it speaks of shares a day with the period; no query."""
    return {piece.pk: _in_period(piece, period) for piece in pieces}


def _in_period(piece: Piece, period: Period) -> Measured:
    start, end = piece.period_start or piece.period_end, piece.period_end or piece.period_start
    if start is None or end is None:
        return Measured.unknown(Sentence(TIME_UNKNOWN))
    within = start <= period.end and period.start <= end
    return Measured.yes_or_no(
        holds=within, sentence=Sentence(SPEAKS_OF_YEAR if within else SPEAKS_OF_OTHER)
    )


def register_all() -> None:
    """Register the measures of this package."""
    register_of_pieces(OPENS, opens)
    register_of_pieces(IN_PERIOD, in_period)
