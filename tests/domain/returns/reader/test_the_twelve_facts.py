"""What a good reader finds in the real return, from its JSON alone."""

from collections import Counter
from typing import Any

import pytest

from nithet.domain.returns.document import (
    UNKNOWN_TICK,
    printed_evidence,
    printed_information,
    printed_level,
    printed_paragraph,
)
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.reader.titles import Nature, distinct_evidence, distinct_projects
from nithet.domain.returns.summary import to_json
from tests.domain.returns.reader.samples import SEED, squeezed

KEYS = {
    "office", "fiscal_year", "standard", "indicator", "issue", "columns", "blocks", "continuations",
    "levels", "items", "visits", "numbers", "periods", "channels", "absent", "flags",
}  # fmt: skip
ITEM_KEYS = {"number", "title", "level", "projects", "tests", "groups", "evidence"}
GROUP_KEYS = {"title", "factors", "results", "problems", "to_develop", "way_forward", "none_stated"}


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return to_json(read_return(SEED, "000_0bf55f414089a6b9.txt"))


def flagged(found: dict[str, Any], kind: str) -> list[tuple[int, str]]:
    return [(flag["line"], flag["text"]) for flag in found["flags"] if flag["kind"] == kind]


def item(found: dict[str, Any], number: int) -> dict[str, Any]:
    return next(item for item in found["items"] if item["number"] == number)


def test_the_json_has_the_keys_of_the_contract_and_no_others(found: dict[str, Any]) -> None:
    assert found.keys() == KEYS
    assert all(item.keys() == ITEM_KEYS for item in found["items"])
    assert all(group.keys() == GROUP_KEYS for item in found["items"] for group in item["groups"])


def test_it_says_whose_return_of_which_issue_and_year_it_is(found: dict[str, Any]) -> None:
    said = [found[key] for key in ("office", "fiscal_year", "standard", "indicator", "issue")]
    assert said == ["สพป.เพชรบุรี เขต 1", 2555, 3, 1, "5.4"]


def test_fact_1_five_items_in_eleven_blocks_of_five_columns_and_four_levels(
    found: dict[str, Any],
) -> None:
    assert [item["number"] for item in found["items"]] == [1, 2, 3, 4, 5]
    assert (found["blocks"], found["continuations"]) == (11, 6)
    assert [level["level"] for level in found["levels"]] == [1, 2, 3, 4]
    assert found["columns"] == [
        "ระดับคุณภาพ",
        "คำอธิบายคุณภาพ",
        "ข้อมูลสารสนเทศ ผลการดำเนินงานของ สพป./สพม.",
        "ปัจจัย/วิธีการที่ทำให้การดำเนินงานเกิดผลสำเร็จตามเป้าหมาย/Best Practice หรือปัญหา/อุปสรรค/ข้อจำกัด"
        "/จุดที่ควรพัฒนาที่ทำให้การดำเนินงานไม่ประสบความสำเร็จตามเป้าหมาย",
        "เอกสาร/หลักฐานอ้างอิง",
    ]
    assert found["levels"][3]["text"].endswith("ร่องรอยหลักฐานปรากฏเด่นชัด สามารถตรวจสอบได้ทุกข้อ")


def test_fact_2_no_level_and_no_tick_is_guessed(found: dict[str, Any]) -> None:
    assert [item["level"] for item in found["items"]] == [None] * 5
    tests = [test for item in found["items"] for test in item["tests"]]
    assert [test["ticked"] for test in tests] == [None] * 6
    assert [test["text"] for test in tests] == [
        "ครบทุกสถานศึกษา",
        "ทันตามกำหนดเวลา",
        "ใช้วิธีการที่หลากหลายสอดคล้องกับสภาพและบริบท",
        "สอดคล้องกับปัญหาและความต้องการจำเป็นของสถานศึกษา",
        "มีการดำเนินการเป็นไปตามแผนปฏิบัติการ",
        "มีการตรวจสอบและปรับปรุงระบบ",
    ]
    assert all(mark["ticked"] is None for item in found["items"] for mark in item["evidence"])
    assert len(flagged(found, "level_unknown")) == 5


def test_all_forty_five_lost_marks_are_flagged(found: dict[str, Any]) -> None:
    lost = flagged(found, "tick_lost")
    assert len(lost) == 45
    assert Counter(text for _, text in lost if text.startswith("ระดับ")) == {
        f"ระดับ {level}": 5 for level in (1, 2, 3, 4)
    }
    assert [line for line, _ in lost[:4]] == [16, 20, 34, 37]


