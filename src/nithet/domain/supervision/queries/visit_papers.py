"""Reading which papers a visit has, and how far each is. Fixed numbers of queries, whatever the rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from nithet.domain.evidence.models import Printout
from nithet.domain.evidence.queries.printouts import printouts_by_code
from nithet.domain.papers.kinds import Draft, Source, register_source
from nithet.domain.papers.models.papers import Paper, PaperVersion
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import visible_visit_papers
from nithet.domain.supervision.queries.visit_words import KIND_OF, draft_of
from nithet.domain.supervision.queries.visits import VISIT, find_visit, list_visits
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_key
from nithet.foundation.refs.registry import RecordRef
from nithet.kernel.messages import msgid
from nithet.kernel.thai_dates import format_date

MOST_CHOICES = 100
SOURCE_OF = {
    VisitPaper.Card.ORDER: "visit_order",
    VisitPaper.Card.TRAVEL: "visit_travel",
    VisitPaper.Card.LETTER: "visit_letter",
    VisitPaper.Card.REPORT: "visit_report",
    VisitPaper.Card.COPY: "visit_copy",
    VisitPaper.Card.SLIP: "visit_slip",
    VisitPaper.Card.NEWS: "visit_news",
}
"""The source of each card, by which a paper is made again from its record."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper of a visit. `is_signed` also where only the scan of the signed page says so."""

    link: VisitPaper
    printout: Printout | None

    @property
    def paper(self) -> Paper:
        """The paper."""
        return self.link.paper

    @property
    def scan_id(self) -> int | None:
        """The piece of evidence that is the scan of the signed page."""
        return self.printout.signed_id if self.printout else None

    @property
    def state(self) -> str:
        """draft, printed or signed; a signed page that came back counts, whoever forgot to say so."""
        return str(Paper.State.SIGNED) if self.scan_id else self.paper.state

    @property
    def newest(self) -> PaperVersion:
        """The version that counts."""
        return next(iter(self.paper.versions.all()))

    @property
    def is_from_word(self) -> bool:
        """Whether the newest file came back from Word, so that making it again would leave words behind."""
        return self.newest.origin == PaperVersion.Origin.WORD


def papers_of(actor: Actor, *visits: Visit) -> dict[str, list[Made]]:
    """Return card -> the standing papers of some visits, the newest first; every card stands there; three queries."""
    rows = (
        visible_visit_papers(actor)
        .filter(visit__in=visits, paper__taken_back_at__isnull=True)
        .select_related("paper", "visit__school__unit")
        .prefetch_related(
            Prefetch("paper__versions", queryset=PaperVersion.objects.order_by("-number"))
        )
    )
    return _by_card(actor, rows)


def _by_card(
    actor: Actor, rows: "QuerySet[VisitPaper] | Sequence[VisitPaper]"
) -> dict[str, list[Made]]:
    held = list(rows)
    codes = [one.paper.printout_code for one in held if one.paper.printout_code]
    printed = {one.code: one for one in printouts_by_code(actor, codes)}
    found: dict[str, list[Made]] = {str(card): [] for card in VisitPaper.Card}
    for row in held:
        found[row.card].append(Made(row, printed.get(row.paper.printout_code)))
    return found


def find_visit_paper(actor: Actor, visit: Visit, link_id: int) -> VisitPaper | None:
    """Return one paper of a visit; None where it is another's or not the actor's to see."""
    rows = visible_visit_papers(actor).filter(visit=visit, pk=link_id)
    return rows.select_related("paper__office", "visit__school__unit", "office").first()


def visits_of_paper(paper: Paper) -> list[Visit]:
    """List the visits that a paper speaks of, by day."""
    rows = Visit.objects.filter(papers_made__paper=paper)
    return list(
        rows.select_related("school__unit", "project", "office").order_by("visited_on", "pk")
    )


def cards_of(visit: Visit) -> list[str]:
    """List the cards that fit a visit now: before it those that send the team, after it those that tell of it too."""
    before = [VisitPaper.Card.ORDER, VisitPaper.Card.TRAVEL, VisitPaper.Card.LETTER]
    after = [
        VisitPaper.Card.REPORT,
        VisitPaper.Card.COPY,
        VisitPaper.Card.SLIP,
        VisitPaper.Card.NEWS,
    ]
    shown = [*before, *after] if visit.state != Visit.State.PLANNED else before
    return [str(one) for one in shown]


def visits_for_papers(actor: Actor, ids: Iterable[int]) -> list[Visit]:
    """Return visits by id that the actor may read and that are not cancelled, by day; foreign ids are left out."""
    rows = list_visits(actor).filter(pk__in=list(ids)).exclude(state=Visit.State.CANCELLED)
    return list(rows.select_related("office"))


def _builder(card: str) -> "Source":
    def build(actor: Actor, ref: RecordRef) -> Draft | None:
        visit = find_visit(actor, row_key(ref.id) or 0)
        return draft_of(actor, card, [visit]) if visit is not None else None

    def choices(actor: Actor) -> Iterator[tuple[str, str]]:
        rows = list_visits(actor).exclude(state=Visit.State.CANCELLED)
        if card not in {"order", "travel", "letter"}:
            rows = rows.filter(state=Visit.State.DONE)
        for row in rows.order_by("-visited_on", "-pk")[:MOST_CHOICES]:
            yield str(row.pk), f"{format_date(row.visited_on, 'short')} · {row.school}"

    return Source(
        SOURCE_OF[VisitPaper.Card(card)],
        KIND_OF[VisitPaper.Card(card)],
        VISIT,
        LABELS[card],
        build,
        choices,
        is_offered=False,
    )


LABELS = {
    "order": msgid("Order that appoints the team of a visit"),
    "travel": msgid("Memorandum that asks leave to travel for a visit"),
    "letter": msgid("Letter to the school about a visit"),
    "report": msgid("Report of a visit to the director"),
    "copy": msgid("Copy of a visit for the school"),
    "slip": msgid("Slip of a visit for the school's book"),
    "news": msgid("Photo news of a visit"),
}


def register_all() -> None:
    """Make the sources known."""
    for card in VisitPaper.Card:
        register_source(_builder(str(card)))
