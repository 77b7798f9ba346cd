"""A return is issued: numbered, frozen, kept with its files.

The number stands on the paper, so the paper is rendered before the row exists; rendering takes a second and must not hold
the write lock. So the records are taken as a snapshot, rendered, and written in one action that first makes sure that the
records still say the same and that the number is still the next one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.models.signing import SignOff
from nithet.domain.assessments.queries.rounds import declared_of
from nithet.domain.assessments.queries.standing import standing_of
from nithet.domain.frameworks.rules.contract import to_contract_json
from nithet.domain.returns import files
from nithet.domain.returns.builder import build_return
from nithet.domain.returns.document import ReturnDocument
from nithet.domain.returns.models import IssuedReturn
from nithet.domain.returns.policy import may_issue
from nithet.domain.returns.queries import said_readings
from nithet.domain.returns.render.layout import Print
from nithet.domain.returns.render.write import render_docx, render_pdf
from nithet.domain.returns.rules.codec import to_json
from nithet.domain.returns.rules.numbering import code_of, next_sequence, number_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, note, nothing_changed
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.files.store import StoredBlob
from nithet.foundation.tenancy.queries import public_address
from nithet.kernel import clock
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import RuleBroken
from nithet.kernel.thai_dates import format_date

LONGEST_KEY = 64
"""Characters, as wide as the column that keeps request keys."""
_ROUNDS = 3
"""How often the records may change while the paper is made before the issuer is told."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a return says at one moment, and under which number it would be issued."""

    document: ReturnDocument
    judgement: dict[str, Any]
    sign_off: SignOff | None
    number: str
    sequence: int
    readings: str = ""
    """What is printed of thresholds that the office reads otherwise; empty: none."""

    @property
    def digest(self) -> str:
        """Return the digest of all of it: two snapshots with the same one are the same paper."""
        return digest_of(
            {
                "document": to_json(self.document),
                "judgement": self.judgement,
                "sign_off": self.sign_off.pk if self.sign_off else None,
                "number": self.number,
                "readings": self.readings,
            }
        )


class _Stale(Exception):
    """The records changed while the paper was made."""


def issue_return(*, actor: Actor, round: Round, request_key: str) -> IssuedReturn:
    """Issue the return of a round as its records stand; the same `request_key` issues once, however often it is sent.

    Where nothing has changed since the issue in force, that one is returned: the same words get no second number. A later
    issue supersedes the earlier one. The declared level need not be signed: the paper says so then. Raises
    `Refused`, `Conflict` where others keep writing, and what rendering and keeping files raise; then nothing is issued.
    """
    if not (verdict := may_issue(actor, round)):
        raise Refused("return.issue", verdict)
    if not 0 < len(request_key.strip()) <= LONGEST_KEY:
        raise RuleBroken("issue.key", "A request to issue needs its key.", field="request_key")
    for _ in range(_ROUNDS):
        if kept := _issued(round, request_key):
            return kept
        snapshot = snapshot_of(round)
        if (same := _in_force_unchanged(round, snapshot)) is not None:
            return same
        paper = _made(actor, snapshot)
        try:
            return _keep_issue(
                actor=actor, round=round, request_key=request_key, snapshot=snapshot, paper=paper
            )
        except (_Stale, IntegrityError):
            continue
    if kept := _issued(round, request_key):
        return kept
    raise Conflict(
        "issue.changing",
        "The records of this round keep changing while the paper is made. Try again in a moment.",
    )


def _issued(reporting_round: Round, request_key: str) -> IssuedReturn | None:
    return IssuedReturn.objects.filter(round=reporting_round, request_key=request_key).first()


def _in_force_unchanged(reporting_round: Round, snapshot: Snapshot) -> IssuedReturn | None:
    """The issue in force, where it says just what would be issued now and its files are whole."""
    newest = (
        IssuedReturn.objects.filter(round=reporting_round, superseded_by__isnull=True)
        .order_by("-pk")
        .first()
    )
    if newest is None or newest.sign_off_id != (
        snapshot.sign_off.pk if snapshot.sign_off else None
    ):
        return None
    said = {"document": newest.document, "judgement": newest.judgement}
    now = {"document": to_json(snapshot.document), "judgement": snapshot.judgement}
    if digest_of(said) != digest_of(now):
        return None
    whole = files.is_whole(newest.docx_sha256) and files.is_whole(newest.pdf_sha256)
    return newest if whole else None