def test_fact_3_six_mentions_of_five_projects(found: dict[str, Any]) -> None:
    mentions = [title for item in found["items"] for title in item["projects"]]
    assert len(mentions) == 6
    assert len(set(squeezed(mentions))) == 5
    assert [len(item["projects"]) for item in found["items"]] == [1, 1, 3, 0, 1]
    assert item(found, 3)["projects"][1] == (
        "โครงการพัฒนาคุณภาพการศึกษา สำหรับนักเรียนที่มีความบกพร่องทางการเรียนรู้"
    )
    assert len(distinct_projects(read_return(SEED).document)) == 5


def test_fact_4_fifteen_marks_of_ten_documents_and_one_text(found: dict[str, Any]) -> None:
    assert [len(item["evidence"]) for item in found["items"]] == [4, 4, 1, 1, 5]
    distinct = distinct_evidence(read_return(SEED).document)
    assert Counter(piece.nature for piece in distinct) == {
        Nature.DOCUMENT: 10,
        Nature.TEXT_BLOCK: 1,
    }
    shared = [piece for piece in distinct if piece.items == (1, 2)]
    assert [piece.title for piece in shared] == [
        "โครงการประชุมเชิงปฏิบัติการการพัฒนาระบบประกันคุณภาพภายใน",
        "เอกสารแนบ กลยุทธ์ที่ 5 ประเด็นที่ 5.4 ข้อที่ 1 Power Point นำเสนอ)",
        "C.D. การพัฒนาระบบประกันคุณภาพภายใน",
        "เอกสาร กรมธรรม์ การประกันคุณภาพภายในของสถานศึกษา",
    ]


def test_fact_5_two_projects_of_item_3_lack_evidence(found: dict[str, Any]) -> None:
    assert flagged(found, "project_without_evidence") == [
        (225, "โครงการโรงเรียนแกนนำจัดการเรียนร่วม"),
        (226, "โครงการพัฒนาคุณภาพการศึกษา สำหรับนักเรียนที่มีความบกพร่องทางการเรียนรู้"),
    ]


def test_fact_6_thirteen_visits_on_four_dates_agree_with_the_total(found: dict[str, Any]) -> None:
    assert [(visit["date"], len(visit["schools"])) for visit in found["visits"]] == [
        ("2012-05-24", 3),
        ("2012-05-31", 4),
        ("2012-06-27", 4),
        ("2012-06-28", 2),
    ]
    schools = [school for visit in found["visits"] for school in visit["schools"]]
    assert len(set(schools)) == 13
    assert {"วัดโพธิ์", "วัดโพธิ์ทัยมณี"} <= set(schools)
    assert flagged(found, "count_mismatch") == []


@pytest.mark.parametrize(
    ("value", "unit", "words", "line"),
    [
        (75, "แห่ง", "ขนาดเล็ก", 198),
        (55, "คน", "ผู้ทรงคุณวุฒิ", 175),
        (3, "คน", "โรงเรียนละ", 167),
        (1, "วัน", "จำนวน 1 วัน", 167),
        (3, "ประเด็น", "ไม่ชัดเจน", 118),
        (8, "ขั้นตอน", "Coaching", 117),
        (8, "ขั้นตอน", "ออกแบบขั้นตอนระบบการนิเทศ", 369),
        (35, "โรงเรียน", "อย่างน้อย 35", 432),
        (13, "โรงเรียน", "ออกตรวจเยี่ยมโรงเรียน", 457),
        (1, "คน", "ผู้ทรงคุณวุฒิอย่างน้อย", 204),
        (15, "ปี", "สิทธิเสมอกันในการศึกษา", 454),
        (2, "คน", "มีครูเพียง", 487),
    ],
)
def test_fact_7_numbers_with_what_they_count(
    found: dict[str, Any], value: int, unit: str, words: str, line: int
) -> None:
    same = [
        n for n in found["numbers"] if (n["value"], n["unit"], n["line"]) == (value, unit, line)
    ]
    assert any(words in number["text"] for number in same)


def test_fact_8_periods_with_both_years(found: dict[str, Any]) -> None:
    periods = {(p["label"], p["from"], p["to"]) for p in found["periods"]}
    assert periods == {
        ("ตุลาคม – เมษายน 2555", "2011-10-01", "2012-04-30"),
        ("เมษายน – กันยายน 2555", "2012-04-01", "2012-09-30"),
        ("ตุลาคม-มีนาคม 2555", "2011-10-01", "2012-03-31"),
        ("1 – 15 กันยายน 2555", "2012-09-01", "2012-09-15"),
    }
    assert [p["line"] for p in found["periods"]] == [28, 78, 83, 113, 164, 233]


