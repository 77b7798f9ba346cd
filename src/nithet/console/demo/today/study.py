"""A study of the second office: two cycles, values before and after of twelve schools and of few pupils."""

from collections.abc import Sequence
from datetime import date

from nithet.console.demo.example_year.marks import EXAMPLE
from nithet.console.demo.today.calendar import written_on
from nithet.domain.supervision.actions.studies import add_cycle, add_measure, open_study
from nithet.domain.supervision.models.studies import Study, StudyMeasure
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.access.actors import Actor

READING = (
    (54, 61), (48, 57), (62, 66), (51, 50), (45, 58), (58, 63),
    (66, 71), (49, 55), (57, 57), (52, 64), (60, 65), (47, 52),
)  # fmt: skip
"""Pupils of ป.1 to ป.3 who read at their level, percent a school, before and after."""
PLANNING = ((2, 3), (3, 4), (2, 4), (3, 3), (2, 3))
"""Levels of planning of five teachers, of 5: too few to say more than that they were five."""


def study_of(actor: Actor, visits: dict[str, list[Visit]]) -> Study:
    """Open the study, with its cycles and what was measured."""
    earlier, later, *_ = visits.values()
    with written_on(date(2025, 11, 20)):
        study = open_study(
            actor=actor,
            title=f"การพัฒนารูปแบบการนิเทศแบบพาทำด้วยวง PLC เพื่อส่งเสริมการอ่านในโรงเรียนขนาดเล็ก ({EXAMPLE})",
            fiscal_year=2569,
            problem="นักเรียนชั้น ป.1 – ป.3 ของโรงเรียนขนาดเล็กอ่านได้ตามระดับชั้นไม่ถึงสองในสาม และครูหนึ่งคนสอนสองชั้น",
            aims="พัฒนารูปแบบการนิเทศที่ครูทำได้จริงในเวลาสอน และดูผลต่อการอ่านของนักเรียน",
            innovation="วง PLC หลังสอน 30 นาที กับใบบันทึกการอ่านรายบุคคลหน้าเดียว",
            group="โรงเรียนขนาดเล็ก 12 โรงเรียน เลือกแบบเจาะจงจากโรงเรียนที่แจ้งความต้องการ",
            findings="นักเรียนอ่านได้ตามระดับชั้นมากขึ้นใน 10 จาก 12 โรงเรียน ครูบอกว่าวง PLC 30 นาทีทำได้จริง แต่ไม่มีกลุ่มเปรียบเทียบ",
            suggestions="ปีถัดไปให้เพิ่มโรงเรียนที่ยังไม่เข้าร่วมเป็นกลุ่มเปรียบเทียบ และเก็บผลเมื่อสิ้นภาคเรียนที่ 2",
        )
    with written_on(date(2026, 1, 28)):
        add_cycle(
            actor=actor,
            study=study,
            visits=_of_study(earlier),
            starts_on=date(2025, 11, 20),
            ends_on=date(2026, 1, 28),
            problem="ครูยังไม่มีข้อมูลการอ่านรายบุคคล",
            design="ใช้ใบบันทึกการอ่านรายบุคคล แล้วคุยในวง PLC เดือนละสองครั้ง",
            tried="ทดลองใน 12 โรงเรียน ศึกษานิเทศก์ร่วมวงทุกครั้งในเดือนแรก",
            evaluated="ใบบันทึกยาวเกินไป ครูกรอกไม่ทัน 5 โรงเรียน",
            changed="ตัดใบบันทึกเหลือหน้าเดียว และให้ครูนำวงเอง",
        )
    with written_on(date(2026, 8, 20)):
        add_cycle(
            actor=actor,
            study=study,
            visits=_of_study(later),
            starts_on=date(2026, 6, 8),
            ends_on=date(2026, 8, 20),
            problem="จะให้ครูนำวง PLC เองได้อย่างไร",
            design="ใบบันทึกหน้าเดียว ครูนำวงเอง ศึกษานิเทศก์ร่วมเดือนละครั้ง",
            tried="ครบ 12 โรงเรียน จัดวง PLC รวม 58 ครั้ง",
            evaluated="ร้อยละนักเรียนที่อ่านได้ตามระดับชั้นสูงขึ้น 10 จาก 12 โรงเรียน เท่าเดิม 1 ลดลง 1",
        )
        add_measure(
            actor=actor,
            study=study,
            title="ร้อยละนักเรียน ป.1 – ป.3 ที่อ่านได้ตามระดับชั้น",
            unit="ร้อยละ",
            of=StudyMeasure.Of.SCHOOL,
            source=f"แบบบันทึกการอ่านของโรงเรียน ({EXAMPLE})",
            values=[
                (f"โรงเรียน {number:02}", str(before), str(after))
                for number, (before, after) in enumerate(READING, 1)
            ],
        )
        add_measure(
            actor=actor,
            study=study,
            title="ระดับการวางแผนการสอนอ่านของครู",
            unit="ระดับ 1 – 5",
            of=StudyMeasure.Of.TEACHER,
            source=f"แบบร่วมสังเกตชั้นเรียน ({EXAMPLE})",
            values=[
                (f"ครู {number:02}", str(before), str(after))
                for number, (before, after) in enumerate(PLANNING, 1)
            ],
        )
    return study


def _of_study(visits: Sequence[Visit]) -> list[Visit]:
    return list(visits[:12])
