"""A document taken apart into plain records and put together again; ticks and places of new ones."""

from collections import Counter
from functools import cache
from importlib.resources import files

from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.frameworks.rules.loading.edition import load_edition
from nithet.domain.returns.document import InformationLine, Kind, ReturnDocument
from nithet.domain.returns.rules import wording
from nithet.domain.returns.rules.assembling import (
    ItemRecords,
    LevelTick,
    Listed,
    Proof,
    RoundRecords,
    Told,
    assemble,
)
from nithet.domain.returns.rules.places import Column, Place
from nithet.foundation.refs.registry import RecordRef
from tests.domain.returns.importer.test_import_proposals import seed

REF = RecordRef("plans.project", "1")


@cache
def edition() -> Edition:
    folder = files("nithet.domain.frameworks") / "editions"
    loaded = load_edition(folder.joinpath("obec-return-2555-5.4.yaml").read_text("utf-8"))
    assert isinstance(loaded, Edition)
    return loaded


def taken_apart(document: ReturnDocument) -> RoundRecords:
    items: dict[str, ItemRecords] = {}
    sheets: Counter[int] = Counter()
    for block in document.blocks:
        sheet = sheets[block.item]
        kept = items.get(str(block.item), ItemRecords())
        items[str(block.item)] = ItemRecords(
            sheets=sheet + 1,
            narrative=[*kept.narrative, *(Told(p, sheet) for p in block.narrative)],
            projects=[
                *kept.projects,
                *(
                    Listed(line, sheet, place)
                    for place, line in enumerate(block.information, 1)
                    if line.kind is Kind.PROJECT
                ),
            ],
            evidence=[*kept.evidence, *(Proof(mark, sheet) for mark in block.evidence)],
        )
        sheets[block.item] += 1
    printed = wording.differing(
        wording.words_of_document(document), wording.words_of_edition(edition(), sheets)
    )
    return RoundRecords(document.office or "", 2555, items, document.heading, printed)


def test_the_real_return_differs_from_its_edition_in_one_full_stop_and_lost_boxes() -> None:
    printed = taken_apart(seed()).printed
    assert {(item, part) for item, _, part in printed} == {
        (2, "caption.item"),
        (1, "label.tick"),
        (2, "label.tick"),
        (3, "label.tick"),
    }


def test_the_real_return_is_put_together_again() -> None:
    assert assemble(edition(), taken_apart(seed())).document == seed()


def born_here(**item: object) -> RoundRecords:
    return RoundRecords("สพป.ทดสอบ เขต 1", 2555, {"1": ItemRecords(**item)})  # type: ignore[arg-type]


def listed(title: str, position: int = 0) -> Listed:
    return Listed(InformationLine(Kind.PROJECT, title, "1."), 0, position, (REF,))


def test_a_round_without_records_prints_the_whole_form() -> None:
    document = assemble(edition(), born_here()).document
    assert [block.item for block in document.blocks] == [1, 2, 3, 4, 5]
    assert (document.standard, document.indicator, document.issue) == (3, 1, "5.4")
    assert document.heading[0] == "ประเด็นที่ 5.4"
    first = document.blocks[0]
    assert [row.ticked for row in first.levels] == [None] * 4
    assert [line.kind for line in first.information] == [Kind.REQUIREMENT, Kind.PROJECT_LABEL]
    assert first.information[1].ticked is False
    assert [line.ticked for line in document.blocks[3].information] == [None] * 4


def test_a_project_entered_here_stands_behind_those_listed() -> None:
    records = born_here(projects=[listed("ใหม่"), listed("เดิม", 3)])
    lines = assemble(edition(), records).document.blocks[0].information
    assert [line.text for line in lines[2:]] == ["เดิม", "ใหม่"]
    assert lines[1].ticked is True


def test_one_level_is_ticked_and_the_others_are_empty() -> None:
    reached = assemble(edition(), born_here(tick=LevelTick(3))).document.blocks[0]
    assert [row.ticked for row in reached.levels] == [False, False, True, False]
    not_reached = assemble(edition(), born_here(tick=LevelTick(None))).document.blocks[0]
    assert [row.ticked for row in not_reached.levels] == [False] * 4


def test_answers_tick_the_tests_of_the_form() -> None:
    answer = RecordRef("assessments.testanswer", "9")
    tests = {"every_school": (True, answer), "on_time": (False, answer)}
    records = RoundRecords("ก", 2555, {"4": ItemRecords(tests=tests)})
    built = assemble(edition(), records)
    assert [line.ticked for line in built.document.blocks[3].information] == [None, True, False, None]
    assert built.sources[Place(3, Column.INFORMATION, 1)] == (answer,)


def test_records_on_a_later_sheet_make_continuations() -> None:
    records = RoundRecords("ก", 2555, {"1": ItemRecords(evidence=[Proof(seed().blocks[0].evidence[0], 2, (REF,))])})
    built = assemble(edition(), records)
    assert [block.continued for block in built.document.blocks[:4]] == [False, True, True, False]
    assert built.document.blocks[2].captions.item.endswith("(ต่อ)")
    assert not built.document.blocks[2].levels
    assert built.sources == {Place(2, Column.EVIDENCE, 0): (REF,)}


def test_an_empty_word_is_not_printed() -> None:
    records = RoundRecords("ก", 2555, {}, printed={(1, 0, "label"): "", (1, 0, "level.2"): ""})
    block = assemble(edition(), records).document.blocks[0]
    assert [line.kind for line in block.information] == [Kind.REQUIREMENT]
    assert [row.level for row in block.levels] == [1, 3, 4]
