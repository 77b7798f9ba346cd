"""Reading the photo news of a visit: its photographs, what was approved, and the square picture."""

from collections.abc import Iterable

from nithet.domain.evidence.files import open_file
from nithet.domain.evidence.models import Piece
from nithet.domain.papers.files import read, small_picture
from nithet.domain.papers.printing import letterhead_of
from nithet.domain.supervision.models.visit_papers import VisitNews
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import visible_news
from nithet.domain.supervision.queries.visit_facts import facts_of, photos_of
from nithet.domain.supervision.rules.news_picture import NewsPicture
from nithet.domain.supervision.rules.paper_results import news_words
from nithet.foundation.access.actors import Actor
from nithet.foundation.files.store import read_blob
from nithet.foundation.refs.registry import RecordRef
from nithet.foundation.tenancy.queries import settings_of
from nithet.kernel.digest import digest_of
from nithet.kernel.errors import BadInput, RuleBroken
from nithet.kernel.numerals import in_numerals

PIECE = "evidence.piece"
LOGOS = "logos"
"""Where the logos of offices are kept."""
MOST_PHOTOS = 4
_PIXELS = 1100


def find_news(actor: Actor, visit: Visit) -> VisitNews | None:
    """Return the photo news of a visit; None where nobody wrote one, or it is not the actor's to see."""
    return visible_news(actor).filter(visit=visit).first()


def chosen_photos(actor: Actor, news: VisitNews) -> list[Piece]:
    """Return the photographs of a news in their order; one that was withdrawn since is left out."""
    found = {f"{PIECE}:{one.pk}": one for one in photos_of(actor, news.visit)}
    return [found[ref] for ref in news.photos if ref in found]


def pixels_of(photos: Iterable[Piece]) -> list[bytes]:
    """Return the photographs made anew without place and camera; one whose file cannot be read is left out."""
    made = []
    for one in photos:
        try:
            with open_file(one) as file:
                made.append(small_picture(file.read(), longest=_PIXELS, jpeg=True))
        except (BadInput, RuleBroken):
            continue
    return made


def digest_of_news(actor: Actor, news: VisitNews) -> str:
    """Return the digest of what is to be shown: words and photographs."""
    return digest_of(
        {
            "headline": news.headline,
            "words": news.words,
            "photos": [one.file_sha256 for one in chosen_photos(actor, news)],
        }
    )


def is_approved(actor: Actor, news: VisitNews) -> bool:
    """Say whether a leader approved just these words and photographs."""
    return bool(news.approved_digest) and news.approved_digest == digest_of_news(actor, news)


def picture_of(actor: Actor, news: VisitNews) -> NewsPicture:
    """Return what stands on the square picture."""
    visit = news.visit
    said = news_words(facts_of(actor, visit), visit.office.short_name or visit.office.name)
    kind = "thai" if settings_of(visit.office_id).numerals == "thai" else "arabic"
    head = letterhead_of(visit.office_id)
    logo = settings_of(visit.office_id).logo_sha256
    emblem = read_blob(LOGOS, logo) if logo else None
    if emblem is None and head.emblem_sha256:
        emblem = read(head.emblem_sha256)

    def told(text: str) -> str:
        return in_numerals(text, kind)  # type: ignore[arg-type]

    return NewsPicture(
        headline=told(news.headline),
        words=told(news.words),
        who=told(said["who"]),
        where=told(said["where"]),
        when=told(said["when"]),
        office=told(visit.office.name),
        photos=tuple(pixels_of(chosen_photos(actor, news))),
        emblem=emblem,
        is_draft=not is_approved(actor, news),
    )


def picture_ref(news: VisitNews) -> RecordRef | None:
    """Return the piece that keeps the approved picture."""
    return RecordRef.parse(news.picture) if news.picture else None
