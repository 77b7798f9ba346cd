"""The rows of last year's form, as Word and Excel paste them, become headings and questions.

Numbers in front, columns of numbers, old columns for ticks, headings of the table and rows of sums are left out; what looks
like a heading becomes a group. A person sees the result and puts it right before anything is kept.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from nithet.kernel.errors import BadInput
from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse, repair_thai

MOST_LETTERS = 200_000
MOST_LINES = 400
LONGEST_LINE = 1_000
_LONGEST_HEADING = 160
_LONGEST_REST = 80


class Kind(StrEnum):
    """What a line becomes."""

    HEADING = "heading"
    RATING = "rating"
    TEXT = "text"
    PERSON = "person"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a form to be: what it becomes, its words without the number, and the number it had ("1.2", "" for none)."""

    kind: Kind
    words: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was read from a paste; `columns_dropped` are the headings or places of columns that were left out.

    `title` is the line above that names the form, "" where none does.
    """

    lines: list[Line]
    columns_dropped: list[str]
    title: str = ""


_NUMBER = re.compile(
    r"^(?:ข้อ(?:ที่)?\s*)?[(\[]?(?P<number>\d{1,3}(?:\.\d{1,3}){0,3}|[ก-ฮ](?=[.)])|[a-zA-Z](?=[.)]))\s*[.)\]:]?(?:\s+|(?<=[.)])|$)"
)
_BULLET = re.compile(r"^[-–•●○▪□☐*]\s*")
_ONLY_NUMBER = re.compile(r"^(?:ข้อ(?:ที่)?\s*)?[(\[]?(\d{1,3}(?:\.\d{1,3}){0,3}|[ก-ฮ])[.)\]]?$")
_NUMBER_HEADS = {"ข้อ", "ข้อที่", "ลำดับ", "ลำดับที่", "ที่", "no", "no.", "ลำดับข้อ", "#", "เลขที่"}
_TICK = re.compile(r"^[/✓✔√☑☐□○◯●xX×\-–—.…()\[\]\s]*$")
_TICK_HEADS = {
    *("มี", "ไม่มี", "ใช่", "ไม่ใช่", "ปฏิบัติ", "ไม่ปฏิบัติ", "ผ่าน", "ไม่ผ่าน", "ยัง", "บางส่วน", "แล้ว", "ทำแล้ว"),
    *("มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด", "ดีเยี่ยม", "ดีมาก", "ดี", "พอใช้", "ปรับปรุง"),
    *(
        "ควรปรับปรุง",
        "ควรพัฒนา",
        "ต้องพัฒนา",
        "ต้องปรับปรุง",
        "คะแนน",
        "คะแนนเต็ม",
        "คะแนนที่ได้",
        "ระดับ",
        "รวม",
        "ผล",
    ),
    *("n/a", "ได้", "ไม่ได้"),
}
_TICK_HEAD = re.compile(
    r"^(?:ระดับ|ผลการ|คะแนน|การปฏิบัติ|ระดับการปฏิบัติ|ระดับคุณภาพ|ระดับความ)|^\(?\d{1,3}\)?$|\(\d\)$|=\s*\d$"
)
_NOTE_HEAD = re.compile(r"หมายเหตุ|ข้อเสนอแนะ|ร่องรอย|หลักฐาน|ข้อสังเกต|บันทึก|สิ่งที่พบ|ความคิดเห็น")
_TEXT_HEAD = re.compile(
    r"รายการ|ประเด็น|ข้อความ|ข้อคำถาม|พฤติกรรม|ตัวบ่งชี้|กิจกรรม|เรื่อง|หัวข้อ|คำถาม|ตัวชี้วัด|การปฏิบัติงาน"
)
_HEADING = re.compile(
    r"^(?:ด้าน|ตอน|ส่วน|หมวด|มาตรฐาน|องค์ประกอบ|ตัวบ่งชี้|ประเด็น|หัวข้อ|กิจกรรม|บท|ระยะ|ขั้น)(?:ที่)?\s*[\d:.ก-ฮ]|^ด้าน\S"
)
_SUM = re.compile(
    r"^(?:รวม|เฉลี่ย|ผลรวม|คะแนนรวม|ค่าเฉลี่ย|ร้อยละ|สรุปผล|รวมคะแนน|รวมเฉลี่ย)(?:ทั้งหมด|ทั้งสิ้น|คะแนน|เฉลี่ย|ทุกด้าน|รายด้าน|ด้านที่.*)*\s*$"
)
_DOTS = re.compile(r"[.…_]{4,}|…{2,}")
_INSTRUCTION = re.compile(
    r"^(?:คำชี้แจง|คำอธิบาย|โปรด|ให้ทำเครื่องหมาย|กรุณา|เกณฑ์การ|ระดับ\s*\d\s*(?:หมายถึง|=)|\d\s*(?:หมายถึง|=))"
)
TITLE = re.compile(r"^(?:แบบ|เครื่องมือ)(?!แผน)\S*")
_ASKED_ANYWAY = re.compile(
    r"^(?:ชื่อ)?(?:โรงเรียน|สถานศึกษา|อำเภอ|ตำบล|จังหวัด|สังกัด|กลุ่มเครือข่าย|เครือข่าย|วันที่|วัน เดือน ปี|วัน/เดือน/ปี|เดือน|พ\.ศ\.?|เวลา)(?:ที่นิเทศ)?$"
)
_PERSON = re.compile(r"^(?:ชื่อ)?\s*[-–]?\s*(?:สกุล)?\s*(?:ครู|ผู้สอน|ผู้รับการนิเทศ|ครูผู้)")
_SIGNATURE = re.compile(
    r"^\(?\s*ลงชื่อ|^ผู้(?:นิเทศ|รับการนิเทศ|ประเมิน)\s*$|^ตำแหน่ง\s*$|^วันที่\s*$|^\(\s*\)$"
)


def read_paste(text: str) -> Pasted:
    """Read pasted text into lines.

    Raises `BadInput` where nothing is there, or far more than a form.
    """
    if len(text) > MOST_LETTERS:
        raise BadInput(
            "paste.too_long",
            "This is far more than a form. Paste only the rows of the table.",
            field="pasted",
        )
    rows = _rows(text)
    if not rows:
        raise BadInput("paste.empty", "Paste the rows of the form.", field="pasted")
    if len(rows) > MOST_LINES:
        raise BadInput(
            "paste.too_many",
            "A form has at most %(count)s rows. Paste only the rows of the table.",
            field="pasted",
            count=MOST_LINES,
        )
    columns = _Columns(rows)
    lines = _lines(rows, columns)
    title = ""
    if len(lines) > 1 and not lines[0].number and TITLE.match(lines[0].words):
        title = lines.pop(0).words
    return Pasted(_headings(lines), columns.dropped, title)


def _rows(text: str) -> list[list[str]]:
    """Return the cells of each row that holds anything; a cell of Excel may hold line ends inside quotes."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x00", "")
    if "\t" in plain and '"' in plain:
        parsed = list(csv.reader(StringIO(plain), delimiter="\t", quotechar='"'))
    else:
        parsed = [line.split("\t") for line in plain.split("\n")]
    rows = [[_tidy(cell) for cell in row] for row in parsed]
    return [row for row in rows if any(row)]


