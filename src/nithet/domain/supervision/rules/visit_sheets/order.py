"""The sheet คำสั่งแต่งตั้งคณะนิเทศ."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import (
    BODY,
    FIRST,
    FOOT,
    GAP,
    PAGE,
    SEVERAL,
    SIGN_AT,
    made,
    team,
)
from nithet.foundation.documents.templates.sheets import line


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
            *BODY,
            GAP,
            *SEVERAL,
            team(several=True),
            line("{%p else %}"),
            team(several=False),
            line("{%p endif %}"),
            line("ให้ผู้ได้รับแต่งตั้งมีหน้าที่ดังนี้", first=FIRST, before=4, keep=True),
            line("{%p for งาน in หน้าที่ %}"),
            line("{{งาน.ลำดับ}}. {{งาน.ข้อความ}}", align="thaiDistribute", first=FIRST),
            line("{%p endfor %}"),
            line("ทั้งนี้ {{มีผลเมื่อ}}", first=FIRST, before=8, keep=True),
            line("สั่ง ณ วันที่ {{วันที่}}", first=FIRST + 25, before=8, keep=True),
            line("", before=36, keep=True, points=8),
            line("({{ผู้ลงนาม}})", align="center", indent=SIGN_AT, keep=True),
            line("{{ตำแหน่งผู้ลงนาม}}", align="center", indent=SIGN_AT),
        ),
        title="คำสั่งแต่งตั้งคณะนิเทศ",
        page=PAGE,
        foot=FOOT,
    )
