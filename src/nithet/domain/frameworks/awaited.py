"""Measures that shipped editions name and whose records no package keeps yet: they answer "not known", never a figure."""

from nithet.domain.frameworks.measures import register_awaited
from nithet.domain.frameworks.rules.measures import MeasureSpec, Signature
from nithet.domain.frameworks.rules.words import Text
from nithet.kernel.messages import msgid

NO_LETTERS = msgid(
    "The system does not record letters, their receipts or channels yet, so this is answered by a person."
)

_LETTERS = Text("ฉบับ", "letters")
_CHANNELS = Text("ช่องทาง", "channels")


def register_all() -> None:
    """Register every awaited measure."""
    register_awaited(
        MeasureSpec(
            "communication.confirmed_by_school",
            _LETTERS,
            Signature.EACH,
            Text("หนังสือที่แต่ละสถานศึกษายืนยันการรับ", "letters confirmed, school by school"),
            of_shares=True,
        ),
        NO_LETTERS,
    )
    register_awaited(
        MeasureSpec(
            "communication.on_time",
            _LETTERS,
            Signature.RATIO,
            Text("หนังสือที่ยืนยันการรับภายในกำหนด", "letters confirmed by the due date"),
        ),
        NO_LETTERS,
    )
    register_awaited(
        MeasureSpec(
            "communication.channels_with_records",
            _CHANNELS,
            Signature.EACH,
            Text("ช่องทางติดต่อที่มีบันทึกของแต่ละสถานศึกษา", "channels with records, school by school"),
        ),
        NO_LETTERS,
    )
