"""A return is numbered, frozen and kept with its files; what was issued never changes."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pypdfium2
import pytest

from nithet.domain.assessments.actions.narrative import edit_paragraph
from nithet.domain.assessments.actions.rounds import close_round
from nithet.domain.assessments.actions.signing import sign_off
from nithet.domain.assessments.models.narrative import NarrativeParagraph
from nithet.domain.assessments.models.rounds import Reading, Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.returns.actions import issuing
from nithet.domain.returns.actions.issuing import issue_return, snapshot_of
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.queries import (
    find_by_token,
    find_issued,
    is_intact,
    kept_digests,
    list_issued,
    read_docx,
    read_pdf,
)
from nithet.domain.returns.reader.reading import read_return
from nithet.domain.returns.rules.codec import from_json
from nithet.foundation.access.models import Power
from nithet.foundation.access.roles import Role
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.audit.queries import say
from nithet.foundation.files import places, store
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import scope
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from tests.conftest import Cast
from tests.domain.returns.importer import factories
from tests.domain.returns.importer.factories import imported, seed_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporting_round(office: Unit, cast: Cast, settings: object, tmp_path: Path) -> Round:
    factories.call_it_phetchaburi(cast)
    settings.NITHET_DATA = tmp_path  # type: ignore[attr-defined]
    kept = imported(cast)
    return Round.objects.select_related("edition", "office").get(pk=kept.pk)


def issue(cast: Cast, reporting_round: Round, key: str = "a", who: str = "director") -> IssuedReturn:
    return issue_return(actor=cast.actor(who), round=reporting_round, request_key=key)


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def footers_of(data: bytes) -> str:
    section = docx.Document(io.BytesIO(data)).sections[0]
    parts = [section.footer, section.header]
    texts = [p.text for part in parts for p in part.paragraphs]
    texts += [c.text for part in parts for t in part.tables for r in t.rows for c in r.cells]
    return " ".join(texts)


def test_an_unsigned_return_is_issued_with_its_number_and_says_so(cast: Cast, reporting_round: Round) -> None:
    with clock.fixed(datetime(2012, 9, 30, 5, tzinfo=UTC)):
        issued = issue(cast, reporting_round)
    assert (issued.number, issued.sequence, issued.sign_off) == ("5.4/2555-1", 1, None)
    word, pdf = read_docx(issued), read_pdf(issued)
    assert (len(word), len(pdf)) == (issued.docx_size, issued.pdf_size)
    assert read_return(word, "return.docx").document == build_return(reporting_round)
    assert from_json(issued.document) == read_return(seed_bytes(), factories.SEED).document
    assert issued.judgement["level"] is None
    assert len(issued.judgement["unanswered"]) == 6
    for text in (footers_of(word), text_of(pdf)):
        assert "5.4/2555-1" in text
        assert "ยังไม่ลงนามรับรองระดับ" in text
        assert "ร่าง ยังไม่ออกเลขที่" not in text
    assert is_intact(issued)
    event = AuditEvent.objects.get(name="return.issued")
    assert event.after["number"] == "5.4/2555-1"
    assert "5.4/2555-1" in say(event)


def reword(reporting_round: Round, words: str) -> None:
    """Change one paragraph of the records."""
    NarrativeParagraph.objects.filter(
        pk=NarrativeParagraph.objects.filter(group__answer__round=reporting_round, role="point").order_by("pk")[0].pk
    ).update(text=words)


def test_the_same_request_issues_once_and_other_words_supersede(cast: Cast, reporting_round: Round) -> None:
    first = issue(cast, reporting_round, "a")
    assert issue(cast, reporting_round, "a").pk == first.pk
    assert AuditEvent.objects.filter(name="return.issued").count() == 1
    reword(reporting_round, "ถ้อยคำใหม่")
    second = issue(cast, reporting_round, "b")
    assert (second.number, second.supersedes) == ("5.4/2555-2", first)
    assert [row.number for row in list_issued(cast.actor("planner"))] == ["5.4/2555-2", "5.4/2555-1"]
    assert is_intact(first)
    assert is_intact(second)
    known = find_by_token(first.token)
    assert known is not None
    assert (known.number, known.superseded_by, known.is_unchanged) == ("5.4/2555-1", "5.4/2555-2", True)


def test_issuing_unchanged_gives_no_second_number(cast: Cast, reporting_round: Round) -> None:
    first = issue(cast, reporting_round, "a")
    assert issue(cast, reporting_round, "b").pk == first.pk
    assert AuditEvent.objects.filter(name="return.issued").count() == 1
    reword(reporting_round, "ถ้อยคำใหม่")
    assert issue(cast, reporting_round, "c").number == "5.4/2555-2"


def test_an_issue_whose_file_is_gone_is_issued_again(cast: Cast, reporting_round: Round) -> None:
    first = issue(cast, reporting_round, "a")
    places.path_of("returns", first.docx_sha256).unlink()
    assert issue(cast, reporting_round, "b").pk != first.pk


def test_a_level_signed_after_midnight_bears_the_day_of_thailand() -> None:
    signed = SignOff(
        declared_level=3, signed_by="ผู้อำนวยการ", signed_at=datetime(2012, 9, 30, 17, 30, tzinfo=UTC)
    )
    assert "1 ต.ค. 2555" in issuing.said_of(signed)


def test_a_signed_level_is_ticked_and_named_on_the_paper(cast: Cast, reporting_round: Round) -> None:
    shown = standing_of(reporting_round).digest
    signed = sign_off(
        actor=cast.actor("director"),
        round=reporting_round,
        declared_level=3,
        shown=shown,
        request_key="s",
        reason="คณะทำงานเห็นว่าชัดเจนบางข้อ",
    )
    close_round(actor=cast.actor("director"), round=reporting_round)
    issued = issue(cast, reporting_round)
    assert issued.sign_off == signed
    ticks = [row.ticked for row in from_json(issued.document).blocks[0].levels]
    assert ticks == [False, False, True, False]
    assert "ระดับที่เขตประเมินตนเอง: ระดับ 3" in footers_of(read_docx(issued))
    assert find_issued(cast.actor("planner"), issued.pk) == issued
    assert find_issued(cast.actor("assessor"), issued.pk) is None


def test_what_was_issued_stays_when_the_records_change(cast: Cast, reporting_round: Round) -> None:
    first = issue(cast, reporting_round)
    told = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม")
    edit_paragraph(
        actor=cast.actor("planner"), round=reporting_round, paragraph=told, text="ใหม่", seen=told.text
    )
    kept = IssuedReturn.objects.get(pk=first.pk)
    assert is_intact(kept)
    assert "ใหม่" not in str(kept.document)
    assert "ใหม่" in str(issue(cast, reporting_round, "b").document)


def test_a_paper_is_not_issued_for_records_that_changed_while_it_was_made(
    cast: Cast, reporting_round: Round
) -> None:
    old = snapshot_of(reporting_round)
    paper = issuing._made(cast.actor("director"), old)
    told = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม")
    edit_paragraph(
        actor=cast.actor("planner"), round=reporting_round, paragraph=told, text="ใหม่", seen=told.text
    )
    with pytest.raises(issuing._Stale):
        issuing._keep_issue(
            actor=cast.actor("director"), round=reporting_round, request_key="a", snapshot=old, paper=paper
        )
    assert not IssuedReturn.objects.exists()
    assert not AuditEvent.objects.filter(name="return.issued").exists()
    fresh = snapshot_of(reporting_round)
    assert fresh.digest != old.digest
    with pytest.raises(issuing._Stale):  # somebody else took the number
        issuing._keep_issue(
            actor=cast.actor("director"),
            round=reporting_round,
            request_key="a",
            snapshot=replace(fresh, number="5.4/2555-7"),
            paper=paper,
        )


def test_records_that_never_rest_are_a_conflict(cast: Cast, reporting_round: Round) -> None:
    calls = []

    class Restless(str):
        """A key whose every look-up finds the records changed by somebody else."""

    told = NarrativeParagraph.objects.get(text__startswith="ออกตรวจเยี่ยม")
    made = issuing._made

    def made_while_others_write(actor: object, snapshot: object) -> object:
        paper = made(actor, snapshot)
        calls.append(1)
        NarrativeParagraph.objects.filter(pk=told.pk).update(text=f"แก้ครั้งที่ {len(calls)}")
        return paper

    issuing._made = made_while_others_write
    try:
        with pytest.raises(Conflict):
            issue(cast, reporting_round)
    finally:
        issuing._made = made
    assert len(calls) == 3
    assert not IssuedReturn.objects.exists()


@pytest.mark.parametrize("who", ["planner", "supervisor", "administrator", "assessor", "school_head", "outsider", "nobody"])
def test_only_leaders_issue(cast: Cast, reporting_round: Round, who: str) -> None:
    with pytest.raises(Refused):
        issue(cast, reporting_round, who=who)
    assert not IssuedReturn.objects.exists()
    assert len(list(store.iterate("returns"))) == 1  # the imported file alone


def test_who_acts_for_the_director_by_an_order_issues_and_the_order_is_kept(
    cast: Cast, reporting_round: Round
) -> None:
    Power.objects.create(
        user=cast.users["planner"],
        kind=Power.Kind.ACTING,
        role=Role.DIRECTOR,
        unit=cast.office,
        order_number="คำสั่งที่ 12/2555",
        starts_on=clock.today(),
    )
    assert "12/2555" in issue(cast, reporting_round, who="planner").issued_by


def test_a_request_needs_its_key(cast: Cast, reporting_round: Round) -> None:
    with pytest.raises(RuleBroken) as broken:
        issue(cast, reporting_round, key="  ")
    assert broken.value.code == "issue.key"


def test_a_damaged_file_or_row_is_noticed(cast: Cast, reporting_round: Round) -> None:
    issued = issue(cast, reporting_round)
    assert {issued.docx_sha256, issued.pdf_sha256} < kept_digests()
    path = places.path_of("returns", issued.pdf_sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    known = find_by_token(issued.token)
    assert known is not None
    assert not known.is_unchanged
    path.write_bytes(path.read_bytes()[:-1])
    assert is_intact(issued)
    IssuedReturn.objects.filter(pk=issued.pk).update(issued_by="someone else")
    assert not is_intact(IssuedReturn.objects.get(pk=issued.pk))


def test_an_outsider_learns_of_a_paper_only_by_its_token(cast: Cast, reporting_round: Round) -> None:
    issued = issue(cast, reporting_round)
    with scope(None):
        known = find_by_token(issued.token)
        assert find_by_token("guess") is None
    assert known is not None
    assert (known.office, known.fiscal_year) == (cast.office.name, 2555)
    with scope(cast.other_office.pk):
        assert find_issued(cast.actor("outsider"), issued.pk) is None
    assert find_issued(cast.actor("assessor"), issued.pk) is None  # the round is still open
    assert find_issued(cast.actor("nobody"), issued.pk) is None


def test_a_threshold_that_the_office_reads_otherwise_stands_on_the_paper(cast: Cast, reporting_round: Round) -> None:
    Reading.objects.create(
        office=cast.office, round=reporting_round, item="4", test="on_time", measure="communication.on_time",
        value=Decimal("0.7"), reason="ปีแรกที่บันทึกในระบบ", said_by="planner",
    )
    issued = issue(cast, reporting_round)
    assert "เขตอ่านเกณฑ์ต่างจากแบบรายงาน: ข้อ 4" in footers_of(read_docx(issued))
    assert "ร้อยละ 70 (แบบรายงาน ร้อยละ 85)" in footers_of(read_docx(issued))
