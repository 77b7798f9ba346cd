"""Papers: made from records, brought back from Word, numbered, printed, signed, taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nithet.domain.evidence.actions.printouts import register_printout
from nithet.domain.papers import files, policy  # noqa: F401  registers the policies of these actions
from nithet.domain.papers.kinds import Data, PaperKind, kinds
from nithet.domain.papers.models.papers import Paper, PaperVersion
from nithet.domain.papers.models.templates import TemplateVersion
from nithet.domain.papers.numbers import next_number
from nithet.domain.papers.printing import head_data, letterhead_of, rendered
from nithet.domain.papers.queries import template_bytes
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about as about_record
from nithet.foundation.actions.door import action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict
from nithet.foundation.actions.taking_back import made_by, take_back
from nithet.foundation.documents.templates import package
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.models import Unit
from nithet.kernel import clock
from nithet.kernel.digest import sha256_hex
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse
from nithet.kernel.thai_dates import format_date


@action("paper.make", event="paper.made")
def make_paper(
    *,
    actor: Actor,
    kind: str,
    data: Data,
    about: RecordRef | None = None,
    title: str = "",
    source: str = "",
    numbered: bool = False,
    dated: date | None = None,
    address: str = "",
    shows_children: bool = False,
) -> Paper:
    """Make a paper of a kind from plain values by key, with the template in force, as its first version.

    `about` is the record it tells of, None for a paper of its own. `numbered` gives it the next number of the kind's book.
    `address` is the scheme and host that its QR leads to; empty leaves the QR out. Pictures are bytes; the other values
    are kept with the version. Raises `RuleBroken` for an unknown kind and `BadInput` for a template that cannot be filled.
    """
    known = _kind(kind)
    paper = Paper.objects.create(
        office_id=actor.writes_in,
        kind=kind,
        source=source[:60],
        about=str(about) if about else "",
        title=collapse(title)[:500] or known.label,
        number=next_number(actor.writes_in, known.book) if numbered and known.book else "",
        dated=dated or clock.today(),
        shows_children=shows_children,
        made_by=actor.signature,
        **made_by(actor),
    )
    printout = register_printout(
        actor=actor,
        about=about or RecordRef("papers.paper", str(paper.pk)),
        title=paper.title,
        kind=known.proof,
    )
    paper.printout_code = printout.code
    paper.save(update_fields=["printout_code"])
    kept = _version(actor, paper, known, data, address=address)
    about_record(paper)
    note(kind=kind, about=paper.about, number=paper.number, file=kept.sha256)
    return paper


@action("paper.make_again", event="paper.made_again", on="paper")
def make_again(
    *, actor: Actor, paper: Paper, version: int, data: Data, address: str = "", why: str = ""
) -> Paper:
    """Make a paper again from what its record says now, as a further version; what was brought from Word stays kept."""
    fresh = _fresh(paper, version)
    _refuse_signed(fresh)
    kept = _version(actor, fresh, _kind(fresh.kind), data, address=address, why=why)
    note(number_of_version=kept.number, file=kept.sha256)
    change(fresh, version=version + 1, state=Paper.State.DRAFT)
    return fresh


@action("paper.bring_back", event="paper.brought_back", on="paper")
def bring_back(
    *, actor: Actor, paper: Paper, version: int, data: bytes, why: str = ""
) -> PaperVersion:
    """Keep the Word file that a person changed as the paper's next version; the same file again changes nothing.

    Raises `BadInput` for what is no plain Word file, `Conflict` where somebody else was quicker.
    """
    fresh = _fresh(paper, version)
    _refuse_signed(fresh)
    package.check(data)
    newest = fresh.versions.order_by("-number")[0]
    if newest.sha256 == sha256_hex(data):
        nothing_changed()
        return newest
    blob = files.keep(data)
    kept = fresh.versions.create(
        office_id=fresh.office_id,
        number=newest.number + 1,
        origin=PaperVersion.Origin.WORD,
        sha256=blob.sha256,
        size=blob.size,
        why=collapse(why)[:500],
        by=actor.signature,
        at=clock.now(),
    )
    note(number_of_version=kept.number, file=kept.sha256, why=kept.why)
    change(fresh, version=version + 1, state=Paper.State.DRAFT)
    return kept


@action("paper.give_number", event="paper.numbered", on="paper")
def give_number(
    *, actor: Actor, paper: Paper, version: int, number: str = "", dated: date | None = None
) -> Paper:
    """Give a paper its number: the one typed (from the office's register), or the next of the kind's book where empty.

    `dated` is the day that it bears (ลงวันที่); None leaves the one it has.

    The file that is out does not change; make it again, or write the number into it in Word.
    """
    fresh = _fresh(paper, version)
    typed, day = collapse(number)[:80], dated or fresh.dated
    if (
        typed
        and Paper.objects.filter(
            kind=fresh.kind, number=typed, taken_back_at__isnull=True, dated__year=day.year
        )
        .exclude(pk=fresh.pk)
        .exists()
    ):
        raise RuleBroken(
            "paper.number_taken",
            "The number %(number)s stands on another paper of this kind.",
            field="number",
            number=typed,
        )
    given = (
        typed or fresh.number or next_number(fresh.office_id, _kind(fresh.kind).book or fresh.kind)
    )
    note(number=given)
    if (given, day) == (fresh.number, fresh.dated):
        nothing_changed()
        return fresh
    change(fresh, number=given, dated=day, version=version + 1)
    return fresh


@action("paper.mark_printed", event="paper.printed", on="paper")
def mark_printed(*, actor: Actor, paper: Paper, version: int) -> Paper:
    """Say that the newest version was printed to be signed."""
    fresh = _fresh(paper, version)
    if fresh.state != Paper.State.DRAFT:
        nothing_changed()
        return fresh
    change(fresh, state=Paper.State.PRINTED, version=version + 1)
    return fresh


@action("paper.mark_signed", event="paper.signed", on="paper")
def mark_signed(*, actor: Actor, paper: Paper, version: int) -> Paper:
    """Say that the printed paper was signed; the signed copy is the one that counts, so no further version is made."""
    fresh = _fresh(paper, version)
    if fresh.state == Paper.State.SIGNED:
        nothing_changed()
        return fresh
    change(fresh, state=Paper.State.SIGNED, signed_at=clock.now(), version=version + 1)
    return fresh


@action("paper.take_back", event="paper.taken_back", on="paper")
def take_back_paper(*, actor: Actor, paper: Paper, reason: str = "") -> Paper:
    """Take a paper back that was made by mistake; after a day it is marked as cancelled and needs a reason."""
    take_back(paper, actor=actor, reason=reason)
    return paper


def preview(*, kind: str, data: Data, template: bytes, office: Unit) -> bytes:
    """Return the Word file that a template makes of data, without keeping anything."""
    known, head = _kind(kind), letterhead_of(office.pk)
    whole = {**head_data(office, head), "date": _day(clock.today()), "number": "", **data}
    return rendered(template, known, whole, head=head)


def _version(
    actor: Actor, paper: Paper, known: PaperKind, data: Data, *, address: str, why: str = ""
) -> PaperVersion:
    head = letterhead_of(paper.office_id)
    template, chosen = template_bytes(known)
    whole = {
        **head_data(paper.office, head),
        "date": _day(paper.dated),
        **data,
        "number": paper.number,
        "code": f"รหัสเอกสาร {paper.printout_code}",
    }
    payload = f"{address.rstrip('/')}/p/{paper.printout_code}/" if address else ""
    made = rendered(template, known, whole, head=head, payload=payload)
    return _kept(actor, paper, made, chosen, data, why)


def _kept(
    actor: Actor,
    paper: Paper,
    made: bytes,
    chosen: TemplateVersion | None,
    data: Mapping[str, Any],
    why: str,
) -> PaperVersion:
    blob = files.keep(made)
    kept: PaperVersion = paper.versions.create(
        office_id=paper.office_id,
        number=paper.versions.count() + 1,
        origin=PaperVersion.Origin.MADE,
        template=chosen,
        sha256=blob.sha256,
        size=blob.size,
        data={key: value for key, value in data.items() if not isinstance(value, bytes)},
        why=collapse(why)[:500],
        by=actor.signature,
        at=clock.now(),
    )
    return kept


def _kind(code: str) -> PaperKind:
    if (known := kinds().get(code)) is None:
        raise RuleBroken("template.no_kind", "There is no such kind of paper.", field="kind")
    return known


def _day(day: date) -> str:
    return format_date(day, "long")


def _fresh(paper: Paper, version: int) -> Paper:
    fresh = Paper.objects.select_for_update(of=("self",)).select_related("office").get(pk=paper.pk)
    if fresh.version != version:
        raise Conflict(
            "paper.changed_meanwhile",
            "Somebody else changed this paper meanwhile. Please look at its newest version first.",
            version=fresh.version,
            theirs={"number": fresh.number, "state": fresh.get_state_display()},
            yours={"number": paper.number, "state": paper.get_state_display()},
        )
    return fresh


def _refuse_signed(paper: Paper) -> None:
    if paper.state == Paper.State.SIGNED:
        raise RuleBroken(
            "paper.signed",
            "This paper is signed. Make a new paper instead of changing it.",
        )
