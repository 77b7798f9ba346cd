"""What the reader makes of Word files: the layout of the product, and those of other hands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nithet.domain.returns.document import (
    CONTINUED,
    Block,
    Captions,
    EvidenceMark,
    InformationLine,
    Kind,
    LevelRow,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
    is_dotted,
    items_of,
    point_depth,
)
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.summary import to_json
from tests.domain.returns.reader.samples import SEED, without_lines
from tests.domain.returns.reader.word_files import (
    CAPTIONS,
    HEADER,
    cell,
    paragraph,
    raw_word_file,
    table,
    word_file,
)

LEVEL_CELLS = (cell(paragraph("☐ ระดับ 1")), cell(paragraph("ครบทั้ง 1 ข้อ")))


def test_the_seed_written_to_word_and_read_back_is_the_same_document() -> None:
    seed = read_return(SEED)
    back = read_return(word_file(seed.document))
    assert back.format == "docx"
    assert back.document == seed.document
    assert without_lines(to_json(back)) == without_lines(to_json(seed))


def test_ticks_are_kept_in_word() -> None:
    block = _first_block(levels=(LevelRow(1, "หนึ่ง", ticked=False), LevelRow(2, "สอง", ticked=True)))
    document = _document(block)
    back = read_return(word_file(document)).document
    assert back == document
    assert items_of(back)[0].level == 2


def _first_block(**parts: object) -> Block:
    fields: dict[str, object] = {
        "issue": "5.4",
        "indicator": 1,
        "item": 1,
        "item_title": "มีแผนงาน",
        "continued": False,
        "captions": Captions("ประเด็นที่ 5.4 มีการกำกับ", "ตัวบ่งชี้ที่ 1 การกำกับ", "ข้อที่ 1. มีแผนงาน"),
        "columns": (
            "ระดับคุณภาพ",
            "คำอธิบายคุณภาพ",
            "ข้อมูลสารสนเทศ",
            "ปัจจัย/วิธีการ",
            "เอกสาร/หลักฐานอ้างอิง",
        ),
        "levels": (LevelRow(1, "หนึ่ง", ticked=False), LevelRow(2, "สอง", ticked=False)),
        **parts,
    }
    return Block(**fields)  # type: ignore[arg-type]


def _document(*blocks: Block) -> ReturnDocument:
    return ReturnDocument(
        office="สพป.เพชรบุรี เขต 1",
        fiscal_year=2555,
        standard=3,
        indicator=1,
        issue="5.4",
        heading=("ประเด็นที่ 5.4", "(มาตรฐานที่ 3)"),
        columns=blocks[0].columns,
        blocks=blocks,
    )


# Words that begin with neither a mark, a box nor a heading, as a built document promises.
WORDS = st.lists(
    st.sampled_from(
        ["โรงเรียน", "จัดอบรม", "(ร่าง)", "75", "แห่ง", "Coaching", "ครู,", "ผล/งาน", "ของ"]
    ),
    max_size=6,
).map(lambda words: " ".join(["คณะ", *words]))
TICKS = st.none() | st.booleans()
MARKS = st.sampled_from(["1.1", "1.2", "1.3.1", "1)", "2.)", "-", "(1)", "๒.๑"])
HEADINGS = {
    Section.FACTORS: "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย",
    Section.RESULTS: "ผลการดำเนินงาน",
    Section.PROBLEMS: "ปัญหา/อุปสรรค/ข้อจำกัด",
    Section.TO_DEVELOP: "จุดที่ควรพัฒนา",
    Section.WAY_FORWARD: "แนวทางการพัฒนา",
}


@st.composite
def narratives(draw: st.DrawFn) -> tuple[Paragraph, ...]:
    """Whole groups that keep the rules of a built document."""
    paragraphs: list[Paragraph] = []
    for section in draw(st.lists(st.sampled_from(Section), max_size=5)):
        role = Role.RESULTS_HEADING if section is Section.RESULTS else Role.HEADING
        mark = "" if section is Section.RESULTS else f"{list(HEADINGS).index(section) + 1}."
        paragraphs.append(Paragraph(HEADINGS[section], role, section, mark))
        if draw(st.booleans()):
            paragraphs.append(Paragraph("(ช่วงเดือนตุลาคม – เมษายน 2555)", Role.PERIOD, section))
        for text in draw(st.lists(WORDS, max_size=2)):
            paragraphs.append(Paragraph(text, Role.TEXT, section))
        enclosing = ""
        for text in draw(st.lists(WORDS, max_size=4)):
            mark = draw(MARKS)
            depth = point_depth(mark, enclosing)
            paragraphs.append(Paragraph(text, Role.POINT, section, mark, depth))
            enclosing = mark if is_dotted(mark) else enclosing
        if draw(st.booleans()):
            paragraphs.append(Paragraph("(ไม่มี) -", Role.NONE_STATED, section, "-"))
    return tuple(paragraphs)


@st.composite
def documents(draw: st.DrawFn) -> ReturnDocument:
    """Built documents: items with their continuations."""
    blocks: list[Block] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        caption = f"ข้อที่ {number}. มีแผนงาน"
        blocks.append(
            _first_block(
                item=number,
                captions=Captions("ประเด็นที่ 5.4 มีการกำกับ", "ตัวบ่งชี้ที่ 1 การกำกับ", caption),
                levels=tuple(LevelRow(level, draw(WORDS), draw(TICKS)) for level in (1, 2, 3)),
                information=_information(draw, number),
                narrative=draw(narratives()),
                evidence=_evidence(draw),
            )
        )
        if draw(st.booleans()):
            continued = Captions(
                "ประเด็นที่ 5.4 มีการกำกับ", "ตัวบ่งชี้ที่ 1 การกำกับ", f"{caption} {CONTINUED}"
            )
            narrative = draw(narratives())
            blocks.append(
                _first_block(
                    item=number, captions=continued, continued=True, levels=(), narrative=narrative,
                    evidence=_evidence(draw),
                )
            )  # fmt: skip
    return _document(*blocks)


def _information(draw: st.DrawFn, number: int) -> tuple[InformationLine, ...]:
    lines = [InformationLine(Kind.REQUIREMENT, draw(WORDS), f"{number}.")]
    if draw(st.booleans()):
        lines.append(
            InformationLine(Kind.PROJECT_LABEL, "ชื่อแผนงาน/โครงการ", "", draw(TICKS), boxed=True)
        )
        lines += [
            InformationLine(Kind.PROJECT, f"โครงการ{text}", f"{place}.")
            for place, text in enumerate(draw(st.lists(WORDS, max_size=2)), 1)
        ]
    texts = draw(st.lists(WORDS, max_size=3))
    lines += [InformationLine(Kind.TEST, text, "", draw(TICKS), boxed=True) for text in texts]
    return tuple(lines)


def _evidence(draw: st.DrawFn) -> tuple[EvidenceMark, ...]:
    body = st.lists(WORDS, max_size=2).map(tuple)
    return tuple(
        EvidenceMark(text, draw(TICKS), body=draw(body))
        for text in draw(st.lists(WORDS, max_size=3))
    )


@settings(deadline=None, max_examples=30)
@given(documents())
def test_every_built_document_is_read_back_equal(document: ReturnDocument) -> None:
    assert read_return(word_file(document)).document == document


def read_cells(information: str, narrative: str, evidence: str, level: str = "") -> ReturnDocument:
    """One item whose columns 3 to 5 hold these paragraphs."""
    first = cell(level) if level else LEVEL_CELLS[0]
    body = (first, LEVEL_CELLS[1], cell(information), cell(narrative), cell(evidence))
    empty = tuple(cell() for _ in range(3))
    second = (cell(paragraph("☐ ระดับ 2")), cell(paragraph("สอง")), *empty)
    return read_return(raw_word_file(CAPTIONS + table(HEADER, body, second))).document


SYMBOLS = {
    '<w:sym w:font="Wingdings" w:char="F0FE"/>': True,
    '<w:sym w:font="Wingdings" w:char="F0FC"/>': True,
    '<w:sym w:font="Wingdings" w:char="F0A8"/>': False,
    '<w:sym w:font="Wingdings" w:char="F06F"/>': False,
    '<w:sym w:font="Wingdings 2" w:char="F052"/>': True,
    '<w:sym w:font="Wingdings 2" w:char="F0A3"/>': False,
    '<w:sym w:font="Wingdings 3" w:char="F028"/>': None,
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t>': False,
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fe</w:t>': True,
    "<w:t>☑</w:t>": True,
    "<w:t>☒</w:t>": True,
    "<w:t>☐</w:t>": False,
    "<w:t>✓</w:t>": True,
    "<w:t>( / )</w:t>": True,
    "<w:t>(✓)</w:t>": True,
    "<w:t>(    )</w:t>": False,
    "<w:t>[x]</w:t>": True,
    "<w:t>(?)</w:t>": None,
    "<w:t>(</w:t>": None,
    '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar>': True,
    '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar>': False,
}


@pytest.mark.parametrize(("run", "ticked"), SYMBOLS.items())
def test_a_box_is_read_wherever_word_keeps_it(run: str, ticked: bool | None) -> None:
    boxed = paragraph(
        xml=f"<w:r>{run}</w:r><w:r><w:t xml:space='preserve'> ทันตามกำหนดเวลา</w:t></w:r>"
    )
    level = paragraph(xml=f"<w:r>{run}</w:r><w:r><w:t xml:space='preserve'> ระดับ 1</w:t></w:r>")
    document = read_cells(paragraph("1. มีแผนงาน") + boxed, "", boxed, level)
    [item] = items_of(document)
    assert [(test.text, test.ticked) for test in item.tests] == [("ทันตามกำหนดเวลา", ticked)]
    assert [(mark.title, mark.ticked) for mark in item.evidence] == [("ทันตามกำหนดเวลา", ticked)]
    assert item.levels[0].ticked is ticked
    assert item.level == (1 if ticked else None)


@pytest.mark.parametrize(("checked", "ticked"), [("1", True), ("true", True), ("0", False)])
def test_a_check_box_control_says_its_state(checked: str, ticked: bool) -> None:
    control = (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>"
    )
    boxed = paragraph(xml=f"{control}<w:r><w:t> แผนปฏิบัติการนิเทศ</w:t></w:r>")
    document = read_cells("", "", boxed)
    assert [(m.title, m.ticked) for m in items_of(document)[0].evidence] == [
        ("แผนปฏิบัติการนิเทศ", ticked)
    ]


def test_content_controls_and_tracked_changes_are_read_as_they_show() -> None:
    narrative = (
        "<w:sdt><w:sdtContent>" + paragraph("1. ปัจจัย/วิธีการ") + "</w:sdtContent></w:sdt>"
        + paragraph(
            xml="<w:r><w:t>1.1 จัด</w:t></w:r><w:del><w:r><w:delText>ประชุม</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>อบรม</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>ครู</w:t></w:r></w:hyperlink>"
            "<w:r><w:noBreakHyphen/></w:r><w:r><w:drawing><w:p><w:r><w:t>ภาพ</w:t></w:r></w:p></w:drawing></w:r>"
        )
    )  # fmt: skip
    [group] = items_of(read_cells("", narrative, ""))[0].groups
    assert [p.text for p in group.entries(Section.FACTORS)] == ["จัดอบรมครู-"]


def test_a_line_break_is_the_end_of_a_line() -> None:
    broken = paragraph(xml="<w:r><w:t>☐ โครงการประชุมเชิง</w:t><w:br/><w:t>ปฏิบัติการ</w:t></w:r>")
    [item] = items_of(read_cells("", "", broken))
    assert [mark.title for mark in item.evidence] == ["โครงการประชุมเชิงปฏิบัติการ"]


NUMBERING = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="thaiNumbers"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0a8"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def _listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def test_numbers_and_boxes_of_automatic_lists_are_counted() -> None:
    narrative = (
        _listed("ปัจจัย/วิธีการ", 5)
        + _listed("จัดอบรม", 5, 1)
        + _listed("นิเทศ", 5, 1)
        + _listed("ปัญหา/อุปสรรค", 5)
        + _listed("ขาดครู", 5, 1)
    )
    body = (*LEVEL_CELLS, cell(), cell(narrative), cell(_listed("แผนปฏิบัติการ", 6)))
    second = (cell(paragraph("☐ ระดับ 2")), cell(paragraph("สอง")), cell(), cell(), cell())
    data = raw_word_file(
        CAPTIONS + table(HEADER, body, second), **{"word/numbering.xml": NUMBERING}
    )
    [item] = items_of(read_return(data).document)
    marks = [(p.mark, p.text) for p in item.groups[0].paragraphs]
    assert marks == [
        ("1.", "ปัจจัย/วิธีการ"),
        ("1.๑", "จัดอบรม"),
        ("1.๒", "นิเทศ"),
        ("2.", "ปัญหา/อุปสรรค"),
        ("2.๑", "ขาดครู"),
    ]
    assert [(mark.title, mark.ticked) for mark in item.evidence] == [("แผนปฏิบัติการ", False)]


def test_cells_belong_to_the_header_above_them_however_the_grid_is_cut() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    header = tuple(re.sub("<w:tcPr></w:tcPr>", f"<w:tcPr>{wide}</w:tcPr>", h) for h in HEADER)
    body = (
        cell(paragraph("☐ ระดับ 1"), properties=wide),
        cell(paragraph("ครบ"), properties=wide),
        cell(paragraph("1. มีแผนงาน"), properties=wide),
        cell(paragraph("1. ปัจจัย/วิธีการ"), properties='<w:vMerge w:val="restart"/>'),
        cell(paragraph("- จัดอบรม")),
        cell(paragraph("☐ แผน"), properties=wide),
    )
    second = (cell(paragraph("☐ ระดับ 2"), properties=wide), cell(paragraph("สอง"), properties=wide))
    document = read_return(raw_word_file(CAPTIONS + table(header, body, second))).document
    [item] = items_of(document)
    assert [row.level for row in item.levels] == [1, 2]
    assert [p.text for p in item.groups[0].paragraphs] == ["ปัจจัย/วิธีการ", "จัดอบรม"]
    assert [mark.title for mark in item.evidence] == ["แผน"]


def test_captions_inside_the_table_and_tables_of_other_kinds_do_no_harm() -> None:
    cover = table((cell(paragraph("ชื่อหน่วยงาน")), cell(paragraph("สพป.เพชรบุรี เขต 1"))))
    captions = [
        (cell(xml, properties='<w:gridSpan w:val="5"/>'),)
        for xml in re.findall("<w:p>.*?</w:p>", CAPTIONS)
    ]
    body = (
        *LEVEL_CELLS,
        cell(),
        cell(paragraph("1. ปัจจัย/วิธีการ")),
        cell(table((cell(paragraph("☐ แผน")),))),
    )
    second = (cell(paragraph("☐ ระดับ 2")), cell(paragraph("สอง")), cell(), cell(), cell())
    signature = paragraph("ลงชื่อ ผู้รายงาน")
    result = read_return(raw_word_file(cover + table(*captions, HEADER, body, second) + signature))
    [item] = items_of(result.document)
    assert (item.key.issue, item.number) == ("5.4", 1)
    assert [mark.title for mark in item.evidence] == ["แผน"]
    assert [line.words for line in result.outside] == ["ลงชื่อ ผู้รายงาน"]
    assert "ลายมือชื่อ" not in " ".join(to_json(result)["absent"])


def test_the_strict_form_of_the_format_is_read_too() -> None:
    data = raw_word_file(
        CAPTIONS
        + table(
            HEADER,
            (*LEVEL_CELLS, cell(), cell(), cell()),
            (cell(paragraph("ระดับ 2")), cell(), cell(), cell(), cell()),
        )
    )
    assert b"purl" not in data
    import zipfile
    from io import BytesIO

    from tests.domain.returns.reader.word_files import package

    archive = zipfile.ZipFile(BytesIO(data))
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = {
        name: archive.read(name).replace(
            main.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name in archive.namelist()
    }
    assert read_return(package(strict)).document == read_return(data).document


def test_a_word_file_is_known_by_its_bytes_and_not_by_its_name() -> None:
    seed = read_return(SEED).document
    assert read_return(word_file(seed), "แบบรายงาน.txt").document == seed
