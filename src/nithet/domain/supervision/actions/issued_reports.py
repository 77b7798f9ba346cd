"""A report on supervision is issued: frozen with its files, its code and the records that it was made of.

Code and number stand on the paper, so it is made before the row exists; that takes seconds and must not hold the write lock.
So the report is read and printed first and written in one action, which makes sure that the number is still the next one.
"""

from dataclasses import dataclass

from django.db import IntegrityError

from nithet.domain.evidence.actions.bringing import bring_piece, withdraw_piece
from nithet.domain.evidence.actions.printouts import (
    new_code,
    register_printout,
    withdraw_printout,
)
from nithet.domain.evidence.actions.uses import use_piece
from nithet.domain.evidence.files import KeptFile, keep_file
from nithet.domain.evidence.models import Piece, Printout
from nithet.domain.supervision.models.issued_reports import (
    IssuedReport,
    IssuedReportFile,
    IssuedReportSource,
)
from nithet.domain.supervision.paper_policy import may_issue_report
from nithet.domain.supervision.queries.cycle import items_asking
from nithet.domain.supervision.queries.reports.issued import ISSUED, issues_of
from nithet.domain.supervision.queries.reports.sources import sources_of
from nithet.domain.supervision.queries.reports.subjects import Made, Subject, made_of
from nithet.domain.supervision.rules.reports.frozen import Plain, facts_digest, to_plain
from nithet.domain.supervision.rules.reports.marks import Issue
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions import taking_back
from nithet.foundation.actions.door import action, note
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.documents.pdf.write import write_pdf
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.queries import settings_of
from nithet.kernel import clock
from nithet.kernel.numerals import Numerals

PIECE_KIND = "report"
USED = frozenset({IssuedReport.Kind.YEAR, IssuedReport.Kind.SEMESTER})
"""Reports that are used at once for the items which ask about the system of supervision; others are used by hand."""
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Print:
    """An issue as it was printed, before it has a row."""

    content: Plain
    digest: str
    sources: dict[str, str]
    issue: Issue
    name: str
    files: tuple[tuple[IssuedReportFile.Form, KeptFile], ...]


def issue_report(
    *, actor: Actor, office: Unit, subject: Subject, address: str = ""
) -> IssuedReport:
    """Issue the report of a subject as the records stand; where it says nothing else than its newest issue, return that one.

    The report is kept as plain values with its digest and as PDF (a month also as slides); each file is a piece of
    evidence, and year and semester reports are used for the items of open rounds that ask about supervision. `address` is
    scheme and host that its QR leads to. Raises `Refused`, and `Conflict` where others keep issuing the same report.
    """
    if not (verdict := may_issue_report(actor, None)):
        raise Refused("supervision_report.issue", verdict)
    for _ in range(_ROUNDS):
        printed = _printed(actor, office, subject, address)
        if isinstance(printed, IssuedReport):
            return printed
        try:
            return _keep_issue(actor=actor, subject=subject, printed=printed)
        except IntegrityError:
            continue
    raise Conflict(
        "supervision_report.changing",
        "Others are issuing this report at the same moment. Try again in a moment.",
    )


def _printed(actor: Actor, office: Unit, subject: Subject, address: str) -> _Print | IssuedReport:
    # The records are read before the report: what changes between the two shows as changed later, never as unchanged.
    sources = sources_of(actor, subject, made_of(actor, office, subject).report)
    made = made_of(actor, office, subject, with_pictures=True)
    content = to_plain(made.report)
    digest, newest = facts_digest(content), issues_of(actor, subject).first()
    if newest is not None and newest.stands and newest.digest == digest:
        return newest
    code = new_code()
    issue = Issue(
        number=_next_number(subject),
        issued_on=clock.today(),
        code=code,
        address=f"{address.rstrip('/')}/p/{code}/",
    )
    return _Print(
        content=content,
        digest=digest,
        sources=sources,
        issue=issue,
        name=f"{made.name} ฉบับที่ {issue.number}",
        files=tuple(_files(office, made, issue)),
    )


