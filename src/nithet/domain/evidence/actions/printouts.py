"""Papers that are printed, signed and scanned back."""

import base64
import secrets

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.actions.checking import check_about, tidy_title
from nithet.domain.evidence.actions.versions import add_version, file_columns
from nithet.domain.evidence.files import KeptFile
from nithet.domain.evidence.models import Piece, Printout
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

CODE_BYTES = 10
"""80 bits: sixteen letters and digits that nobody guesses and a person can still type."""


@action("printout.register", event="printout.registered")
def register_printout(
    *,
    actor: Actor,
    about: RecordRef,
    title: str,
    kind: str,
    sha256: str = "",
    code: str = "",
) -> Printout:
    """Register a paper that is about to be printed from a record, and give it the code of its QR.

    `about` is the record the paper speaks of; `kind` the kind of evidence that its signed copy will be ("order", "memo",
    "visit_copy"); `sha256` the digest of the electronic file where one is kept: printing the same file again gives the
    same paper back. `code` is one of `new_code` that stands on the file already; empty: a fresh one. The QR holds the address `/p/<code>/`. Raises `RuleBroken` for a record the actor cannot see.
    """
    check_about(actor, str(about))
    office_id = actor.writes_in
    note(about=str(about))
    if sha256:
        same = Printout.objects.filter(
            about=str(about), sha256=sha256, kind=kind[:60], signed__isnull=True
        ).first()
        if same is not None:
            nothing_changed()
            return same
    return Printout.objects.create(
        office_id=office_id,
        code=code or new_code(),
        about=str(about),
        title=tidy_title(title),
        kind=kind[:60],
        sha256=sha256,
        printed_by_id=actor.user_id,
        printed_by=actor.signature,
        printed_at=clock.now(),
    )


@action("printout.withdraw", event="printout.withdrawn", on="printout")
def withdraw_printout(*, actor: Actor, printout: Printout) -> Printout:
    """Say that a paper counts no more, for everybody who holds it and asks by its code; twice changes nothing."""
    fresh = Printout.objects.select_for_update(of=("self",)).get(pk=printout.pk)
    if fresh.withdrawn_at is not None:
        nothing_changed()
        return fresh
    note(code=fresh.code)
    change(fresh, withdrawn_at=clock.now(), version=fresh.version + 1)
    return fresh


def new_code() -> str:
    """Return a fresh code: 16 letters and digits of base 32."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()


@action("printout.file_scan", event="printout.scan_filed", on="printout")
def file_scan(*, actor: Actor, printout: Printout, kept: KeptFile) -> Piece:
    """File the scan or photograph of a signed paper as evidence about its record; a further scan is a new version.

    The signed paper is the authoritative copy from now on, unless a leader has decided which copy counts. The same scan
    again changes nothing.
    """
    fresh = Printout.objects.select_for_update(of=("self",)).get(pk=printout.pk)
    held = fresh.signed
    if held is not None and held.files.filter(sha256=kept.sha256).exists() and held.stands:
        nothing_changed()
        return held
    note(code=fresh.code, sha256=kept.sha256)
    if held is not None and held.stands:
        _next_version(actor, held, kept)
        piece = held
    else:
        piece = bring_piece(
            actor=actor, title=fresh.title, kind=fresh.kind, about=fresh.about, kept=kept
        )
    decided = fresh.authority_at is not None
    authority = fresh.authority if decided else Printout.Authority.PAPER
    change(fresh, signed=piece, authority=authority, version=fresh.version + 1)
    return piece


def _next_version(actor: Actor, piece: Piece, kept: KeptFile) -> None:
    fresh = Piece.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    newest = fresh.files.first()
    add_version(fresh, actor, kept, number=newest.number + 1 if newest else 1, why=SCANNED_AGAIN)
    change(fresh, **file_columns(kept), version=fresh.version + 1)


SCANNED_AGAIN = "สแกนฉบับลงนามใหม่"


@action("printout.decide_authority", event="printout.authority_decided", on="printout")
def decide_authority(
    *, actor: Actor, printout: Printout, version: int, authority: str, because: str
) -> Printout:
    """Say which copy of a paper counts, with a reason; the paper cannot count before its scan is here."""
    fresh = Printout.objects.select_for_update(of=("self",)).get(pk=printout.pk)
    if fresh.version != version:
        raise Conflict(
            "printout.changed_meanwhile",
            "Somebody else changed this paper meanwhile. Open it again and decide.",
            version=fresh.version,
            theirs={"authority": fresh.authority},
            yours={"authority": authority},
        )
    words = collapse(because)[:500]
    if authority not in Printout.Authority.values:
        raise RuleBroken("printout.authority", "Choose which copy counts.", field="authority")
    if authority == Printout.Authority.PAPER and fresh.signed_id is None:
        raise RuleBroken(
            "printout.not_signed",
            "The signed paper has not been scanned yet, so it cannot be the copy that counts.",
            field="authority",
        )
    if not words:
        raise RuleBroken("printout.because", "Please say why this copy counts.", field="because")
    change(
        fresh,
        authority=authority,
        authority_because=words,
        authority_by=actor.signature,
        authority_at=clock.now(),
        version=version + 1,
    )
    return fresh
