"""A Word file goes out, is edited with python-docx as people edit it, and comes back."""

import io
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.document import Document as Word
from docx.text.paragraph import Paragraph as WordParagraph

from nithet.domain.assessments.actions.answers import answer_test
from nithet.domain.assessments.actions.narrative import edit_paragraph
from nithet.domain.assessments.actions.rounds import close_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.projects import add_project, serve_item
from nithet.domain.plans.models.project import Project
from nithet.domain.returns.actions.editing import bring_edited_file, decide_paragraph
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.document import (
    TICKED,
    ReturnDocument,
    Role,
    items_of,
    printed_paragraph,
)
from nithet.domain.returns.models import EditedFile, EditedParagraph
from nithet.domain.returns.queries import find_edited, list_edited
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx
from nithet.domain.returns.rules.sections import resectioned
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.files import store
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast
from tests.domain.returns.importer import factories
from tests.domain.returns.importer.factories import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporting_round(office: Unit, cast: Cast, settings: object, tmp_path: Path) -> Round:
    factories.call_it_phetchaburi(cast)
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]
    kept = imported(cast)
    return Round.objects.select_related("edition", "office").get(pk=kept.pk)


def paragraphs_of(word: Word) -> list[WordParagraph]:
    return [
        paragraph
        for table in word.tables
        for row in table.rows
        for cell in dict.fromkeys(row.cells)
        for paragraph in cell.paragraphs
    ]


def the(word: Word, words: str, nth: int = 0) -> WordParagraph:
    return [p for p in paragraphs_of(word) if words in p.text][nth]


def say(paragraph: WordParagraph, text: str) -> None:
    """Type over a paragraph as Word does: the first run keeps its looks, the others go."""
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = text


def behind(paragraph: WordParagraph, text: str) -> WordParagraph:
    """Press Enter behind a paragraph and type."""
    new = WordParagraph(deepcopy(paragraph._p), paragraph._parent)
    paragraph._p.addnext(new._p)
    say(new, text)
    return new


