"""The sheet ใบติดสมุดนิเทศ."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import made
from nithet.foundation.documents.model import Page
from nithet.foundation.documents.templates.sheets import Grid, Line, line


@cache
def slip() -> bytes:
    """ใบติดสมุดนิเทศ, 10 x 15 cm: one QR opens the school's copy without an account, the other files the signed slip."""
    page = Page(sheet="slip", top=6.0, bottom=5.0, left=6.0, right=6.0)
    width = page.text_width
    head = Grid(
        (width - 22, 22),
        (
            (
                (
                    line("{{ชื่อแบบ}}", bold=True, points=15),
                    line("{{โรงเรียน}}", bold=True, points=13),
                    line("{{ชื่อย่อหน่วยงาน}}", points=11),
                    line("{{รหัสเอกสาร}}", points=9),
                ),
                (
                    line("{{คิวอาร์สำเนา}}", points=11, align="center"),
                    line("{{คำใต้คิวอาร์}}", points=9, align="center"),
                ),
            ),
        ),
    )
    side = (width - 18) / 2
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
                (side, 18, side),
                (
                    (
                        (
                            line("." * 28, points=12, align="center", before=16),
                            line("{{ชื่อผู้ออกนิเทศ}}", points=10, align="center"),
                            line("ผู้ออกนิเทศ", points=12, align="center"),
                        ),
                        (
                            line("{{คิวอาร์}}", points=11, align="center"),
                            line("{{คำใต้คิวอาร์ส่งกลับ}}", points=8, align="center"),
                        ),
                        (
                            line("." * 28, points=12, align="center", before=16),
                            line("{{ชื่อผู้ลงชื่อโรงเรียน}}", points=10, align="center"),
                            line("ผู้บริหารสถานศึกษา", points=12, align="center"),
                        ),
                    ),
                ),
            ),
        ),
        title="ใบติดสมุดนิเทศ",
        page=page,
    )
