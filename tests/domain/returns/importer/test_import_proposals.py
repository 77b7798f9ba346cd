"""What the real return of 2555 proposes, and what any document may."""

import json
from collections import Counter
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings

from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.rules.importing.drafts import ProposalDraft, ProposalKind
from nithet.domain.returns.rules.importing.proposals import dropped_with, proposals_of
from tests.domain.returns.word.strategies import documents

SEED = "000_0bf55f414089a6b9.txt"


@cache
def seed() -> ReturnDocument:
    data = files("nithet.domain.returns").joinpath("demo_data", SEED).read_bytes()
    return read_return(data, SEED).document


@pytest.fixture(scope="module")
def proposed() -> list[ProposalDraft]:
    return proposals_of(seed(), 2555)


def of(proposed: list[ProposalDraft], kind: str) -> list[ProposalDraft]:
    return [draft for draft in proposed if draft.kind == kind]


def test_every_record_of_the_real_return_is_proposed(proposed: list[ProposalDraft]) -> None:
    assert Counter(draft.kind.value for draft in proposed) == {
        "plan": 1,
        "committee": 1,
        "project": 5,
        "service": 6,
        "activity": 13,
        "policy": 6,
        "school": 13,
        "visit": 13,
        "finding": 9,
        "figure": 16,
        "piece": 11,
        "use": 15,
        "narrative": 6,
    }


def test_one_project_serves_two_items_under_two_spellings(proposed: list[ProposalDraft]) -> None:
    services = [draft.payload for draft in of(proposed, "service")]
    assert [(s["project"], s["item"]) for s in services] == [
        ("project:1", 1),
        ("project:1", 2),
        ("project:2", 3),
        ("project:3", 3),
        ("project:4", 3),
        ("project:5", 5),
    ]
    assert services[0]["printed_title"] != services[1]["printed_title"]
    assert services[0]["printed_title"].replace(" ", "") == services[1]["printed_title"]
    assert [(s["boxed"], s["ticked"], s["sheet"]) for s in services[-2:]] == [
        (False, None, 0),
        (True, None, 1),
    ]


def test_ten_documents_and_a_statement_prove_fifteen_times(proposed: list[ProposalDraft]) -> None:
    pieces = {draft.key: draft.payload for draft in of(proposed, "piece")}
    assert Counter(piece["medium"] for piece in pieces.values()) == {"listed": 10, "statement": 1}
    assert [piece["kind"] for piece in pieces.values()] == [
        "project_document",
        "slides",
        "disc",
        "booklet",
        "project_document",
        "communication_record",
        "supervision_plan",
        "supervision_report",
        "visit_copy",
        "manual",
        "committee_report",
    ]
    uses = [draft.payload for draft in of(proposed, "use")]
    assert Counter(use["item"] for use in uses) == {1: 4, 2: 4, 3: 1, 4: 1, 5: 5}
    assert [use["piece"] for use in uses[:4]] == [use["piece"] for use in uses[4:8]]


def test_a_slip_in_a_title_is_kept_as_printed_on_the_same_piece(proposed: list[ProposalDraft]) -> None:
    printed = {u.payload["printed_title"] for u in of(proposed, "use") if u.payload["piece"] == "piece:4"}
    assert printed == {
        "เอกสาร กรมธรรม์ การประกันคุณภาพภายในของสถานศึกษา",
        "เอกสารกรมธรรม์ การประกันคุณภาพภายในของถานศึกษา",
    }


def test_evidence_speaks_about_the_project_that_it_is_or_stands_beside(proposed: list[ProposalDraft]) -> None:
    about = {d.key: d.payload["about"] for d in of(proposed, "piece") if d.payload["about"]}
    # The committee's report stands beside the committee's project, on the sheet where that has a box of its own.
    assert about == {"piece:1": "project:1", "piece:5": "project:4", "piece:11": "project:5"}


def test_activities_belong_only_where_the_file_says_to_which_project(proposed: list[ProposalDraft]) -> None:
    owners = Counter(draft.payload["project"] for draft in of(proposed, "activity"))
    assert owners == {"project:1": 11, "project:5": 2}


def test_activities_take_the_months_above_them_across_the_new_year(proposed: list[ProposalDraft]) -> None:
    activities = {(d.line, d.payload["mark"]): d.payload for d in of(proposed, "activity")}
    before, after = activities[30, "1.1"], activities[79, "1.3"]
    assert before["period"] == {"start": "2011-10-01", "end": "2012-04-30", "label": "ตุลาคม – เมษายน 2555"}
    assert after["period"] == {"start": "2012-04-01", "end": "2012-09-30", "label": "เมษายน – กันยายน 2555"}
    assert activities[115, "1.1"]["kind"] == "preparation"
    assert activities[175, "1.7"]["kind"] == "training"
    assert activities[457, "1.2"]["period"] is None


