"""What figures of a school offer as needs. Plain decisions; a person accepts each."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

TESTS = {
    "rt_p1": "RT ชั้น ป.1",
    "nt_p3": "NT ชั้น ป.3",
    "onet_p6": "O-NET ชั้น ป.6",
    "onet_m3": "O-NET ชั้น ม.3",
    "onet_m6": "O-NET ชั้น ม.6",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A need that figures suggest: the point of the record in our own code, the topic, the words, and the figure behind it."""

    point: str
    area: str
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class StaffFigures:
    """The staffing of a school as at a day, each None where it is not known."""

    as_at: str
    teachers: int | None
    teachers_entitled: int | None
    teacher_per_class: bool | None
    teachers_on_major: int | None
    janitors: int | None


def staffing_offers(found: StaffFigures) -> Iterator[Offer]:
    """Yield what the staffing of a school suggests; what is not known suggests nothing."""
    area = "อัตรากำลัง"
    if found.teacher_per_class is False:
        yield Offer(
            "teacher_per_class",
            area,
            "ครูไม่ครบชั้นเรียน ต้องการการช่วยเหลือเรื่องการจัดการเรียนรู้แบบคละชั้นหรือครูเพิ่ม",
            f"ครูไม่ครบชั้น ณ วันที่ {found.as_at}",
        )
    present, entitled = found.teachers, found.teachers_entitled
    if present is not None and entitled is not None and present < entitled:
        yield Offer(
            "teachers_missing",
            area,
            f"ขาดครู {entitled - present} คนตามเกณฑ์",
            f"มีครู {present} คน เกณฑ์ {entitled} คน ณ วันที่ {found.as_at}",
        )
    on_major = found.teachers_on_major
    if present and on_major is not None and on_major < present:
        yield Offer(
            "off_major",
            area,
            "ครูสอนไม่ตรงวิชาเอก ต้องการการพัฒนาครูในวิชาที่สอน",
            f"สอนตรงวิชาเอก {on_major} จาก {present} คน ณ วันที่ {found.as_at}",
        )
    if found.janitors == 0:
        yield Offer("no_janitor", area, "ไม่มีนักการภารโรง", f"นักการภารโรง 0 คน ณ วันที่ {found.as_at}")


def head_offer(status: str) -> Offer | None:
    """Return what a vacant post of the head suggests."""
    if status not in {"vacant", "acting"}:
        return None
    because = "ไม่มีผู้อำนวยการโรงเรียน" if status == "vacant" else "ไม่มีผู้อำนวยการโรงเรียน มีผู้รักษาการ"
    return Offer("no_head", "การบริหาร", "ไม่มีผู้อำนวยการโรงเรียน ต้องการพี่เลี้ยงด้านการบริหาร", because)


def size_offer(pupils: int | None, below: int | None, as_at: str) -> Offer | None:
    """Return what few pupils suggest; a school without any pupils suggests nothing to supervise."""
    if below is None or not pupils or pupils >= below:
        return None
    return Offer(
        "few_pupils",
        "โรงเรียนขนาดเล็ก",
        "เป็นโรงเรียนขนาดเล็ก ต้องการการดูแลช่วยเหลือเป็นพิเศษ",
        f"นักเรียน {pupils} คน น้อยกว่า {below} คน ณ วันที่ {as_at}",
    )


@dataclass(frozen=True, slots=True)
class TestFigures:
    """A result of a national test."""

    __test__ = False  # not a test of pytest's

    test: str
    academic_year: int
    subject: str
    tested: int
    mean: Decimal
    full_marks: int


def results_offer(found: TestFigures, below: Decimal | None, tested_at_least: int) -> Offer | None:
    """Return what a mean below the office's threshold suggests; no threshold, or too few pupils tested: nothing.

    The share of the full marks is compared exactly and shown with two decimals.
    """
    if below is None or found.tested < tested_at_least or found.full_marks <= 0:
        return None
    share = found.mean * 100 / found.full_marks
    if share >= below:
        return None
    return Offer(
        "mean",
        found.subject,
        f"ยกระดับผลสัมฤทธิ์ {found.test} วิชา{found.subject}",
        f"{found.test} ปีการศึกษา {found.academic_year} เฉลี่ยร้อยละ {share:.2f} (n = {found.tested}) "
        f"ต่ำกว่าร้อยละ {below.normalize():f}",
    )
