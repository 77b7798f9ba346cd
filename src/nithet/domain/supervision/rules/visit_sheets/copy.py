"""The sheet สำเนาการนิเทศ."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import (
    AGREED,
    CHECKED,
    CHECKS,
    GAP,
    RESULTS,
    made,
)
from nithet.foundation.documents.model import Page
from nithet.foundation.documents.templates.sheets import Grid, Line, line


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
                    line("{%p if ลายมือชื่อโรงเรียน %}"),
                    line("{{ลายมือชื่อโรงเรียน}}", align="center", keep=True),
                    line("{%p else %}"),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", before=16),
                    line("{%p endif %}"),
                    line("({{ผู้ลงชื่อโรงเรียน}})", align="center"),
                    line("{%p if ตำแหน่งผู้ลงชื่อ %}"),
                    line("{{ตำแหน่งผู้ลงชื่อ}}", align="center"),
                    line("{%p endif %}"),
                ),
            ),
        ),
    )
    return made(
        (
            line("{{ชื่อแบบ}}", bold=True, points=20, align="center"),
            line("สำเนาสำหรับโรงเรียน", align="center"),
            line("{{ชื่อหน่วยงาน}}", align="center"),
            GAP,
            fact("สถานศึกษา", "{{โรงเรียน}}"),
            fact("วันที่", "{{วันนิเทศ}} {{วิธี}}"),
            fact("ผู้ออกนิเทศ", "{{ใคร}}"),
            fact("เรื่อง", "{{เรื่อง}}"),
            fact("แบบนิเทศ", "{{แบบนิเทศ}}"),
            fact("ความต้องการจำเป็นที่ตอบ", "{{ความต้องการ}}"),
            *RESULTS,
            *CHECKS,
            *CHECKED,
            *AGREED,
            line("ความเห็นของโรงเรียน", bold=True, before=6, keep=True),
            line("{{ความเห็นโรงเรียน}}", indent=7, keep=True),
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
