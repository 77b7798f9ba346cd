"""Which column of a plan's table holds what, and which words begin a paragraph of a plan."""

import re

from nithet.kernel.numerals import to_arabic
from nithet.kernel.text import collapse, repair_thai

# The first that fits decides: "แหล่งงบประมาณ" speaks of the source, "โครงการ/กิจกรรม" of both.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("budget_title", re.compile(r"รายการ(?:งบ|ค่าใช้จ่าย|เงิน)")),
    ("source", re.compile(r"แหล่ง|ประเภทงบ|หมวดเงิน")),
    ("both", re.compile(r"โครงการ.*กิจกรรม")),
    ("owner", re.compile(r"รับผิดชอบ|เจ้าของโครงการ")),
    ("strategy", re.compile(r"กลยุทธ์")),
    ("objective", re.compile(r"วัตถุประสงค์")),
    ("begins", re.compile(r"^(?:วันที่|เดือนที่)?(?:เริ่ม|ตั้งแต่)")),
    ("ends", re.compile(r"^(?:วันที่|เดือนที่)?(?:สิ้นสุด|ถึง|แล้วเสร็จ)")),
    ("period", re.compile(r"ระยะเวลา|กำหนดเวลา|ช่วงเวลา|วัน.?เดือน.?ปี|วันที่ดำเนิน|เดือนที่ดำเนิน")),
    ("spent", re.compile(r"เบิกจ่าย|ใช้ไป")),
    ("budget", re.compile(r"งบประมาณ|วงเงิน|จำนวนเงิน|งบที่ใช้")),
    ("indicator", re.compile(r"ตัวชี้วัด")),
    ("target", re.compile(r"ค่าเป้าหมาย|เป้าหมาย")),
    ("project", re.compile(r"โครงการ")),
    ("activity", re.compile(r"กิจกรรม|ขั้นตอน")),
    ("number", re.compile(r"^(?:ที่|ลำดับ(?:ที่)?|ข้อ(?:ที่)?|no\.?)$", re.IGNORECASE)),
)
LONGEST_HEADING = 60

TOTAL = re.compile(r"^(?:ยอด)?รวม")
NUMBER = re.compile(r"^(?:[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]?|\([0-9]{1,3}\)|[-–•*])\s+(?=\S)|^[0-9]{1,3}(?:\.[0-9]{1,3})*[.)]\s*(?=[^\s0-9])")
STRATEGY = re.compile(r"^กลยุทธ์")
PROJECT = re.compile(r"^โครงการ")

_LABELS: tuple[tuple[str, str], ...] = (
    ("project", r"ชื่อ(?:งาน/?)?โครงการ"),
    ("objective", r"วัตถุประสงค์(?:ของโครงการ)?"),
    ("owner", r"(?:ผู้|กลุ่ม|หน่วยงาน)(?:ที่)?รับผิดชอบ(?:โครงการ)?"),
    ("period", r"(?:ระยะเวลา|กำหนดเวลา|ช่วงเวลา)(?:(?:ในการ)?ดำเนิน(?:การ|งาน|โครงการ))?"),
    ("source", r"แหล่ง(?:งบประมาณ|เงิน|ทุน)"),
    ("budget", r"(?:งบประมาณ|วงเงิน)(?:ที่ใช้|(?:ใน)?(?:การ)?ดำเนิน(?:การ|งาน)|ทั้งสิ้น)?"),
    ("activity", r"กิจกรรม(?:การดำเนินงาน|ดำเนินงาน|หลัก|ที่ดำเนินการ)?"),
    ("indicator", r"ตัวชี้วัด(?:ความสำเร็จ|โครงการ)*"),
    ("target", r"(?:ค่า)?เป้าหมาย(?:ของโครงการ|เชิงปริมาณ)?"),
)
LABEL = re.compile(
    "^(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS) + r")(?:\s*[:：]\s*|\s+|$)(?P<rest>.*)$"
)


def tidy(text: str) -> str:
    """Return a text with single spaces and its Thai letters in order."""
    return collapse(repair_thai(text))


def column_of(heading: str) -> str:
    """Return what a column holds: a name of the table above, "" where its heading is not known.

    >>> [column_of(one) for one in ("โครงการ/กิจกรรม", "แหล่งงบประมาณ", "งบประมาณ (บาท)", "ผู้รับผิดชอบ", "ที่", "หมายเหตุ")]
    ['both', 'source', 'budget', 'owner', 'number', '']
    """
    words = tidy(heading)
    if not words or len(words) > LONGEST_HEADING:
        return ""
    return next((name for name, shape in _COLUMNS if shape.search(words)), "")


def is_known(heading: str) -> bool:
    """Say whether a heading is one of a plan's table."""
    return bool(column_of(heading))


def without_number(text: str) -> str:
    """Return a text without the number or dash before it.

    >>> without_number("๑.๒ ประชุมชี้แจง"), without_number("1) นิเทศ"), without_number("- สรุปผล"), without_number("3 G")
    ('ประชุมชี้แจง', 'นิเทศ', 'สรุปผล', 'G')
    """
    found = NUMBER.match(to_arabic(text))
    return text[found.end() :].strip() if found else text


def label_of(text: str) -> tuple[str, str]:
    """Return (what a paragraph begins with, the rest of it); ("", text) for none.

    >>> label_of("2. วัตถุประสงค์ : เพื่อพัฒนา"), label_of("กิจกรรมการดำเนินงาน"), label_of("กิจกรรมวันภาษาไทย")
    (('objective', 'เพื่อพัฒนา'), ('activity', ''), ('', 'กิจกรรมวันภาษาไทย'))
    """
    words = without_number(tidy(text))
    found = LABEL.match(words)
    if not found:
        return "", words
    name = next(name for name, _ in _LABELS if found[name] is not None)
    return name, found["rest"].strip()
