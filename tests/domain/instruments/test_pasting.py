"""Rows of last year's form, as Word and Excel paste them."""

import io
from io import BytesIO

import pytest
from docx import Document

from nithet.domain.instruments.rules.layout import blocks_of
from nithet.domain.instruments.rules.names import Names
from nithet.domain.instruments.rules.old_forms import tables_in, together
from nithet.domain.instruments.rules.pasting import MOST_LETTERS, MOST_LINES, Kind, Line, read_paste
from nithet.domain.instruments.rules.previewing import drawn
from nithet.domain.instruments.rules.scales import scales
from nithet.domain.instruments.rules.sheets import FormSheet, fits, sheet_of, starter, workbook_of
from nithet.kernel.errors import BadInput, RuleBroken
from tests.domain.instruments.xlsforms import convert, xlsx

TABLE = """ข้อ\tรายการประเมิน\tระดับการปฏิบัติ\t\t\t\t\tหมายเหตุ
\t\t5\t4\t3\t2\t1\t
\tด้านที่ 1 การจัดการเรียนรู้\t\t\t\t\t\t
๑\tครูวิเคราะห์ผู้เรียนเป็นรายบุคคล\t\t/\t\t\t\t
๒\tครูจัดทำแผนการจัดการเรียนรู้\t\t\t\t\t\t
\tด้านที่ 2 การวัดและประเมินผล\t\t\t\t\t\t
๓\tมีเครื่องมือวัดผลหลากหลาย\t\t\t\t\t\t
\tรวม\t\t\t\t\t\t
\tข้อเสนอแนะ ......................................\t\t\t\t\t\t
"""


def shown(text: str) -> list[tuple[str, str]]:
    return [(line.kind, line.words) for line in read_paste(text).lines]


def test_a_table_of_ratings_becomes_headings_and_questions() -> None:
    assert shown(TABLE) == [
        ("heading", "ด้านที่ 1 การจัดการเรียนรู้"),
        ("rating", "ครูวิเคราะห์ผู้เรียนเป็นรายบุคคล"),
        ("rating", "ครูจัดทำแผนการจัดการเรียนรู้"),
        ("heading", "ด้านที่ 2 การวัดและประเมินผล"),
        ("rating", "มีเครื่องมือวัดผลหลากหลาย"),
        ("text", "ข้อเสนอแนะ"),
    ]
    assert "หมายเหตุ" in read_paste(TABLE).columns_dropped


def test_numbered_lines_without_a_table_are_read_with_their_title() -> None:
    text = """แบบนิเทศการอ่าน
คำชี้แจง โปรดทำเครื่องหมาย / ลงในช่อง
โรงเรียน......................... ชื่อครู..................
ตอนที่ 1 การเตรียมการ
๑. มีแผนการสอน
๒. มีสื่อการสอน
ที่หลากหลาย
ตอนที่ 2 การสอน
1. ครูสอนแบบแจกลูก
ลงชื่อ.............................ผู้นิเทศ"""
    assert read_paste(text).title == "แบบนิเทศการอ่าน"
    assert shown(text) == [
        ("left_out", "โรงเรียน"),
        ("person", "ชื่อครู"),
        ("heading", "ตอนที่ 1 การเตรียมการ"),
        ("rating", "มีแผนการสอน"),
        ("rating", "มีสื่อการสอน ที่หลากหลาย"),
        ("heading", "ตอนที่ 2 การสอน"),
        ("rating", "ครูสอนแบบแจกลูก"),
    ]


