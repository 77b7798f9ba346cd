"""The kinds of paper that a visit makes, with the fields that their templates may hold."""

from nithet.domain.papers.kinds import Field, PaperKind, register
from nithet.domain.supervision.rules.visit_sheets import copy, letter, order, report, slip, travel
from nithet.kernel.messages import msgid

_TEXT = Field("ข้อความ", "text", "ข้อความตัวอย่างหนึ่งย่อหน้า")
_NUMBER = Field("ลำดับ", "number", "1")
_SUBJECT = Field("เรื่อง", "subject", "การจัดการเรียนรู้เชิงรุก")
_SCHOOL = Field("โรงเรียน", "school", "โรงเรียนตัวอย่างที่ 1")
_WHEN = Field("วันนิเทศ", "when", "วันพฤหัสบดีที่ 24 พฤษภาคม 2555 เวลา 09.00 – 12.00 น.")
_WHO = Field("ใคร", "who", "ศึกษานิเทศก์ประจำเครือข่าย")
_TO = Field("เรียน", "to", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา")
_CLOSING = Field("คำลงท้าย", "closing", "จึงเรียนมาเพื่อโปรดทราบ")
_WRITER = Field("ผู้บันทึก", "writer", "ศึกษานิเทศก์ประจำเครือข่าย")
_NAME = Field("ชื่อแบบ", "name", "บันทึกการนิเทศการศึกษา")
_BODY = Field("เนื้อความ", "body", rows=(_TEXT,))
_PERSON = Field("ชื่อ", "title", "ศึกษานิเทศก์ประจำเครือข่าย")
_DUTY = Field("หน้าที่", "duty", "ผู้นิเทศ")
_PLACES = Field("โรงเรียน", "schools", "1")
_TEAM = Field("คณะ", "members", rows=(_NUMBER, _PERSON, _DUTY, _PLACES))
_SCHEDULE = Field(
    "โรงเรียน",
    "schools",
    rows=(
        _NUMBER,
        _SCHOOL,
        Field("วันที่", "day", "24 พฤษภาคม 2555"),
        Field("เวลา", "time", "09.00 – 12.00 น."),
        Field("วิธี", "way", "ที่โรงเรียน"),
    ),
)
_SEVERAL = Field("หลายโรงเรียน", "several", "มี")
_RESULTS = Field(
    "ผล",
    "results",
    rows=(Field("หัวข้อ", "heading", "จุดเด่น"), Field("ข้อความ", "text", "1. ครูจัดการเรียนรู้ให้ลงมือทำ")),
)
_CHECKS = Field(
    "ข้อตกลงเดิม",
    "checks",
    rows=(
        _NUMBER,
        Field("ข้อความ", "text", "จัดทำปฏิทินนิเทศภายใน"),
        Field("ผล", "answer", "แล้ว"),
        Field("หมายเหตุ", "note", "(เห็นปฏิทินแล้ว)"),
    ),
)
_SCHOOL_WORDS = Field("ความเห็นโรงเรียน", "school_words", "โรงเรียนเห็นด้วยกับข้อตกลง")
_HAS_CHECKS = Field("มีข้อตกลงเดิม", "has_checks", "มี")
_AGREEMENTS = Field(
    "ข้อตกลง",
    "agreements",
    rows=(
        _NUMBER,
        Field("ข้อความ", "text", "เปิดชั้นเรียนเดือนละครั้ง"),
        Field("ผู้รับผิดชอบ", "owner", "หัวหน้าวิชาการ"),
        Field("วันที่", "due", "30 มิ.ย. 2555"),
    ),
)

ORDER = PaperKind(
    "visit_order",
    msgid("Order that appoints a visiting team"),
    (
        _SUBJECT,
        _BODY,
        _SEVERAL,
        _SCHEDULE,
        _TEAM,
        Field("หน้าที่", "duties", rows=(_NUMBER, _TEXT)),
        Field("มีผลเมื่อ", "effective", "ตั้งแต่บัดนี้เป็นต้นไป"),
    ),
    order.order,
    "order",
    "order",
)
TRAVEL = PaperKind(
    "travel_memo",
    msgid("Memorandum that asks leave to travel for visits"),
    (
        _SUBJECT,
        _TO,
        _BODY,
        _SEVERAL,
        _SCHEDULE,
        _TEAM,
        Field("โครงการ", "project", "โครงการนิเทศ"),
        Field("ผู้ขอ", "asker", "ศึกษานิเทศก์ประจำเครือข่าย"),
        _CLOSING,
    ),
    travel.travel,
    "memo",
    "memo",
    crest=15.0,
)
LETTER = PaperKind(
    "visit_letter",
    msgid("Letter that tells a school of a visit, with the schedule"),
    (
        _SUBJECT,
        _TO,
        Field("อ้างถึง", "reference", "คำสั่งที่ 12/2555"),
        Field(
            "สิ่งที่ส่งมาด้วย",
            "enclosures",
            rows=(
                _NUMBER,
                Field("ชื่อ", "title", "กำหนดการ"),
                Field("จำนวน", "count", "จำนวน 1 ฉบับ"),
            ),
        ),
        _BODY,
        _CLOSING,
        _SCHOOL,
        Field("วันนิเทศ", "visit_day", _WHEN.example),
        Field("รายการ", "steps", rows=(Field("เวลา", "time", "09.00 น."), _TEXT)),
        _TEAM,
    ),
    letter.letter,
    "letter",
    "letter",
)
REPORT = PaperKind(
    "visit_report",
    msgid("Memorandum that reports a visit to the director"),
    (
        _SUBJECT,
        _TO,
        _BODY,
        _RESULTS,
        _CHECKS,
        _HAS_CHECKS,
        _AGREEMENTS,
        _TEAM,
        _WRITER,
        _SCHOOL_WORDS,
        Field("งานปกติ", "in_work", "บางส่วน – เห็นปฏิทินและแฟ้มของครู"),
        Field("ขั้นการพัฒนา", "development", rows=(_NUMBER, _TEXT)),
        Field("มีขั้นการพัฒนา", "has_development", "มี"),
        Field("ภาพถ่าย", "photos", "มีภาพถ่าย 4 ภาพแนบไว้กับบันทึกการนิเทศ"),
        _CLOSING,
    ),
    report.report,
    "memo",
    "report",
    crest=15.0,
)
COPY = PaperKind(
    "visit_copy",
    msgid("Copy of a visit that stays with the school"),
    (
        _NAME,
        _SCHOOL,
        _WHEN,
        Field("วิธี", "way", "(ทางโทรศัพท์)"),
        _WHO,
        _SUBJECT,
        Field("แบบนิเทศ", "tools", "แบบบันทึกการนิเทศ"),
        Field("ความต้องการ", "needs", "การอ่านออกเขียนได้"),
        _RESULTS,
        _CHECKS,
        _HAS_CHECKS,
        _AGREEMENTS,
        _SCHOOL_WORDS,
        Field("ผู้ลงชื่อโรงเรียน", "school_signer", "ผู้อำนวยการโรงเรียนตัวอย่างที่ 1"),
        Field("ตำแหน่งผู้ลงชื่อ", "school_signer_role", "ผู้บริหารสถานศึกษา"),
        Field("ลายมือชื่อโรงเรียน", "school_signature", is_picture=True, height=12.0),
        _TEAM,
        _WRITER,
    ),
    copy.copy,
    proof="visit_copy",
)
SLIP = PaperKind(
    "visit_slip",
    msgid("Slip of 10 x 15 cm for the school's supervision book"),
    (
        _NAME,
        _SCHOOL,
        _WHEN,
        _WHO,
        _SUBJECT,
        _RESULTS,
        Field("คิวอาร์สำเนา", "school_qr", is_picture=True, width=18.0),
        Field("คำใต้คิวอาร์", "school_qr_words", "สำเนาของโรงเรียน"),
        Field("คำใต้คิวอาร์ส่งกลับ", "return_words", "ส่งใบที่ลงนามแล้วกลับ"),
        Field("ชื่อผู้ออกนิเทศ", "visitor_name", "(ศึกษานิเทศก์ประจำเครือข่าย)"),
        Field("ชื่อผู้ลงชื่อโรงเรียน", "school_name", "(ผู้อำนวยการโรงเรียนตัวอย่างที่ 1)"),
    ),
    slip.slip,
    proof="school_logbook",
)
KINDS = (ORDER, TRAVEL, LETTER, REPORT, COPY, SLIP)


def register_all() -> None:
    """Make the kinds known."""
    for kind in KINDS:
        register(kind)
