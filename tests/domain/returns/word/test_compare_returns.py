"""Edits of the real return are found, each as what it is, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
    blocks_by_item,
)
from nithet.domain.returns.rules.alignment import align
from nithet.domain.returns.rules.compare import Change, Column, Entry, compare, entries_of
from nithet.domain.returns.rules.figures import ChangedFigure, changed_figures
from tests.domain.returns.importer.test_import_proposals import seed

TEXTS = st.text(st.sampled_from("กขคงสมน 0123"), min_size=1, max_size=12).map(lambda t: f"ก{t.strip()}")


def with_block(document: ReturnDocument, index: int, **new: object) -> ReturnDocument:
    blocks = list(document.blocks)
    blocks[index] = replace(blocks[index], **new)  # type: ignore[arg-type]
    return replace(document, blocks=tuple(blocks))


def with_paragraph(document: ReturnDocument, index: int, place: int, **new: object) -> ReturnDocument:
    told = list(document.blocks[index].narrative)
    told[place] = replace(told[place], **new)  # type: ignore[arg-type]
    return with_block(document, index, narrative=tuple(told))


def find(document: ReturnDocument, words: str) -> tuple[int, int]:
    return next(
        (b, p)
        for b, block in enumerate(document.blocks)
        for p, paragraph in enumerate(block.narrative)
        if words in paragraph.text
    )


def test_an_unedited_file_has_no_differences() -> None:
    assert compare(seed(), seed()) == []


def test_a_figure_changed_by_hand_is_named_with_both_values() -> None:
    block, place = find(seed(), "จำนวน 13 โรงเรียน")
    edited = with_paragraph(seed(), block, place, text="ออกตรวจเยี่ยมโรงเรียน จำนวน 14 โรงเรียน ดังนี้")
    [found] = compare(seed(), edited)
    assert (found.change, found.column, found.item) == (Change.CHANGED, Column.NARRATIVE, 5)
    assert found.figures == (ChangedFigure("13", "14"),)
    assert (found.before, found.after) == (
        "1.2 ออกตรวจเยี่ยมโรงเรียน จำนวน 13 โรงเรียน ดังนี้",
        "1.2 ออกตรวจเยี่ยมโรงเรียน จำนวน 14 โรงเรียน ดังนี้",
    )
    assert found.old is not None
    assert (found.old.sheet, found.old.index) == (2, place)


def test_a_mark_that_changed_is_no_figure() -> None:
    block, place = find(seed(), "จำนวน 13 โรงเรียน")
    [found] = compare(seed(), with_paragraph(seed(), block, place, mark="1.9"))
    assert (found.change, found.figures) == (Change.CHANGED, ())


def test_a_new_paragraph_knows_what_it_stands_behind() -> None:
    told = seed().blocks[0].narrative
    new = Paragraph("ขยายผล", Role.POINT, Section.FACTORS, "1.3", 2)
    [found] = compare(seed(), with_block(seed(), 0, narrative=(*told, new)))
    assert (found.change, found.before, found.after) == (Change.ADDED, "", "1.3 ขยายผล")
    assert found.anchor is not None
    assert found.anchor.content == told[-1]


def test_a_paragraph_taken_out_is_removed_and_its_neighbours_stay() -> None:
    told = seed().blocks[0].narrative
    [found] = compare(seed(), with_block(seed(), 0, narrative=told[:-1]))
    assert (found.change, found.after) == (Change.REMOVED, "")


def test_a_paragraph_that_only_moved_to_another_sheet_is_the_same() -> None:
    first, second = seed().blocks[0].narrative, seed().blocks[1].narrative
    moved = with_block(seed(), 0, narrative=first[:-1])
    moved = with_block(moved, 1, narrative=(first[-1], *second))
    assert compare(seed(), moved) == []


@pytest.mark.parametrize(
    ("new", "column"),
    [
        ({"columns": ("ระดับ", *seed().columns[1:])}, Column.COLUMNS),
        ({"captions": replace(seed().blocks[0].captions, item="ข้อที่ 1 อื่น")}, Column.CAPTIONS),
        ({"levels": (replace(seed().blocks[0].levels[0], text="อื่น"), *seed().blocks[0].levels[1:])}, Column.LEVELS),
        ({"information": seed().blocks[0].information[1:]}, Column.INFORMATION),
    ],
)
def test_words_of_the_form_are_told_apart(new: dict[str, object], column: Column) -> None:
    [found] = compare(seed(), with_block(seed(), 0, **new))
    assert (found.change, found.column, found.item) == (Change.FORM, column, 1)


def test_ticks_are_changes_of_the_office() -> None:
    block = seed().blocks[3 + 3]
    ticked = [replace(line, ticked=True) for line in block.information]
    levels = (*block.levels[:3], replace(block.levels[3], ticked=True))
    found = compare(seed(), with_block(seed(), 6, information=tuple(ticked), levels=levels))
    assert [(d.change, d.column) for d in found] == [(Change.CHANGED, Column.LEVELS)] + [
        (Change.CHANGED, Column.INFORMATION)
    ] * 3
    assert found[0].after == "☑ ระดับ 4"


def test_an_item_that_the_form_does_not_have_cannot_be_taken() -> None:
    strange = replace(seed().blocks[0], item=9)
    found = compare(seed(), replace(seed(), blocks=(*seed().blocks, strange)))
    assert [(d.change, d.item) for d in found] == [(Change.FORM, 9)]


def test_an_item_cut_out_of_the_file_is_removed_entry_by_entry() -> None:
    without = replace(seed(), blocks=tuple(b for b in seed().blocks if b.item != 4))
    found = compare(seed(), without)
    assert {d.item for d in found} == {4}
    narrative = [d.change for d in found if d.column is Column.NARRATIVE]
    assert narrative == [Change.REMOVED] * len(seed().blocks[6].narrative)


# Whatever is done to a column, taking every difference gives the edited column ---------------------

paragraphs = st.builds(
    Paragraph,
    TEXTS,
    st.just(Role.POINT),
    st.just(Section.FACTORS),
    st.sampled_from(["1.1", "1.2", "-", ""]),
    st.just(2),
)
marks = st.builds(EvidenceMark, TEXTS, st.none() | st.booleans(), st.just(False), st.lists(TEXTS, max_size=1).map(tuple))


@st.composite
def edits(draw: st.DrawFn) -> ReturnDocument:
    document = seed()
    for _ in range(draw(st.integers(1, 6))):
        index = draw(st.integers(0, len(document.blocks) - 1))
        column, new = draw(st.sampled_from([("narrative", paragraphs), ("evidence", marks)]))
        held = list(getattr(document.blocks[index], column))
        place = draw(st.integers(0, len(held)))
        deed = draw(st.sampled_from(["add", "change", "remove"])) if place < len(held) else "add"
        if deed == "add":
            held.insert(place, draw(new))
        elif deed == "remove":
            del held[place]
        elif column == "narrative":
            held[place] = replace(held[place], text=f"{held[place].text} {draw(TEXTS)}")
        else:
            held[place] = replace(held[place], title=f"{draw(TEXTS)} {held[place].title}")
        document = with_block(document, index, **{column: tuple(held)})
    return document


def column_of(document: ReturnDocument, item: int, column: Column) -> list[Entry]:
    blocks: dict[int, tuple[Block, ...]] = {k.item: b for k, b in blocks_by_item(document).items()}
    return list(entries_of(blocks[item], column))


@settings(max_examples=80, deadline=None)
@given(edits())
def test_taking_every_difference_makes_the_edited_file(edited: ReturnDocument) -> None:
    found = compare(seed(), edited)
    for item in range(1, 6):
        for column in (Column.NARRATIVE, Column.EVIDENCE):
            of_column = [d for d in found if d.item == item and d.column is column]
            before = column_of(seed(), item, column)
            by_old = {id_of(d.old): d for d in of_column if d.old}
            behind: dict[object, list[str]] = {}
            for d in of_column:
                if d.change is Change.ADDED:
                    behind.setdefault(id_of(d.anchor), []).append(d.after)
            result = list(behind.get(None, []))
            for entry in before:
                difference = by_old.get(id_of(entry))
                if difference is None or difference.new:
                    result.append(difference.after if difference else entry.printed)
                result.extend(behind.get(id_of(entry), []))
            assert result == [e.printed for e in column_of(edited, item, column)]


def id_of(entry: Entry | None) -> tuple[int, int] | None:
    return (entry.sheet, entry.index) if entry else None


@given(st.lists(TEXTS, max_size=8), st.lists(TEXTS, max_size=8))
def test_every_entry_is_paired_once_and_in_order(before: list[str], after: list[str]) -> None:
    pairs = align(before, after)
    assert [b for b, _ in pairs if b is not None] == list(range(len(before)))
    assert [a for _, a in pairs if a is not None] == list(range(len(after)))


@given(TEXTS, TEXTS)
def test_equal_figures_are_never_flagged(one: str, other: str) -> None:
    assert changed_figures(one, one) == ()
    for figure in changed_figures(one, other):
        assert figure.before != figure.after
