"""What words of a return say about their record: kinds of evidence and work, targets, committees."""

import re
from dataclasses import dataclass

from nithet.domain.returns.reader.facts.counts import find_counts
from nithet.domain.returns.reader.passages import Passage
from nithet.kernel.numerals import to_arabic

_EVIDENCE = (
    ("project_document", re.compile(r"(?:เอกสาร\s*)?โครงการ(?!สร้าง)")),
    ("supervision_plan", re.compile(r"(?:เอกสาร\s*)?แผน(?:ปฏิบัติการ|การ|งาน)?\s*นิเทศ")),
    ("supervision_report", re.compile(r"(?:เอกสาร\s*)?(?:สรุป|รายงาน)[^ ]*\s*การนิเทศ")),
    ("visit_copy", re.compile(r"สำเนา[^ ]*นิเทศ|(?:บันทึก|สมุด)[^ ]*(?:นิเทศ|เยี่ยม)")),
    ("manual", re.compile(r"(?:เอกสาร\s*)?คู่มือ")),
    ("committee_report", re.compile(r"(?:เอกสาร\s*)?รายงาน.*คณะกรรมการเขต")),
    ("slides", re.compile(r".*(?:power\s*point|พาวเวอร์\s*พอยท?์|สไลด์|\.pptx?\b)", re.IGNORECASE)),
    (
        "disc",
        re.compile(r"(?:แผ่น\s*)?(?:c\s*\.?\s*d|d\s*\.?\s*v\s*\.?\s*d|ซีดี|วีซีดี|ดีวีดี)\b", re.IGNORECASE),
    ),
    ("communication_record", re.compile(r"หลักฐาน.*(?:ติดต่อ)?สื่อสาร")),
    ("booklet", re.compile(r"(?:เอกสาร|หนังสือ|วารสาร|จุลสาร|กรมธรรม์|แผ่นพับ)")),
)
_PREPARATION = re.compile(
    r"(?:ได้\s*)?(?:การ\s*)?(?:ศึกษา|วางแผน|วิเคราะห์|ออกแบบ|กำหนด|จัดทำ|แต่งตั้ง|เตรียม|จัดหา)"
)
_TRAINING = re.compile(r"อบรม|ประชุม|สัมมนา|แลกเปลี่ยนเรียนรู้|ศึกษาดูงาน")
_SUPERVISION = re.compile(r"นิเทศ|ตรวจเยี่ยม|เยี่ยมโรงเรียน|ติดตาม|coaching|monitoring", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"(?:อย่างน้อย|ไม่น้อยกว่า|ไม่ต่ำกว่า)\s*(?:(?P<per>ภาคเรียน|ปีการศึกษา|ปีงบประมาณ|ปี|เดือน)ละ\s*)?(?=\d)"
)
_YEARS = (
    ("academic_year", re.compile(r"ปีการศึกษา\s?\d{4}")),
    ("fiscal_year", re.compile(r"ปีงบประมาณ\s?\d{4}")),
)
_PERIOD_OF = {"ภาคเรียน": "semester", "ปีการศึกษา": "academic_year", "ปีงบประมาณ": "fiscal_year"}
_COMMITTEE = re.compile(r"คณะกรรมการเขตพื้นที่การศึกษา(?:(?:ประถมศึกษา|มัธยมศึกษา)[ก-๎]+\s?เขต\s?\d{1,2})?")
_OF_COMMITTEE = re.compile(r"(?:คณะ)?กรรมการ(?:เขต|ติดตาม)")


def evidence_kind(title: str, *, tells: bool) -> str:
    """The kind of evidence that a title names; "statement" or "document" where it names none.

    ``tells``: the entry is a text that tells of things, rather than the title of one.

    >>> evidence_kind("C.D. การพัฒนาระบบ", tells=False), evidence_kind("ภาพถ่าย", tells=False)
    ('disc', 'document')
    >>> evidence_kind("รายงานผลการดำเนินงานคณะกรรมการเขตพื้นที่การศึกษา", tells=False)
    'committee_report'
    """
    for kind, pattern in _EVIDENCE:
        if pattern.match(title):
            return kind
    return "statement" if tells else "document"


def activity_kind(text: str) -> str:
    """What kind of work a point tells of, by its words.

    >>> activity_kind("จัดอบรมเชิงปฏิบัติการ"), activity_kind("ศึกษาประกาศกระทรวง")
    ('training', 'preparation')
    >>> activity_kind("นิเทศติดตามผล"), activity_kind("นำความรู้สู่การปฏิบัติ")
    ('supervision', 'other')
    """
    if _PREPARATION.match(text) and not _TRAINING.match(text.removeprefix("จัดทำ")):
        return "preparation"
    if _TRAINING.search(text[:60]):
        return "training"
    return "supervision" if _SUPERVISION.search(text) else "other"


@dataclass(frozen=True, slots=True)
class Target:
    """A numeric target: at least so many, and over what it is counted."""

    value: int
    unit: str
    period_kind: str
    """As `plans.Policy.PeriodKind`; "none" where no period is stated."""
    period_label: str


def target_in(text: str) -> Target | None:
    """The target that a policy sets in words like "อย่างน้อย 35 โรงเรียน ในปีการศึกษา 2555".

    >>> target_in("ควรออกเยี่ยมโรงเรียนอย่างน้อยภาคเรียนละ 1 ครั้ง")
    Target(value=1, unit='ครั้ง', period_kind='semester', period_label='ภาคเรียนละ')
    >>> target_in("ให้ได้อย่างน้อย ๓๕ โรงเรียน ในปีการศึกษา ๒๕๕๕").period_label
    'ปีการศึกษา 2555'
    >>> target_in("สิทธิเสมอกันในการศึกษา 15 ปี โดยไม่เสียค่าใช้จ่าย")
    """
    plain = to_arabic(text)
    match = _AT_LEAST.search(plain)
    if match is None:
        return None
    count = next(find_counts(Passage(plain[match.end() : match.end() + 60], None, ())), None)
    if count is None or not isinstance(count.value, int):
        return None
    if not plain.startswith(f"{count.value}", match.end()):
        return None
    if match["per"]:
        return Target(
            count.value, count.unit, _PERIOD_OF.get(match["per"], "none"), f"{match['per']}ละ"
        )
    for kind, pattern in _YEARS:
        if year := pattern.search(plain):
            return Target(count.value, count.unit, kind, year[0])
    return Target(count.value, count.unit, "none", "")


def committee_in(texts: tuple[str, ...]) -> str | None:
    """The area committee's name as a return writes it, the fullest one; None where it has none.

    >>> committee_in(("กรรมการเขต", "รายงานผลคณะกรรมการเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1 ปี"))
    'คณะกรรมการเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี เขต 1'
    """
    names = [name for text in texts for name in _COMMITTEE.findall(to_arabic(text))]
    return max(names, key=len, default=None)


def is_of_committee(text: str) -> bool:
    """Whether a visit, by the project or point that tells of it, is a committee's.

    >>> is_of_committee("โครงการคณะกรรมการเขตตรวจเยี่ยมโรงเรียน"), is_of_committee("นิเทศภายใน")
    (True, False)
    """
    return bool(_OF_COMMITTEE.search(text))
