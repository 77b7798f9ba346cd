"""The same return as other computers, editors and people would send it."""

import re
from collections.abc import Callable

import pytest

from nithet.domain.returns.document import items_of
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.summary import to_json
from nithet.kernel.numerals import to_arabic, to_thai
from tests.domain.returns.reader.samples import (
    TEXT,
    cut_into_blocks,
    flags,
    read,
    squeezed,
    summary,
    without_lines,
)

WHOLE = summary(TEXT)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("cp874"), "windows-874"),
        (
            TEXT.replace("–", "-").replace("“", '"').replace("”", '"').encode("tis-620", "replace"),
            "windows-874",
        ),
    ],
    ids=["utf-8 with mark", "utf-16", "windows-874", "tis-620"],
)
def test_it_is_read_in_every_encoding_that_thai_computers_write(data: bytes, encoding: str) -> None:
    result = read_return(data)
    assert result.encoding == encoding
    if encoding != "windows-874" or data == TEXT.encode("cp874"):
        assert to_json(result) == WHOLE
    else:
        assert without_lines(to_json(result))["visits"] == without_lines(WHOLE)["visits"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("ำ", "\u0e4d\u0e32"),
        lambda text: re.sub("([ก-ฮ])ำ", r"\1 ำ", text),
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace("     ประเด็นที่", "\x0c     ประเด็นที่"),
        lambda text: text.replace("การ", "\u200bการ"),
        lambda text: text.replace("ที่", "ท\uf70aี"),
        lambda text: text.rstrip() + "\n",
    ],
    ids=[
        "crlf",
        "split sara am",
        "sara am apart",
        "no-break spaces",
        "form feeds",
        "zero width",
        "shaped forms",
        "trimmed",
    ],
)
def test_what_nobody_sees_changes_nothing(damage: Callable[[str], str]) -> None:
    assert damage(TEXT) != TEXT
    assert summary(damage(TEXT)) == WHOLE


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("\t", "    "),
        lambda text: text.replace("\t", ""),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("  1.2  นำความรู้", "\t  1.2  นำความรู้"),
        lambda text: text.replace("2. ปัญหา", "2.\tปัญหา"),
    ],
    ids=["tabs to spaces", "tabs gone", "more blank lines", "a stray tab", "a tab inside"],
)
def test_columns_are_found_without_their_tabs(damage: Callable[[str], str]) -> None:
    assert damage(TEXT) != TEXT
    assert without_lines(summary(damage(TEXT))) == without_lines(WHOLE)


def test_an_editor_that_trims_lines_costs_only_the_spaces() -> None:
    trimmed = "\n".join(line.strip() for line in TEXT.split("\n"))
    assert (
        squeezed(without_lines(summary(trimmed)))["items"]
        == squeezed(without_lines(WHOLE))["items"]
    )


def test_cells_pasted_with_tabs_between_them_are_told_apart() -> None:
    heading, blocks = cut_into_blocks()
    lines = blocks[3].split("\n")
    pasted = [*lines[:4], "\t".join(line.strip() for line in lines[4:9]), ""]
    pasted += re.sub(r"\n\t", "\t", "\n".join(lines[10:]).replace("\n\n\t(", "\n\n(")).split("\n")
    text = heading + blocks[3].split("\n")[0] + "\n" + "\n".join(pasted[1:])
    [found] = items_of(read(text).document)
    [expected] = items_of(read(heading + blocks[3]).document)
    assert (found.levels, found.tests, found.evidence) == (
        expected.levels,
        expected.tests,
        expected.evidence,
    )


def test_thai_digits_say_the_same() -> None:
    found = summary(to_thai(TEXT))
    for key in (
        "office",
        "fiscal_year",
        "standard",
        "indicator",
        "issue",
        "blocks",
        "visits",
        "absent",
    ):
        assert found[key] == WHOLE[key], key
    numbers = [(n["value"], n["unit"], n["line"]) for n in found["numbers"]]
    assert numbers == [(n["value"], n["unit"], n["line"]) for n in WHOLE["numbers"]]
    assert [(p["from"], p["to"]) for p in found["periods"]] == [
        (p["from"], p["to"]) for p in WHOLE["periods"]
    ]
    assert [f["kind"] for f in found["flags"]] == [f["kind"] for f in WHOLE["flags"]]
    assert to_arabic(str(found["items"])) == str(WHOLE["items"])


def test_continuations_find_their_item_wherever_they_stand() -> None:
    heading, blocks = cut_into_blocks()
    assert len(blocks) == 11
    # Items 2 and 5 first, their continuations behind those of the others, in their own order.
    order = [7, 2, 0, 5, 6, 3, 1, 8, 4, 9, 10]
    found = summary(heading + "\n".join(blocks[number] for number in order))
    assert without_lines(found)["items"] == without_lines(WHOLE)["items"]
    assert (found["blocks"], found["continuations"]) == (11, 6)


def test_a_continuation_before_its_item_still_continues_it() -> None:
    heading, blocks = cut_into_blocks()
    found = summary(heading + "\n".join([blocks[1], blocks[0], *blocks[2:]]))
    assert without_lines(found)["items"] == without_lines(WHOLE)["items"]


def test_a_continuation_of_another_issue_is_not_joined() -> None:
    heading, blocks = cut_into_blocks()
    foreign = blocks[1].replace("ประเด็นที่ 5.4   สำนัก", "ประเด็นที่ 5.5   สำนัก")
    items = items_of(read(heading + blocks[0] + foreign).document)
    assert [(item.key.issue, item.number, len(item.evidence)) for item in items] == [
        ("5.4", 1, 4),
        ("5.5", 1, 0),
    ]