def snapshot_of(reporting_round: Round) -> Snapshot:
    """Return what would be issued now; a fixed number of queries."""
    document = build_return(reporting_round)
    standing = standing_of(reporting_round)
    code = code_of(document.issue, reporting_round.edition.urn)
    year = reporting_round.fiscal_year
    given = IssuedReturn.objects.filter(round__fiscal_year=year).values_list("number", flat=True)
    sequence = next_sequence(code, year, given)
    return Snapshot(
        document=document,
        judgement=to_contract_json(standing.edition, standing.judgement, standing.facts),
        sign_off=declared_of(reporting_round),
        number=number_of(code, year, sequence),
        sequence=sequence,
        readings=said_readings(reporting_round),
    )


@dataclass(frozen=True, slots=True)
class Paper:
    """The files of an issue, kept, with what was printed on them beside the return."""

    docx: StoredBlob
    pdf: StoredBlob
    token: str
    issued_at: datetime
    issued_by: str


def _made(actor: Actor, snapshot: Snapshot) -> Paper:
    """Render and keep both files; when this returns they survive a power cut."""
    token = secrets.token_urlsafe(16)
    printed = Print(
        issued=True,
        number=snapshot.number,
        standing=" · ".join(filter(None, (said_of(snapshot.sign_off), snapshot.readings))),
        qr_payload=address_of(token, actor.office_id),
        dated=clock.today(),
    )
    return Paper(
        docx=files.keep(render_docx(snapshot.document, printed)),
        pdf=files.keep(render_pdf(snapshot.document, printed)),
        token=token,
        issued_at=clock.now(),
        issued_by=actor.signature,
    )


def said_of(sign_off: SignOff | None) -> str:
    """Return what a paper says about the declared level; Thai, as papers are."""
    with translation.override("th"):
        if sign_off is None:
            return gettext("The declared level has not been signed")
        params = {
            "level": sign_off.declared_level,
            "name": sign_off.signed_by,
            "day": format_date(clock.day_of(sign_off.signed_at), "short"),
        }
        if sign_off.declared_level is None:
            return gettext("No level reached, signed by %(name)s on %(day)s") % params
        return gettext("Declared level %(level)s, signed by %(name)s on %(day)s") % params


def address_of(token: str, office_id: int | None = None) -> str:
    """Return what the QR code says: the page that checks the paper, whole where this installation knows its name."""
    try:
        path = reverse("returns:verify", args=[token])
    except NoReverseMatch:
        path = f"/returns/verify/{token}/"
    return f"{public_address(office_id).rstrip('/')}{path}"


@action("return.issue", event="return.issued", on="round")
def _keep_issue(
    *, actor: Actor, round: Round, request_key: str, snapshot: Snapshot, paper: Paper
) -> IssuedReturn:
    locked = (
        Round.objects.select_for_update(of=("self",))
        .select_related("edition", "office")
        .get(pk=round.pk)
    )
    if kept := _issued(locked, request_key):
        nothing_changed()
        return kept
    if snapshot_of(locked).digest != snapshot.digest:
        raise _Stale
    issued = IssuedReturn(
        office_id=locked.office_id,
        round=locked,
        number=snapshot.number,
        sequence=snapshot.sequence,
        document=to_json(snapshot.document),
        judgement=snapshot.judgement,
        sign_off=snapshot.sign_off,
        docx_sha256=paper.docx.sha256,
        docx_size=paper.docx.size,
        pdf_sha256=paper.pdf.sha256,
        pdf_size=paper.pdf.size,
        token=paper.token,
        issued_at=paper.issued_at,
        issued_by=paper.issued_by,
        request_key=request_key,
        supersedes=locked.returns_issued.filter(superseded_by__isnull=True).first(),
    )
    issued.content_digest = digest_of(issued.frozen)
    issued.save(force_insert=True)
    note(
        number=issued.number,
        digest=issued.content_digest,
        docx=issued.docx_sha256,
        pdf=issued.pdf_sha256,
        declared_level=snapshot.sign_off.declared_level if snapshot.sign_off else None,
        supersedes=issued.supersedes.number if issued.supersedes else None,
    )
    return issued
