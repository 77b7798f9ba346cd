"""The five sheets: บันทึกข้อความ, หนังสือภายนอก, คำสั่ง, รายงานผล, รายงานภาพข่าว.

ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ: the crest stands 1.5 cm high on a memorandum and 3 cm on a letter and an order, text in
16 point, margins 3 cm left and 2 cm right. The drawing of the crest itself is the office's own (see `Letterhead`).
"""

from functools import cache

from nithet.foundation.documents.model import Page
from nithet.foundation.documents.templates.sheets import Grid, Line, line, made

_PAGE = Page(top=15.0, bottom=20.0, left=30.0, right=20.0)
_WIDTH = _PAGE.text_width
_FIRST = 25.0
"""The text begins 2.5 cm in."""

_PARAGRAPHS = (
    line("{%p for ย่อหน้า in เนื้อความ %}"),
    line("{{ย่อหน้า.ข้อความ}}", align="thaiDistribute", first=_FIRST, before=6),
    line("{%p endfor %}"),
)
_FOOT = (
    Grid(
        (_WIDTH - 20, 20),
        (
            (
                (line("{{รหัสเอกสาร}}", points=12),),
                (line("{{คิวอาร์}}", points=12, align="right"),),
            ),
        ),
    ),
)
_MIDDLE = 80.0
"""Where the closing and the signature stand, from the left."""


def _signature(before: float = 34) -> tuple[Line, ...]:
    """Room to sign, the name in brackets, the position: centred in the right half."""
    return (
        line("", before=before, keep=True, points=8),
        line("({{ผู้ลงนาม}})", align="center", indent=_MIDDLE - 18, keep=True),
        line("{{ตำแหน่งผู้ลงนาม}}", align="center", indent=_MIDDLE - 18),
    )


def _labelled(label: str, field: str) -> Line:
    return Line(((f"{label}  ", True), (field, False)), points=16, before=2)


