"""What a report says of itself in head and foot: a draft, or an issue with its number, its code and its QR."""

from dataclasses import dataclass
from datetime import date

from nithet.foundation.documents.model import QrCode, Running
from nithet.kernel.numerals import Numerals, in_numerals
from nithet.kernel.thai_dates import format_date

DRAFT = "ร่าง"
_GROUP = 4
_QR = 15.0
_JOINED = "\u00a0"
"""A space at which no line breaks."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue: its number among those of the same report, the day, the code of the paper and the address in its QR."""

    number: int
    issued_on: date
    code: str
    address: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, to be typed.

        >>> Issue(1, date(2012, 6, 1), "ABCDEFGH234567AA", "").spaced_code
        'ABCD EFGH 2345 67AA'
        """
        return " ".join(self.code[at : at + _GROUP] for at in range(0, len(self.code), _GROUP))

    def words(self, numerals: Numerals = "arabic") -> str:
        """Return number and day, then the code; a line breaks between the two only.

        The code keeps its digits, because it is typed into a machine.
        """
        said = f"ฉบับที่ {self.number} ออกเมื่อ {format_date(self.issued_on, 'short')}"
        parts = (in_numerals(said, numerals), f"รหัส {self.spaced_code}")
        return " ".join(one.replace(" ", _JOINED) for one in parts)


def running_of(
    office: str,
    dated: date,
    issue: Issue | None,
    numerals: Numerals = "arabic",
    *,
    pages: str = "",
) -> Running:
    """Return head and foot of a report; without an issue it is a draft and says so across the page."""
    if issue is None:
        foot = in_numerals(f"ข้อมูล ณ วันที่ {format_date(dated, 'short')}", numerals)
        return Running(head=in_numerals(office, numerals), mark=DRAFT, number=foot, pages=pages)
    return Running(
        head=in_numerals(office, numerals),
        number=issue.words(numerals),
        pages=pages,
        qr=QrCode(issue.address, f"คิวอาร์โค้ดสำหรับตรวจสอบเอกสาร {issue.spaced_code}", _QR),
    )
