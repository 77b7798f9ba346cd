"""Whose words stand in the record of a committee visit: only they count as having visited."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from nithet.domain.supervision.models.findings import Finding
from nithet.domain.supervision.models.visits import Visit, Visitor


def who_count(rows: "QuerySet[Visitor] | None" = None) -> "QuerySet[Visitor]":
    """Return the visitors, companions left out, who count as members that went.

    On a visit whose record was written here: who answered, or for whom the companion wrote (บันทึกแทน); to stand in the plan or
    in the team is no visit yet. Where a visit was taken from a document, whom the document names.
    """
    said = Finding.objects.filter(visit=OuterRef("visit"), said_by=OuterRef("title"))
    all_ = Visitor.objects.all() if rows is None else rows
    return all_.filter(is_companion=False).filter(
        Q(visit__written_at__isnull=True) | Q(Exists(said))
    )


def has_words(visit: Visit) -> bool:
    """Say whether anybody's words stand in the record of a visit."""
    return visit.findings.exists()


def has_said(visit: Visit, title: str) -> bool:
    """Say whether words of a visitor, by the very title, stand in the record of a visit."""
    return bool(title) and visit.findings.filter(said_by=title).exists()
