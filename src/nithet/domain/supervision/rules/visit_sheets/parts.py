"""Parts that the sheets of a visit share: page, head of a memorandum, tables, results, foot.

ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ: crest 1.5 cm on memoranda and 3 cm on letters and orders, 16 point, margins 3 cm left and
2 cm right, text 2.5 cm in. An office may put its own template in the place of each.
"""

from collections.abc import Iterable
from dataclasses import replace

from nithet.foundation.documents.model import Page
from nithet.foundation.documents.templates.sheets import Grid, Line, Shape, line
from nithet.foundation.documents.templates.sheets import made as as_docx

PAGE = Page(top=15.0, bottom=22.0, left=30.0, right=20.0)
WIDTH = PAGE.text_width
FIRST = 25.0
SIGN_AT = 62.0
"""Where the block of a signature begins, from the left."""

_PICTURES = ("{{ตราครุฑ}}", "{{คิวอาร์}}", "{{คิวอาร์สำเนา}}", "{{ลายมือชื่อโรงเรียน}}")


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


BODY = (
    line("{%p for ย่อหน้า in เนื้อความ %}"),
    line("{{ย่อหน้า.ข้อความ}}", align="thaiDistribute", first=FIRST, before=6),
    line("{%p endfor %}"),
)
FOOT = (
    Grid(
        (WIDTH - 16, 16),
        (
            (
                (line("{{รหัสเอกสาร}}", points=11),),
                (line("{{คิวอาร์}}", points=11, align="right"),),
            ),
        ),
    ),
)
GAP = line("", points=6)


def table(
    widths: tuple[float, ...],
    heads: tuple[str, ...],
    rows: str,
    fields: tuple[str, ...],
    *,
    centred: tuple[str, ...] = ("ลำดับ",),
    points: float = 15.0,
) -> Grid:
    """A ruled table whose rows return; its head stands again on every page."""

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


def memo_head() -> tuple[Shape, ...]:
    """The head of a memorandum: crest, name, ส่วนราชการ, ที่, วันที่, เรื่อง, เรียน."""

    def labelled(label: str, field: str) -> Line:
        return Line(((f"{label}  ", True), (field, False)), points=16, before=2)

    return (
        Grid(
            (24, WIDTH - 48, 24),
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
            (WIDTH / 2, WIDTH / 2),
            (((labelled("ที่", "{{เลขที่}}"),), (labelled("วันที่", "{{วันที่}}"),)),),
        ),
        labelled("เรื่อง", "{{เรื่อง}}"),
        Line((("เรียน  ", False), ("{{เรียน}}", False)), before=8),
    )


SEVERAL: tuple[Shape, ...] = (
    line("{%p if หลายโรงเรียน %}"),
    table(
        (11, WIDTH - 102, 33, 36, 22),
        ("ที่", "โรงเรียน", "วันที่", "เวลา (น.)", "วิธี"),
        "โรงเรียน",
        ("ลำดับ", "โรงเรียน", "วันที่", "เวลา", "วิธี"),
        points=13,
    ),
)
"""The schools of a paper that speaks of several; whoever sets it ends the "if"."""


def team(*, several: bool) -> Grid:
    """Who goes; with the numbers of their schools where there are several."""
    if several:
        widths: tuple[float, ...] = (12, 84, 34, WIDTH - 130)
        heads: tuple[str, ...] = ("ที่", "ชื่อ - สกุล / ตำแหน่ง", "หน้าที่", "โรงเรียนที่")
        fields: tuple[str, ...] = ("ลำดับ", "ชื่อ", "หน้าที่", "โรงเรียน")
    else:
        widths = (12, 104, WIDTH - 116)
        heads, fields = ("ที่", "ชื่อ - สกุล / ตำแหน่ง", "หน้าที่"), ("ลำดับ", "ชื่อ", "หน้าที่")
    return table(widths, heads, "คณะ", fields, centred=("ลำดับ", "โรงเรียน"))


RESULTS = (
    line("{%p for ข้อ in ผล %}"),
    line("{%p if ข้อ.หัวข้อ %}"),
    line("{{ข้อ.หัวข้อ}}", bold=True, before=4, keep=True),
    line("{%p endif %}"),
    line("{{ข้อ.ข้อความ}}", indent=12, first=-5),
    line("{%p endfor %}"),
)
CHECKS: tuple[Shape, ...] = (
    line("{%p if มีข้อตกลงเดิม %}"),
    line("ข้อตกลงครั้งก่อน", bold=True, before=6, keep=True),
    line("{%p endif %}"),
)
AGREED = (
    line("ข้อตกลงร่วมกันหลังการนิเทศ", bold=True, before=6, keep=True),
    table(
        (11, 73, 40, WIDTH - 124),
        ("ที่", "สิ่งที่ตกลงจะดำเนินการ", "ผู้รับผิดชอบ", "ภายในวันที่"),
        "ข้อตกลง",
        ("ลำดับ", "ข้อความ", "ผู้รับผิดชอบ", "วันที่"),
    ),
)
CHECKED = (
    line("{%p for ข้อ in ข้อตกลงเดิม %}"),
    line("{{ข้อ.ลำดับ}}. {{ข้อ.ข้อความ}} – {{ข้อ.ผล}} {{ข้อ.หมายเหตุ}}", indent=12, first=-5),
    line("{%p endfor %}"),
)
