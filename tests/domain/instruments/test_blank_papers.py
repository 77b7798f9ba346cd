"""Blank forms on paper: the school's name, a code that files the scan, a whole network at once."""

from io import BytesIO

import pypdfium2
import pytest
from docx import Document

from nithet.domain.evidence.models import Printout
from nithet.domain.instruments.actions.papers import (
    MOST_AT_ONCE,
    blank_document,
    print_blank,
    print_blanks,
)
from nithet.domain.instruments.actions.sheets import draw_up
from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.rules.pasting import Kind, Line
from nithet.domain.instruments.rules.sheets import FormSheet
from nithet.foundation.actions.errors import Refused
from nithet.foundation.documents.model import codes, texts
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.instruments.result_factories import make_school

ADDRESS = "https://nithet.example.go.th"


@pytest.fixture
def version(cast: Cast, office: Unit) -> InstrumentVersion:
    lines = [Line(Kind.HEADING, "ด้านที่ 1"), Line(Kind.RATING, "ครูใช้สื่อ"), Line(Kind.TEXT, "เพราะ")]
    sheet = FormSheet(
        "แบบนิเทศการสอน", lines, "boonchom-5", teacher=True, signature=True, photos=True
    )
    return draw_up(actor=cast.actor("supervisor"), sheet=sheet, publish=True)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_paper_holds_every_question_and_no_total(version: InstrumentVersion) -> None:
    document = blank_document(version)
    printed = "\n".join(texts(document))
    for words in ("แบบนิเทศการสอน", "ด้านที่ 1", "ครูใช้สื่อ", "มากที่สุด", "สิ่งที่พบเห็น", "จะทำอะไร", "ลงชื่อ"):
        assert words in printed
    assert "รวม" not in printed.replace("ตกลงร่วมกัน", "")
    assert list(codes(document)) == []


def test_a_school_has_its_name_and_a_code_that_stays_the_same(
    cast: Cast, version: InstrumentVersion
) -> None:
    school = make_school(cast.school)
    actor = cast.actor("supervisor")
    pdf = print_blank(actor=actor, version=version, school=school, address=ADDRESS)
    assert "ตัวอย่างที่ 1" in words_of(pdf)
    kept = Printout.objects.get()
    assert (kept.about, kept.kind) == (f"directory.school:{school.pk}", "visit_copy")
    assert f"/p/{kept.code}/" in next(
        one.payload
        for one in codes(blank_document(version, school, code=kept.code, address=ADDRESS))
    )
    print_blank(actor=actor, version=version, school=school, address=ADDRESS)
    assert Printout.objects.count() == 1


def test_a_word_file_holds_the_same(cast: Cast, version: InstrumentVersion) -> None:
    data = print_blank(
        actor=cast.actor("supervisor"), version=version, school=None, address=ADDRESS, docx=True
    )
    document = Document(BytesIO(data))
    assert "แบบนิเทศการสอน" in document.paragraphs[0].text
    assert "ครูใช้สื่อ" in [cell.text for cell in document.tables[0].rows[1].cells]
    assert Printout.objects.get().about == f"instruments.instrumentversion:{version.pk}"


def test_a_network_is_one_file_with_a_code_each(cast: Cast, version: InstrumentVersion) -> None:
    schools = [make_school(cast.school), make_school(cast.other_school)]
    pdf = print_blanks(
        actor=cast.actor("supervisor"), version=version, schools=schools, address=ADDRESS
    )
    words = words_of(pdf)
    assert "ตัวอย่างที่ 1" in words and "ตัวอย่างที่ 2" in words
    assert Printout.objects.count() == 2


def test_no_school_and_too_many_get_a_sentence(cast: Cast, version: InstrumentVersion) -> None:
    actor, school = cast.actor("supervisor"), make_school(cast.school)
    for schools in ([], [school] * (MOST_AT_ONCE + 1)):
        with pytest.raises(RuleBroken):
            print_blanks(actor=actor, version=version, schools=schools, address=ADDRESS)


def test_others_print_nothing(cast: Cast, version: InstrumentVersion) -> None:
    with pytest.raises(Refused):
        print_blank(actor=cast.actor("school_head"), version=version, school=None, address=ADDRESS)
