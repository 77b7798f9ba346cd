"""Papers of visits: made from the record, made again, numbered with the day, printed."""

from collections.abc import Sequence
from datetime import date

from nithet.domain.papers.actions.papers import give_number, make_again, make_paper, mark_printed
from nithet.domain.papers.kinds import Draft
from nithet.domain.papers.models.papers import Paper, PaperVersion
from nithet.domain.supervision import paper_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.actions.answers import school_link
from nithet.domain.supervision.models.visit_papers import VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.content import visit_ref
from nithet.domain.supervision.queries.visit_papers import SOURCE_OF, cards_of, visits_of_paper
from nithet.domain.supervision.queries.visit_words import KIND_OF, TOGETHER, draft_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, note, nothing_changed
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken

MOST_AT_ONCE = 60
"""Visits of which papers are made in one go: a month of a large office."""


@action("visit_paper.make", event="visit_paper.made", on="visit")
def make_visit_paper(
    *, actor: Actor, visit: Visit, card: str, address: str = "", dated: date | None = None
) -> VisitPaper:
    """Make the paper of a card from what the visit's record says now, as a draft; `address` as in `make_paper`.

    Who went and who wrote come from the record, never from who makes it.
    """
    _refuse_unfit(visit, card)
    made = _make(actor, card, [visit], address=address, dated=dated)
    about(visit)
    note(card=card, paper=str(made[0].paper))
    return made[0]


@action("visit_paper.make_many", event="visit_paper.many_made")
def make_papers(
    *,
    actor: Actor,
    visits: Sequence[Visit],
    card: str,
    address: str = "",
    dated: date | None = None,
) -> list[VisitPaper]:
    """Make the papers of several visits: one order or memorandum that names them all, every other card one a visit.

    Raises `RuleBroken` for none, for more than `MOST_AT_ONCE`, and for visits of two kinds in one order.
    """
    if not visits:
        raise RuleBroken("visit_papers.none", "Choose the visits first.", field="visits")
    if len(visits) > MOST_AT_ONCE:
        raise RuleBroken(
            "visit_papers.many",
            "Please choose at most %(most)d visits at once.",
            field="visits",
            most=MOST_AT_ONCE,
        )
    for one in visits:
        _refuse_unfit(one, card)
    chosen = VisitPaper.Card(card)
    if chosen in TOGETHER:
        if len({one.kind for one in visits}) > 1:
            raise RuleBroken(
                "visit_papers.kinds",
                "Supervision visits and committee visits need an order each. Choose visits of one kind.",
                field="visits",
            )
        made = _make(actor, card, visits, address=address, dated=dated)
        note(card=card, count=len(visits), papers=1)
        return made
    found = [_make(actor, card, [one], address=address, dated=dated)[0] for one in visits]
    note(card=card, count=len(visits), papers=len(found))
    return found


def _refuse_unfit(visit: Visit, card: str) -> None:
    if visit.office_id is None or card not in cards_of(visit):
        raise RuleBroken(
            "visit_paper.not_yet", "This paper can be made when the visit has been carried out."
        )


def _make(
    actor: Actor, card: str, visits: Sequence[Visit], *, address: str, dated: date | None
) -> list[VisitPaper]:
    chosen = VisitPaper.Card(card)
    draft = draft_of(
        actor, card, visits, school_address=_school_address(actor, chosen, visits[0], address)
    )
    alone = len(visits) == 1
    paper = make_paper(
        actor=actor,
        kind=KIND_OF[chosen],
        data=draft.data,
        about=visit_ref(visits[0]) if alone else None,
        title=draft.title,
        source=f"{SOURCE_OF[chosen]}:{visits[0].pk}" if alone else "",
        dated=dated,
        address=address,
        shows_children=draft.shows_children,
    )
    return [
        VisitPaper.objects.create(office_id=paper.office_id, visit=one, paper=paper, card=chosen)
        for one in visits
    ]


def _draft_again(actor: Actor, link: VisitPaper, paper: Paper, address: str) -> Draft:
    visits = visits_of_paper(paper)
    card = VisitPaper.Card(link.card)
    where = _school_address(actor, card, visits[0], address) if visits else ""
    return draft_of(actor, link.card, visits, school_address=where)


def _school_address(actor: Actor, card: VisitPaper.Card, visit: Visit, address: str) -> str:
    """Return where the school reads its copy without an account, for the slip in its own book; the link is made where none is good.

    Every other paper and text of a visit leads to the sign-in: they pass through many hands.
    """
    if card != VisitPaper.Card.SLIP or not address:
        return ""
    link = school_link(actor=actor, visit=visit)
    return f"{address.rstrip('/')}/visits/s/{link.code}/"


@action("visit_paper.make_again", event="visit_paper.made_again", on="link")
def make_visit_paper_again(
    *, actor: Actor, link: VisitPaper, version: int, address: str = ""
) -> VisitPaper:
    """Make a paper again from what the records say now; earlier versions stay, also those from Word."""
    draft = _draft_again(actor, link, link.paper, address)
    make_again(actor=actor, paper=link.paper, version=version, data=draft.data, address=address)
    note(card=link.card)
    return link


@action("visit_paper.number", event="visit_paper.numbered", on="link")
def number_visit_paper(
    *,
    actor: Actor,
    link: VisitPaper,
    version: int,
    number: str = "",
    dated: date | None = None,
    address: str = "",
) -> VisitPaper:
    """Give a paper number and day (ที่ … ลงวันที่ …) and set them into its file, unless that came back from Word.

    Empty: the next number of the office's own book.
    """
    before = (link.paper.number, link.paper.dated)
    given = give_number(actor=actor, paper=link.paper, version=version, number=number, dated=dated)
    note(number=given.number)
    if (given.number, given.dated) == before:
        nothing_changed()
        return link
    if _newest(given).origin == PaperVersion.Origin.MADE:
        draft = _draft_again(actor, link, given, address)
        make_again(
            actor=actor, paper=given, version=given.version, data=draft.data, address=address
        )
    return link


@action("visit_paper.print", event="visit_paper.printed", on="link")
def print_visit_paper(*, actor: Actor, link: VisitPaper, version: int) -> VisitPaper:
    """Say that a paper was printed to be signed, and by whom; of a paper of several visits it is said once for all."""
    mark_printed(actor=actor, paper=link.paper, version=version)
    if link.printed_at is not None:
        nothing_changed()
        return link
    VisitPaper.objects.filter(paper=link.paper).update(
        printed_by=actor.signature, printed_at=clock.now()
    )
    note(printed_by=actor.signature)
    link.refresh_from_db()
    return link


def _newest(paper: Paper) -> PaperVersion:
    return paper.versions.order_by("-number")[0]
