"""Reading papers, templates and publications. Fixed numbers of queries, whatever the rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from nithet.domain.papers import files
from nithet.domain.papers.kinds import PaperKind, kinds
from nithet.domain.papers.models.letterheads import Letterhead
from nithet.domain.papers.models.papers import Paper, PaperVersion
from nithet.domain.papers.models.publications import Publication, PublicationVersion
from nithet.domain.papers.models.templates import Template, TemplateVersion
from nithet.domain.papers.policy import visible_publications, visible_templates, visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.tenancy.models import Unit
from nithet.foundation.tenancy.scope import unscoped

PAPER = "papers.paper"
"""The kind under which references name a paper."""
PUBLICATION = "papers.publication"
"""The kind under which references name a publication."""


# Papers ------------------------------------------------------------------------------------


def list_papers(
    actor: Actor, *, about: str = "", kind: str = "", state: str = "", words: str = ""
) -> QuerySet[Paper]:
    """List the papers an actor may read, newest first; each filter is left out where it is empty."""
    rows = visible_to(actor)
    if about:
        rows = rows.filter(about=about)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words))
    return rows.order_by("-pk")


def find_paper(actor: Actor, paper_id: int) -> Paper | None:
    """Return a paper with its versions fetched; None where it is gone or not the actor's to see."""
    versions = Prefetch(
        "versions", queryset=PaperVersion.objects.select_related("template").order_by("-number")
    )
    return (
        visible_to(actor)
        .select_related("office")
        .prefetch_related(versions)
        .filter(pk=paper_id)
        .first()
    )


def newest_of(paper: Paper) -> PaperVersion:
    """Return the version of a paper that counts: the newest."""
    return paper.versions.order_by("-number")[0]


def read_version(version: PaperVersion) -> bytes:
    """Return the Word file of a version; `RuleBroken` "files.missing" where it is gone."""
    return files.read(version.sha256)


# Templates ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A kind of paper with the office's template; `template` None while the office has brought none."""

    kind: PaperKind
    template: Template | None

    @property
    def in_force(self) -> TemplateVersion | None:
        """Return the version in force; None: the shipped one."""
        return self.template.in_force if self.template else None


def list_templates(actor: Actor) -> list[TemplateView]:
    """List every kind of paper with the office's template; one query."""
    kept = {one.kind: one for one in visible_templates(actor).select_related("in_force")}
    return [TemplateView(kind, kept.get(code)) for code, kind in kinds().items()]


def find_template(actor: Actor, kind: str) -> Template | None:
    """Return the office's template of a kind with its versions fetched; None where it has brought none."""
    rows = visible_templates(actor).select_related("in_force").prefetch_related("versions")
    return rows.filter(kind=kind).first()


def template_bytes(kind: PaperKind) -> tuple[bytes, TemplateVersion | None]:
    """Return the template in force for the office in scope, and its version (None: the shipped one)."""
    kept = Template.objects.filter(kind=kind.code).select_related("in_force").first()
    if kept is None or kept.in_force is None:
        return kind.shipped(), None
    return files.read(kept.in_force.sha256), kept.in_force


def read_template(version: TemplateVersion) -> bytes:
    """Return the Word file of a version of a template."""
    return files.read(version.sha256)


# Publications ------------------------------------------------------------------------------


def list_publications(actor: Actor) -> QuerySet[Publication]:
    """List what an office publishes or is asked to, with every version fetched; two queries."""
    return visible_publications(actor).prefetch_related("versions").order_by("item", "title", "pk")


def find_publication(actor: Actor, publication_id: int) -> Publication | None:
    """Return a publication with its versions; None where it is gone or not the actor's to see."""
    return list_publications(actor).filter(pk=publication_id).first()


def read_published(version: PublicationVersion) -> bytes:
    """Return the PDF of a version."""
    return files.read(version.sha256)


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What everybody may know of one document: nothing of who proposed it, and no version that waits."""

    id: int
    item: str
    title: str
    number: int
    size: int
    sha256: str
    since: datetime
    """When the version shown was approved."""
    first: datetime
    """When the first one was."""
    withdrawn_at: datetime | None
    withdrawn_because: str

    @property
    def is_updated(self) -> bool:
        """Say whether a later version has taken the place of the first."""
        return self.first != self.since


def find_public_office(office_id: int) -> Unit | None:
    """Return an office by its id for the page that everybody may read; None where there is no such office."""
    return Unit.objects.filter(pk=office_id, kind=Unit.Kind.OFFICE).first()


def public_documents(office_id: int, publication_id: int | None = None) -> list[PublicDocument]:
    """List what an office shows to everybody, withdrawn ones too, by item and title; two queries."""
    # A reader of the public page belongs to no office: only rows of the office asked for, and only approved ones.
    with unscoped():
        approved = PublicationVersion.objects.filter(
            publication=OuterRef("pk"), approved_at__isnull=False
        )
        newest = approved.order_by("-number").values("pk")[:1]
        first = approved.order_by("number").values("approved_at")[:1]
        rows = Publication.objects.filter(office_id=office_id).annotate(
            newest=Subquery(newest), first=Subquery(first)
        )
        if publication_id is not None:
            rows = rows.filter(pk=publication_id)
        found = list(rows.filter(newest__isnull=False).order_by("item", "title", "pk"))
        versions = PublicationVersion.objects.in_bulk([row.newest for row in found])
    return [_public(row, versions[row.newest]) for row in found]


def _public(row: Publication, version: PublicationVersion) -> PublicDocument:
    since = version.approved_at or version.proposed_at
    return PublicDocument(
        id=row.pk,
        item=row.item,
        title=row.title,
        number=version.number,
        size=version.size,
        sha256=version.sha256,
        since=since,
        first=vars(row).get("first") or since,
        withdrawn_at=row.withdrawn_at,
        withdrawn_because=row.withdrawn_because,
    )


def kept_digests() -> frozenset[str]:
    """Return the digest of every file that a row of papers names, in all offices: for upkeep."""
    # Files have no office of their own: upkeep must know them all before it removes any.
    with unscoped():
        found = {
            *TemplateVersion.objects.values_list("sha256", flat=True),
            *PaperVersion.objects.values_list("sha256", flat=True),
            *PublicationVersion.objects.values_list("sha256", flat=True),
            *Letterhead.objects.exclude(emblem_sha256="").values_list("emblem_sha256", flat=True),
        }
    return frozenset(found)
