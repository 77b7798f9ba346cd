"""Issued reports: lists, one of them, its files, and what the records have become since."""

from dataclasses import dataclass

from django.db.models import QuerySet

from nithet.domain.evidence.files import NAMESPACE, is_whole
from nithet.domain.supervision.models.issued_reports import IssuedReport, IssuedReportFile
from nithet.domain.supervision.paper_policy import visible_issues
from nithet.domain.supervision.queries.reports.sources import sources_of
from nithet.domain.supervision.queries.reports.subjects import Subject, made_of, subject_of
from nithet.domain.supervision.rules.reports.frozen import (
    Moved,
    facts_digest,
    from_plain,
    moved_figures,
    to_plain,
)
from nithet.domain.supervision.rules.reports.model import Report
from nithet.foundation.access.actors import Actor, system_actor
from nithet.foundation.files.store import open_blob
from nithet.foundation.refs.registry import RecordRef

ISSUED = "supervision.issuedreport"
"""The kind under which references name an issued report."""


def list_issues(actor: Actor) -> QuerySet[IssuedReport]:
    """List the issued reports, the newest first; cancelled ones among them. Their content is not loaded."""
    return visible_issues(actor).defer("content").select_related("school__unit")


def issues_of(actor: Actor, subject: Subject) -> QuerySet[IssuedReport]:
    """List the issues of one subject, the newest first."""
    rows = list_issues(actor).filter(kind=subject.kind)
    if subject.school is not None:
        return rows.filter(school=subject.school)
    return rows.filter(subject=subject.words)


def find_issue(actor: Actor, issue_id: int) -> IssuedReport | None:
    """Return an issued report that the actor may read, with its files; None where there is none."""
    rows = visible_issues(actor).select_related("school__unit").prefetch_related("files")
    return rows.filter(pk=issue_id).first()


def frozen_report(issued: IssuedReport) -> Report:
    """Return the report as it was issued."""
    return from_plain(issued.content)


def file_bytes(found: IssuedReportFile) -> bytes:
    """Return a file as it was issued, by its digest; `RuleBroken` "files.missing" where the store has lost it."""
    with open_blob(NAMESPACE, found.sha256) as file:
        return file.read()


@dataclass(frozen=True, slots=True)
class Since:
    """What the records have become since a report was issued; references of records, and the figures that differ.

    `other` says that its words differ although no record of it has changed: a policy, a census, a day that has passed.
    """

    changed: tuple[RecordRef, ...]
    added: tuple[RecordRef, ...]
    gone: tuple[RecordRef, ...]
    figures: tuple[Moved, ...]
    other: bool

    @property
    def count(self) -> int:
        """Return how many records changed, came or went."""
        return len(self.changed) + len(self.added) + len(self.gone)

    @property
    def is_same(self) -> bool:
        """Say whether the report would say the same if it were issued now."""
        return not (self.count or self.figures or self.other)


def since_of(actor: Actor, issued: IssuedReport) -> Since:
    """Compare an issued report with the records as they stand; None of it changes the report."""
    subject = subject_of(issued)
    now = made_of(actor, issued.office, subject).report
    # A committee reads the report but not each record of it: what a reader may not see is not gone.
    # These are digests only; whoever shows the records names them by the rights of the reader.
    office = system_actor("reports", issued.office_id)
    after = sources_of(office, subject, now)
    before = dict(issued.sources.values_list("ref", "digest"))
    changed = [ref for ref, digest in before.items() if after.get(ref, digest) != digest]
    figures = tuple(moved_figures(frozen_report(issued), now))
    added = [ref for ref in after if ref not in before]
    gone = [ref for ref in before if ref not in after]
    differs = facts_digest(issued.content) != facts_digest(to_plain(now))
    return Since(
        _refs(changed),
        _refs(added),
        _refs(gone),
        figures,
        differs and not (changed or added or gone or figures),
    )


def _refs(texts: list[str]) -> tuple[RecordRef, ...]:
    return tuple(RecordRef.parse(one) for one in texts)


def is_unchanged(issued: IssuedReport) -> bool:
    """Say whether every kept file is there and still has its digest, and the frozen values theirs."""
    kept = all(is_whole(one.sha256) for one in issued.files.all())
    return kept and facts_digest(issued.content) == issued.digest