def _tidy(cell: str) -> str:
    return to_arabic(repair_thai(collapse(cell)))[:LONGEST_LINE]


class _Columns:
    """Which column holds the words, which the numbers; all others were for ticks and notes."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        width = max(len(row) for row in rows)
        columns = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
        self.number = next((at for at, cells in enumerate(columns) if _is_numbers(cells)), None)
        self.words = max(
            range(width), key=lambda at: _wordiness(columns[at], is_number=at == self.number)
        )
        self.heads = [_head_of(cells) for cells in columns]
        self.dropped = [
            self.heads[at] or str(at + 1)
            for at in range(width)
            if at not in {self.number, self.words} and any(columns[at])
        ]

    def words_of(self, row: Sequence[str]) -> str:
        """Return the words of a row; a merged row keeps them in any one cell."""
        own = row[self.words] if self.words < len(row) else ""
        if own:
            return own
        filled = [cell for cell in row if cell and not _TICK.match(cell)]
        return filled[0] if len(filled) == 1 and not _ONLY_NUMBER.match(filled[0]) else ""

    def number_of(self, row: Sequence[str]) -> str:
        """Return what the column of numbers says, "" without one."""
        cell = row[self.number] if self.number is not None and self.number < len(row) else ""
        found = _ONLY_NUMBER.match(cell)
        return found.group(1) if found else ""


def _is_numbers(cells: Sequence[str]) -> bool:
    if any(cell.lower() in _NUMBER_HEADS for cell in cells[:3]):
        return True
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if _ONLY_NUMBER.match(cell)]
    is_counting = len({*numbers}) >= max(2, len(numbers) - 1)
    return (
        len(numbers) >= 2
        and len(numbers) * 2 > len(filled)
        and is_counting
        and "1" in {n[:1] for n in numbers}
    )


def _wordiness(cells: Sequence[str], *, is_number: bool) -> float:
    if is_number:
        return -1.0
    head = _head_of(cells)
    letters = sum(min(len(cell), 200) for cell in cells if not _TICK.match(cell))
    if _NOTE_HEAD.search(head):
        return letters * 0.2
    return letters * (1.5 if _TEXT_HEAD.search(head) else 1.0)


def _head_of(cells: Sequence[str]) -> str:
    # A title above the table takes the first row; two rows may head it.
    return next((cell for cell in cells[:3] if cell and not _TICK.match(cell)), "")


def _lines(rows: Sequence[Sequence[str]], columns: _Columns) -> list[Line]:
    found: list[Line] = []
    printed = _levels_stand_in_rows(rows, columns)
    for at, row in enumerate(rows):
        words = columns.words_of(row)
        number = columns.number_of(row)
        if not words or _is_table_head(row, columns, is_first=at < 3, printed=printed):
            continue
        if _SUM.match(words) or _INSTRUCTION.match(words) or _SIGNATURE.match(words):
            continue
        if _DOTS.search(words):
            found += [Line(_kind_of(one), one) for one in _asked_for(words)]
            continue
        own, words = _without_number(words)
        number = number or own
        if not words:
            continue
        if not number and found and _goes_on(found[-1], rows, at, columns):
            found[-1] = Line(found[-1].kind, f"{found[-1].words} {words}", found[-1].number)
            continue
        found.append(Line(Kind.RATING, words, number))
    return found


def _heads_in(row: Sequence[str], columns: _Columns) -> list[str]:
    """Return the cells of a row, beside its words, that read like headings of columns."""
    others = [cell for at, cell in enumerate(row) if cell and at != columns.words]
    return [
        cell
        for cell in others
        if cell.lower() in _TICK_HEADS
        or _TICK_HEAD.search(cell)
        or cell.lower() in _NUMBER_HEADS
        or _NOTE_HEAD.search(cell)
    ]


def _levels_stand_in_rows(rows: Sequence[Sequence[str]], columns: _Columns) -> bool:
    """Say whether the levels are printed in every row, to be circled (5 4 3 2 1): then they make no row a heading."""
    printed = sum(len(_heads_in(row, columns)) >= 2 for row in rows)
    return printed > max(1, len(rows) // 2)


def _is_table_head(row: Sequence[str], columns: _Columns, *, is_first: bool, printed: bool) -> bool:
    """Say whether a row heads the table: it holds the words of headings in the columns that are for ticks or numbers."""
    others = [cell for at, cell in enumerate(row) if cell and at != columns.words]
    heads = _heads_in(row, columns)
    words = row[columns.words] if columns.words < len(row) else ""
    numbered = (columns.number is not None and bool(columns.number_of(row))) or bool(
        _without_number(words)[0]
    )
    if printed and not _TEXT_HEAD.match(words):
        return False
    if len(heads) >= 2 and not numbered:
        return True
    if not is_first:
        return False
    is_title = (
        bool(words)
        and len(words) < 40
        and bool(_TEXT_HEAD.match(words))
        and not _NUMBER.match(words)
    )
    return (
        (bool(heads) and not numbered)
        or (is_title and bool(others) and not numbered)
        or words in {"รายการ", "ประเด็น", "ข้อความ"}
    )


def _without_number(words: str) -> tuple[str, str]:
    plain = _BULLET.sub("", words)
    if found := _NUMBER.match(plain):
        rest = plain[found.end() :].strip()
        if rest:
            return found.group("number"), rest
    return "", plain


def _goes_on(before: Line, rows: Sequence[Sequence[str]], at: int, columns: _Columns) -> bool:
    """Say whether an unnumbered line goes on with the words of the numbered line before: Word breaks long ones."""
    words = columns.words_of(rows[at])
    if columns.number is not None or not before.number or len(words) > _LONGEST_REST:
        return False
    if _HEADING.match(words) or _BULLET.match(words) or words.endswith(":"):
        return False
    following = columns.words_of(rows[at + 1]) if at + 1 < len(rows) else ""
    if not following or _HEADING.match(following):
        return True
    return _without_number(following)[0] == _after(before.number)


def _after(number: str) -> str:
    head, dot, last = number.rpartition(".")
    return f"{head}{dot}{int(last) + 1}" if last.isdecimal() else ""


def _kind_of(words: str) -> Kind:
    """Say what a line with dots asks for: what every form asks anyway is left out, a person's name is private."""
    if _ASKED_ANYWAY.match(words):
        return Kind.LEFT_OUT
    return Kind.PERSON if _PERSON.match(words) else Kind.TEXT


