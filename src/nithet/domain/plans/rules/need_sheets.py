"""Needs as a list that people bring (XLSX or CSV): one row a need, schools by their code; errors by row."""

from collections.abc import Mapping
from dataclasses import dataclass

from nithet.foundation.documents.cells import Cell, code_of, text_of
from nithet.foundation.documents.tables import Table, read_table
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.messages import msgid
from nithet.kernel.text import collapse

CODE, SCHOOL, AREA, TEXT, KIND, STRENGTH, BECAUSE = (
    "รหัสโรงเรียน",
    "โรงเรียน",
    "หัวข้อ",
    "ความต้องการจำเป็น",
    "ที่มา",
    "ระดับ",
    "สิ่งที่แสดง",
)
HEADINGS = (CODE, SCHOOL, AREA, TEXT, KIND, STRENGTH, BECAUSE)
KINDS = {
    "ข้อค้นพบจากการนิเทศ": "visit",
    "คำขอของโรงเรียน": "own_word",
    "SAR": "own_word",
    "ผลการทดสอบ": "results",
    "อัตรากำลัง": "staffing",
    "ขนาดโรงเรียน": "size",
    "แบบสำรวจความต้องการ": "survey",
    "แหล่งอื่น": "other",
    "": "other",
}
STRENGTHS = {"": 1, "ปกติ": 1, "มาก": 2, "เร่งด่วน": 3, "1": 1, "2": 2, "3": 3}
MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A row that can be taken: the key of the school and the values of the need."""

    number: int
    school: int
    text: str
    area: str
    kind: str
    strength: int
    because: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row, as a message id with its values."""

    number: int
    message: str
    params: Mapping[str, object]


def read_needs(
    data: bytes, file_name: str, schools: Mapping[str, int]
) -> tuple[list[NeedRow], list[RowFault]]:
    """Return the rows that can be taken and what is wrong with the others; `schools` maps every code to a school.

    Raises `BadInput` where the file is no such list.
    """
    table = read_table(data, file_name, is_known=lambda text: text in HEADINGS)
    places = {head: at for at, head in enumerate(table.headers) if head in HEADINGS}
    if CODE not in places or TEXT not in places:
        raise BadInput(
            "needs.columns",
            "The list needs the columns “%(code)s” and “%(text)s”.",
            field="file",
            code=CODE,
            text=TEXT,
        )
    if len(table.rows) > MOST_ROWS:
        raise BadInput(
            "needs.many", "A list may have at most %(limit)s rows.", field="file", limit=MOST_ROWS
        )
    return _rows(table, places, schools)


def _rows(
    table: Table, places: Mapping[str, int], schools: Mapping[str, int]
) -> tuple[list[NeedRow], list[RowFault]]:
    found, faults = [], []
    for row in table.rows:
        cells = {head: row.cells[at] for head, at in places.items()}
        try:
            found.append(_row(row.number, cells, schools))
        except RuleBroken as error:
            faults.append(RowFault(row.number, error.message, error.params))
    return found, faults


def _row(number: int, cells: Mapping[str, Cell], schools: Mapping[str, int]) -> NeedRow:
    code = code_of(cells[CODE])
    if not code:
        raise RuleBroken("needs.code", msgid("The code of the school is missing."))
    if (school := schools.get(code)) is None:
        raise RuleBroken(
            "needs.school", msgid("There is no school with the code %(code)s."), code=code
        )
    words = {
        name: collapse(text_of(cells.get(name))) for name in (TEXT, AREA, KIND, STRENGTH, BECAUSE)
    }
    if not words[TEXT]:
        raise RuleBroken("needs.text", msgid("The need is not written."))
    if len(words[TEXT]) > 1000:
        raise RuleBroken(
            "needs.long", msgid("Please say it in at most %(limit)s characters."), limit=1000
        )
    if words[KIND] not in KINDS:
        raise RuleBroken(
            "needs.kind",
            msgid("“%(word)s” is no source of needs. Known are: %(known)s."),
            word=words[KIND][:60],
            known=", ".join(filter(None, KINDS)),
        )
    if words[STRENGTH] not in STRENGTHS:
        raise RuleBroken(
            "needs.strength",
            msgid("“%(word)s” is no strength. Write ปกติ, มาก or เร่งด่วน."),
            word=words[STRENGTH][:60],
        )
    return NeedRow(
        number,
        school,
        words[TEXT],
        words[AREA][:120],
        KINDS[words[KIND]],
        STRENGTHS[words[STRENGTH]],
        words[BECAUSE][:500],
    )