def test_fact_9_what_is_absent_is_said(found: dict[str, Any]) -> None:
    missing = " | ".join(found["absent"])
    for words in (
        "จำนวนโรงเรียนทั้งหมด", "ระดับคุณภาพ", "ลายมือชื่อ", "ผู้ประเมิน", "วันที่ประเมิน",
        "ผู้ตรวจเยี่ยม", "ภาคเรียนที่ 2/2555",
    ):  # fmt: skip
        assert words in missing
    assert "ปีงบประมาณ" not in missing


def test_fact_10_slips_are_kept_and_flagged(found: dict[str, Any]) -> None:
    assert flagged(found, "suspected_slip") == [
        (116, "กฏกระทรวง"),
        (126, "ถานศึกษา"),
        (301, "สมารถ"),
        (303, "สสวท."),
        (317, "สสวท."),
        (456, "งบประมาร"),
        (487, "มีมี"),
    ]
    assert flagged(found, "repeated_run") == [
        (
            30,
            "อบรมเชิงปฏิบัติการ การพัฒนาระบบประกันคุณภาพภายใน เพื่อให้เชื่อมโยงกับการประกันคุณภาพภายนอกรอบสาม",
        )
    ]
    [(line, text)] = flagged(found, "unpaired_bracket")
    assert (line, text[-12:]) == (195, "ของสถานศึกษา)"[-12:])
    assert [line for line, _ in flagged(found, "ambiguous_mark")] == [37, 124]
    assert "มีมีนักการภารโรง" in item(found, 5)["groups"][1]["problems"][0]


def test_fact_11_channels_told_of_and_channels_shown(found: dict[str, Any]) -> None:
    told, shown = (set(found["channels"][key]) for key in ("narrative", "evidence"))
    assert shown - told == {"in-office"}
    assert told - shown == {"Website", "โทรศัพท์", "Facebook", "e-mail", "tablet club", "satellite"}
    assert told & shown == {"e-office", "Skype", "LAN", "SMS", "วิทยุ", "หนังสือพิมพ์", "Internet"}


def test_fact_12_chains_of_different_lengths(found: dict[str, Any]) -> None:
    chains = [
        tuple(len(group[key]) for key in ("problems", "to_develop", "way_forward"))
        for item in found["items"]
        for group in item["groups"]
    ]
    assert chains == [(1, 1, 1), (1, 2, 2), (2, 3, 3), (1, 1, 1), (0, 1, 2), (2, 2, 2)]


def test_heading_1_that_returns_opens_a_group_named_by_its_project(found: dict[str, Any]) -> None:
    system, visits = item(found, 5)["groups"]
    assert (system["title"], system["none_stated"]) == (None, ["problems"])
    assert (visits["title"], visits["none_stated"]) == ("โครงการคณะกรรมการเขตตรวจเยี่ยมโรงเรียน", [])
    assert system["factors"][-1] == "สรุปผล / รายงานผล"
    assert visits["factors"][0].startswith("วิเคราะห์สถานะภาพการจัดการศึกษา")


def test_results_stand_apart_from_factors(found: dict[str, Any]) -> None:
    [group] = item(found, 2)["groups"]
    assert group["results"] == [
        "ทุกโรงเรียนสามารถกำหนดมาตรฐานได้ถูกต้อง และกำหนดค่าเป้าหมายในการพัฒนา สอดคล้องกับศักยภาพของสถานศึกษา)"
    ]
    assert len(group["factors"]) == 15


def test_lines_broken_inside_a_word_are_one_word_again(found: dict[str, Any]) -> None:
    system, visits = item(found, 5)["groups"]
    assert "ด้วยกระบวนการวิจัย / พัฒนาให้สอดคล้อง" in system["way_forward"][0]
    assert "อำเภอที่มีสถานศึกษาอยู่ในกำกับดูแล" in visits["factors"][3]
    assert item(found, 5)["evidence"][4]["title"].startswith(
        "รายงานผลการดำเนินงานคณะกรรมการเขตพื้นที่การศึกษาประถมศึกษาเพชรบุรี"
    )


def test_every_line_of_the_source_is_printed_by_the_document() -> None:
    document = read_return(SEED).document
    printed = list(document.heading)
    for block in document.blocks:
        printed += [*block.captions, *block.columns]
        printed += [f"{printed_level(row)} {row.text}" for row in block.levels]
        printed += map(printed_information, block.information)
        printed += map(printed_paragraph, block.narrative)
        printed += [f"{printed_evidence(mark)} {' '.join(mark.body)}" for mark in block.evidence]
    held = squeezed(" ".join(printed)).replace(UNKNOWN_TICK, "(")
    lines = squeezed(SEED.decode().split("\n"))
    assert [line for line in lines if line not in held] == []
