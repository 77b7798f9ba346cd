"""Kinds of paper with the fields that their templates may hold, and the sources from which they are filled.

Field names are Thai, because people write them into Word; `key` is how data names them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nithet.domain.papers.shipped import sheets
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.messages import msgid


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a template. `rows` are the fields of a list that returns; a picture says so.

    A picture with a `width` or `height` in millimetres is set as it is, as a code is; any other is cut to the shape of a
    photograph.
    """

    name: str
    key: str
    example: str = ""
    rows: "tuple[Field, ...]" = ()
    is_picture: bool = False
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper. `book` names the series that gives its numbers; "" where such papers bear none.

    `proof` is the kind of evidence that its signed copy will be, `crest` the height of the crest in millimetres.
    """

    code: str
    label: str
    fields: tuple[Field, ...]
    shipped: Callable[[], bytes] = field(compare=False)
    book: str = ""
    proof: str = "report"
    crest: float = 30.0

    @property
    def known(self) -> dict[str, tuple[str, ...]]:
        """Return the Thai names of the fields, each with those of its rows."""
        every = (*COMMON, *self.fields)
        return {one.name: tuple(row.name for row in one.rows) for one in every}

    @property
    def by_key(self) -> dict[str, Field]:
        """Return every field by its key."""
        return {one.key: one for one in (*COMMON, *self.fields)}


Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a source proposes for a paper: its title and the data by key.

    `shows_children` says that a picture in it shows children who can be recognised.
    """

    title: str
    data: Data
    shows_children: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper's words come from: a record of kind `about`, asked by the one who may see it.

    `build` answers None where the actor may not see the record or it is gone. `choices` lists what there is to choose
    from, newest first, as (reference id, title).
    """

    code: str
    kind: str
    about: str
    label: str
    build: Callable[[Actor, RecordRef], Draft | None] = field(compare=False)
    choices: Callable[[Actor], Iterable[tuple[str, str]]] = field(compare=False)
    is_offered: bool = True
    """Offered among the papers to be made; False for papers that a page of their record makes."""


def _rows(name: str, key: str, *rows: Field) -> Field:
    return Field(name, key, rows=rows)


_TEXT = Field("ข้อความ", "text", "ข้อความตัวอย่างหนึ่งย่อหน้า")
_ORDER = Field("ลำดับ", "number", "1")

COMMON = (
    Field("ตราครุฑ", "emblem", is_picture=True),
    Field("ตราหน่วยงาน", "logo", is_picture=True),
    Field("ชื่อหน่วยงาน", "office", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาตัวอย่าง เขต 1"),
    Field("ชื่อย่อหน่วยงาน", "office_short", "สพป.ตัวอย่าง เขต 1"),
    Field("กลุ่ม", "group", "กลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา"),
    Field("ที่ตั้ง", "address", "ถนนตัวอย่าง อำเภอเมือง จังหวัดตัวอย่าง"),
    Field("โทรศัพท์", "phone", "โทร. 0 0000 0000"),
    Field("เลขที่", "number", "ศธ 04000/1"),
    Field("วันที่", "date", "1 ตุลาคม 2555"),
    Field("ผู้ลงนาม", "signer", "........................................"),
    Field("ตำแหน่งผู้ลงนาม", "signer_title", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
    Field("รหัสเอกสาร", "code", "รหัสเอกสาร ABCD-1234"),
    Field("คิวอาร์", "qr", is_picture=True),
)
"""Fields that every kind of paper has."""

_BODY = _rows("เนื้อความ", "body", _TEXT)

MEMO = PaperKind(
    "memo",
    msgid("Memorandum"),
    (
        Field("เรื่อง", "subject", "เสนอแบบรายงานผลการดำเนินงาน"),
        Field("เรียน", "to", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"),
        _BODY,
        Field("คำลงท้าย", "closing", "จึงเรียนมาเพื่อโปรดพิจารณา"),
    ),
    sheets.memo,
    "memo",
    "memo",
    crest=15.0,
)
LETTER = PaperKind(
    "letter",
    msgid("Official letter"),
    (
        Field("เรื่อง", "subject", "ขอเชิญประชุม"),
        Field("เรียน", "to", "ผู้อำนวยการโรงเรียนทุกโรงเรียน"),
        Field("อ้างถึง", "reference", "หนังสือที่ ศธ 04000/12 ลงวันที่ 1 ตุลาคม 2555"),
        _rows(
            "สิ่งที่ส่งมาด้วย",
            "enclosures",
            _ORDER,
            Field("ชื่อ", "title", "กำหนดการ"),
            Field("จำนวน", "count", "จำนวน 1 ฉบับ"),
        ),
        _BODY,
        Field("คำลงท้าย", "closing", "ขอแสดงความนับถือ"),
    ),
    sheets.letter,
    "letter",
    "letter",
)
ORDER = PaperKind(
    "order",
    msgid("Official order"),
    (
        Field("เรื่อง", "subject", "แต่งตั้งคณะทำงาน"),
        _BODY,
        _rows(
            "คณะ",
            "members",
            _ORDER,
            Field("ชื่อ", "title", "ผู้อำนวยการกลุ่มนิเทศฯ"),
            Field("สังกัด", "unit", "สพป.ตัวอย่าง เขต 1"),
            Field("หน้าที่", "duty", "ประธาน"),
        ),
        _rows("หน้าที่", "duties", _ORDER, _TEXT),
        Field("มีผลเมื่อ", "effective", "ตั้งแต่บัดนี้เป็นต้นไป"),
    ),
    sheets.order,
    "order",
    "order",
)
REPORT = PaperKind(
    "report",
    msgid("Report of a project"),
    (
        Field("ชื่อโครงการ", "project", "โครงการตัวอย่าง"),
        Field("แผน", "plan", "แผนปฏิบัติการประจำปีงบประมาณ 2555"),
        Field("ผู้รับผิดชอบ", "owner", "กลุ่มนิเทศฯ"),
        Field("วัตถุประสงค์", "objective", "เพื่อพัฒนาคุณภาพการศึกษา"),
        _rows(
            "กิจกรรม",
            "activities",
            _ORDER,
            Field("ชื่อ", "title", "ประชุมเชิงปฏิบัติการ"),
            Field("เวลา", "time", "1 ต.ค. 2555"),
        ),
        _BODY,
        _rows("ปัญหา", "problems", _TEXT),
        _rows("แนวทาง", "ways", _TEXT),
        _rows(
            "หลักฐาน",
            "evidence",
            _ORDER,
            Field("ชื่อ", "title", "รายงานการประชุม"),
            Field("ที่เก็บ", "place", "กลุ่มนิเทศฯ"),
        ),
    ),
    sheets.report,
)
PHOTO_NEWS = PaperKind(
    "photo_news",
    msgid("Photo news"),
    (
        Field("พาดหัว", "headline", "นิเทศโรงเรียนโดยใช้โรงเรียนเป็นฐาน"),
        Field("เนื้อข่าว", "news", "ศึกษานิเทศก์ออกนิเทศโรงเรียนและร่วมแลกเปลี่ยนเรียนรู้กับครู"),
        Field("ใคร", "who", "คณะศึกษานิเทศก์"),
        Field("ที่ไหน", "where", "โรงเรียนตัวอย่าง"),
        Field("เมื่อใด", "when", "1 ตุลาคม 2555"),
        Field("ภาพที่หนึ่ง", "photo_1", is_picture=True),
        Field("ภาพที่สอง", "photo_2", is_picture=True),
        Field("ภาพที่สาม", "photo_3", is_picture=True),
        Field("ภาพที่สี่", "photo_4", is_picture=True),
    ),
    sheets.photo_news,
    proof="photo_report",
)
OWN = (MEMO, LETTER, ORDER, REPORT, PHOTO_NEWS)

_kinds: dict[str, PaperKind] = {}
_sources: dict[str, Source] = {}


def register(kind: PaperKind) -> None:
    """Make a kind of paper known; a code stands once."""
    if kind.code in _kinds:
        raise ValueError(f"the kind of paper {kind.code!r} is registered twice")
    _kinds[kind.code] = kind


def register_source(source: Source) -> None:
    """Make known from which records a kind of paper is filled; a code stands once."""
    if source.code in _sources:
        raise ValueError(f"the source {source.code!r} is registered twice")
    _sources[source.code] = source


def kinds() -> Mapping[str, PaperKind]:
    """Return the kinds by code, in the order in which they were registered."""
    return dict(_kinds)


def sources() -> Mapping[str, Source]:
    """Return the sources by code."""
    return dict(_sources)


def sources_about(ref_kind: str) -> list[Source]:
    """List the sources that read a kind of record."""
    return [one for one in _sources.values() if one.about == ref_kind]


def example_of(kind: PaperKind) -> Data:
    """Return the example data of a kind by key, two rows in every list; pictures are left to who prints."""
    return {one.key: _example(one) for one in (*COMMON, *kind.fields) if not one.is_picture}


def _example(one: Field) -> Any:
    if not one.rows:
        return one.example
    return [
        {row.key: (str(n) if row.key == "number" else row.example) for row in one.rows}
        for n in (1, 2)
    ]