@pytest.mark.parametrize("left_out", [0, 2, 5, 6, 7])
def test_a_missing_item_is_counted(left_out: int) -> None:
    heading, blocks = cut_into_blocks()
    kept = "".join(block for number, block in enumerate(blocks) if number != left_out)
    result = read(heading + kept)
    mismatch = flags(result, "count_mismatch")
    if left_out in (5, 6):
        assert next(text for _, text in mismatch).startswith(
            "สพป./สพม. มีการดำเนินงานตามตัวบ่งชี้ครบ ทั้ง 5 ข้อ"
        )
    else:
        assert mismatch == []  # its continuation still stands for it


def test_ticks_that_the_file_still_has_are_kept() -> None:
    ticked = re.sub(r"\t\(\nระดับ 3", "\t☑\nระดับ 3", TEXT)
    ticked = re.sub(r"\t\(\nระดับ", "\t☐\nระดับ", ticked)
    ticked = ticked.replace("(  ครบทุกสถานศึกษา", "☑ ครบทุกสถานศึกษา")
    ticked = ticked.replace("(  ทันตาม", "( / ) ทันตาม").replace("(  ใช้วิธี", "(   ) ใช้วิธี")
    found = summary(ticked)
    assert [item["level"] for item in found["items"]] == [3] * 5
    assert [test["ticked"] for test in found["items"][3]["tests"]] == [True, True, False]
    kinds = [flag["kind"] for flag in found["flags"]]
    assert (kinds.count("tick_lost"), kinds.count("level_unknown")) == (45 - 20 - 3, 0)


def test_two_ticked_levels_are_no_level() -> None:
    ticked = re.sub(r"\t\(\nระดับ [34]", lambda m: m[0].replace("(", "☑"), TEXT)
    ticked = re.sub(r"\t\(\nระดับ", "\t☐\nระดับ", ticked)
    assert [item.level for item in items_of(read(ticked).document)] == [None] * 5
    assert len(flags(read(ticked), "level_unknown")) == 5


def test_one_ticked_level_beside_lost_ones_is_no_level() -> None:
    ticked = re.sub(r"\t\(\nระดับ 3", "\t☑\nระดับ 3", TEXT)
    assert [item.level for item in items_of(read(ticked).document)] == [None] * 5


EDITION = """ประเด็นที่ 2.1
สำนักงานเขตพื้นที่การศึกษาบริหารงานบุคคล
(มาตรฐานที่ ๗)

 ประเด็นที่ 2.1 การบริหารงานบุคคล
 ตัวบ่งชี้ที่ 12 การพัฒนาบุคลากร
 ข้อที่ 3 มีการพัฒนา

\tระดับคุณภาพ
\tคำอธิบายคุณภาพ
\tข้อมูลสารสนเทศ
\tปัจจัย/วิธีการ
\tเอกสาร/หลักฐาน

\t☐
ระดับ 1
\tทำครบทั้ง 1 ข้อ
\t3. มีการพัฒนา
☑ พัฒนาครบทุกคน
\tปัจจัย/วิธีการ
จัดอบรมครู ๑,๒๐๐ คน
ปัญหา อุปสรรค
- ไม่มี
แนวทางการพัฒนา
1) อบรมต่อเนื่อง
\t☑ รายงานการอบรม
☐ ภาพถ่าย

\t☐
ระดับ 2
\tสอง
\t
\t
\t

\t☐
ระดับ 3
\tสาม
\t
\t
\t

\t☑
ระดับ 4
\tสี่
\t
\t
\t

\t☐
ระดับ 5
\tห้า
\t
\t
\t
ลงชื่อ ............................. ผู้ประเมิน
วันที่ประเมิน 30 กันยายน 2555
"""


def test_another_edition_has_other_items_and_levels() -> None:
    found = summary(EDITION)
    assert (found["issue"], found["standard"], found["indicator"]) == ("2.1", 7, 12)
    assert [level["level"] for level in found["levels"]] == [1, 2, 3, 4, 5]
    [item] = found["items"]
    assert (item["number"], item["level"]) == (3, 4)
    assert item["tests"] == [{"text": "พัฒนาครบทุกคน", "ticked": True}]
    [group] = item["groups"]
    assert group["factors"] == ["จัดอบรมครู ๑,๒๐๐ คน"]
    assert group["none_stated"] == ["problems"]
    assert group["way_forward"] == ["อบรมต่อเนื่อง"]
    assert item["evidence"] == [
        {"title": "รายงานการอบรม", "ticked": True},
        {"title": "ภาพถ่าย", "ticked": False},
    ]
    assert [(n["value"], n["unit"]) for n in found["numbers"]] == [(1200, "คน")]
    assert found["office"] is None
    assert found["flags"] == []


def test_what_a_file_holds_is_not_called_absent() -> None:
    missing = " ".join(summary(EDITION)["absent"])
    for words in ("ลายมือชื่อ", "ผู้ประเมิน", "วันที่ประเมิน", "ระดับคุณภาพ", "มาตรฐาน"):
        assert words not in missing
    for words in ("ชื่อสำนักงาน", "ปีงบประมาณ", "จุดที่ควรพัฒนา"):
        assert words in missing
    total = TEXT.replace("จำนวน 75 แห่ง เป็นขนาดเล็ก", "ทั้งหมด 180 แห่ง เป็นขนาดเล็ก 75 แห่ง")
    assert "จำนวนโรงเรียนทั้งหมด" not in " ".join(summary(total)["absent"])
