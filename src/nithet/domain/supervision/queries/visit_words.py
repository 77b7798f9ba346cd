"""What the papers of a visit say, read from its records."""

from collections.abc import Sequence

from nithet.domain.papers.kinds import Draft
from nithet.domain.supervision.models.visit_papers import VisitNews, VisitPaper
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.queries.visit_facts import facts_of, photos_of, school_signature
from nithet.domain.supervision.queries.visit_news import (
    MOST_PHOTOS,
    chosen_photos,
    pixels_of,
)
from nithet.domain.supervision.rules.paper_facts import VisitFacts
from nithet.domain.supervision.rules.paper_results import (
    copy_words,
    news_words,
    report_words,
    slip_words,
)
from nithet.domain.supervision.rules.paper_words import letter_words, order_words, travel_words
from nithet.foundation.access.actors import Actor
from nithet.foundation.documents import qr

Card = VisitPaper.Card
KIND_OF = {
    Card.ORDER: "visit_order",
    Card.TRAVEL: "travel_memo",
    Card.LETTER: "visit_letter",
    Card.REPORT: "visit_report",
    Card.COPY: "visit_copy",
    Card.SLIP: "visit_slip",
    Card.NEWS: "photo_news",
}
"""The kind of paper of each card."""
TOGETHER = (Card.ORDER, Card.TRAVEL)
"""Cards of which one paper may speak of several visits."""


def draft_of(
    actor: Actor, card: str, visits: Sequence[Visit], *, school_address: str = ""
) -> Draft:
    """Return title and words of a paper of some visits (one, unless the card is of those that speak of several).

    `school_address` is where the school reads its copy without an account; only the slip for its own book bears it, as a QR.
    """
    facts = [facts_of(actor, one) for one in visits]
    office = visits[0].office.name
    match Card(card):
        case Card.ORDER:
            return Draft(*order_words(facts, office))
        case Card.TRAVEL:
            return Draft(*travel_words(facts, office))
        case Card.LETTER:
            return Draft(*letter_words(facts[0], office))
        case Card.REPORT:
            return Draft(*report_words(facts[0], office))
        case Card.COPY:
            title, data = copy_words(facts[0], office)
            return Draft(title, data | {"school_signature": school_signature(visits[0])})
        case Card.SLIP:
            title, data = slip_words(facts[0], office)
            if school_address:
                data |= {"school_qr": qr.png(school_address), "school_qr_words": "สำเนาของโรงเรียน"}
            return Draft(title, data)
        case Card.NEWS:
            return _news_draft(actor, visits[0], facts[0])


def _news_draft(actor: Actor, visit: Visit, facts: VisitFacts) -> Draft:
    """The photo news as it was written; before that, what the record proposes, with the first photographs."""
    data: dict[str, object] = dict(news_words(facts, visit.office.short_name or visit.office.name))
    news = VisitNews.objects.filter(visit=visit).select_related("visit__office").first()
    if news is not None:
        data |= {"headline": news.headline, "news": news.words}
        chosen, shows = chosen_photos(actor, news), news.shows_children
    else:
        chosen = photos_of(actor, visit)[:MOST_PHOTOS]
        shows = any(one.shows_children for one in chosen)
    data |= {f"photo_{n}": one for n, one in enumerate(pixels_of(chosen), 1)}
    return Draft(f"ภาพข่าว {data['headline']}"[:500], data, shows_children=shows)
