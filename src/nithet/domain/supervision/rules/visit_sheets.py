"""The shipped sheets of a visit: order, memorandum for leave, letter with schedule, report, copy, slip.

ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ: crest 1.5 cm on memoranda and 3 cm on letters and orders, 16 point, margins 3 cm left and
2 cm right, text 2.5 cm in. An office may put its own template in the place of each.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from nithet.foundation.documents.model import Page
from nithet.foundation.documents.templates.sheets import Grid, Line, Shape, line
from nithet.foundation.documents.templates.sheets import made as as_docx

_PAGE = Page(top=15.0, bottom=22.0, left=30.0, right=20.0)
_WIDTH = _PAGE.text_width
_FIRST = 25.0
_SIGN_AT = 62.0
"""Where the block of a signature begins, from the left."""

_PICTURES = ("{{ตราครุฑ}}", "{{คิวอาร์}}")


def made(shapes: Iterable[Shape], *, title: str, page: Page, foot: tuple[Shape, ...] = ()) -> bytes:
    """The sheet as a DOCX whose lines stand equally apart in every face, so that its pages end where ours do."""
    fixed = [_even(one) for one in shapes]
    return as_docx(fixed, title=title, page=page, foot=[_even(one) for one in foot])


def _even(shape: Shape) -> Shape:
    if isinstance(shape, Grid):
        rows = tuple(
            tuple(tuple(_even_line(one) for one in cell) for cell in row) for row in shape.rows
        )
        return replace(shape, rows=rows)
    return _even_line(shape)


def _even_line(one: Line) -> Line:
    has_picture = any(name in text for text, _ in one.parts for name in _PICTURES)
    return one if has_picture else replace(one, exact=True)


_BODY = (
    line("{%p for ย่อหน้า in เนื้อความ %}"),
    line("{{ย่อหน้า.ข้อความ}}", align="thaiDistribute", first=_FIRST, before=6),
    line("{%p endfor %}"),
)
_FOOT = (
    Grid(
        (_WIDTH - 16, 16),
        (
            (
                (line("{{รหัสเอกสาร}}", points=11),),
                (line("{{คิวอาร์}}", points=11, align="right"),),
            ),
        ),
    ),
)
_GAP = line("", points=6)


def _table(
    widths: tuple[float, ...],
    heads: tuple[str, ...],
    rows: str,
    fields: tuple[str, ...],
    *,
    centred: tuple[str, ...] = ("ลำดับ",),
    points: float = 15.0,
) -> Grid:
    def cell(field: str) -> tuple[Line, ...]:
        align = "center" if field in centred else "left"
        return (line(f"{{{{แถว.{field}}}}}", align=align, points=points),)

    return Grid(
        widths,
        (
            tuple((line(head, bold=True, align="center", points=points),) for head in heads),
            ((line(f"{{%tr for แถว in {rows} %}}"),),),
            tuple(cell(field) for field in fields),
            ((line("{%tr endfor %}"),),),
        ),
        header=True,
        ruled=True,
    )


def _memo_head() -> tuple[Shape, ...]:
    def labelled(label: str, field: str) -> Line:
        return Line(((f"{label}  ", True), (field, False)), points=16, before=2)

    return (
        Grid(
            (24, _WIDTH - 48, 24),
            (
                (
                    (line("{{ตราครุฑ}}"),),
                    (line("บันทึกข้อความ", bold=True, points=29, align="center", before=4),),
                    (line(""),),
                ),
            ),
        ),
        labelled("ส่วนราชการ", "{{ชื่อหน่วยงาน}}  {{กลุ่ม}}  {{โทรศัพท์}}"),
        Grid(
            (_WIDTH / 2, _WIDTH / 2),
            (((labelled("ที่", "{{เลขที่}}"),), (labelled("วันที่", "{{วันที่}}"),)),),
        ),
        labelled("เรื่อง", "{{เรื่อง}}"),
        Line((("เรียน  ", False), ("{{เรียน}}", False)), before=8),
    )


_SEVERAL: tuple[Shape, ...] = (
    line("{%p if หลายโรงเรียน %}"),
    _table(
        (11, 52, 31, 41, _WIDTH - 135),
        ("ที่", "โรงเรียน", "วันที่", "เวลา", "วิธี"),
        "โรงเรียน",
        ("ลำดับ", "โรงเรียน", "วันที่", "เวลา", "วิธี"),
        points=14,
    ),
)
"""The schools of a paper that speaks of several; whoever sets it ends the "if"."""


def _team(*, several: bool) -> Grid:
    """Who goes; with the numbers of their schools where there are several."""
    if several:
        widths: tuple[float, ...] = (12, 84, 34, _WIDTH - 130)
        heads: tuple[str, ...] = ("ที่", "ชื่อ - สกุล / ตำแหน่ง", "หน้าที่", "โรงเรียนที่")
        fields: tuple[str, ...] = ("ลำดับ", "ชื่อ", "หน้าที่", "โรงเรียน")
    else:
        widths = (12, 104, _WIDTH - 116)
        heads, fields = ("ที่", "ชื่อ - สกุล / ตำแหน่ง", "หน้าที่"), ("ลำดับ", "ชื่อ", "หน้าที่")
    return _table(widths, heads, "คณะ", fields, centred=("ลำดับ", "โรงเรียน"))


@cache
def order() -> bytes:
    """คำสั่งแต่งตั้งคณะนิเทศ: schools with their days, who goes, and what for."""
    return made(
        (
            line("{{ตราครุฑ}}", align="center"),
            line("คำสั่ง{{ชื่อหน่วยงาน}}", align="center", before=6),
            line("ที่  {{เลขที่}}", align="center"),
            line("เรื่อง  {{เรื่อง}}", align="center", before=4),
            line("." * 44, align="center"),
            *_BODY,
            _GAP,
            *_SEVERAL,
            _team(several=True),
            line("{%p else %}"),
            _team(several=False),
            line("{%p endif %}"),
            line("ให้ผู้ได้รับแต่งตั้งมีหน้าที่ดังนี้", first=_FIRST, before=4, keep=True),
            line("{%p for งาน in หน้าที่ %}"),
            line("{{งาน.ลำดับ}}. {{งาน.ข้อความ}}", align="thaiDistribute", first=_FIRST),
            line("{%p endfor %}"),
            line("ทั้งนี้ {{มีผลเมื่อ}}", first=_FIRST, before=8, keep=True),
            line("สั่ง ณ วันที่ {{วันที่}}", first=_FIRST + 25, before=8, keep=True),
            line("", before=26, keep=True, points=8),
            line("({{ผู้ลงนาม}})", align="center", indent=_SIGN_AT, keep=True),
            line("{{ตำแหน่งผู้ลงนาม}}", align="center", indent=_SIGN_AT),
        ),
        title="คำสั่งแต่งตั้งคณะนิเทศ",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def travel() -> bytes:
    """บันทึกข้อความขออนุญาตไปราชการ; the car and the money are ticked by hand, the decision stands below."""
    third = _WIDTH / 3
    decision = Grid(
        (third, third, third),
        (
            (
                (
                    line("ผู้ขออนุญาต", bold=True, points=14),
                    line("จึงเรียนมาเพื่อโปรดพิจารณา", points=14, before=2),
                    line(f"(ลงชื่อ) {'.' * 26}", align="center", points=14, before=18),
                    line("({{ผู้ขอ}})", align="center", points=14),
                    line("วันที่ ........................", align="center", points=14),
                ),
                (
                    line("ความเห็นของผู้อำนวยการกลุ่ม", bold=True, points=14),
                    line("." * 36, points=14, before=2),
                    line(f"(ลงชื่อ) {'.' * 26}", align="center", points=14, before=18),
                    line("ผู้อำนวยการกลุ่ม", align="center", points=14),
                    line("วันที่ ........................", align="center", points=14),
                ),
                (
                    line("คำสั่ง", bold=True, points=14),
                    line("☐ อนุญาต  ☐ ไม่อนุญาต", points=14, before=2),
                    line(f"(ลงชื่อ) {'.' * 26}", align="center", points=14, before=18),
                    line("ผู้อำนวยการสำนักงานเขต", align="center", points=14),
                    line("วันที่ ........................", align="center", points=14),
                ),
            ),
        ),
        ruled=True,
    )
    return made(
        (
            *_memo_head(),
            *_BODY,
            _GAP,
            *_SEVERAL,
            line("{%p endif %}"),
            _team(several=False),
            Line(
                (
                    ("ขออนุมัติใช้รถ  ", True),
                    (
                        "☐ รถราชการ ทะเบียน ............... ผู้ขับ ...............",
                        False,
                    ),
                ),
                before=4,
            ),
            line("☐ รถยนต์ส่วนบุคคล ทะเบียน .................... ☐ ไม่ใช้รถ", indent=27),
            Line((("ค่าใช้จ่าย  ", True), ("☐ ไม่เบิก   ☐ เบิกจากโครงการ {{โครงการ}}", False)), before=2),
            line("{{คำลงท้าย}}", first=_FIRST, before=8, keep=True),
            _GAP,
            decision,
        ),
        title="บันทึกข้อความขออนุญาตไปราชการ",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def letter() -> bytes:
    """หนังสือแจ้งโรงเรียน; the schedule begins a page."""
    head = Grid(
        (_WIDTH * 0.33, _WIDTH * 0.27, _WIDTH * 0.40),
        (
            (
                (line("ที่  {{เลขที่}}", before=62),),
                (line("{{ตราครุฑ}}", align="center"),),
                (line("{{ชื่อหน่วยงาน}}", before=40), line("{{ที่ตั้ง}}")),
            ),
        ),
    )
    return made(
        (
            head,
            line("{{วันที่}}", indent=80, before=4),
            line("เรื่อง  {{เรื่อง}}", before=6),
            line("เรียน  {{เรียน}}", before=6),
            line("{%p if อ้างถึง %}"),
            line("อ้างถึง  {{อ้างถึง}}", before=6),
            line("{%p endif %}"),
            line("{%p for สิ่ง in สิ่งที่ส่งมาด้วย %}"),
            line("สิ่งที่ส่งมาด้วย  {{สิ่ง.ลำดับ}}. {{สิ่ง.ชื่อ}}\t{{สิ่ง.จำนวน}}", before=4, tabs=(127.0,)),
            line("{%p endfor %}"),
            *_BODY,
            line("{{คำลงท้าย}}", align="center", indent=_SIGN_AT, before=14, keep=True),
            line("", before=26, keep=True, points=8),
            line("({{ผู้ลงนาม}})", align="center", indent=_SIGN_AT, keep=True),
            line("{{ตำแหน่งผู้ลงนาม}}", align="center", indent=_SIGN_AT),
            line("{{กลุ่ม}}", before=10),
            line("{{โทรศัพท์}}"),
            line("กำหนดการ", bold=True, points=20, align="center", starts_page=True),
            line("{{โรงเรียน}}", align="center"),
            line("{{วันนิเทศ}}", align="center"),
            line("." * 44, align="center"),
            _GAP,
            _table(
                (36, _WIDTH - 36),
                ("เวลา", "รายการ"),
                "รายการ",
                ("เวลา", "ข้อความ"),
                centred=("เวลา",),
            ),
            line("คณะผู้นิเทศ", bold=True, before=8, keep=True),
            _team(several=False),
            line(
                "หมายเหตุ  กำหนดการปรับได้ตามความเหมาะสมของโรงเรียน เวลาที่เว้นไว้ให้คณะและโรงเรียนตกลงร่วมกัน",
                points=14,
                before=6,
            ),
        ),
        title="หนังสือแจ้งโรงเรียน",
        page=_PAGE,
        foot=_FOOT,
    )


_RESULTS = (
    line("{%p for ข้อ in ผล %}"),
    line("{%p if ข้อ.หัวข้อ %}"),
    line("{{ข้อ.หัวข้อ}}", bold=True, before=4, keep=True),
    line("{%p endif %}"),
    line("{{ข้อ.ข้อความ}}", indent=12, first=-5),
    line("{%p endfor %}"),
)
_CHECKS: tuple[Shape, ...] = (
    line("{%p if มีข้อตกลงเดิม %}"),
    line("ข้อตกลงครั้งก่อน", bold=True, before=6, keep=True),
    line("{%p endif %}"),
)
_AGREED = (
    line("ข้อตกลงร่วมกันหลังการนิเทศ", bold=True, before=6, keep=True),
    _table(
        (12, 80, 40, _WIDTH - 132),
        ("ที่", "สิ่งที่ตกลงจะดำเนินการ", "ผู้รับผิดชอบ", "ภายในวันที่"),
        "ข้อตกลง",
        ("ลำดับ", "ข้อความ", "ผู้รับผิดชอบ", "วันที่"),
    ),
)
_CHECKED = (
    line("{%p for ข้อ in ข้อตกลงเดิม %}"),
    line("{{ข้อ.ลำดับ}}. {{ข้อ.ข้อความ}} – {{ข้อ.ผล}} ({{ข้อ.หมายเหตุ}})", indent=12, first=-5),
    line("{%p endfor %}"),
)


@cache
def report() -> bytes:
    """บันทึกข้อความรายงานผลการนิเทศ เสนอ ผอ."""
    half = _WIDTH / 2
    decision = Grid(
        (half, half),
        (
            (
                (
                    line("ความเห็นของผู้อำนวยการกลุ่ม", bold=True, points=15),
                    line("." * 52, points=15, before=4),
                    line("." * 52, points=15),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", points=15, before=14),
                    line("ผู้อำนวยการกลุ่ม", align="center", points=15),
                ),
                (
                    line("คำสั่งของผู้อำนวยการสำนักงานเขต", bold=True, points=15),
                    line("☐ ทราบ   ☐ ดำเนินการ ......................", points=15, before=4),
                    line("." * 52, points=15),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", points=15, before=14),
                    line(f"({'.' * 40})", align="center", points=15),
                ),
            ),
        ),
        ruled=True,
    )
    return made(
        (
            *_memo_head(),
            *_BODY,
            *_RESULTS,
            *_CHECKS,
            *_CHECKED,
            *_AGREED,
            line("{%p if ภาพถ่าย %}"),
            line("{{ภาพถ่าย}}", first=_FIRST, before=2),
            line("{%p endif %}"),
            line("{{คำลงท้าย}}", first=_FIRST, before=8, keep=True),
            line("{%p for คน in คณะ %}"),
            line(f"(ลงชื่อ) {'.' * 46}", align="center", indent=_SIGN_AT, before=18, keep=True),
            line("({{คน.ชื่อ}})", align="center", indent=_SIGN_AT, keep=True),
            line("{{คน.หน้าที่}}", align="center", indent=_SIGN_AT),
            line("{%p endfor %}"),
            line("ผู้บันทึก  {{ผู้บันทึก}}", points=14, before=6),
            _GAP,
            decision,
        ),
        title="บันทึกข้อความรายงานผลการนิเทศ",
        page=_PAGE,
        foot=_FOOT,
    )


@cache
def copy() -> bytes:
    """สำเนาการนิเทศ for the school: what was seen and agreed, and room for the school's own words and both signatures."""
    page = Page(top=18.0, bottom=22.0, left=25.0, right=20.0)

    def fact(label: str, field: str) -> Line:
        return Line(((f"{label}  ", True), (field, False)), before=1)

    half = page.text_width / 2
    signatures = Grid(
        (half, half),
        (
            (
                (
                    line("{%p for คน in คณะ %}"),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", before=16),
                    line("({{คน.ชื่อ}})", align="center"),
                    line("{{คน.หน้าที่}}", align="center"),
                    line("{%p endfor %}"),
                ),
                (
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", before=16),
                    line("({{ผู้ลงชื่อโรงเรียน}})", align="center"),
                    line("ผู้บริหารสถานศึกษา", align="center"),
                ),
            ),
        ),
    )
    return made(
        (
            line("{{ชื่อแบบ}}", bold=True, points=20, align="center"),
            line("สำเนาสำหรับโรงเรียน · {{ชื่อหน่วยงาน}}", align="center"),
            _GAP,
            fact("สถานศึกษา", "{{โรงเรียน}}"),
            fact("วันที่", "{{วันนิเทศ}} {{วิธี}}"),
            fact("ผู้ออกนิเทศ", "{{ใคร}}"),
            fact("เรื่อง", "{{เรื่อง}}"),
            fact("แบบนิเทศ", "{{แบบนิเทศ}}"),
            fact("ความต้องการจำเป็นที่ตอบ", "{{ความต้องการ}}"),
            *_RESULTS,
            *_CHECKS,
            *_CHECKED,
            *_AGREED,
            line("ความเห็นของโรงเรียน", bold=True, before=6, keep=True),
            line("{{ความเห็นโรงเรียน}}", indent=7),
            line("ผู้บันทึก  {{ผู้บันทึก}}", points=14, before=4, keep=True),
            signatures,
        ),
        title="สำเนาการนิเทศ",
        page=page,
        foot=(
            Grid(
                (page.text_width - 16, 16),
                (
                    (
                        (line("{{รหัสเอกสาร}}", points=11),),
                        (line("{{คิวอาร์}}", points=11, align="right"),),
                    ),
                ),
            ),
        ),
    )


