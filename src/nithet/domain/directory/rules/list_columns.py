"""The columns that lists of schools carry: what each means, how offices head it, and how its cells are read.

A heading is compared without spaces, stops and brackets, and in small letters. What is not known here may be matched by a
person in the wizard; the office's own matches are remembered elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from nithet.domain.directory.rules.levels import LEVELS, level_of, levels_of
from nithet.domain.directory.rules.names import tidy_name
from nithet.foundation.documents.cells import Cell, code_of, day_of, decimal_of, text_of, whole_of
from nithet.kernel.errors import BadInput
from nithet.kernel.messages import msgid
from nithet.kernel.numerals import to_arabic

SMIS_DIGITS, MOE_DIGITS = 8, 10
_OTHER_DIGITS = range(3, 21)
_ONESQA_DIGITS = range(4, 11)
_MOST_PUPILS, _MOST_STAFF, _MOST_ROOMS = 20_000, 1_000, 500
_SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class ListField:
    """A meaning that a column may have. `title` is the message id of its name; the first heading is the one we write."""

    key: str
    title: str
    headings: tuple[str, ...]
    read: Callable[[Cell], Any]


def _words(longest: int) -> Callable[[Cell], str | None]:
    def read(cell: Cell) -> str | None:
        text = text_of(cell)
        if len(text) > longest:
            raise BadInput(
                "cell.too_long", "The text is longer than %(longest)s letters.", longest=longest
            )
        return None if text in {"", "-", "–"} else text

    return read


def _name(cell: Cell) -> str | None:
    name = tidy_name(_words(250)(cell) or "")
    return name or None


def _code(digits: range) -> Callable[[Cell], str | None]:
    def read(cell: Cell) -> str | None:
        if text_of(cell) in {"", "-", "–"}:
            return None
        code = code_of(cell)
        if len(code) not in digits:
            raise BadInput(
                "cell.code_length",
                "The code %(code)s has %(count)s digits; %(wanted)s are needed.",
                code=code,
                count=len(code),
                wanted=str(digits[0]) if len(digits) == 1 else f"{digits[0]}-{digits[-1]}",
            )
        return code

    return read


def _whole(most: int) -> Callable[[Cell], int | None]:
    return lambda cell: whole_of(cell, least=0, most=most)


def _degrees(limit: int) -> Callable[[Cell], Decimal | None]:
    def read(cell: Cell) -> Decimal | None:
        number = decimal_of(cell, least=-limit, most=limit)
        return (
            None if number is None else Decimal(repr(number)).quantize(_SIX_PLACES, ROUND_HALF_UP)
        )

    return read


def _one_of(words: dict[str, Any]) -> Callable[[Cell], Any]:
    """Read one of some words; the first word of each value is how we write it."""

    def read(cell: Cell) -> Any:
        text = "".join(text_of(cell).split()).casefold()
        if text in {"", "–"} or (text == "-" and "-" not in words):
            return None
        if text not in words:
            said = ", ".join({value: word for word, value in reversed(words.items())}.values())
            raise BadInput(
                "cell.word", "“%(text)s” is not one of: %(words)s.", text=text_of(cell), words=said
            )
        return words[text]

    return read


HEAD_MEANINGS = {
    "มี": "present",
    "present": "present",
    "ว่าง": "vacant",
    "ไม่มี": "vacant",
    "vacant": "vacant",
    "รักษาการ": "acting",
    "รักษาราชการแทน": "acting",
    "รก.": "acting",
    "acting": "acting",
}
CONNECTIVITY_MEANINGS = {
    "ไม่มี": "none",
    "none": "none",
    "no": "none",
    "มือถือ": "mobile",
    "เครือข่ายมือถือ": "mobile",
    "3g": "mobile",
    "4g": "mobile",
    "5g": "mobile",
    "mobile": "mobile",
    "บรอดแบนด์": "broadband",
    "ความเร็วสูง": "broadband",
    "fiber": "broadband",
    "fibre": "broadband",
    "adsl": "broadband",
    "broadband": "broadband",
}
YES_NO_MEANINGS = {
    "มี": True,
    "ใช่": True,
    "ครบ": True,
    "ได้": True,
    "yes": True,
    "true": True,
    "y": True,
    "1": True,
    "/": True,
    "✓": True,
    "ไม่มี": False,
    "ไม่ใช่": False,
    "ไม่ครบ": False,
    "ไม่ได้": False,
    "no": False,
    "false": False,
    "n": False,
    "0": False,
}


def _janitors(cell: Cell) -> int | None:
    text = text_of(cell)
    return {"มี": 1, "ไม่มี": 0}[text] if text in {"มี", "ไม่มี"} else whole_of(cell, least=0, most=100)


def _telephone(cell: Cell) -> str | None:
    text = to_arabic(_words(80)(cell) or "")
    if isinstance(cell, int | float) and len(text) in {8, 9} and not text.startswith("0"):
        text = (
            f"0{text}"  # every Thai number begins with 0, which a spreadsheet's number cell loses
        )
    return text or None


FIELDS = (
    ListField("code", msgid("School code"), ("รหัสโรงเรียน", "school code", "code", "รหัส", "รหัสสถานศึกษา", "school id", "รหัส ร.ร."), _code(_OTHER_DIGITS)),
    ListField("smis_code", msgid("SMIS code"), ("รหัส SMIS", "smis code", "smis", "รหัส smis 8 หลัก", "รหัส 8 หลัก", "smis_id"), _code(range(SMIS_DIGITS, SMIS_DIGITS + 1))),
    ListField("moe_code", msgid("Ministry of Education code (10 digits)"), ("รหัสกระทรวง", "รหัสกระทรวง 10 หลัก", "รหัส 10 หลัก", "รหัสกระทรวงศึกษาธิการ", "moe code", "ministry code", "moe"), _code(range(MOE_DIGITS, MOE_DIGITS + 1))),
    ListField("onesqa_code", msgid("ONESQA code"), ("รหัส สมศ.", "รหัสสมศ", "onesqa code", "onesqa"), _code(_ONESQA_DIGITS)),
    ListField("other_code", msgid("Other code"), ("รหัสอื่น", "other code"), _code(_OTHER_DIGITS)),
    ListField("name", msgid("School name"), ("ชื่อโรงเรียน", "school name", "name", "โรงเรียน", "ชื่อสถานศึกษา", "สถานศึกษา", "school"), _name),
    ListField("network", msgid("Network"), ("กลุ่มเครือข่าย", "เครือข่าย", "กลุ่มโรงเรียน", "กลุ่มเครือข่ายโรงเรียน", "เครือข่ายโรงเรียน", "ศูนย์เครือข่าย", "สหวิทยาเขต", "network", "school network", "cluster"), _name),
    ListField("province", msgid("Province"), ("จังหวัด", "province"), _words(80)),
    ListField("district", msgid("District"), ("อำเภอ", "district", "amphoe", "อำเภอ/เขต"), _words(80)),
    ListField("subdistrict", msgid("Subdistrict"), ("ตำบล", "subdistrict", "sub-district", "tambon", "ตำบล/แขวง"), _words(80)),
    ListField("latitude", msgid("Latitude"), ("ละติจูด", "latitude", "lat", "ละติจูต"), _degrees(90)),
    ListField("longitude", msgid("Longitude"), ("ลองจิจูด", "longitude", "long", "lng", "lon", "ลองติจูด", "ลองจิจูต"), _degrees(180)),
    ListField("levels", msgid("Levels offered"), ("ระดับที่เปิดสอน", "ระดับชั้นที่เปิดสอน", "ชั้นที่เปิดสอน", "เปิดสอน", "เปิดสอนระดับ", "ระดับชั้น", "levels", "levels offered", "grades"), lambda cell: levels_of(_words(200)(cell) or "") or None),
    ListField("telephone", msgid("Telephone"), ("โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "โทร", "telephone", "phone", "tel"), _telephone),
    ListField("head_status", msgid("School head"), ("สถานะผู้บริหาร", "ผู้บริหาร", "ผู้บริหารสถานศึกษา", "ผู้อำนวยการ", "head", "school head", "head status"), _one_of(HEAD_MEANINGS)),
    ListField("connectivity", msgid("Internet"), ("อินเทอร์เน็ต", "อินเตอร์เน็ต", "การเชื่อมต่ออินเทอร์เน็ต", "สัญญาณอินเทอร์เน็ต", "internet", "connectivity"), _one_of(CONNECTIVITY_MEANINGS)),
    ListField("office_computers", msgid("Computers for administration"), ("คอมพิวเตอร์งานบริหาร", "คอมพิวเตอร์ธุรการ", "computers", "computers for administration", "office computers"), _whole(_MOST_STAFF)),
    ListField("has_dltv", msgid("DLTV set"), ("ชุด DLTV", "dltv", "dltv set"), _one_of(YES_NO_MEANINGS)),
    ListField("has_meeting_camera", msgid("Camera for meetings"), ("กล้องประชุมทางไกล", "กล้องประชุม", "meeting camera", "camera"), _one_of(YES_NO_MEANINGS)),
    ListField("telephone_answers", msgid("Telephone that is answered"), ("โทรศัพท์ติดต่อได้", "telephone answers", "phone answers"), _one_of(YES_NO_MEANINGS)),
    ListField("as_at", msgid("As at"), ("ณ วันที่", "ข้อมูล ณ วันที่", "วันที่ข้อมูล", "as at", "as of", "date", "as at date", "census date"), day_of),
    ListField("pupils", msgid("Pupils"), ("จำนวนนักเรียน", "นักเรียน", "นักเรียนทั้งหมด", "จำนวนนักเรียนทั้งหมด", "รวมนักเรียน", "นักเรียนรวม", "pupils", "students", "number of pupils", "number of students", "enrolment", "enrollment"), _whole(_MOST_PUPILS)),
    ListField("rooms", msgid("Classes"), ("จำนวนห้องเรียน", "ห้องเรียน", "จำนวนห้อง", "rooms", "classrooms", "classes"), _whole(_MOST_ROOMS)),
    ListField("teachers", msgid("Teachers present"), ("จำนวนครู", "ครู", "ครูที่มีจริง", "ครูปฏิบัติงานจริง", "teachers", "teachers present"), _whole(_MOST_STAFF)),
    ListField("teachers_entitled", msgid("Teachers entitled"), ("ครูตามเกณฑ์", "อัตราครูตามเกณฑ์", "จำนวนครูตามเกณฑ์", "teachers entitled", "entitled teachers"), _whole(_MOST_STAFF)),
    ListField("teacher_per_class", msgid("A teacher for each class"), ("ครูครบชั้น", "teacher per class", "teacher for each class"), _one_of(YES_NO_MEANINGS)),
    ListField("teachers_on_major", msgid("Teachers on their major"), ("ครูตรงวิชาเอก", "ตรงวิชาเอก", "จำนวนครูตรงวิชาเอก", "teachers on major"), _whole(_MOST_STAFF)),
    ListField("janitors", msgid("Janitors"), ("นักการภารโรง", "ภารโรง", "จำนวนนักการภารโรง", "janitors", "janitor"), _janitors),
    *(ListField(f"level_{code}", thai, (thai, f"จำนวนนักเรียน {thai}", f"level {code}", code), _whole(_MOST_PUPILS)) for code, thai in LEVELS.items()),
)  # fmt: skip
"""Every meaning, in the order in which our own lists write them."""

FIELD_OF = {field.key: field for field in FIELDS}
CODES = {"smis_code": "smis", "moe_code": "moe", "onesqa_code": "onesqa", "other_code": "other"}
"""Field -> kind of code. The plain "code" is told apart by its length."""
CENSUS = (
    "pupils",
    "rooms",
    "teachers",
    "teachers_entitled",
    "teacher_per_class",
    "teachers_on_major",
    "janitors",
)
FACTS = (
    *(
        "province",
        "district",
        "subdistrict",
        "latitude",
        "longitude",
        "levels",
        "telephone",
        "head_status",
    ),
    *("connectivity", "office_computers", "has_dltv", "has_meeting_camera", "telephone_answers"),
)
"""Fields that are facts of the school itself, of the same name there."""


def kind_of_code(code: str) -> str:
    """Return whose code a plain school code is, by its number of digits.

    >>> kind_of_code("76010001"), kind_of_code("1076010001"), kind_of_code("001")
    ('smis', 'moe', 'other')
    """
    return {SMIS_DIGITS: "smis", MOE_DIGITS: "moe"}.get(len(code), "other")


def bare(heading: str) -> str:
    """Return a heading as headings are compared.

    >>> bare("รหัส สมศ. "), bare("School_Code"), bare("จำนวนนักเรียน (คน)")
    ('รหัสสมศ', 'schoolcode', 'จำนวนนักเรียน')
    """
    text = re.sub(r"\((?:คน|ห้อง|เครื่อง|ชุด)\)", "", to_arabic(tidy_name(heading)).casefold())
    return re.sub(r"[\s._:()/*\-]", "", text)


@cache
def _known() -> dict[str, str]:
    return {bare(heading): field.key for field in FIELDS for heading in field.headings}


def field_of(heading: str) -> str | None:
    """Return the field that a heading means; None where it is not known.

    >>> field_of("รหัสโรงเรียน"), field_of("School Name"), field_of("นักเรียน ป.๑"), field_of("ที่")
    ('code', 'name', 'level_p1', None)
    """
    if known := _known().get(bare(heading)):
        return known
    level = level_of(heading)
    return f"level_{level}" if level else None


def is_heading(text: str) -> bool:
    """Say whether a text is a heading of a list of schools."""
    return field_of(text) is not None
