"""The real return is brought, confirmed, and stands as records from which it is built again."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nithet.domain.assessments.models.narrative import NarrativeGroup, NarrativeParagraph
from nithet.domain.assessments.models.rounds import Round
from nithet.domain.directory.models.committees import Committee
from nithet.domain.directory.models.figures import StatedFigure
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.models import Piece, Use
from nithet.domain.plans.models.activity import Activity
from nithet.domain.plans.models.plan import Plan
from nithet.domain.plans.models.policy import Policy
from nithet.domain.plans.models.project import Project, ProjectService
from nithet.domain.returns.actions.importing import (
    confirm_import,
    drop_import,
    drop_proposal,
    propose_import,
)
from nithet.domain.returns.builder import build_return, built, sources_of
from nithet.domain.returns.models import PrintedWords, Proposal, ReturnImport
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx
from nithet.domain.returns.rules.places import Column
from nithet.domain.returns.summary import to_json
from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.files import store
from nithet.foundation.refs.registry import RecordRef, kinds
from nithet.foundation.tenancy.models import Unit
from nithet.kernel.errors import BadInput, RuleBroken
from tests.conftest import Cast
from tests.domain.returns.importer import factories
from tests.domain.returns.importer.factories import (
    SEED,
    edition_of_2555,
    imported,
    proposed,
    seed_bytes,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _office(office: Unit, cast: Cast, settings: object, tmp_path: Path) -> None:
    factories.call_it_phetchaburi(cast)
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]


RECORDS = (
    Plan,
    Project,
    ProjectService,
    Activity,
    Policy,
    School,
    Visit,
    Finding,
    StatedFigure,
    Piece,
    Use,
    NarrativeGroup,
    Committee,
)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in RECORDS}


EVERYTHING = {
    "Plan": 1,
    "Project": 5,
    "ProjectService": 6,
    "Activity": 13,
    "Policy": 6,
    "School": 13,
    "Visit": 13,
    "Finding": 9,
    "StatedFigure": 16,
    "Piece": 11,
    "Use": 15,
    "NarrativeGroup": 6,
    "Committee": 1,
}


def test_proposing_writes_proposals_and_no_record(cast: Cast) -> None:
    kept = proposed(cast)
    assert kept.state == ReturnImport.State.PROPOSED
    assert kept.proposals.count() == 115
    assert set(counts().values()) == {0}
    assert not Round.objects.exists()
    assert store.read_blob("returns", kept.file_sha256) == seed_bytes()
    assert kept.found == to_json(read_return(seed_bytes(), SEED))


def test_the_same_file_of_the_same_year_is_proposed_once(cast: Cast) -> None:
    first = proposed(cast)
    assert proposed(cast, who="planner").pk == first.pk
    assert ReturnImport.objects.count() == 1
    assert AuditEvent.objects.filter(name="return.proposed").count() == 1


def test_confirming_makes_every_record_with_its_reference(cast: Cast) -> None:
    reporting_round = imported(cast)
    assert counts() == EVERYTHING
    assert not Visitor.objects.exists()
    kept = ReturnImport.objects.get()
    assert (kept.state, kept.round_id, kept.not_reproduced) == ("confirmed", reporting_round.pk, [])
    states = Counter(kept.proposals.values_list("state", flat=True))
    assert states == {"accepted": 115}
    without = kept.proposals.filter(record="").values_list("kind", flat=True)
    assert set(without) == {"narrative"}
    project = kept.proposals.get(key="project:5")
    assert Project.objects.get(pk=RecordRef.parse(project.record).id).title == project.payload["title"]


def test_the_return_built_from_records_is_the_one_that_was_read(cast: Cast) -> None:
    reporting_round = imported(cast)
    Proposal.objects.all().delete()
    ReturnImport.objects.all().delete()
    read = read_return(seed_bytes(), SEED)
    document = build_return(reporting_round)
    assert document == read.document
    assert document.blocks[0].line is None
    said = read_return(render_docx(document, Print(issued=False)), "return.docx")
    assert without_lines(to_json(said)) == without_lines(to_json(read))


def without_lines(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_lines(part) for key, part in value.items() if key != "line"}
    if isinstance(value, list):
        return [without_lines(part) for part in value]
    return value


def test_confirming_twice_doubles_nothing(cast: Cast) -> None:
    reporting_round = imported(cast)
    again = imported(cast)
    assert again.pk == reporting_round.pk
    assert counts() == EVERYTHING
    assert AuditEvent.objects.filter(name="return.imported").count() == 1


def test_the_history_says_what_was_imported(cast: Cast) -> None:
    imported(cast)
    event = AuditEvent.objects.get(name="return.imported")
    assert (event.target_kind, event.after["accepted"], event.after["not_reproduced"]) == (
        "returns.returnimport",
        115,
        0,
    )
    assert SEED in say(event)
    caused = AuditEvent.objects.filter(cause=event.uid).values_list("name", flat=True)
    assert {"visit.recorded", "project.added", "narrative.written"} <= set(caused)


def test_nothing_is_left_of_a_confirmation_that_fails(cast: Cast) -> None:
    kept = proposed(cast)
    kept.proposals.filter(key="visit:13").update(payload={"school": "school:13", "kind": "strange"})
    with pytest.raises(Exception):  # noqa: B017  whatever it is, nothing stays
        confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    assert set(counts().values()) == {0}
    kept.refresh_from_db()
    assert kept.state == ReturnImport.State.PROPOSED
    assert not AuditEvent.objects.filter(name="return.imported").exists()


def test_every_place_opens_the_records_behind_it(cast: Cast) -> None:
    reporting_round = imported(cast)
    whole = built(reporting_round)
    sources = sources_of(reporting_round)
    told = {
        whole.document.blocks[place.block].narrative[place.index].mark: refs
        for place, refs in sources.items()
        if place.column is Column.NARRATIVE and whole.document.blocks[place.block].item == 5
    }
    cited = [ref.kind for ref in told["1.2.4"] if ref.kind != "assessments.narrativeparagraph"]
    assert cited == ["supervision.visit"] * 2
    assert {ref.kind for refs in sources.values() for ref in refs} <= kinds()
    evidence = [refs for place, refs in sources.items() if place.column is Column.EVIDENCE]
    assert len(evidence) == 15
    assert len({refs[0] for refs in evidence}) == 11


def test_building_takes_a_fixed_number_of_queries(cast: Cast) -> None:
    reporting_round = Round.objects.select_related("edition", "office").get(pk=imported(cast).pk)
    with CaptureQueriesContext(connection) as few:
        build_return(reporting_round)
    group = NarrativeGroup.objects.first()
    NarrativeParagraph.objects.bulk_create(
        [
            NarrativeParagraph(office_id=group.office_id, group=group, role="point", section="factors", text=f"ก {n}", position=500 + n)
            for n in range(300)
        ]
    )
    with CaptureQueriesContext(connection) as many:
        assert sum(len(b.narrative) for b in build_return(reporting_round).blocks) > 400
    assert len(many) == len(few) <= 10


def test_a_dropped_proposal_takes_along_what_needs_it(cast: Cast) -> None:
    kept = proposed(cast)
    drop_proposal(actor=cast.actor("supervisor"), proposal=kept.proposals.get(key="school:7"))
    drop_proposal(actor=cast.actor("supervisor"), proposal=kept.proposals.get(key="school:7"))
    gone = kept.proposals.filter(state="dropped").values_list("key", flat=True)
    assert set(gone) == {"school:7", "visit:7"}
    reporting_round = confirm_import(
        actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555()
    )
    assert (School.objects.count(), Visit.objects.count()) == (12, 12)
    assert build_return(reporting_round) == read_return(seed_bytes(), SEED).document
    assert AuditEvent.objects.filter(name="return.proposal_dropped").count() == 1


def test_dropping_evidence_shows_as_not_reproduced(cast: Cast) -> None:
    kept = proposed(cast)
    drop_proposal(actor=cast.actor("supervisor"), proposal=kept.proposals.get(key="piece:3"))
    confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    kept.refresh_from_db()
    assert [(d["item"], d["column"], d["records"]) for d in kept.not_reproduced] == [
        ("1", "evidence", ""),
        ("2", "evidence", ""),
    ]


def test_a_dropped_import_cannot_be_confirmed_but_may_be_brought_again(cast: Cast) -> None:
    kept = drop_import(actor=cast.actor("supervisor"), return_import=proposed(cast))
    with pytest.raises(RuleBroken) as broken:
        confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    assert broken.value.code == "import.dropped"
    assert proposed(cast).pk != kept.pk


def test_a_confirmed_import_can_no_longer_be_dropped(cast: Cast) -> None:
    imported(cast)
    with pytest.raises(RuleBroken) as broken:
        drop_import(actor=cast.actor("supervisor"), return_import=ReturnImport.objects.get())
    assert broken.value.code == "import.confirmed"


def test_an_import_never_replaces_a_narrative(cast: Cast) -> None:
    imported(cast)
    other = proposed(cast, seed_bytes().replace("55 คน".encode(), "56 คน".encode()))
    with pytest.raises(RuleBroken) as broken:
        confirm_import(actor=cast.actor("planner"), return_import=other, edition=edition_of_2555())
    assert broken.value.code == "import.already_told"
    assert counts() == EVERYTHING


def test_boxes_that_the_file_still_has_become_answers(cast: Cast) -> None:
    text = seed_bytes().decode()
    text = text.replace("   (  ครบทุกสถานศึกษา", "   ☑  ครบทุกสถานศึกษา")
    text = text.replace("   (  ทันตามกำหนดเวลา", "   ☐  ทันตามกำหนดเวลา")
    head, tail = text.split("ข้อที่  4.", 1)
    for level, box in ((1, "☐"), (2, "☑"), (3, "☐"), (4, "☐")):
        tail = tail.replace(f"\t(\nระดับ {level}", f"\t{box}\nระดับ {level}", 1)
    data = f"{head}ข้อที่  4.{tail}".encode()
    reporting_round = imported(cast, data)
    answer = reporting_round.answers.get(item="4")
    assert answer.stated_level == 2
    assert dict(answer.tests.values_list("test", "is_done")) == {"every_school": True, "on_time": False}
    assert all("ตามแบบรายงานเดิม" in reason or "old return" in reason for reason in answer.tests.values_list("reason", flat=True))
    assert build_return(reporting_round) == read_return(data, SEED).document


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace("เพชรบุรี", "ราชบุรี"), "import.other_office"),
        (lambda text: text.replace("ปีงบประมาณ 2555", "ปีงบประมาณ 2554"), "import.other_year"),
    ],
)
def test_a_file_of_another_office_or_year_is_refused(cast: Cast, change: object, code: str) -> None:
    data = change(seed_bytes().decode()).encode()  # type: ignore[operator]
    with pytest.raises(RuleBroken) as broken:
        proposed(cast, data)
    assert broken.value.code == code
    assert not ReturnImport.objects.exists()


def test_a_file_of_another_issue_is_refused_by_the_form(cast: Cast) -> None:
    kept = proposed(cast, seed_bytes().replace("ประเด็นที่ 5.4".encode(), "ประเด็นที่ 5.3".encode()))
    with pytest.raises(RuleBroken) as broken:
        confirm_import(actor=cast.actor("planner"), return_import=kept, edition=edition_of_2555())
    assert broken.value.code == "import.other_form"


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"%PDF-1.7", "ไม่ใช่แบบรายงาน".encode()])
def test_what_cannot_be_read_writes_nothing(cast: Cast, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        propose_import(actor=cast.actor("planner"), data=data, file_name="x.txt", fiscal_year=2555)
    assert not ReturnImport.objects.exists()
    assert not AuditEvent.objects.exists()
    assert list(store.iterate("returns")) == []


@pytest.mark.parametrize("who", ["committee_member", "assessor", "school_head", "outsider", "nobody", "administrator"])
def test_only_who_enters_records_imports(cast: Cast, who: str) -> None:
    if who != "outsider":  # who brings to their own office
        with pytest.raises(Refused):
            proposed(cast, who=who)
    kept = proposed(cast)
    for deed in (
        lambda: confirm_import(actor=cast.actor(who), return_import=kept, edition=edition_of_2555()),
        lambda: drop_import(actor=cast.actor(who), return_import=kept),
        lambda: drop_proposal(actor=cast.actor(who), proposal=kept.proposals.first()),
    ):
        with pytest.raises(Refused):
            deed()
    assert kept.proposals.filter(state="open").count() == 115


def test_the_words_of_the_paper_are_kept_where_they_differ_from_the_edition(cast: Cast) -> None:
    imported(cast)
    kept = set(PrintedWords.objects.values_list("item", "sheet", "part"))
    assert kept == {
        (1, 0, "label.tick"),
        (2, 0, "caption.item"),
        (2, 0, "label.tick"),
        (2, 1, "caption.item"),
        (2, 2, "caption.item"),
        (3, 0, "label.tick"),
    }
