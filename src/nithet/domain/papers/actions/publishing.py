"""What everybody may see: proposed, approved by a leader, corrected under the same address, withdrawn with a reason."""

from nithet.domain.papers import files, policy  # noqa: F401  registers the policies of these actions
from nithet.domain.papers.models.publications import Publication, PublicationVersion
from nithet.domain.papers.policy import may_propose
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.files.store import StoredBlob
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse


def propose_publication(
    *,
    actor: Actor,
    data: bytes,
    file_name: str,
    title: str,
    item: str = "",
    record: RecordRef | None = None,
    shows_children: bool = False,
    publication: Publication | None = None,
    why: str = "",
) -> PublicationVersion:
    """Propose a PDF for publication; of a record or a `publication` that is there it becomes the next version.

    Nobody outside sees it before a leader approves it. Raises `Refused`, `BadInput` for what is no PDF, and `RuleBroken`
    "publication.children" for one in which children can be recognised.
    """
    if not (verdict := may_propose(actor, None)):
        raise Refused("publication.propose", verdict)
    if shows_children:
        raise RuleBroken(
            "publication.children",
            "Children can be recognised in it, so it cannot be shown to everybody. Please make a copy without them.",
            field="shows_children",
        )
    if publication is None and not collapse(title):
        raise RuleBroken("words.missing", "A title is needed.", field="title")
    blob = files.keep(files.checked_pdf(data))
    return _propose(
        actor=actor,
        blob=blob,
        file_name=file_name,
        title=title,
        item=item,
        record=str(record) if record else "",
        publication=publication,
        why=why,
    )


@action("publication.propose", event="publication.proposed")
def _propose(
    *,
    actor: Actor,
    blob: StoredBlob,
    file_name: str,
    title: str,
    item: str,
    record: str,
    publication: Publication | None,
    why: str,
) -> PublicationVersion:
    rows = Publication.objects.select_for_update(of=("self",))
    kept = None
    if publication is not None:
        kept = rows.get(pk=publication.pk)
    elif record:
        kept = rows.filter(about=record).first()
    if kept is None:
        kept = Publication.objects.create(
            office_id=actor.writes_in,
            item=collapse(item)[:20],
            title=collapse(title)[:300],
            about=record,
        )
    about(kept)
    newest = kept.versions.order_by("-number").first()
    if newest is not None and newest.sha256 == blob.sha256:
        nothing_changed()
        return newest
    note(item=kept.item, file=blob.sha256, why=collapse(why))
    return kept.versions.create(
        office_id=kept.office_id,
        number=newest.number + 1 if newest else 1,
        file_name=collapse(file_name)[-255:] or "document.pdf",
        sha256=blob.sha256,
        size=blob.size,
        why=collapse(why)[:500],
        proposed_by=actor.signature,
        proposed_at=clock.now(),
    )


@action("publication.approve", event="publication.approved", on="version")
def approve_publication(*, actor: Actor, version: PublicationVersion) -> PublicationVersion:
    """Approve that everybody may see a version; it takes the place of the one shown before, under the same address."""
    publication = Publication.objects.select_for_update(of=("self",)).get(pk=version.publication_id)
    fresh = publication.versions.get(pk=version.pk)
    about(publication)
    if fresh.shows_children:
        raise RuleBroken(
            "publication.children",
            "Children can be recognised in it, so it cannot be shown to everybody. Please make a copy without them.",
        )
    if fresh.approved_at is not None:
        nothing_changed()
        return fresh
    note(number=fresh.number, file=fresh.sha256)
    change(fresh, approved_at=clock.now(), approved_by=actor.signature)
    return fresh


@action("publication.withdraw", event="publication.withdrawn", on="publication")
def withdraw_publication(
    *, actor: Actor, publication: Publication, version: int, reason: str
) -> Publication:
    """Withdraw a publication with a reason; its address stays and says so."""
    fresh = _fresh(publication, version)
    if not (why := collapse(reason)[:500]):
        raise RuleBroken("publication.reason", "Please say why it is withdrawn.", field="reason")
    if fresh.withdrawn_at is not None:
        nothing_changed()
        return fresh
    note(reason=why)
    change(
        fresh,
        withdrawn_at=clock.now(),
        withdrawn_by=actor.signature,
        withdrawn_because=why,
        version=version + 1,
    )
    return fresh


@action("publication.show_again", event="publication.shown_again", on="publication")
def show_again(*, actor: Actor, publication: Publication, version: int) -> Publication:
    """Show a withdrawn publication again."""
    fresh = _fresh(publication, version)
    if fresh.withdrawn_at is None:
        nothing_changed()
        return fresh
    change(fresh, withdrawn_at=None, withdrawn_by="", withdrawn_because="", version=version + 1)
    return fresh


def _fresh(publication: Publication, version: int) -> Publication:
    fresh = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if fresh.version != version:
        raise Conflict(
            "publication.changed_meanwhile",
            "Somebody else changed this publication meanwhile. Please look at it again.",
            version=fresh.version,
            theirs={"withdrawn_because": fresh.withdrawn_because},
            yours={},
        )
    return fresh