def test_deeper_numbers_make_the_one_above_a_heading() -> None:
    text = "ที่\tรายการ\tมี\tไม่มี\n1\tหลักสูตร\t\t\n1.1\tวิสัยทัศน์\t✓\t\n1.2\tหลักการ\t\t✓\n2\tแผน\t\t\n2.1\tครบทุกวิชา\t\t"
    assert shown(text) == [
        ("heading", "หลักสูตร"),
        ("rating", "วิสัยทัศน์"),
        ("rating", "หลักการ"),
        ("heading", "แผน"),
        ("rating", "ครบทุกวิชา"),
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"ครูใช้สื่อ\nหลากหลาย"\t\t\nครูวัดผล\t\t', ["ครูใช้สื่อ หลากหลาย", "ครูวัดผล"]),
        ("1. ก่อนสอน\r\n2. ระหว่างสอน\r\n", ["ก่อนสอน", "ระหว่างสอน"]),
        ("- ครูมา\n- เด็กมา", ["ครูมา", "เด็กมา"]),
        ("ข้อ 1 ครูพร้อม\nข้อ 2 เด็กพร้อม", ["ครูพร้อม", "เด็กพร้อม"]),
        ("ครูใช้คำถาม 3 ข้อ", ["ครูใช้คำถาม 3 ข้อ"]),
    ],
)
def test_other_ways_of_writing_a_list(text: str, lines: list[str]) -> None:
    assert [line.words for line in read_paste(text).lines] == lines


@pytest.mark.parametrize(
    "text", ["", "  \n\t\n", "ก" * (MOST_LETTERS + 1), "ก\n" * (MOST_LINES + 1)]
)
def test_nothing_and_far_too_much_get_a_sentence(text: str) -> None:
    with pytest.raises(BadInput):
        read_paste(text)


@pytest.mark.parametrize("code", [one.code for one in scales()])
def test_every_scale_becomes_choices_that_the_definition_knows_again(code: str) -> None:
    sheet = FormSheet("แบบ", [Line(Kind.RATING, "ข้อหนึ่ง")], code, four_parts=False)
    one = next(one for one in drawn(sheet) if one["label"] == "ข้อหนึ่ง")
    assert code in {one["scheme"], one["kind"]}
    assert blocks_of([one])[0].kind == "matrix"


def test_what_is_drawn_up_can_be_edited_and_comes_back_the_same() -> None:
    sheet = FormSheet(
        "แบบนิเทศ",
        read_paste(TABLE).lines,
        "boonchom-5",
        teacher=True,
        notes=True,
        photos=True,
        signature=True,
    )
    made = convert(workbook_of(sheet, names=Names()), brought=["schools.csv"])
    assert made.complaints == []
    assert fits(made.definition)
    back = sheet_of(made.definition, "แบบนิเทศ")
    assert (back.teacher, back.notes, back.four_parts, back.photos, back.signature) == (True,) * 5
    assert [(one.kind, one.words) for one in back.lines] == shown(TABLE)
    again = convert(workbook_of(back, names=Names.after(made.definition)), brought=["schools.csv"])
    assert [one["path"] for one in again.definition] == [one["path"] for one in made.definition]


def test_the_starter_has_the_four_parts_no_total_and_a_private_name() -> None:
    definition = drawn(starter("แบบบันทึก"))
    labels = [one["label"] for one in definition if one["asks"]]
    for part in ("สิ่งที่พบเห็น", "จุดเด่น", "ชวนคิด", "จะทำอะไร"):
        assert part in labels
    teacher = next(one for one in definition if one["name"] == "teacher")
    assert (teacher["private"], teacher["required"]) == (True, False)
    assert not any(one["type"] == "calculate" for one in definition)


def test_ratings_without_levels_and_a_form_without_a_title_are_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        workbook_of(FormSheet("แบบ", [Line(Kind.RATING, "ก")]), names=Names())
    assert refused.value.field == "scale"
    with pytest.raises(RuleBroken) as refused:
        workbook_of(FormSheet("  ", [Line(Kind.TEXT, "ก")]), names=Names())
    assert refused.value.field == "title"
    with pytest.raises(RuleBroken) as refused:
        workbook_of(FormSheet("แบบ", [Line(Kind.LEFT_OUT, "ก")], four_parts=False), names=Names())
    assert refused.value.code == "sheet.empty"


def test_a_form_with_conditions_is_edited_as_a_workbook() -> None:
    made = drawn(starter("แบบ"))
    assert fits(made)
    assert not fits([{**one, "relevant": "../a = 1"} for one in made])