def _next_number(subject: Subject) -> int:
    """The number after the last one given, also where that issue was taken back."""
    rows = IssuedReport.objects.filter(
        kind=subject.kind, subject=subject.words, school=subject.school
    )
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _files(office: Unit, made: Made, issue: Issue) -> list[tuple[IssuedReportFile.Form, KeptFile]]:
    numerals: Numerals = "thai" if settings_of(office.pk).numerals == "thai" else "arabic"
    name = f"{made.name} ฉบับที่ {issue.number}"
    paper = keep_file(f"{name}.pdf", write_pdf(made.document(numerals, issue)))
    files = [(IssuedReportFile.Form.PDF, paper)]
    if (slides := made.slides(numerals, issue)) is not None:
        files.append((IssuedReportFile.Form.PPTX, keep_file(f"{name}.pptx", slides)))
    return files


@action("supervision_report.issue", event="supervision_report.issued")
def _keep_issue(*, actor: Actor, subject: Subject, printed: _Print) -> IssuedReport:
    issued = IssuedReport.objects.create(
        office_id=actor.writes_in,
        kind=subject.kind,
        subject=subject.words,
        school=subject.school,
        fiscal_year=subject.fiscal_year,
        number=printed.issue.number,
        title=f"{printed.content['title']} {printed.content['subtitle']}"[:500],
        content=printed.content,
        digest=printed.digest,
        code=printed.issue.code,
        issued_at=clock.now(),
        issued_by=actor.signature,
        **taking_back.made_by(actor),
    )
    IssuedReportSource.objects.bulk_create(
        IssuedReportSource(office_id=issued.office_id, report=issued, ref=ref, digest=digest)
        for ref, digest in printed.sources.items()
    )
    for form, kept in printed.files:
        _keep(actor, issued, subject, printed, form, kept)
    note(number=issued.number, digest=issued.digest, code=issued.code)
    return issued


def _keep(
    actor: Actor,
    issued: IssuedReport,
    subject: Subject,
    printed: _Print,
    form: IssuedReportFile.Form,
    kept: KeptFile,
) -> None:
    ref = RecordRef(ISSUED, str(issued.pk))
    is_paper = form == IssuedReportFile.Form.PDF
    piece = bring_piece(
        actor=actor,
        title=printed.name if is_paper else f"{printed.name} ({form.upper()})",
        kind=PIECE_KIND,
        kept=kept,
        period=subject.period,
        about=str(ref),
        source=f"supervision_report:{issued.code}:{form}",
    )
    issued.files.create(
        office_id=issued.office_id,
        form=form,
        sha256=kept.sha256,
        size=kept.size,
        piece=f"evidence.piece:{piece.pk}",
    )
    if not is_paper:
        return
    register_printout(
        actor=actor,
        about=ref,
        title=str(issued),
        kind=PIECE_KIND,
        sha256=kept.sha256,
        code=issued.code,
    )
    if issued.kind in USED:
        _use(actor, issued, piece)


def _use(actor: Actor, issued: IssuedReport, piece: Piece) -> None:
    for asked in items_asking(issued.fiscal_year):
        use_piece(
            actor=actor,
            piece=piece,
            edition=asked.edition,
            fiscal_year=asked.fiscal_year,
            item=asked.item,
        )


@action("supervision_report.take_back", event="supervision_report.taken_back", on="issued")
def take_back_report(*, actor: Actor, issued: IssuedReport, reason: str = "") -> IssuedReport:
    """Take an issue back that was a mistake: its number is never given again, and its files prove nothing any more."""
    taking_back.take_back(issued, actor=actor, reason=reason)
    for kept in issued.files.all():
        piece = Piece.objects.get(pk=RecordRef.parse(kept.piece).id)
        if piece.stands:
            withdraw_piece(actor=actor, piece=piece, reason=reason)
    for paper in Printout.objects.filter(code=issued.code):
        withdraw_printout(actor=actor, printout=paper)
    return issued
