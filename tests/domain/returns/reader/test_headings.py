"""The headings of column 4 in the wordings that offices use."""

import pytest

from nithet.domain.returns.document import Section
from nithet.domain.returns.reader.headings import split_heading

FACTORS, RESULTS, PROBLEMS, TO_DEVELOP, WAY_FORWARD = Section


@pytest.mark.parametrize(
    ("line", "section", "mark", "rest"),
    [
        ("1.ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย", FACTORS, "1.", ""),
        ("1.  ปัจจัย / วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย :", FACTORS, "1.", ""),
        ("ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย/Best Practice", FACTORS, "", ""),
        ("๑. ปัจจัยและวิธีการ", FACTORS, "๑.", ""),
        ("1) ปัจจัย", FACTORS, "1)", ""),
        ("ผลการดำเนินงาน", RESULTS, "", ""),
        ("2. ผลการดำเนินงาน", RESULTS, "2.", ""),
        ("2. ปัญหา/อุปสรรค/ข้อจำกัด ที่ทำให้การดำเนินงานไม่ประสบความสำเร็จ ตามเป้าหมาย", PROBLEMS, "2.", ""),
        ("2. อุปสรรค/ข้อจำกัด ที่ทำให้การดำเนินงานไม่ประสบความสำเร็จตามเป้าหมาย", PROBLEMS, "2.", ""),
        ("2. ปัญหาอุปสรรคข้อจำกัดที่ทำให้การดำเนินงานไม่ประสบผลสำเร็จตามเป้าหมาย", PROBLEMS, "2.", ""),
        ("2.  ปัญหา/อุปสรรค/ข้อจำกัด    -   (ไม่มี)    -", PROBLEMS, "2.", "-   (ไม่มี)    -"),
        ("ปัญหา อุปสรรค", PROBLEMS, "", ""),
        ("ปัญหาและอุปสรรค", PROBLEMS, "", ""),
        ("3.จุดที่ควรพัฒนา", TO_DEVELOP, "3.", ""),
        ("สิ่งที่ควรพัฒนา", TO_DEVELOP, "", ""),
        ("4. .แนวทางการพัฒนา", WAY_FORWARD, "4. .", ""),
        ("แนวทางแก้ไข", WAY_FORWARD, "", ""),
        ("4. แนวทางในการพัฒนา (ต่อ)", WAY_FORWARD, "4.", ""),
        ("4. แนวทางการพัฒนา 4.1 จัดอบรม", WAY_FORWARD, "4.", "4.1 จัดอบรม"),
        ("3. จุดที่ควรพัฒนาของโรงเรียนขนาดเล็ก", TO_DEVELOP, "3.", ""),
    ],
)
def test_a_heading_is_known_in_every_wording(
    line: str, section: Section, mark: str, rest: str
) -> None:
    found = split_heading(line)
    assert found is not None
    assert (found.section, found.mark, found.rest) == (section, mark, rest)


@pytest.mark.parametrize(
    "line",
    [
        "2.1 ปัญหาการขาดแคลนบุคลากรของโรงเรียน",
        "2. ปัญหาบุคลากรไม่เพียงพอ",
        "ปัจจัยที่ทำให้นักเรียนอ่านออกคือครู",
        "ผลการดำเนินงานดีขึ้น",
        "- แนวทางการพัฒนา",
        "แนวทางการพัฒนาครูทั้งระบบ",
        "3.1 จุดที่ควรพัฒนา",
        "ข้อจำกัดของเวลา",
        "1. จัดทำแผน",
        "",
    ],
)
def test_a_sentence_that_begins_like_a_heading_is_none(line: str) -> None:
    assert split_heading(line) is None
