"""The sheet บันทึกข้อความขออนุญาตไปราชการ."""

from functools import cache

from nithet.domain.supervision.rules.visit_sheets.parts import (
    BODY,
    FIRST,
    FOOT,
    GAP,
    PAGE,
    SEVERAL,
    WIDTH,
    made,
    memo_head,
    team,
)
from nithet.foundation.documents.templates.sheets import Grid, Line, line


@cache
def travel() -> bytes:
    """บันทึกข้อความขออนุญาตไปราชการ; the car and the money are ticked by hand, the decision stands below."""
    third = WIDTH / 3
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
                    line(f"({'.' * 30})", align="center", points=14),
                    line("ผู้อำนวยการกลุ่ม", align="center", points=14),
                    line("วันที่ ........................", align="center", points=14),
                ),
                (
                    line("คำสั่ง", bold=True, points=14),
                    line("☐ อนุญาต  ☐ ไม่อนุญาต", points=14, before=2),
                    line(f"(ลงชื่อ) {'.' * 26}", align="center", points=14, before=18),
                    line(f"({'.' * 30})", align="center", points=14),
                    line("ผู้อำนวยการสำนักงานเขต", align="center", points=14),
                    line("วันที่ ........................", align="center", points=14),
                ),
            ),
        ),
        ruled=True,
    )
    return made(
        (
            *memo_head(),
            *BODY,
            GAP,
            *SEVERAL,
            line("{%p endif %}"),
            team(several=False),
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
            line("{{คำลงท้าย}}", first=FIRST, before=8, keep=True),
            GAP,
            decision,
        ),
        title="บันทึกข้อความขออนุญาตไปราชการ",
        page=PAGE,
        foot=FOOT,
    )
