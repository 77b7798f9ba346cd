"""Returns that other offices could have written: each comes back from its records as it was."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.plans.actions.plans import open_plan
from nithet.domain.plans.actions.policies import add_policy
from nithet.domain.plans.actions.projects import add_project
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project
from nithet.domain.returns.actions.importing import confirm_import, propose_import
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.document import (
    Block,
    EvidenceMark,
    InformationLine,
    Kind,
    Paragraph,
    ReturnDocument,
    Role,
    Section,
)
from nithet.domain.returns.models import ReturnImport
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx
from nithet.domain.supervision.models.visits import Visit
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.returns.importer import factories
from tests.domain.returns.importer.factories import edition_of_2555
from tests.domain.returns.importer.test_import_proposals import seed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(office: Unit, cast: Cast, settings: object, tmp_path: Path) -> None:
    factories.call_it_phetchaburi(cast)
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]


def changed(index: int, change: Callable[[Block], Block]) -> ReturnDocument:
    blocks = list(seed().blocks)
    blocks[index] = change(blocks[index])
    return replace(seed(), blocks=tuple(blocks), columns=blocks[0].columns)


def ticked(document: ReturnDocument) -> ReturnDocument:
    """Every box as an office leaves it in Word: level 3, all tests, all evidence."""
    return replace(
        document,
        blocks=tuple(
            replace(
                block,
                levels=tuple(replace(row, ticked=row.level == 3) for row in block.levels),
                information=tuple(replace(x, ticked=True) if x.boxed else x for x in block.information),
                evidence=tuple(replace(mark, ticked=True, ambiguous=False) for mark in block.evidence),
            )
            for block in document.blocks
        ),
    )


def point(text: str, mark: str = "1.4") -> Paragraph:
    return Paragraph(text, Role.POINT, Section.FACTORS, mark, 2)


VARIANTS = {
    "every box ticked": ticked(seed()),
    "evidence in a numbered list without boxes": changed(
        0,
        lambda block: replace(
            block,
            evidence=tuple(
                EvidenceMark(f"เอกสารที่ {n}", boxed=False, mark=f"{n}.") for n in (1, 2, 3)
            ),
        ),
    ),
    "the same evidence twice in one item": changed(
        0, lambda block: replace(block, evidence=(block.evidence[0], *block.evidence))
    ),
    "evidence of very many words": changed(
        0, lambda block: replace(block, evidence=(EvidenceMark("หลักฐาน " + "การดำเนินงาน" * 60, None),))
    ),
    "another form's wording": changed(
        0,
        lambda block: replace(
            block,
            columns=("ระดับ", *block.columns[1:]),
            levels=(replace(block.levels[0], text="ดำเนินการครบ"), *block.levels[1:]),
            information=(
                replace(block.information[0], text="มีแผนงาน อย่างน้อย 1 แผนงาน", mark="๑."),
                *block.information[1:],
            ),
        ),
    ),
    "a project without a list above it": changed(
        6,
        lambda block: replace(
            block,
            information=(*block.information, InformationLine(Kind.PROJECT, "โครงการสื่อสารทั่วถึง", "", True, True)),
        ),
    ),
    "an item without a narrative": changed(5, lambda block: replace(block, narrative=())),
    "an item without evidence": changed(5, lambda block: replace(block, evidence=())),
    "visits by supervisors of the same schools": changed(
        4,
        lambda block: replace(
            block,
            narrative=(
                *block.narrative,
                Paragraph("วันที่ 5 มิถุนายน 2555 โรงเรียนวัดโพธิ์, โรงเรียนวัดใหม่", Role.POINT, Section.WAY_FORWARD, "4.3", 2),
            ),
        ),
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_built_again_as_it_was_read(cast: Cast, name: str) -> None:
    data = render_docx(VARIANTS[name], Print(issued=True, number="x"))
    read = read_return(data, "return.docx").document
    assert read == VARIANTS[name]
    kept = propose_import(actor=cast.actor("planner"), data=data, file_name="return.docx", fiscal_year=2555)
    reporting_round = confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    kept.refresh_from_db()
    assert kept.not_reproduced == []
    assert build_return(reporting_round) == read


def imported(cast: Cast, document: ReturnDocument) -> ReturnImport:
    data = render_docx(document, Print(issued=True, number="x"))
    kept = propose_import(actor=cast.actor("planner"), data=data, file_name="return.docx", fiscal_year=2555)
    confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    return kept


def test_ticked_boxes_are_answers_levels_and_reasons(cast: Cast) -> None:
    kept = imported(cast, ticked(seed()))
    assert kept.proposals.filter(kind="level").count() == 5
    assert kept.proposals.filter(kind="test").count() == 9
    kept.refresh_from_db()
    answers = kept.round.answers.all()
    assert {answer.stated_level for answer in answers} == {3}
    assert sum(answer.tests.count() for answer in answers) == 9


def test_the_same_evidence_twice_in_one_item_is_two_pieces(cast: Cast) -> None:
    imported(cast, VARIANTS["the same evidence twice in one item"])
    assert Piece.objects.count() == 12
    assert Use.objects.filter(item="1").count() == 5


def test_a_school_is_one_however_often_it_is_visited(cast: Cast) -> None:
    imported(cast, VARIANTS["visits by supervisors of the same schools"])
    assert School.objects.count() == 14
    assert dict.fromkeys(Visit.objects.values_list("kind", flat=True).order_by("kind")).keys() == {
        "committee",
        "supervision",
    }


def test_records_that_are_there_already_are_taken_and_not_doubled(cast: Cast) -> None:
    actor = cast.actor("planner")
    plan = open_plan(actor=actor, fiscal_year=2555, title="แผนปี 2555")
    mine = add_project(actor=actor, plan=plan, title="โครงการคณะกรรมการเขตตรวจเยี่ยมโรงเรียน")
    add_policy(actor=actor, fiscal_year=2555, number="1.1.1", text="นโยบายอื่นของเขต")
    imported(cast, seed())
    assert Project.objects.count() == 5
    assert mine.services.get().item == "5"
    assert Policy.objects.count() == 7
    assert Policy.objects.filter(number="").get().text.startswith("กรรมการเขตพื้นที่การศึกษาทุกท่าน")


def test_a_hundred_and_fifteen_records_are_written_in_one_transaction(cast: Cast) -> None:
    imported(cast, seed())
    outer = AuditEvent.objects.get(name="return.imported")
    assert AuditEvent.objects.filter(cause=outer.uid).count() > 100
