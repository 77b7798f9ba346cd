"""The sheet หนังสือแจ้งโรงเรียน with its schedule."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import (
    BODY,
    FOOT,
    GAP,
    PAGE,
    SIGN_AT,
    WIDTH,
    made,
    table,
    team,
)
from nithet.foundation.documents.templates.sheets import Grid, line


@cache
def letter() -> bytes:
    """หนังสือแจ้งโรงเรียน; the schedule begins a page."""
    head = Grid(
        (WIDTH * 0.33, WIDTH * 0.27, WIDTH * 0.40),
        (
            (
                (line("ที่  {{เลขที่}}", before=62),),
                (line("{{ตราครุฑ}}", align="center"),),
                (line("{{ชื่อหน่วยงาน}}", before=40), line("{{ที่ตั้ง}}")),
            ),
        ),
    )
    ending = Grid(
        (SIGN_AT, WIDTH - SIGN_AT),
        (
            (
                (line("{{กลุ่ม}}", before=88, keep=True), line("{{โทรศัพท์}}")),
                (
                    line("{{คำลงท้าย}}", align="center", before=14, keep=True),
                    line("", before=36, keep=True, points=8),
                    line("({{ผู้ลงนาม}})", align="center", keep=True),
                    line("{{ตำแหน่งผู้ลงนาม}}", align="center"),
                ),
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
            line("สิ่งที่ส่งมาด้วย  {{สิ่ง.ลำดับ}}. {{สิ่ง.ชื่อ}}\t{{สิ่ง.จำนวน}}", before=4, tabs=(121.0,)),
            line("{%p endfor %}"),
            *BODY,
            ending,
            line("กำหนดการ", bold=True, points=20, align="center", starts_page=True),
            line("{{โรงเรียน}}", align="center"),
            line("{{วันนิเทศ}}", align="center"),
            line("." * 44, align="center"),
            GAP,
            table(
                (36, WIDTH - 36),
                ("เวลา", "รายการ"),
                "รายการ",
                ("เวลา", "ข้อความ"),
                centred=("เวลา",),
            ),
            line("คณะผู้นิเทศ", bold=True, before=8, keep=True),
            team(several=False),
            line(
                "หมายเหตุ  กำหนดการปรับได้ตามความเหมาะสมของโรงเรียน เวลาที่เว้นไว้ให้คณะและโรงเรียนตกลงร่วมกัน",
                points=14,
                before=6,
            ),
        ),
        title="หนังสือแจ้งโรงเรียน",
        page=PAGE,
        foot=FOOT,
    )
