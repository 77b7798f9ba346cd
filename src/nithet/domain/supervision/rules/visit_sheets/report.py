"""The sheet บันทึกข้อความรายงานผลการนิเทศ."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import (
    AGREED,
    BODY,
    CHECKED,
    CHECKS,
    FIRST,
    FOOT,
    PAGE,
    RESULTS,
    SIGN_AT,
    WIDTH,
    made,
    memo_head,
)
from nithet.foundation.documents.templates.sheets import Grid, Line, line


@cache
def report() -> bytes:
    """บันทึกข้อความรายงานผลการนิเทศ เสนอ ผอ."""
    half = WIDTH / 2
    decision = Grid(
        (half, half),
        (
            (
                (
                    line("ความเห็นของผู้อำนวยการกลุ่ม", bold=True, points=15),
                    line("." * 50, points=15, before=2),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", points=15, before=14),
                    line(f"({'.' * 40})", align="center", points=15),
                    line("ผู้อำนวยการกลุ่ม", align="center", points=15),
                ),
                (
                    line("คำสั่งของผู้อำนวยการสำนักงานเขต", bold=True, points=15),
                    line("☐ ทราบ   ☐ ดำเนินการ ..................", points=15, before=2),
                    line(f"(ลงชื่อ) {'.' * 36}", align="center", points=15, before=14),
                    line(f"({'.' * 40})", align="center", points=15),
                    line("ผู้อำนวยการสำนักงานเขต", align="center", points=15),
                ),
            ),
        ),
        ruled=True,
    )
    return made(
        (
            *memo_head(),
            *BODY,
            *RESULTS,
            *CHECKS,
            *CHECKED,
            line("{%p if มีขั้นการพัฒนา %}"),
            line("ขั้นของการพัฒนา", bold=True, before=6, keep=True),
            line("{%p endif %}"),
            line("{%p for ข้อ in ขั้นการพัฒนา %}"),
            line("{{ข้อ.ลำดับ}}. {{ข้อ.ข้อความ}}", indent=12, first=-5),
            line("{%p endfor %}"),
            line("{%p if งานปกติ %}"),
            Line((("ระบบประกันคุณภาพอยู่ในงานปกติ  ", True), ("{{งานปกติ}}", False)), before=6),
            line("{%p endif %}"),
            *AGREED,
            line("{%p if ความเห็นโรงเรียน %}"),
            line("ความเห็นของโรงเรียน", bold=True, before=6, keep=True),
            line("{{ความเห็นโรงเรียน}}", indent=7),
            line("{%p endif %}"),
            line("{%p if ภาพถ่าย %}"),
            line("{{ภาพถ่าย}}", first=FIRST, before=2),
            line("{%p endif %}"),
            line("{{คำลงท้าย}}", first=FIRST, before=8, keep=True),
            line("{%p for คน in คณะ %}"),
            line(f"(ลงชื่อ) {'.' * 46}", align="center", indent=SIGN_AT, before=18, keep=True),
            line("({{คน.ชื่อ}})", align="center", indent=SIGN_AT, keep=True),
            line("{{คน.หน้าที่}}", align="center", indent=SIGN_AT, keep=True),
            line("{%p endfor %}"),
            line("ผู้บันทึก  {{ผู้บันทึก}}", points=14, before=4, keep=True),
            decision,
        ),
        title="บันทึกข้อความรายงานผลการนิเทศ",
        page=PAGE,
        foot=FOOT,
    )
