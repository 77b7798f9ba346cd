"""Contradictions, counts and names that other returns hold."""

import pytest

from nithet.domain.returns.document import Paragraph, Role, Section, items_of
from nithet.domain.returns.reader.facts.absent import absent_from
from nithet.domain.returns.reader.facts.channels import names_in
from nithet.domain.returns.reader.facts.counts import find_counts
from nithet.domain.returns.reader.facts.visits import school_names, visits_in
from nithet.domain.returns.reader.inspection import inspect
from nithet.domain.returns.reader.passages import Passage
from nithet.domain.returns.reader.reading import result_of
from nithet.domain.returns.reader.repetition import repeated_run
from nithet.domain.returns.reader.slips import find_slips
from nithet.domain.returns.summary import to_json
from tests.domain.returns.reader.samples import TEXT, flags, read


def test_a_total_that_differs_from_its_list_is_flagged() -> None:
    result = read(TEXT.replace("จำนวน 13 โรงเรียน ดังนี้", "จำนวน 14 โรงเรียน ดังนี้"))
    assert flags(result, "count_mismatch") == [(457, "ออกตรวจเยี่ยมโรงเรียน จำนวน 14 โรงเรียน ดังนี้")]


def test_a_school_named_twice_counts_once() -> None:
    result = read(TEXT.replace("โรงเรียนบ้านพุพลู", "โรงเรียนวัดโพธิ์"))
    assert len(flags(result, "count_mismatch")) == 1


def test_a_list_of_points_that_is_too_short_is_flagged() -> None:
    result = read(TEXT.replace("ไม่ชัดเจน 3 ประเด็นคือ", "ไม่ชัดเจน 4 ประเด็นคือ"))
    [(line, text)] = flags(result, "count_mismatch")
    assert (line, text[:10]) == (118, "ประเมินผลแ")


def test_a_number_of_people_is_no_number_of_lines_below() -> None:
    result = read(TEXT.replace("ไม่ชัดเจน 3 ประเด็นคือ", "มีผู้เข้าร่วม 40 คน ดังนี้"))
    assert flags(result, "count_mismatch") == []


def test_every_project_lacks_evidence_where_there_is_none() -> None:
    result = read(
        TEXT.replace(
            "\t  (  โครงการพัฒนาคุณภาพการจัดการศึกษา\nเรียนร่วม\n\n\n\t(\nระดับ 2", "\t\n\n\n\t(\nระดับ 2"
        )
    )
    assert len(flags(result, "project_without_evidence")) == 3


def test_a_title_that_only_begins_a_longer_one_is_not_named_by_it() -> None:
    shorter = TEXT.replace("1. โครงการโรงเรียนแกนนำจัดการเรียนร่วม", "1. โครงการพัฒนาคุณภาพการจัดการศึกษา")
    lacking = [text for _, text in flags(read(shorter), "project_without_evidence")]
    assert lacking[0] == "โครงการพัฒนาคุณภาพการจัดการศึกษา"


def test_lines_of_flags_move_with_the_text_and_words_do_not() -> None:
    moved = read("\n\n\n" + TEXT)
    assert [
        (flag.line - 3 if flag.line else None, flag.kind, flag.text) for flag in moved.flags
    ] == [(flag.line, flag.kind, flag.text) for flag in read(TEXT).flags]