def test_tables_of_a_word_file_and_of_a_workbook_are_offered() -> None:
    document = Document()
    document.add_paragraph("ตอนที่ 1 การสอน")
    table = document.add_table(rows=0, cols=3)
    for line in (("ที่", "รายการ", "มี"), ("1", "แผนการสอน", ""), ("2", "สื่อ", "")):
        cells = table.add_row().cells
        for cell, words in zip(cells, line, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    found = tables_in(file.getvalue(), "แบบ.docx")
    assert found[0].title == "ตอนที่ 1 การสอน"
    assert [line.words for line in read_paste(found[0].text).lines] == ["แผนการสอน", "สื่อ"]
    book = xlsx({"แบบ": [{"ที่": 1, "รายการ": "แผนการสอน"}, {"ที่": 2, "รายการ": "สื่อ"}]})
    assert [line.words for line in read_paste(tables_in(book, "a.xlsx")[0].text).lines] == [
        "แผนการสอน",
        "สื่อ",
    ]


def test_the_tables_of_all_parts_are_one_form_under_their_headings() -> None:
    document = Document()
    for part, first in (("การจัดการเรียนรู้", 1), ("ด้านที่ 2 การวัดผล", 3)):
        document.add_paragraph(part)
        table = document.add_table(rows=0, cols=4)
        lines = (
            ("ที่", "รายการ", "มี", "ไม่มี"),
            (str(first), f"ข้อ{first}ก", "", ""),
            (str(first + 1), f"ข้อ{first}ข", "", ""),
        )
        for line in lines:
            for cell, words in zip(table.add_row().cells, line, strict=True):
                cell.text = words
    file = io.BytesIO()
    document.save(file)
    whole = together(tables_in(file.getvalue(), "แบบ.docx"))
    assert whole is not None
    assert shown(whole.text) == [
        ("heading", "การจัดการเรียนรู้"),
        ("rating", "ข้อ1ก"),
        ("rating", "ข้อ1ข"),
        ("heading", "ด้านที่ 2 การวัดผล"),
        ("rating", "ข้อ3ก"),
        ("rating", "ข้อ3ข"),
    ]
    assert together([]) is None


def test_levels_that_are_printed_in_every_row_make_no_row_a_heading() -> None:
    rows = "ครูเตรียม\t5\t4\t3\t2\t1\nครูสอน\t5\t4\t3\t2\t1\nครูสรุป\t5\t4\t3\t2\t1"
    assert [line.words for line in read_paste(rows).lines] == ["ครูเตรียม", "ครูสอน", "ครูสรุป"]
    numbered = "1. ครูเตรียม\t5\t4\t3\t2\t1\n2. ครูสอน\t5\t4\t3\t2\t1"
    assert [line.words for line in read_paste(numbered).lines] == ["ครูเตรียม", "ครูสอน"]
    headed = f"รายการ\t5\t4\t3\t2\t1\n{rows}"
    assert [line.words for line in read_paste(headed).lines] == ["ครูเตรียม", "ครูสอน", "ครูสรุป"]


def test_thai_letters_above_numbers_are_headings_and_alone_are_rows() -> None:
    said = read_paste("ก. การบริหาร\n๑) มีแผน\n๒) มีคำสั่ง\nข. การสอน\n(๑) มีสื่อ").lines
    assert [(str(line.kind), line.words) for line in said] == [
        ("heading", "การบริหาร"),
        ("rating", "มีแผน"),
        ("rating", "มีคำสั่ง"),
        ("heading", "การสอน"),
        ("rating", "มีสื่อ"),
    ]
    alone = read_paste("ก. การบริหาร\nข. การสอน\nค. การวัด").lines
    assert {str(line.kind) for line in alone} == {"rating"}


def test_the_title_of_a_word_file_goes_with_the_table_that_is_chosen() -> None:
    document = Document()
    document.add_paragraph("แบบนิเทศการจัดการเรียนรู้")
    document.add_paragraph("คำชี้แจง โปรดทำเครื่องหมาย")
    table = document.add_table(rows=0, cols=2)
    for number, words in (("ที่", "รายการ"), ("๑", "แผนการสอน"), ("๒", "สื่อ")):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = number, words
    file = BytesIO()
    document.save(file)
    [chosen, _outside] = tables_in(file.getvalue(), "แบบ.docx")
    read = read_paste(chosen.pasted)
    assert read.title == "แบบนิเทศการจัดการเรียนรู้"
    assert [line.words for line in read.lines] == ["แผนการสอน", "สื่อ"]
