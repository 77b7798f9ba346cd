"""Reading imports, edited files and issued returns. Fixed numbers of queries, whatever the rows."""

from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from time import monotonic
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import readings_of
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Threshold
from nithet.domain.returns import files
from nithet.domain.returns.models import (
    EditedFile,
    EditedParagraph,
    IssuedReturn,
    Proposal,
    ReturnImport,
    SentMark,
)
from nithet.domain.returns.policy import visible_edited, visible_imports, visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.taking_back import shown as shown_marks
from nithet.foundation.actions.taking_back import standing
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel.digest import digest_of


def said_readings(reporting_round: Round) -> str:
    """Return what a paper says of the thresholds that the office reads otherwise than the form; "" where there is none.

    Thai, as papers are. Two queries.
    """
    edition = rules_of(reporting_round.edition)
    said = []
    for reading in readings_of(reporting_round):
        test = next(one for one in edition.nodes[reading.item].tests if one.id == reading.test)
        threshold = next(one for one in test.thresholds if one.measure == reading.measure)
        said.append(
            f"ข้อ {reading.item} {test.name.th} {_figure(reading.value, threshold)}"
            f" (แบบรายงาน {_figure(threshold.value, threshold)})"
        )
    return f"เขตอ่านเกณฑ์ต่างจากแบบรายงาน: {', '.join(said)}" if said else ""


def _figure(value: Decimal, threshold: Threshold) -> str:
    shown = value * 100 if threshold.is_share else value
    return f"ร้อยละ {shown.normalize():f}" if threshold.is_share else f"{shown.normalize():f}"


# Imports -----------------------------------------------------------------------------------


def list_imports(actor: Actor) -> QuerySet[ReturnImport]:
    """List the imports an actor may read, newest first, with the number of open proposals (`open_count`)."""
    open_ones = Count("proposals", filter=Q(proposals__state=Proposal.State.OPEN))
    rows = visible_imports(actor).defer("document", "found")
    return rows.annotate(open_count=open_ones).order_by("-pk")


def find_import(actor: Actor, import_id: int) -> ReturnImport | None:
    """Return an import the actor may read with its proposals fetched; None where it is gone or not theirs to see."""
    proposals = Prefetch("proposals", queryset=Proposal.objects.all())
    rows = visible_imports(actor).select_related("round").prefetch_related(proposals)
    return rows.filter(pk=import_id).first()


def import_summary(kept: ReturnImport) -> dict[str, Any]:
    """Return what an import proposes and what became of it, as `import-return --json` prints it.

    `kinds` counts the proposals of each kind, `flags` are those of the reading, `not_reproduced` lists what the return
    built from the records says otherwise than the file.
    """
    rows = list(kept.proposals.values_list("kind", "state"))
    states = Counter(state for _, state in rows)
    return {
        "id": kept.pk,
        "file_name": kept.file_name,
        "fiscal_year": kept.fiscal_year,
        "state": kept.state,
        "proposed": len(rows),
        "open": states[Proposal.State.OPEN],
        "accepted": states[Proposal.State.ACCEPTED],
        "dropped": states[Proposal.State.DROPPED],
        "kinds": dict(Counter(kind for kind, _ in rows)),
        "flags": kept.found.get("flags", []),
        "not_reproduced": kept.not_reproduced,
    }


# Edited files ------------------------------------------------------------------------------


def list_edited(actor: Actor, reporting_round: Round) -> QuerySet[EditedFile]:
    """List the files of a round that came back from Word, newest first, with `open_count`."""
    open_ones = Count("paragraphs", filter=Q(paragraphs__decision=EditedParagraph.Decision.OPEN))
    rows = visible_edited(actor).filter(round=reporting_round).annotate(open_count=open_ones)
    return rows.order_by("-pk")


def find_edited(actor: Actor, file_id: int) -> EditedFile | None:
    """Return an edited file with its differences fetched; None where it is gone or not the actor's to see."""
    differences = Prefetch("paragraphs", queryset=EditedParagraph.objects.all())
    rows = visible_edited(actor).select_related("round__edition", "round__office")
    return rows.prefetch_related(differences).filter(pk=file_id).first()


# Issued returns ----------------------------------------------------------------------------