def test_a_built_document_is_inspected_like_a_read_one() -> None:
    document = read(TEXT).document
    assert result_of(document).flags == inspect(document) == read(TEXT).flags
    assert to_json(result_of(document)) == to_json(read(TEXT))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("มีโรงเรียน ๑๒๓ แห่ง", [(123, "แห่ง")]),
        ("ครู 1,250 คน งบประมาณ 2,500,000.50 บาท", [(1250, "คน"), (2500000.5, "บาท")]),
        ("ร้อยละ 85.5 ของนักเรียน 40 คน", [(85.5, "ร้อยละ"), (40, "คน")]),
        ("ครั้งที่ 3 คน ข้อที่ 2 โรงเรียน เขต 1 โรงเรียน", []),
        ("ปี 2555 โรงเรียน พ.ศ. 2555 คน", []),
        ("1 ปีการศึกษา 2 ปีงบประมาณ 3 ข้อมูล 5 วันที่", []),
        ("3 ขั้นพื้นฐาน 4 ขั้น", [(4, "ขั้น")]),
        ("มาตรฐานที่ 1.2 ด้าน 12/25 คน", []),
        ("๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙๙ คน", []),
    ],
)
def test_numbers_are_counts_only_with_what_they_count(
    text: str, found: list[tuple[float, str]]
) -> None:
    assert [(count.value, count.unit) for count in find_counts(Passage(text, 1, ()))] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("โรงเรียนวัดโพธิ์,โรงเรียนวัดโพธิ์ทัยมณี", ("วัดโพธิ์", "วัดโพธิ์ทัยมณี")),
        ("โรงเรียน วัดเพรียง และ โรงเรียนวัดหนองหว้า", ("วัดเพรียง", "วัดหนองหว้า")),
        ("โรงเรียนบ้านกล้วย และบ้านไร่", ("บ้านกล้วย", "บ้านไร่")),
        ("โรงเรียนวัดและ จำนวน 1 แห่ง", ("วัด",)),
        ("โรงเรียนวัดเขมา โรงเรียนวัดเขมา", ("วัดเขมา",)),
        ("โรงเรียนบ้านหนองหญ้าปล้อง (ประชาสรรค์)", ("บ้านหนองหญ้าปล้อง (ประชาสรรค์)",)),
        ("ร.ร.วัดเพรียง, รร.วัดดอน", ("วัดเพรียง", "วัดดอน")),
        ("", ()),
    ],
)
def test_schools_are_named_whole(text: str, names: tuple[str, ...]) -> None:
    assert school_names(text) == names


def visits(text: str) -> list[tuple[str, tuple[str, ...]]]:
    paragraph = Paragraph(text, Role.POINT, Section.FACTORS, "-", 1)
    return [(visit.day.isoformat(), visit.schools) for visit in visits_in(paragraph)]


def test_a_visit_is_a_date_followed_by_schools() -> None:
    assert visits(
        "วันที่ ๒๔ พ.ค. ๒๕๕๕ : โรงเรียนวัดเพรียง, วัดดอน และวันที่ 31 พฤษภาคม 2555 เยี่ยมโรงเรียนวัดโพธิ์"
    ) == [
        ("2012-05-24", ("วัดเพรียง", "วัดดอน")),
        ("2012-05-31", ("วัดโพธิ์",)),
    ]
    assert visits("วันที่ 24 พฤษภาคม 2555 ประชุมผู้บริหารโรงเรียน") == []
    assert visits("วันที่ 31 กุมภาพันธ์ 2555 โรงเรียนวัดเพรียง") == []
    assert visits("โรงเรียนวัดเพรียง") == []


def test_channels_have_one_name_however_they_are_spelt() -> None:
    assert names_in(["E-Office", "e – office", "FaceBook face book", "อินเทอร์เน็ต เว็บไซต์ อีเมล"]) == (
        "e-office",
        "Website",
        "Internet",
        "Facebook",
        "e-mail",
    )
    assert names_in(["plan online island", "การไลน์"]) == ("LINE",)


def test_slips_are_only_what_has_no_right_use() -> None:
    right = "สามารถ งบประมาณ กฎกระทรวง สถานศึกษา สสวท. มีมีด สวท. โครงการ บุคลากร ปฏิบัติการการพัฒนา"
    assert find_slips(right) == []
    wrong = "วิทยุ สสวท. บุคคลากร อนุญาติ และและ"
    assert [slip.wrong for slip in find_slips(wrong)] == ["สสวท.", "บุคคลากร", "อนุญาติ", "และและ"]


def test_a_repetition_is_long_and_at_once() -> None:
    run = "จัดอบรมเชิงปฏิบัติการพัฒนาครู"
    assert repeated_run(f"ก {run} {run} ข") == run
    assert repeated_run(f"{run} แล้วนิเทศ {run}") is None
    assert repeated_run("นิเทศ นิเทศ นิเทศ") is None


def test_an_item_without_problems_is_said_to_lack_them() -> None:
    document = read(TEXT.replace("- (ไม่มี) -", "").replace("-   (ไม่มี)    -", "")).document
    assert not any("item 5" in name for name in absent_from(document))
    without = read(
        TEXT.replace("2.1 ขาดแคลน", "ขาดแคลน").replace("3.จุดที่ควรพัฒนา\n       3.1 ครู", "ครู")
    ).document
    assert "item 3: points to develop (จุดที่ควรพัฒนา)" in absent_from(without)
    assert len(items_of(without)) == 5
