"""Finding pieces: by person, year, record, source and file."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from nithet.domain.evidence.models import AlsoAbout, Piece, PieceFile, ReturnUse, Use
from nithet.domain.evidence.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel.periods import Period
from nithet.kernel.school_years import fiscal_year_period


def list_pieces(actor: Actor, fiscal_year: int | None = None) -> QuerySet[Piece]:
    """List the pieces an actor may read by title, with their uses fetched; withdrawn ones are left out.

    A year keeps the pieces that are used in it or that speak of it.
    """
    rows = visible_to(actor).filter(taken_back_at__isnull=True)
    if fiscal_year is not None:
        rows = in_year(rows, fiscal_year)
    return with_uses(rows).order_by("title", "pk")


def in_year(rows: QuerySet[Piece], fiscal_year: int) -> QuerySet[Piece]:
    """Keep the pieces that are used in a fiscal year, also in a return elsewhere, or that speak of it."""
    period = fiscal_year_period(fiscal_year)
    standing = {"piece": OuterRef("pk"), "fiscal_year": fiscal_year, "taken_back_at": None}
    used = Exists(Use.objects.filter(**standing)) | Exists(ReturnUse.objects.filter(**standing))
    return rows.filter(used | Q(period_start__lte=period.end, period_end__gte=period.start))


def with_uses(rows: QuerySet[Piece]) -> QuerySet[Piece]:
    """Fetch the standing uses of a list along with it; one more query."""
    return rows.prefetch_related(_uses())


def find_piece(actor: Actor, piece_id: int) -> Piece | None:
    """Return a piece the actor may read (a withdrawn one too); None where it is gone or not theirs to see."""
    return visible_to(actor).prefetch_related(_uses()).filter(pk=piece_id).first()


def _uses() -> Prefetch[str]:
    return Prefetch(
        "uses",
        queryset=Use.objects.filter(taken_back_at__isnull=True)
        .select_related("edition")
        .defer("edition__text"),
    )


def pieces_about(actor: Actor, *records: RecordRef) -> dict[RecordRef, list[Piece]]:
    """Return record -> the pieces that prove it (first or also) and that the actor may read; two queries."""
    wanted = [str(record) for record in records]
    further = AlsoAbout.objects.filter(about__in=wanted)
    rows = (
        visible_to(actor)
        .filter(Q(about__in=wanted) | Exists(further.filter(piece=OuterRef("pk"))))
        .filter(taken_back_at__isnull=True)
        .prefetch_related(Prefetch("further", queryset=further))
        .order_by("title", "pk")
    )
    found: dict[RecordRef, list[Piece]] = {record: [] for record in records}
    for row in rows:
        for about in {row.about, *(one.about for one in row.further.all())}.intersection(wanted):
            found[RecordRef.parse(about)].append(row)
    return found


def record_ids_with_evidence(kind: str) -> frozenset[str]:
    """Return the ids of the office's records of a kind that some piece proves; one query."""
    first = Piece.objects.filter(taken_back_at__isnull=True, about__startswith=f"{kind}:")
    also = AlsoAbout.objects.filter(piece__taken_back_at__isnull=True, about__startswith=f"{kind}:")
    abouts = first.values_list("about").union(also.values_list("about"))
    return frozenset(RecordRef.parse(about).id for (about,) in abouts)


def pieces_by_title(source: str) -> Mapping[str, Piece]:
    """Return title -> the piece that a source brought, so that an import finds what it has brought before; one query."""
    return {
        row.title: row for row in Piece.objects.filter(source=source, taken_back_at__isnull=True)
    }


def same_files(actor: Actor, *digests: str) -> dict[str, list[Piece]]:
    """Return digest -> the standing pieces of the office that hold that very file in any version; two queries."""
    held = PieceFile.objects.filter(sha256__in=digests)
    rows = (
        visible_to(actor)
        .filter(taken_back_at__isnull=True)
        .filter(Exists(held.filter(piece=OuterRef("pk"))))
        .prefetch_related(Prefetch("files", queryset=held))
        .order_by("title", "pk")
    )
    found: dict[str, list[Piece]] = {digest: [] for digest in digests}
    for row in rows:
        for digest in {one.sha256 for one in row.files.all()}:
            found[digest].append(row)
    return found


def period_of(piece: Piece) -> Period | None:
    """Return the time a piece speaks of; None where nobody has said."""
    start, end = piece.period_start or piece.period_end, piece.period_end or piece.period_start
    return Period(start, end, "") if start and end else None


def digests_in_use() -> frozenset[str]:
    """Return the digest of every file that a row of this package names, in all offices: for upkeep."""
    # Files have no office of their own: upkeep must know them all before it removes any.
    with unscoped():
        return frozenset(
            {
                *PieceFile.objects.values_list("sha256", flat=True),
                *Piece.objects.exclude(file_sha256="").values_list("file_sha256", flat=True),
            }
        )
