"""An issued report stays what it was: numbered, frozen with its files, its code and the records that it was made of."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from pptx import Presentation

from nithet.domain.evidence.models import Piece, Printout
from nithet.domain.evidence.queries.printouts import paper_named
from nithet.domain.supervision.actions.findings import record_finding
from nithet.domain.supervision.actions.issued_reports import issue_report, take_back_report
from nithet.domain.supervision.models.issued_reports import IssuedReport
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.reports.issued import (
    ISSUED,
    file_bytes,
    find_issue,
    frozen_report,
    is_unchanged,
    list_issues,
    since_of,
)
from nithet.domain.supervision.queries.reports.semester import semester_of, year_of_semester
from nithet.domain.supervision.queries.reports.subjects import (
    Subject,
    brief_subject,
    made_of,
    month_subject,
    semester_subject,
    subject_of,
    year_subject,
)
from nithet.domain.supervision.rules.reports.frozen import facts_digest, from_plain, to_plain
from nithet.foundation.actions.errors import Refused
from nithet.foundation.audit.models import AuditEvent
from nithet.foundation.refs.registry import RecordRef, resolve
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast
from tests.domain.record_factories import YEAR
from tests.domain.supervision.test_reports import a_year

ADDRESS = "https://nithet.example.go.th"


def every_subject(visit: Visit) -> list[Subject]:
    """A subject of each kind."""
    return [
        year_subject(YEAR),
        semester_subject(semester_of(2555, 1), "monitoring"),
        month_subject(date(2012, 6, 1)),
        brief_subject(visit.school),
    ]


def issued_by(cast: Cast, office: Unit, subject: Subject, who: str = "supervisor") -> IssuedReport:
    """A report that somebody issued."""
    return issue_report(actor=cast.actor(who), office=office, subject=subject, address=ADDRESS)


def words_in(pdf: bytes) -> str:
    """What a PDF says."""
    with pypdfium2.PdfDocument(pdf) as paper:
        return "".join(page.get_textpage().get_text_range() for page in paper)


def test_every_report_is_issued_with_its_file_its_code_and_a_piece_of_evidence(
    cast: Cast, office: Unit
) -> None:
    visit, *_ = a_year(cast)
    actor = cast.actor("supervisor")
    for subject in every_subject(visit):
        made = issued_by(cast, office, subject)
        assert (made.number, made.issued_by, subject_of(made).words) == (
            1,
            actor.signature,
            subject.words,
        )
        assert made.digest == facts_digest(made.content) and is_unchanged(made)
        paper = made.files.get(form="pdf")
        assert file_bytes(paper).startswith(b"%PDF")
        piece = Piece.objects.get(pk=RecordRef.parse(paper.piece).id)
        ref = RecordRef(ISSUED, str(made.pk))
        assert (piece.about, piece.kind, piece.file_sha256) == (str(ref), "report", paper.sha256)
        printout = Printout.objects.get(code=made.code)
        assert (printout.about, printout.sha256) == (str(ref), paper.sha256)
        assert resolve(actor, [ref])[ref].title == str(made)
        said = words_in(file_bytes(paper))
        assert "ร่าง" not in said.split("รหัส")[0][-60:] and made.code[:4] in said
    slides = IssuedReport.objects.get(kind="month").files.get(form="pptx")
    show = Presentation(BytesIO(file_bytes(slides)))
    assert len(show.slides) == 3
    for slide in show.slides:
        assert any(
            shape.has_text_frame and "รหัส" in shape.text_frame.text for shape in slide.shapes
        )


def test_a_draft_says_that_it_is_one_and_an_issue_does_not(cast: Cast, office: Unit) -> None:
    visit, *_ = a_year(cast)
    for subject in every_subject(visit):
        draft = made_of(cast.actor("supervisor"), office, subject).document("arabic")
        assert (draft.running.mark, draft.running.qr) == ("ร่าง", None)


def test_the_same_words_get_no_second_number_and_other_words_the_next(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    first = issued_by(cast, office, year_subject(YEAR))
    assert issued_by(cast, office, year_subject(YEAR), "planner") == first
    record_finding(
        actor=cast.actor("supervisor"), fiscal_year=YEAR, kind="problem", text="ครูย้ายกลางปี"
    )
    second = issued_by(cast, office, year_subject(YEAR))
    assert (first.number, second.number) == (1, 2)
    assert Piece.objects.filter(kind="report").count() == 2


def test_later_records_change_nothing_and_the_page_is_told_how_many(
    cast: Cast, office: Unit
) -> None:
    visit, online, _ = a_year(cast)
    actor = cast.actor("supervisor")
    made = issued_by(cast, office, year_subject(YEAR))
    before, kept = made.content, file_bytes(made.files.get())
    assert since_of(actor, made).is_same
    Visit.objects.filter(pk=online.pk).update(mode="on_site")
    record_finding(
        actor=actor, fiscal_year=YEAR, kind="suggestion", text="เปิดชั้นเรียนต่อ", visit=visit
    )
    record_finding(actor=actor, fiscal_year=YEAR, kind="problem", text="ครูย้ายกลางปี")
    since = since_of(actor, made)
    assert {str(ref) for ref in since.changed} == {
        f"supervision.visit:{visit.pk}",
        f"supervision.visit:{online.pk}",
    }
    assert (len(since.added), since.gone, since.count) == (1, (), 3)
    moved = {one.name: (one.then, one.now) for one in since.figures}
    assert moved["การนิเทศ ณ โรงเรียน"] == ("1 ครั้ง", "2 ครั้ง")
    made.refresh_from_db()
    assert made.content == before and file_bytes(made.files.get()) == kept and is_unchanged(made)


def test_the_brief_of_a_school_tells_of_a_changed_agreement(cast: Cast, office: Unit) -> None:
    visit, *_ = a_year(cast)
    actor = cast.actor("supervisor")
    made = issued_by(cast, office, brief_subject(visit.school))
    Visit.objects.filter(pk=visit.pk).update(purpose="การอ่าน")
    assert [str(ref) for ref in since_of(actor, made).changed] == [f"supervision.visit:{visit.pk}"]


def test_a_report_survives_being_made_plain(cast: Cast, office: Unit) -> None:
    visit, *_ = a_year(cast)
    for subject in every_subject(visit):
        report = made_of(cast.actor("supervisor"), office, subject).report
        assert from_plain(to_plain(report)) == report


def test_who_enters_visits_issues_and_others_are_told_why_not(cast: Cast, office: Unit) -> None:
    a_year(cast)
    for name in ("committee_member", "administrator", "school_head"):
        with pytest.raises(Refused):
            issued_by(cast, office, year_subject(YEAR), name)
    assert not IssuedReport.objects.exists()


def test_issued_reports_are_read_by_staff_and_committees_of_their_office_only(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    made = issued_by(cast, office, year_subject(YEAR))
    for name in ("director", "committee_member"):
        assert find_issue(cast.actor(name), made.pk) == made
    assert find_issue(cast.actor("school_head"), made.pk) is None
    assert not list_issues(cast.actor("school_head")).exists()


def test_an_issue_taken_back_proves_nothing_and_its_number_is_not_given_again(
    cast: Cast, office: Unit
) -> None:
    a_year(cast)
    made = issued_by(cast, office, year_subject(YEAR))
    take_back_report(actor=cast.actor("supervisor"), issued=made)
    assert not Piece.objects.get(about=f"{ISSUED}:{made.pk}").stands
    named = paper_named(made.code)
    assert named is not None and named.withdrawn_at is not None
    assert issued_by(cast, office, year_subject(YEAR)).number == 2
    events = set(AuditEvent.objects.values_list("name", flat=True))
    assert {"supervision_report.issued", "supervision_report.taken_back"} <= events
    with pytest.raises(Refused):
        take_back_report(actor=cast.actor("committee_member"), issued=made)


@pytest.mark.parametrize("number", [1, 2])
def test_a_semester_counts_to_the_fiscal_year_of_most_of_its_days(
    cast: Cast, office: Unit, number: int
) -> None:
    part = semester_of(YEAR if number == 1 else YEAR - 1, number)
    assert year_of_semester(part) == YEAR
    subject = semester_subject(part, "area")
    assert subject.fiscal_year == YEAR
    assert issued_by(cast, office, subject).fiscal_year == YEAR


def test_a_committee_member_is_told_of_no_change_where_there_is_none(
    cast: Cast, office: Unit
) -> None:
    visit, *_ = a_year(cast)
    member = cast.actor("committee_member")
    for subject in every_subject(visit):
        since = since_of(member, issued_by(cast, office, subject))
        assert since.is_same, (subject.kind, since)


def test_an_issue_taken_back_says_so_wherever_it_is_named(cast: Cast, office: Unit) -> None:
    a_year(cast)
    actor = cast.actor("supervisor")
    made = issued_by(cast, office, year_subject(YEAR))
    ref = RecordRef(ISSUED, str(made.pk))
    assert "ยกเลิก" not in resolve(actor, [ref])[ref].title
    take_back_report(actor=actor, issued=made, reason="ออกผิดปี")
    title = resolve(actor, [ref])[ref].title
    assert "ยกเลิกแล้วเมื่อ" in title and "ออกผิดปี" not in title


def test_an_issue_reads_frozen_without_the_records(cast: Cast, office: Unit) -> None:
    a_year(cast)
    made = issued_by(cast, office, month_subject(date(2012, 6, 1)))
    Visit.objects.update(state="cancelled")
    report = frozen_report(made)
    assert report.figures[0].words == "1 ครั้ง"