def list_issued(actor: Actor, reporting_round: Round | None = None) -> QuerySet[IssuedReturn]:
    """List the issued returns an actor may read, newest first, without their documents."""
    rows = (
        visible_to(actor)
        if reporting_round is None
        else visible_to(actor).filter(round=reporting_round)
    )
    return (
        rows.select_related("round__edition", "sign_off", "superseded_by", "supersedes")
        .defer("document", "judgement", "round__edition__text")
        .prefetch_related(Prefetch("sent_marks", queryset=standing(SentMark.objects.all())))
        .order_by("-pk")
    )


def find_issued(actor: Actor, issued_id: int) -> IssuedReturn | None:
    """Return an issued return the actor may read; None where it is gone or not theirs to see."""
    rows = visible_to(actor).select_related("round__edition", "office", "sign_off", "superseded_by")
    return rows.filter(pk=issued_id).first()


def sent_marks_of(issued: IssuedReturn) -> list[SentMark]:
    """List where an issued return was handed in, what was cancelled with a reason too; newest first."""
    return list(shown_marks(SentMark.objects.filter(issued=issued)))


def find_sent_mark(issued: IssuedReturn, mark_id: int) -> SentMark | None:
    """Return a mark of this return; None where it has none of that number."""
    return SentMark.objects.filter(issued=issued, pk=mark_id).select_related("issued").first()


def read_docx(issued: IssuedReturn) -> bytes:
    """Return the kept Word file; raises `RuleBroken` "files.missing" where it is gone."""
    return files.read(issued.docx_sha256)


def read_pdf(issued: IssuedReturn) -> bytes:
    """Return the kept PDF; raises `RuleBroken` "files.missing" where it is gone."""
    return files.read(issued.pdf_sha256)


def is_intact(issued: IssuedReturn) -> bool:
    """Say whether what was frozen still has its digest and both files are whole; reads the files."""
    return digest_of(issued.frozen) == issued.content_digest and all(
        files.is_whole(digest) for digest in (issued.docx_sha256, issued.pdf_sha256)
    )


_intact: OrderedDict[tuple[int, str], tuple[float, bool]] = OrderedDict()
_LATELY = 60.0
_MOST = 2_000


def _is_intact_lately(issued: IssuedReturn) -> bool:
    """`is_intact`, worked out at most once a minute for one paper: everybody may ask, and as often as they like."""
    key, now = (issued.pk, issued.content_digest), monotonic()
    kept = _intact.get(key)
    if kept is not None and now - kept[0] < _LATELY:
        return kept[1]
    answer = is_intact(issued)
    _intact[key] = (now, answer)
    while len(_intact) > _MOST:
        _intact.popitem(last=False)
    return answer


@dataclass(frozen=True, slots=True)
class PublicIssue:
    """What anybody who holds a paper may know of it: that it was issued, by whom, and whether it still stands."""

    number: str
    title: str
    office: str
    fiscal_year: int
    issued_at: datetime
    is_unchanged: bool
    superseded_by: str
    """The number of the issue that took its place; empty while it stands."""


def find_by_token(token: str) -> PublicIssue | None:
    """Return what a paper's QR code may tell an outsider; None where no paper has this token."""
    # The holder of a paper belongs to no office: the token alone finds it, in whatever office it was issued.
    with unscoped():
        issued = (
            IssuedReturn.objects.select_related("round__edition", "office")
            .filter(token=token)
            .first()
        )
        if issued is None:
            return None
        # The one in force, not the next: an office may have corrected the correction.
        newest = IssuedReturn.objects.filter(round=issued.round).order_by("-pk").first()
        later = newest if newest and newest.pk != issued.pk else None
        return PublicIssue(
            number=issued.number,
            title=issued.round.edition.title,
            office=issued.office.name,
            fiscal_year=issued.round.fiscal_year,
            issued_at=issued.issued_at,
            is_unchanged=_is_intact_lately(issued),
            superseded_by=later.number if later else "",
        )


def kept_digests() -> frozenset[str]:
    """Return the digest of every file that a row of returns names, in all offices: for upkeep."""
    # Files have no office of their own: upkeep must know them all before it removes any.
    with unscoped():
        found = {
            *ReturnImport.objects.values_list("file_sha256", flat=True),
            *EditedFile.objects.values_list("file_sha256", flat=True),
            *IssuedReturn.objects.values_list("docx_sha256", flat=True),
            *IssuedReturn.objects.values_list("pdf_sha256", flat=True),
        }
    return frozenset(found)
