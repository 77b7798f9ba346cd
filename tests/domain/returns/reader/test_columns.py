"""Columns 3, 4 and 5 line by line."""

from nithet.domain.returns.document import Kind, Role, Section
from nithet.domain.returns.reader.evidence import read_evidence
from nithet.domain.returns.reader.information import read_information
from nithet.domain.returns.reader.lines import SourceLine
from nithet.domain.returns.reader.narrative import NarrativeReader


def lines(*texts: str) -> list[SourceLine]:
    return [SourceLine(number, text) for number, text in enumerate(texts, 1)]


def information(*texts: str, first: bool = True) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in read_information(lines(*texts), first=first)]


def narrative(*texts: str) -> list[tuple[str, str]]:
    return [(p.role.value, p.text) for p in NarrativeReader().read(lines(*texts))]


def test_a_box_that_names_a_project_is_a_project_and_never_a_test() -> None:
    found = information("(  โครงการเยี่ยมโรงเรียน", "( ตามแผนงาน/โครงการ", first=False)
    assert found == [(Kind.PROJECT, "โครงการเยี่ยมโรงเรียน"), (Kind.TEST, "ตามแผนงาน/โครงการ")]


def test_projects_stand_below_their_label_with_or_without_numbers() -> None:
    names = ["ชื่อแผนงาน/", "โครงการ", "โครงการอบรมครู", "โครงการนิเทศ", "ภายใน"]
    assert information("1. มีแผนงาน", *names) == [
        (Kind.REQUIREMENT, "มีแผนงาน"),
        (Kind.PROJECT_LABEL, "ชื่อแผนงาน/โครงการ"),
        (Kind.PROJECT, "โครงการอบรมครู"),
        (Kind.PROJECT, "โครงการนิเทศภายใน"),
    ]


def test_a_label_and_its_project_may_share_a_line() -> None:
    assert information("( ชื่อโครงการ: 1. โครงการอบรมครู", first=False) == [
        (Kind.PROJECT_LABEL, "ชื่อโครงการ"),
        (Kind.PROJECT, "โครงการอบรมครู"),
    ]


def test_words_in_parentheses_are_no_box() -> None:
    found = information("1. บริหารจัดการโดยใช้โรงเรียนเป็นฐาน", "(School-Based Management : SBM)")
    assert found == [
        (Kind.REQUIREMENT, "บริหารจัดการโดยใช้โรงเรียนเป็นฐาน (School-Based Management : SBM)")
    ]


def test_evidence_without_boxes_is_told_by_its_numbers() -> None:
    found = read_evidence(lines("1. แผนปฏิบัติการ", "ประจำปี", "2. รายงาน", "- ภาพถ่าย"))
    assert [(m.mark, m.title, m.boxed) for m in found] == [
        ("1.", "แผนปฏิบัติการประจำปี", False),
        ("2.", "รายงาน", False),
        ("-", "ภาพถ่าย", False),
    ]


def test_numbers_below_a_box_are_part_of_its_entry() -> None:
    found = read_evidence(lines("☑ หลักฐานการประชุม", "1. วาระ", "2. รายงาน", "☐ ภาพถ่าย"))
    assert [(m.title, m.body, m.ticked) for m in found] == [
        ("หลักฐานการประชุม", ("1. วาระ", "2. รายงาน"), True),
        ("ภาพถ่าย", (), False),
    ]


def test_a_lost_mark_whose_text_closes_a_parenthesis_is_ambiguous() -> None:
    found = read_evidence(lines("( เอกสารแนบ", "ข้อที่ 1 นำเสนอ)", "( แผน (ร่าง)", "(ดูเอกสาร ก)"))
    assert [(m.title, m.ambiguous) for m in found] == [
        ("เอกสารแนบข้อที่ 1 นำเสนอ)", True),
        ("แผน (ร่าง) (ดูเอกสาร ก)", False),
    ]


def test_lines_without_a_mark_belong_to_the_point_before_them() -> None:
    found = narrative("4. แนวทางการพัฒนา", "- เทคนิค PETCH 3 G", "", "(รายละเอียดอยู่ใน", "เอกสารแนบ)")
    assert found == [
        (Role.HEADING, "แนวทางการพัฒนา"),
        (Role.POINT, "เทคนิค PETCH 3 G (รายละเอียดอยู่ในเอกสารแนบ)"),
    ]


def test_paragraphs_before_any_point_stand_for_themselves() -> None:
    found = narrative("ปัจจัย/วิธีการ", "สพป. ดำเนินการ", "เป็นขั้น", "", "และติดตาม", "1.1 จัดอบรม")
    assert found == [
        (Role.HEADING, "ปัจจัย/วิธีการ"),
        (Role.TEXT, "สพป. ดำเนินการเป็นขั้น"),
        (Role.TEXT, "และติดตาม"),
        (Role.POINT, "จัดอบรม"),
    ]


def test_none_is_stated_in_several_ways_and_silence_is_not_one() -> None:
    for words in ("- (ไม่มี) -", "-ไม่มี-", "ไม่มี", "(ไม่มี)", "- ไม่มี"):
        assert narrative("2. ปัญหา/อุปสรรค", words)[1][0] == Role.NONE_STATED, words
    assert narrative("2. ปัญหา/อุปสรรค") == [(Role.HEADING, "ปัญหา/อุปสรรค")]
    assert narrative("2. ปัญหา/อุปสรรค", "- ไม่มีครู")[1][0] == Role.POINT


def test_a_section_goes_on_in_the_next_block() -> None:
    reader = NarrativeReader()
    reader.read(lines("1. ปัจจัย/วิธีการ", "1.1 วางแผน"))
    [point] = reader.read(lines("1) จัดทำคู่มือ"))
    assert (point.section, point.depth) == (Section.FACTORS, 3)


def test_a_period_may_run_over_two_lines() -> None:
    assert narrative("(ช่วงเดือนตุลาคม –", "เมษายน 2555)", "1.1 จัดอบรม") == [
        (Role.PERIOD, "(ช่วงเดือนตุลาคม – เมษายน 2555)"),
        (Role.POINT, "จัดอบรม"),
    ]


def test_a_date_and_a_number_with_its_unit_are_no_list_marks() -> None:
    found = narrative("1.1 ประชุม", "24.5.2555 ณ ห้องประชุม", "15 ปี", "-5 องศา")
    assert found == [(Role.POINT, "ประชุม 24.5.2555 ณ ห้องประชุม 15 ปี -5 องศา")]