def _asked_for(words: str) -> list[str]:
    """Return the words before each run of dots: "โรงเรียน........ อำเภอ......" asks for two things."""
    parts = [collapse(part).strip(" :()") for part in _DOTS.split(words)]
    kept = [_without_number(part)[1] for part in parts if part]
    return [part for part in kept if len(part) > 1 and not _SIGNATURE.match(part)]


def _headings(lines: Sequence[Line]) -> list[Line]:
    numbered = sum(bool(line.number) for line in lines if line.kind == Kind.RATING)
    most_are = numbered * 2 > sum(line.kind == Kind.RATING for line in lines)
    found = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        found.append(
            Line(Kind.HEADING, line.words, line.number)
            if _heads(line, after, most_are_numbered=most_are)
            else line
        )
    return found


def _heads(line: Line, after: Line | None, *, most_are_numbered: bool) -> bool:
    if line.kind != Kind.RATING or after is None or len(line.words) > _LONGEST_HEADING:
        return False
    if line.number and after.number.startswith(f"{line.number}."):
        return True
    if line.number and not line.number[0].isdecimal() and after.number == "1":
        return True
    if line.number:
        return bool(_HEADING.match(line.words)) and after.number in {"1", f"{line.number}.1"}
    if _HEADING.match(line.words) or line.words.endswith(":"):
        return True
    return most_are_numbered and bool(after.number)