@cache
def memo() -> bytes:
    """บันทึกข้อความ: crest 1.5 cm at the left, its name in 29 point."""
    head = Grid(
        (24, _WIDTH - 48, 24),
        (
            (
                (line("{{ตราครุฑ}}"),),
                (line("บันทึกข้อความ", bold=True, points=29, align="center"),),
                (line(""),),
            ),
        ),
    )
    numbered = Grid(
        (_WIDTH / 2, _WIDTH / 2),
        (((_labelled("ที่", "{{เลขที่}}"),), (_labelled("วันที่", "{{วันที่}}"),)),),
    )
    return made(
        (
            head,
            _labelled("ส่วนราชการ", "{{ชื่อหน่วยงาน}}  {{กลุ่ม}}  {{โทรศัพท์}}"),
            numbered,
            _labelled("เรื่อง", "{{เรื่อง}}"),
            Line((("เรียน  ", False), ("{{เรียน}}", False)), before=8),
            *_PARAGRAPHS,
            line("{{คำลงท้าย}}", first=_FIRST, before=6),
            *_signature(),
        ),
        title="บันทึกข้อความ",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def letter() -> bytes:
    """หนังสือภายนอก: crest 3 cm in the middle, number at the left, place at the right."""
    head = Grid(
        (_WIDTH * 0.36, _WIDTH * 0.26, _WIDTH * 0.38),
        (
            (
                (line("ที่  {{เลขที่}}", before=62),),
                (line("{{ตราครุฑ}}", align="center"),),
                (line("{{ชื่อหน่วยงาน}}", before=44), line("{{ที่ตั้ง}}")),
            ),
        ),
    )
    return made(
        (
            head,
            line("{{วันที่}}", indent=_MIDDLE, before=4),
            line("เรื่อง  {{เรื่อง}}", before=6),
            line("เรียน  {{เรียน}}", before=6),
            line("{%p if อ้างถึง %}"),
            line("อ้างถึง  {{อ้างถึง}}", before=6),
            line("{%p endif %}"),
            line("{%p for สิ่ง in สิ่งที่ส่งมาด้วย %}"),
            line("สิ่งที่ส่งมาด้วย  {{สิ่ง.ลำดับ}}. {{สิ่ง.ชื่อ}}\t{{สิ่ง.จำนวน}}", before=4, tabs=(125.0,)),
            line("{%p endfor %}"),
            *_PARAGRAPHS,
            line("{{คำลงท้าย}}", indent=_MIDDLE + 8, before=14, keep=True),
            *_signature(28),
            line("{{กลุ่ม}}", before=8),
            line("{{โทรศัพท์}}"),
        ),
        title="หนังสือภายนอก",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def order() -> bytes:
    """คำสั่ง: crest 3 cm in the middle, who is appointed in a table, what for in paragraphs."""
    members = Grid(
        (14, 62, 50, _WIDTH - 126),
        (
            tuple(
                (line(head, bold=True, align="center"),)
                for head in ("ที่", "ชื่อ - สกุล / ตำแหน่ง", "สังกัด", "หน้าที่ในคณะ")
            ),
            ((line("{%tr for คน in คณะ %}"),),),
            (
                (line("{{คน.ลำดับ}}", align="center"),),
                (line("{{คน.ชื่อ}}"),),
                (line("{{คน.สังกัด}}"),),
                (line("{{คน.หน้าที่}}"),),
            ),
            ((line("{%tr endfor %}"),),),
        ),
        header=True,
        ruled=True,
    )
    return made(
        (
            line("{{ตราครุฑ}}", align="center"),
            line("คำสั่ง{{ชื่อหน่วยงาน}}", align="center", before=6),
            line("ที่  {{เลขที่}}", align="center"),
            line("เรื่อง  {{เรื่อง}}", align="center", before=4),
            line("............................................", align="center"),
            *_PARAGRAPHS,
            line("", points=6),
            members,
            line("ให้ผู้ได้รับแต่งตั้งมีหน้าที่ดังนี้", first=_FIRST, before=4),
            line("{%p for งาน in หน้าที่ %}"),
            line("{{งาน.ลำดับ}}. {{งาน.ข้อความ}}", align="thaiDistribute", first=_FIRST),
            line("{%p endfor %}"),
            line("ทั้งนี้ {{มีผลเมื่อ}}", first=_FIRST, before=8),
            line("สั่ง ณ วันที่ {{วันที่}}", first=_FIRST + 25, before=8, keep=True),
            *_signature(26),
        ),
        title="คำสั่ง",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def report() -> bytes:
    """รายงานผลการดำเนินงาน of one project: what was planned, done, proved and found."""
    activities = _listed(
        (14, _WIDTH - 60, 46), ("ที่", "กิจกรรม", "ระยะเวลา"), "กิจกรรม", "งาน", ("ลำดับ", "ชื่อ", "เวลา")
    )
    pieces = _listed(
        (14, _WIDTH - 74, 60),
        ("ที่", "เอกสาร/หลักฐาน", "ที่เก็บ"),
        "หลักฐาน",
        "ชิ้น",
        ("ลำดับ", "ชื่อ", "ที่เก็บ"),
    )
    return made(
        (
            line("รายงานผลการดำเนินงานโครงการ", bold=True, points=20, align="center", before=10),
            line("{{ชื่อโครงการ}}", bold=True, points=18, align="center"),
            line("{{แผน}}", align="center"),
            line("{{ชื่อหน่วยงาน}}", align="center"),
            _head("1. ผู้รับผิดชอบโครงการ"),
            line("{{ผู้รับผิดชอบ}}", first=_FIRST),
            _head("2. วัตถุประสงค์"),
            line("{{วัตถุประสงค์}}", first=_FIRST, align="thaiDistribute"),
            _head("3. กิจกรรมที่ดำเนินการ"),
            activities,
            _head("4. ผลการดำเนินงาน"),
            *_PARAGRAPHS,
            _head("5. ปัญหา/อุปสรรค/ข้อจำกัด"),
            *_points("ปัญหา"),
            _head("6. แนวทางการพัฒนา"),
            *_points("แนวทาง"),
            _head("7. เอกสาร/หลักฐานอ้างอิง"),
            pieces,
            *_signature(30),
            line("วันที่ {{วันที่}}", align="center", indent=_MIDDLE - 18),
        ),
        title="รายงานผลการดำเนินงานโครงการ",
        page=Page(top=20.0, bottom=20.0, left=30.0, right=20.0),
        foot=_FOOT,
    )


def _head(text: str) -> Line:
    return line(text, bold=True, before=8, keep=True)


def _points(name: str) -> tuple[Line, ...]:
    return (
        line(f"{{%p for ข้อ in {name} %}}"),
        line("- {{ข้อ.ข้อความ}}", align="thaiDistribute", indent=_FIRST, first=-4),
        line("{%p endfor %}"),
    )


def _listed(
    widths: tuple[float, ...], heads: tuple[str, ...], rows: str, one: str, fields: tuple[str, ...]
) -> Grid:
    return Grid(
        widths,
        (
            tuple((line(head, bold=True, align="center"),) for head in heads),
            ((line(f"{{%tr for {one} in {rows} %}}"),),),
            tuple((line(f"{{{{{one}.{field}}}}}"),) for field in fields),
            ((line("{%tr endfor %}"),),),
        ),
        header=True,
        ruled=True,
    )


@cache
def photo_news() -> bytes:
    """รายงานภาพข่าว: one A4 with up to four photographs, a headline, who, where, when and some eighty words."""
    wide = Page(top=12.0, bottom=12.0, left=15.0, right=15.0)
    width = wide.text_width
    photos = Grid(
        (width / 2, width / 2),
        (
            ((line("{{ภาพที่หนึ่ง}}", align="center"),), (line("{{ภาพที่สอง}}", align="center"),)),
            (
                (line("{{ภาพที่สาม}}", align="center", before=8),),
                (line("{{ภาพที่สี่}}", align="center", before=8),),
            ),
        ),
    )
    head = Grid(
        (26, width - 26),
        (
            (
                (line("{{ตราหน่วยงาน}}"),),
                (
                    line("ภาพข่าวกิจกรรม", bold=True, points=24),
                    line("{{ชื่อหน่วยงาน}}", points=16),
                ),
            ),
        ),
    )
    return made(
        (
            head,
            line("{{พาดหัว}}", bold=True, points=20, align="center", before=4),
            photos,
            line("{{เนื้อข่าว}}", align="thaiDistribute", first=15, before=2),
            Line((("ใคร  ", True), ("{{ใคร}}", False)), before=4),
            Line((("ที่ไหน  ", True), ("{{ที่ไหน}}", False))),
            Line((("เมื่อใด  ", True), ("{{เมื่อใด}}", False))),
        ),
        title="รายงานภาพข่าว",
        page=wide,
        foot=(
            Grid(
                (width - 20, 20),
                (
                    (
                        (line("{{รหัสเอกสาร}}", points=12),),
                        (line("{{คิวอาร์}}", points=12, align="right"),),
                    ),
                ),
            ),
        ),
    )