def test_six_policies_have_two_targets(proposed: list[ProposalDraft]) -> None:
    policies = [draft.payload for draft in of(proposed, "policy")]
    assert [policy["number"] for policy in policies] == [f"1.1.{n}" for n in range(1, 7)]
    targets = [(p["target_value"], p["target_unit"], p["period_kind"], p["period_label"]) for p in policies]
    assert targets[:2] == [
        (1, "ครั้ง", "semester", "ภาคเรียนละ"),
        (35, "โรงเรียน", "academic_year", "ปีการศึกษา 2555"),
    ]
    assert targets[2:] == [(None, "", "none", "")] * 4
    assert {policy["project"] for policy in policies} == {"project:5"}


def test_thirteen_visits_to_thirteen_schools_without_visitors(proposed: list[ProposalDraft]) -> None:
    schools = {draft.key: draft.payload["name"] for draft in of(proposed, "school")}
    visits = [draft.payload for draft in of(proposed, "visit")]
    assert Counter(visit["visited_on"] for visit in visits) == {
        "2012-05-24": 3,
        "2012-05-31": 4,
        "2012-06-27": 4,
        "2012-06-28": 2,
    }
    assert len({visit["school"] for visit in visits}) == 13
    assert {"วัดโพธิ์", "วัดโพธิ์ทัยมณี"} <= set(schools.values())
    assert {visit["kind"] for visit in visits} == {"committee"}
    assert all(set(visit) == {"school", "kind", "visited_on", "project"} for visit in visits)


def test_findings_are_those_of_the_visits_alone(proposed: list[ProposalDraft]) -> None:
    findings = [draft.payload for draft in of(proposed, "finding")]
    assert Counter(finding["kind"] for finding in findings) == {"impression": 5, "problem": 2, "to_develop": 2}
    assert {finding["project"] for finding in findings} == {"project:5"}


def test_lost_boxes_answer_nothing(proposed: list[ProposalDraft]) -> None:
    assert of(proposed, "test") == of(proposed, "level") == []


def test_paragraphs_cite_the_records_made_of_them_and_those_they_name(proposed: list[ProposalDraft]) -> None:
    cites = {
        (draft.payload["item"], paragraph["mark"], paragraph["text"][:12]): paragraph["cites"]
        for draft in of(proposed, "narrative")
        for paragraph in draft.payload["paragraphs"]
    }
    assert cites[5, "1.2.4", "วันที่ 28 มิ"] == ["visit:12", "visit:13"]
    total = cites[5, "1.2", "ออกตรวจเยี่ย"]
    assert total[:1] == ["activity:13"]
    assert sum(key.startswith("visit:") for key in total) == 13
    assert cites[5, "1.1.2", "ส่งเสริมการจ"] == ["policy:2", "figure:12"]
    assert "piece:4" in cites[2, "1.8", "จัดกิจกรรม “"]
    assert cites[1, "1.", "โครงการประชุ"] == ["project:1"]


def test_the_narrative_keeps_the_authors_words_marks_and_sheets(proposed: list[ProposalDraft]) -> None:
    groups = [draft.payload for draft in of(proposed, "narrative")]
    told = [
        (group["item"], p["sheet"], p["role"], p["section"], p["mark"], p["depth"], p["text"])
        for group in groups
        for p in group["paragraphs"]
    ]
    sheets: Counter[int] = Counter()
    written = []
    for block in seed().blocks:
        for p in block.narrative:
            written.append((block.item, sheets[block.item], p.role, p.section, p.mark, p.depth, p.text))
        sheets[block.item] += 1
    assert told == written
    assert [(group["item"], group["about"]) for group in groups] == [
        (1, "project:1"),
        (2, "project:1"),
        (3, None),
        (4, None),
        (5, None),
        (5, "project:5"),
    ]


def test_dropping_a_project_drops_what_cannot_be_without_it(proposed: list[ProposalDraft]) -> None:
    gone = dropped_with(proposed, "project:5")
    kinds = Counter(key.split(":")[0] for key in gone)
    assert kinds == {"project": 1, "service": 1, "activity": 2}
    assert dropped_with(proposed, "school:7") == {"school:7", "visit:7"}
    assert len(dropped_with(proposed, "plan:1")) == 1 + 5 + 6 + 13


@settings(max_examples=60)
@given(documents)
def test_any_document_gives_whole_proposals(document: ReturnDocument) -> None:
    found = proposals_of(document, 2555)
    keys = [draft.key for draft in found]
    assert len(set(keys)) == len(keys)
    for draft in found:
        assert set(draft.needs) <= set(keys)
        assert len(draft.summary) <= 500
        assert json.loads(json.dumps(draft.payload)) == draft.payload
    assert sum(len(d.payload["paragraphs"]) for d in found if d.kind is ProposalKind.NARRATIVE) == sum(
        len(block.narrative) for block in document.blocks
    )