def edited(reporting_round: Round, *edits: Callable[[Word], object]) -> bytes:
    word = docx.Document(io.BytesIO(render_docx(build_return(reporting_round), Print(issued=False))))
    for edit in edits:
        edit(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def bring(cast: Cast, reporting_round: Round, *edits: Callable[[Word], object], who: str = "supervisor") -> EditedFile:
    return bring_edited_file(
        actor=cast.actor(who), round=reporting_round, data=edited(reporting_round, *edits), file_name="แก้ไข.docx"
    )


def take(cast: Cast, row: EditedParagraph) -> EditedParagraph:
    return decide_paragraph(actor=cast.actor("supervisor"), paragraph=row, take=True)


def thirteen_to_fourteen(word: Word) -> None:
    say(the(word, "จำนวน 13 โรงเรียน"), "1.2 ออกตรวจเยี่ยมโรงเรียน จำนวน 14 โรงเรียน ดังนี้")


def one_more(word: Word) -> None:
    behind(the(word, "หลายโรงเรียนคะแนน"), "1.3.5 ครูทุกคนตั้งใจสอน")


def one_less(word: Word) -> None:
    gone = the(word, "บางชุมชนร่วมมือ")._p
    gone.getparent().remove(gone)


def form_word(word: Word) -> None:
    say(the(word, "เอกสาร/หลักฐานอ้างอิง"), "หลักฐาน")


def a_tick(word: Word) -> None:
    say(the(word, "ครบทุกสถานศึกษา"), f"{TICKED} ครบทุกสถานศึกษา")


def test_a_file_saved_again_without_edits_is_done_at_once(cast: Cast, reporting_round: Round) -> None:
    file = bring(cast, reporting_round)
    assert (file.state, file.paragraphs.count()) == ("done", 0)


def test_a_point_that_went_and_one_that_came_alone_are_told_apart(cast: Cast, reporting_round: Round) -> None:
    file = bring(cast, reporting_round, one_less)
    assert [(r.kind, r.column) for r in file.paragraphs.all()] == [("removed", "narrative")]
    file = bring(cast, reporting_round, one_more)
    assert [(r.kind, r.column) for r in file.paragraphs.all()] == [("added", "narrative")]


def test_every_edit_is_found_as_what_it_is(cast: Cast, reporting_round: Round) -> None:
    file = bring(cast, reporting_round, thirteen_to_fourteen, one_more, one_less, form_word, a_tick)
    found = [(r.kind, r.column, r.item, r.can_take) for r in file.paragraphs.all()]
    assert found == [
        ("form", "columns", "1", False),
        ("changed", "information", "4", True),
        ("changed", "narrative", "5", True),
        # Point 1.3.5 went and another 1.3.5 came: one point, wholly rewritten.
        ("changed", "narrative", "5", True),
    ]
    assert file.state == "open"
    assert store.exists("returns", file.file_sha256)
    assert AuditEvent.objects.get(name="return.edited_brought").after["differences"] == 4


def test_a_figure_changed_by_hand_names_the_visits_that_say_otherwise(cast: Cast, reporting_round: Round) -> None:
    [row] = bring(cast, reporting_round, thirteen_to_fourteen).paragraphs.all()
    [figure] = row.figures
    assert (figure["before"], figure["after"]) == ("13", "14")
    assert len(figure["records"]) == 13
    assert {RecordRef.parse(ref).kind for ref in figure["records"]} == {"supervision.visit"}


def a_target(word: Word) -> None:
    held = the(word, "อย่างน้อย 35 โรงเรียน")
    say(held, held.text.replace("35", "40"))


def test_a_target_changed_by_hand_names_its_policy(cast: Cast, reporting_round: Round) -> None:
    [row] = bring(cast, reporting_round, a_target).paragraphs.all()
    assert {RecordRef.parse(ref).kind for ref in row.figures[0]["records"]} == {
        "plans.policy",
        "directory.statedfigure",
    }


def test_taking_every_difference_makes_the_return_equal_to_the_file(cast: Cast, reporting_round: Round) -> None:
    edits = (thirteen_to_fourteen, one_more, one_less, a_tick)
    data = edited(reporting_round, *edits)
    file = bring_edited_file(
        actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="แก้ไข.docx"
    )
    cites = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม").cites
    for row in file.paragraphs.all():
        take(cast, row)
    assert build_return(reporting_round) == read_return(data).document
    told = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม")
    assert (told.text, told.cites) == ("ออกตรวจเยี่ยมโรงเรียน จำนวน 14 โรงเรียน ดังนี้", cites)
    file.refresh_from_db()
    assert file.state == "done"
    answer = reporting_round.answers.get(item="4").tests.get()
    assert (answer.test, answer.is_done) == ("every_school", True)
    assert "แก้ไข.docx" in answer.reason


@pytest.mark.parametrize("order", [1, -1])
def test_several_additions_at_one_place_keep_their_order_however_they_are_taken(
    cast: Cast, reporting_round: Round, order: int
) -> None:
    def three(word: Word) -> None:
        held = the(word, "จัดอบรมครู", 0)
        for text in ("4.6 สาม", "4.5 สอง", "4.4 หนึ่ง"):
            behind(held, text)

    data = edited(reporting_round, three)
    file = bring_edited_file(actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="ก.docx")
    rows = list(file.paragraphs.all())
    assert [row.after for row in rows] == ["4.4 หนึ่ง", "4.5 สอง", "4.6 สาม"]
    for row in rows[::order]:
        take(cast, row)
    assert build_return(reporting_round) == read_return(data).document


def test_a_heading_that_is_taken_moves_what_follows_into_its_section(cast: Cast, reporting_round: Round) -> None:
    def results(word: Word) -> None:
        behind(the(word, "1.2 การออกนิเทศ"), "ผลการดำเนินงาน")

    def told(word: Word) -> None:
        mine = [p for p in paragraphs_of(word) if p.text == "ผลการดำเนินงาน"][1]
        behind(mine, "ครูได้รับความรู้ทุกคน")

    def gone(word: Word) -> None:
        held = the(word, "3. จุดที่ควรพัฒนา", 2)._p
        held.getparent().remove(held)

    data = edited(reporting_round, results, told, gone)
    file = bring_edited_file(actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="ก.docx")
    assert [row.kind for row in file.paragraphs.all()] == ["added", "added", "removed"]
    for row in file.paragraphs.all():
        take(cast, row)
    assert build_return(reporting_round) == read_return(data).document
    moved = NarrativeParagraph.objects.get(text="สื่อ/นวัตกรรม")
    assert moved.section == "problems"


def test_a_mark_that_changes_keeps_citations_and_later_differences(cast: Cast, reporting_round: Round) -> None:
    def renumber(word: Word) -> None:
        held = the(word, "วันที่ 28 มิถุนายน")
        say(held, held.text.replace("1.2.4", "1.2.5"))

    def then_more(word: Word) -> None:
        behind(the(word, "วันที่ 28 มิถุนายน"), "1.2.6 สรุปผลการเยี่ยม")

    data = edited(reporting_round, renumber, then_more)
    file = bring_edited_file(actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="ก.docx")
    before = NarrativeParagraph.objects.get(mark="1.2.4")
    for row in file.paragraphs.all():
        take(cast, row)
    after = NarrativeParagraph.objects.get(mark="1.2.5")
    assert after.cites == before.cites != []
    assert build_return(reporting_round) == read_return(data).document


def test_projects_and_evidence_that_were_added_become_records(cast: Cast, reporting_round: Round) -> None:
    def evidence(word: Word) -> None:
        behind(the(word, "คู่มือการนิเทศ", 1), f"{TICKED} สมุดบันทึกการนิเทศ")

    def project(word: Word) -> None:
        behind(the(word, "โครงการพัฒนาคุณภาพการจัดการศึกษาเรียนร่วม"), "4. โครงการเรียนรวมคุณภาพ")

    data = edited(reporting_round, evidence, project)
    file = bring_edited_file(actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="ก.docx")
    assert [(row.kind, row.column) for row in file.paragraphs.all()] == [
        ("added", "information"),
        ("added", "evidence"),
    ]
    for row in file.paragraphs.all():
        take(cast, row)
    assert Project.objects.get(title="โครงการเรียนรวมคุณภาพ").services.get().item == "3"
    piece = Piece.objects.get(title="สมุดบันทึกการนิเทศ")
    assert (piece.kind, piece.medium, Use.objects.get(piece=piece).item) == ("visit_copy", "listed", "5")
    assert build_return(reporting_round) == read_return(data).document


@pytest.mark.parametrize("item", ["1", "2", "3", "4", "5"])
def test_projects_entered_by_hand_come_back_from_the_paper_as_themselves(
    cast: Cast, reporting_round: Round, item: str
) -> None:
    planner = cast.actor("planner")
    plan = open_plan(actor=planner, fiscal_year=reporting_round.fiscal_year, title="แผน")
    for title in ("โครงการนิเทศเต็มพิกัด", "งานนิเทศภายใน"):
        project = add_project(actor=planner, plan=plan, title=title)
        serve_item(actor=planner, project=project, edition=reporting_round.edition, item=item)
    file = bring(cast, reporting_round)
    assert (file.state, file.paragraphs.count()) == ("done", 0)


def test_a_project_taken_out_on_paper_no_longer_serves_the_item(cast: Cast, reporting_round: Round) -> None:
    def gone(word: Word) -> None:
        held = the(word, "โครงการพัฒนาคุณภาพการจัดการศึกษาเรียนร่วม")._p
        held.getparent().remove(held)

    data = edited(reporting_round, gone)
    [row] = bring(cast, reporting_round, gone).paragraphs.all()
    assert (row.kind, row.column, row.can_take) == ("removed", "information", True)
    projects = Project.objects.count()
    take(cast, row)
    assert Project.objects.count() == projects
    assert build_return(reporting_round) == read_return(data).document


def test_evidence_taken_out_on_paper_is_no_longer_used_for_the_item(cast: Cast, reporting_round: Round) -> None:
    def gone(word: Word) -> None:
        held = the(word, "สำเนาการนิเทศโรงเรียน")._p
        held.getparent().remove(held)

    data = edited(reporting_round, gone)
    [row] = bring(cast, reporting_round, gone).paragraphs.all()
    assert (row.kind, row.can_take) == ("removed", True)
    pieces = Piece.objects.count()
    take(cast, row)
    assert Piece.objects.count() == pieces
    assert build_return(reporting_round) == read_return(data).document


def test_evidence_and_projects_reworded_in_word_are_listed_in_the_new_words(cast: Cast, reporting_round: Round) -> None:
    def evidence(word: Word) -> None:
        held = the(word, "สำเนาการนิเทศโรงเรียน")
        say(held, held.text.replace("สำเนาการนิเทศโรงเรียน", "สำเนาบันทึกการนิเทศโรงเรียน"))

    def project(word: Word) -> None:
        held = the(word, "โครงการพัฒนาคุณภาพการจัดการศึกษาเรียนร่วม")
        say(held, held.text.replace("เรียนร่วม", "เรียนรวม"))

    data = edited(reporting_round, evidence, project)
    file = bring(cast, reporting_round, evidence, project)
    rows = list(file.paragraphs.all())
    assert [(row.kind, row.column, row.can_take) for row in rows] == [
        ("changed", "information", True),
        ("changed", "evidence", True),
    ]
    titles = set(Project.objects.values_list("title", flat=True))
    pieces = set(Piece.objects.values_list("title", flat=True))
    for row in rows:
        take(cast, row)
    assert set(Project.objects.values_list("title", flat=True)) == titles
    assert set(Piece.objects.values_list("title", flat=True)) == pieces
    assert build_return(reporting_round) == read_return(data).document


def test_evidence_reworded_meanwhile_is_a_conflict(cast: Cast, reporting_round: Round) -> None:
    def evidence(word: Word) -> None:
        held = the(word, "สำเนาการนิเทศโรงเรียน")
        say(held, held.text.replace("สำเนาการนิเทศโรงเรียน", "สำเนาบันทึกการนิเทศโรงเรียน"))

    [row] = bring(cast, reporting_round, evidence).paragraphs.all()
    Use.objects.filter(printed_title__contains="สำเนาการนิเทศโรงเรียน").update(printed_title="ถ้อยคำอื่น")
    with pytest.raises(Conflict):
        take(cast, row)


def test_a_paragraph_wholly_rewritten_is_one_change(cast: Cast, reporting_round: Round) -> None:
    def rewrite(word: Word) -> None:
        held = the(word, "บางชุมชนร่วมมือ")
        mark = held.text.split(" ", 1)[0]
        say(held, f"{mark} ไม่เหมือนเดิมเลยแม้แต่น้อย ABC 2555")

    [row] = bring(cast, reporting_round, rewrite).paragraphs.all()
    assert (row.kind, row.column) == ("changed", "narrative")
    assert "บางชุมชนร่วมมือ" in row.before
    take(cast, row)
    assert NarrativeParagraph.objects.filter(text__contains="ไม่เหมือนเดิมเลย").exists()


def test_a_level_ticked_in_word_is_stated_while_nobody_has_signed(cast: Cast, reporting_round: Round) -> None:
    def level(word: Word) -> None:
        say(the(word, "ระดับ 2"), f"{TICKED} ระดับ 2")

    file = bring(cast, reporting_round, level)
    [row] = file.paragraphs.all()
    assert (row.column, row.can_take) == ("levels", True)
    shown = standing_of(reporting_round).digest
    taken = take(cast, row)
    assert reporting_round.answers.get(item="1").stated_level == 2
    assert taken.record.startswith("assessments.itemanswer:")
    sign_off(
        actor=cast.actor("director"), round=reporting_round, declared_level=None, shown=shown, request_key="s", reason="มติ"
    )
    again = bring(cast, reporting_round, lambda word: say(the(word, "ระดับ 3"), f"{TICKED} ระดับ 3"))
    assert [row.can_take for row in again.paragraphs.all()] == [False]


def test_keeping_leaves_the_records_and_is_final(cast: Cast, reporting_round: Round) -> None:
    before = build_return(reporting_round)
    [row] = bring(cast, reporting_round, thirteen_to_fourteen).paragraphs.all()
    kept = decide_paragraph(actor=cast.actor("supervisor"), paragraph=row, take=False)
    assert (kept.decision, kept.decided_by, kept.file.state) == ("kept", "supervisor", "done")
    assert build_return(reporting_round) == before
    decide_paragraph(actor=cast.actor("supervisor"), paragraph=row, take=False)
    assert AuditEvent.objects.filter(name="return.paragraph_kept").count() == 1
    with pytest.raises(RuleBroken) as broken:
        take(cast, row)
    assert broken.value.code == "edited.decided"


def test_a_record_changed_meanwhile_is_a_conflict_with_both_versions(cast: Cast, reporting_round: Round) -> None:
    first, second = bring(cast, reporting_round, thirteen_to_fourteen, one_less).paragraphs.all()
    told = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม")
    edit_paragraph(
        actor=cast.actor("planner"), round=reporting_round, paragraph=told, text="เยี่ยม 15 โรงเรียน", seen=told.text
    )
    with pytest.raises(Conflict) as conflict:
        take(cast, first)
    assert conflict.value.params["theirs"] == "1.2 เยี่ยม 15 โรงเรียน"
    assert conflict.value.params["yours"].startswith("1.2 ออกตรวจเยี่ยมโรงเรียน จำนวน 14")
    first.refresh_from_db()
    assert first.decision == "open"
    take(cast, second)  # untouched by the other change
    assert not NarrativeParagraph.objects.filter(text__startswith="บางชุมชน").exists()


def test_a_test_answered_meanwhile_is_a_conflict(cast: Cast, reporting_round: Round) -> None:
    [row] = bring(cast, reporting_round, a_tick).paragraphs.all()
    answer_test(
        actor=cast.actor("planner"), round=reporting_round, item="4", test="every_school", is_done=False, reason="ก"
    )
    with pytest.raises(Conflict):
        take(cast, row)


def test_the_same_file_waits_once_and_may_be_brought_again_when_done(cast: Cast, reporting_round: Round) -> None:
    data = edited(reporting_round, thirteen_to_fourteen)
    actor = cast.actor("supervisor")
    first = bring_edited_file(actor=actor, round=reporting_round, data=data, file_name="ก.docx")
    assert bring_edited_file(actor=actor, round=reporting_round, data=data, file_name="ก.docx").pk == first.pk
    decide_paragraph(actor=actor, paragraph=first.paragraphs.get(), take=False)
    again = bring_edited_file(actor=actor, round=reporting_round, data=data, file_name="ก.docx")
    assert again.pk != first.pk
    assert [(f.pk, f.open_count) for f in list_edited(actor, reporting_round)] == [(again.pk, 1), (first.pk, 0)]


@pytest.mark.parametrize("who", ["administrator", "assessor", "committee_member", "school_head", "outsider", "nobody"])
def test_only_who_tells_of_the_work_brings_and_decides(cast: Cast, reporting_round: Round, who: str) -> None:
    with pytest.raises(Refused):
        bring(cast, reporting_round, thirteen_to_fourteen, who=who)
    row = bring(cast, reporting_round, thirteen_to_fourteen).paragraphs.get()
    with pytest.raises(Refused):
        decide_paragraph(actor=cast.actor(who), paragraph=row, take=True)
    if who != "administrator":
        assert find_edited(cast.actor(who), row.file_id) is None


def test_a_closed_round_takes_nothing(cast: Cast, reporting_round: Round) -> None:
    row = bring(cast, reporting_round, thirteen_to_fourteen).paragraphs.get()
    director = cast.actor("director")
    shown = standing_of(reporting_round).digest
    sign_off(actor=director, round=reporting_round, declared_level=None, shown=shown, request_key="s", reason="มติ")
    close_round(actor=director, round=reporting_round)
    row.refresh_from_db()
    with pytest.raises(Refused):
        take(cast, EditedParagraph.objects.select_related("file__round").get(pk=row.pk))


def test_a_file_of_another_office_or_issue_is_refused(cast: Cast, reporting_round: Round) -> None:
    data = edited(reporting_round)
    cast.office.short_name, cast.office.name = "สพป.ราชบุรี เขต 1", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาราชบุรี เขต 1"
    cast.office.save()
    fresh = Round.objects.select_related("edition", "office").get(pk=reporting_round.pk)
    with pytest.raises(RuleBroken) as broken:
        bring_edited_file(actor=cast.actor("supervisor"), round=fresh, data=data, file_name="ก.docx")
    assert broken.value.code == "import.other_office"
    with pytest.raises(BadInput):
        bring_edited_file(actor=cast.actor("supervisor"), round=fresh, data=b"PK\x03\x04", file_name="ก.docx")
    assert not EditedFile.objects.exists()


def test_bringing_takes_a_fixed_number_of_queries(cast: Cast, reporting_round: Round) -> None:
    def many(word: Word) -> None:
        for paragraph in paragraphs_of(word):
            if paragraph.text.startswith(("1.1", "1.2", "1.3", "3.", "4.")) and paragraph.runs:
                say(paragraph, paragraph.text + " ฉบับแก้ 99")

    actor = cast.actor("supervisor")
    few_data, many_data = edited(reporting_round, a_target), edited(reporting_round, many)
    with CaptureQueriesContext(connection) as few:
        bring_edited_file(actor=actor, round=reporting_round, data=few_data, file_name="ก.docx")
    with CaptureQueriesContext(connection) as more:
        file = bring_edited_file(actor=actor, round=reporting_round, data=many_data, file_name="ก.docx")
    assert file.paragraphs.count() > 40
    assert len(more) <= len(few) + 1  # SQLite takes many new rows in two statements


@pytest.mark.parametrize("chance", [Random(n) for n in range(5)])
def test_many_edits_taken_in_any_order_give_the_edited_return(
    cast: Cast, reporting_round: Round, chance: Random
) -> None:
    document = build_return(reporting_round)
    for step in range(12):
        document = edited_somewhere(document, chance, step)
    data = render_docx(document, Print(issued=False))
    assert read_return(data).document == document
    file = bring_edited_file(actor=cast.actor("supervisor"), round=reporting_round, data=data, file_name="ก.docx")
    rows = list(file.paragraphs.all())
    assert {row.kind for row in rows} <= {"changed", "added", "removed"}
    chance.shuffle(rows)
    for row in rows:
        take(cast, EditedParagraph.objects.get(pk=row.pk))
    assert told_in(build_return(reporting_round)) == told_in(document)


def told_in(document: ReturnDocument) -> list[tuple[int, str, str | None, int]]:
    """Every paragraph of the narrative by item; on which sheet it stands is the printer's affair."""
    return [
        (item.number, printed_paragraph(p), p.section, p.depth)
        for item in items_of(document)
        for group in item.groups
        for p in group.paragraphs
    ]


def edited_somewhere(document: ReturnDocument, chance: Random, step: int) -> ReturnDocument:
    """One point added, taken out, renumbered or reworded, as a person at Word would."""
    block = chance.choice([n for n, b in enumerate(document.blocks) if len(b.narrative) > 2])
    told = list(document.blocks[block].narrative)
    points = [n for n, p in enumerate(told) if p.role is Role.POINT]
    at = chance.choice(points)
    deed = chance.choice(["add", "remove", "renumber", "reword", "reword"])
    if deed == "add":
        told.insert(at + 1, replace(told[at], text=f"เพิ่มครั้งที่ {step} ของการแก้ไข", mark=f"9.{step}"))
    elif deed == "remove" and len(points) > 1:
        del told[at]
    elif deed == "renumber":
        told[at] = replace(told[at], mark=f"8.{step}")
    else:
        told[at] = replace(told[at], text=f"{told[at].text} แก้ {step}")
    blocks = list(document.blocks)
    blocks[block] = replace(blocks[block], narrative=tuple(told))
    return with_order(replace(document, blocks=tuple(blocks)))


def with_order(document: ReturnDocument) -> ReturnDocument:
    """The document as a reader would give it back: sections and depths follow from what stands before."""
    blocks = list(document.blocks)
    for number in {block.item for block in blocks}:
        mine = [n for n, block in enumerate(blocks) if block.item == number]
        right = iter(resectioned(p for n in mine for p in blocks[n].narrative))
        for n in mine:
            blocks[n] = replace(blocks[n], narrative=tuple(next(right) for _ in blocks[n].narrative))
    return replace(document, blocks=tuple(blocks))