@cache
def slip() -> bytes:
    """ใบติดสมุดนิเทศ, 10 x 15 cm; the QR finds the whole record."""
    page = Page(sheet="slip", top=6.0, bottom=5.0, left=6.0, right=6.0)
    width = page.text_width
    head = Grid(
        (width - 16, 16),
        (
            (
                (
                    line("{{ชื่อแบบ}}", bold=True, points=15),
                    line("{{โรงเรียน}}", bold=True, points=13),
                    line("{{ชื่อย่อหน่วยงาน}}", points=11),
                    line("{{รหัสเอกสาร}}", points=9),
                ),
                (line("{{คิวอาร์}}", points=11, align="right"),),
            ),
        ),
    )
    half = width / 2
    return made(
        (
            head,
            Line((("วันที่  ", True), ("{{วันนิเทศ}}", False)), points=12),
            Line((("ผู้ออกนิเทศ  ", True), ("{{ใคร}}", False)), points=12),
            Line((("เรื่อง  ", True), ("{{เรื่อง}}", False)), points=12),
            line("{%p for ข้อ in ผล %}"),
            Line(
                (("{{ข้อ.หัวข้อ}}  ", True), ("{{ข้อ.ข้อความ}}", False)),
                points=12,
                before=2,
                indent=3,
                first=-3,
            ),
            line("{%p endfor %}"),
            Grid(
                (half, half),
                (
                    (
                        (
                            line("." * 30, points=12, align="center", before=10),
                            line("ผู้ออกนิเทศ", points=12, align="center"),
                        ),
                        (
                            line("." * 30, points=12, align="center", before=10),
                            line("ผู้บริหารสถานศึกษา", points=12, align="center"),
                        ),
                    ),
                ),
            ),
        ),
        title="ใบติดสมุดนิเทศ",
        page=page,
    )
