"""An issued return as the files that a central system takes: named, numbered and sized for upload, with the list of its evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from nithet.domain.evidence.files import open_file
from nithet.domain.evidence.models import Piece
from nithet.domain.evidence.queries.clarity import pieces_for
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import read_docx, read_pdf
from nithet.foundation.documents.sheets import Column, Value, write_xlsx
from nithet.kernel.errors import RuleBroken

LARGEST_FILE = 10_000_000
"""Bytes; what is larger is listed and marked, because the central systems commonly refuse it."""
LARGEST_PACK = 150_000_000
_NAME = re.compile(r"[^\w\u0e00-\u0e7f.-]+")

COLUMNS = (
    Column("ข้อ", "code"),
    Column("ลำดับ", "whole"),
    Column("เอกสาร/หลักฐาน", width=50),
    Column("ชนิด"),
    Column("ชื่อไฟล์ในชุดนี้", width=36),
    Column("ขนาด (กิโลไบต์)", "whole"),
    Column("ที่เก็บ/ลิงก์", width=36),
    Column("หมายเหตุ", width=36),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of evidence: `name` is its file in the pack, empty where it holds none; `why` says why not."""

    item: str
    number: int
    piece: Piece
    name: str
    why: str

    @property
    def row(self) -> tuple[Value, ...]:
        """Return the line as a row of `COLUMNS`."""
        piece = self.piece
        where = " · ".join(filter(None, (piece.custodian, piece.place, piece.link)))
        size = -(-piece.file_size // 1000) if piece.file_size else None
        kind = piece.get_medium_display()
        return (self.item, self.number, piece.title, str(kind), self.name, size, where, self.why)


def stem_of(issued: IssuedReturn) -> str:
    """Return how the files of a return begin: "5.4_2555_12เดือน_1"."""
    number = issued.number.replace("/", "_").replace("-", "_")
    return f"{_tidy(number)}_{issued.round.months}เดือน"


def listed_evidence(issued: IssuedReturn) -> list[Listed]:
    """List the evidence of a return in the order of the form, each piece with the name of its file in the pack."""
    edition, year = issued.round.edition, issued.round.fiscal_year
    views = pieces_for(edition, year)
    found: list[Listed] = []
    for node in rules_of(edition).items:
        for number, view in enumerate(views.get(node.id, ()), 1):
            found.append(_listed(node.id, number, view.use.piece))
    return found


def _listed(item: str, number: int, piece: Piece) -> Listed:
    if piece.medium != Piece.Medium.FILE or not piece.file_sha256:
        return Listed(item, number, piece, "", "")
    if piece.shows_children and piece.sharing_confirmed_at is None:
        return Listed(item, number, piece, "", "เห็นหน้าหรือชื่อเด็ก ยังไม่ยืนยันให้เผยแพร่")
    newest = piece.files.first()
    if newest is not None and newest.is_quarantined:
        return Listed(item, number, piece, "", "ไฟล์รอตรวจสอบ")
    ending = piece.file_name.rpartition(".")[2].lower()[:8]
    name = f"ข้อ{item}_{number:02}_{_tidy(piece.title)[:60]}.{ending}"
    large = (piece.file_size or 0) > LARGEST_FILE
    return Listed(item, number, piece, name, "ใหญ่กว่า 10 MB ระบบปลายทางอาจไม่รับ" if large else "")


def pack_of(issued: IssuedReturn) -> bytes:
    """Return the ZIP of a return: its kept Word and PDF, the list of evidence, and the files of the evidence.

    Files that would make it larger than 150 MB stay out, and the list says so.
    """
    stem = stem_of(issued)
    lines = listed_evidence(issued)
    out = BytesIO()
    with ZipFile(out, "w") as pack:
        _put(pack, f"{stem}_แบบรายงาน.docx", read_docx(issued), packed=True)
        _put(pack, f"{stem}_แบบรายงาน.pdf", read_pdf(issued), packed=True)
        lines = [_with_file(pack, line, out) for line in lines]
        sheet = write_xlsx(
            title=f"รายการหลักฐาน {issued.number}",
            columns=COLUMNS,
            rows=(line.row for line in lines),
            notes=tuple(_notes(issued, lines)),
        )
        _put(pack, f"{stem}_รายการหลักฐาน.xlsx", sheet, packed=False)
    return out.getvalue()


def _with_file(pack: ZipFile, line: Listed, out: BytesIO) -> Listed:
    if not line.name:
        return line
    if out.tell() + (line.piece.file_size or 0) > LARGEST_PACK:
        return Listed(line.item, line.number, line.piece, "", "ไม่ได้ใส่ไว้ เพราะชุดไฟล์ใหญ่เกินไป")
    try:
        with open_file(line.piece) as file:
            _put(pack, f"หลักฐาน/{line.name}", file.read(), packed=False)
    except RuleBroken:
        return Listed(line.item, line.number, line.piece, "", "ไม่พบไฟล์ในที่เก็บ")
    return line


def _put(pack: ZipFile, name: str, data: bytes, *, packed: bool) -> None:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    entry.external_attr = 0o600 << 16
    pack.writestr(entry, data)


def _notes(issued: IssuedReturn, lines: Sequence[Listed]) -> Iterator[str]:
    held = sum(bool(line.name) for line in lines)
    yield f"แบบรายงานเลขที่ {issued.number} ปีงบประมาณ {issued.round.fiscal_year}"
    yield f"หลักฐาน {len(lines)} รายการ มีไฟล์ในชุดนี้ {held} รายการ"


def _tidy(text: str) -> str:
    return _NAME.sub("_", text).strip("._") or "เอกสาร"
