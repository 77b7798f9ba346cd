"""The photo news of a visit: written, its faces looked at, approved, kept as evidence."""

from collections.abc import Sequence

from nithet.domain.evidence.actions.bringing import bring_piece
from nithet.domain.evidence.files import KeptFile, keep_file
from nithet.domain.supervision import paper_policy  # noqa: F401  registers the policies of these actions
from nithet.domain.supervision.models.visit_papers import VisitNews
from nithet.domain.supervision.models.visits import Visit
from nithet.domain.supervision.paper_policy import may_approve_news
from nithet.domain.supervision.queries.content import visit_ref
from nithet.domain.supervision.queries.visit_facts import photos_of
from nithet.domain.supervision.queries.visit_news import (
    MOST_PHOTOS,
    PIECE,
    digest_of_news,
    picture_of,
)
from nithet.domain.supervision.rules.news_picture import news_pages
from nithet.foundation.access.actors import Actor
from nithet.foundation.actions.door import about, action, change, note, nothing_changed
from nithet.foundation.actions.errors import Refused
from nithet.foundation.actions.versions import refuse_if_changed
from nithet.foundation.documents.pdf.write import write_pages
from nithet.kernel import clock
from nithet.kernel.errors import RuleBroken
from nithet.kernel.text import collapse

LONGEST_WORDS = 900


@action("visit_news.write", event="visit_news.written", on="visit")
def write_news(
    *,
    actor: Actor,
    visit: Visit,
    version: int,
    headline: str,
    words: str,
    photos: Sequence[int],
    shows_children: bool,
    consent: str = "",
) -> VisitNews:
    """Keep headline, words and up to four photographs (ids of pieces of the visit) of a visit's news.

    `shows_children` is what the writer says after looking at the faces; then `consent` names where the consent lies. `version`
    is that of the news (0 where there is none). Approved words that change wait for approval again.
    """
    if visit.state != Visit.State.DONE:
        raise RuleBroken(
            "visit_news.not_done", "There is no news before the visit was carried out."
        )
    known = {one.pk: one for one in photos_of(actor, visit)}
    chosen = list(dict.fromkeys(key for key in photos if key in known))
    new = {
        "headline": collapse(headline),
        "words": collapse(words),
        "photos": [f"{PIECE}:{key}" for key in chosen],
        "shows_children": shows_children,
        "consent": collapse(consent)[:300],
    }
    _refuse_unfit(new, chosen)
    kept = VisitNews.objects.select_for_update(of=("self",)).filter(visit=visit).first()
    about(visit)
    note(headline=new["headline"], photos=new["photos"], shows_children=shows_children)
    if kept is None:
        return VisitNews.objects.create(
            office_id=visit.office_id,
            visit=visit,
            written_by=actor.signature,
            written_at=clock.now(),
            **new,
        )
    refuse_if_changed(kept, version=version, new=new)
    if all(getattr(kept, name) == value for name, value in new.items()):
        nothing_changed()
        return kept
    change(
        kept,
        written_by=actor.signature,
        written_at=clock.now(),
        version=kept.version + 1,
        **new,
    )
    return kept


def _refuse_unfit(new: dict[str, object], chosen: Sequence[int]) -> None:
    headline, words = str(new["headline"]), str(new["words"])
    if not headline or len(headline) > 120:
        raise RuleBroken(
            "visit_news.headline", "Write a headline of at most 120 characters.", field="headline"
        )
    if not words or len(words) > LONGEST_WORDS:
        raise RuleBroken(
            "visit_news.words",
            "Write the news in some eighty words, at most %(most)d characters.",
            field="words",
            most=LONGEST_WORDS,
        )
    if len(chosen) > MOST_PHOTOS:
        raise RuleBroken("visit_news.photos", "Choose at most four photographs.", field="photos")
    if new["shows_children"] and not new["consent"]:
        raise RuleBroken(
            "visit_news.consent",
            "Children can be recognised: say where the consent to show them lies, or choose other photographs.",
            field="consent",
        )


def approve_news(*, actor: Actor, news: VisitNews, version: int) -> VisitNews:
    """Approve the news as it stands; its square picture is kept as evidence about the visit.

    Raises `Refused`, `Conflict` where it was changed meanwhile, and the errors of `write_pages`.
    """
    if not (verdict := may_approve_news(actor, news)):
        raise Refused("visit_news.approve", verdict)
    # Drawn before the transaction, because a picture takes its time; the digest says that it is of these words.
    digest = digest_of_news(actor, news)
    news.approved_digest = digest
    kept = keep_file(
        f"photo-news-{news.visit_id}.png", write_pages(news_pages(picture_of(actor, news)))
    )
    return _approve(actor=actor, news=news, version=version, digest=digest, kept=kept)


@action("visit_news.approve", event="visit_news.approved", on="news")
def _approve(
    *, actor: Actor, news: VisitNews, version: int, digest: str, kept: KeptFile
) -> VisitNews:
    fresh = (
        VisitNews.objects.select_for_update(of=("self",))
        .select_related("visit__office")
        .get(pk=news.pk)
    )
    refuse_if_changed(fresh, version=version, new={"headline": news.headline})
    if fresh.approved_digest == digest:
        nothing_changed()
        return fresh
    piece = bring_piece(
        actor=actor,
        title=f"ภาพข่าว {fresh.headline}",
        kind="photo_report",
        about=str(visit_ref(fresh.visit)),
        kept=kept,
        shows_children=fresh.shows_children,
    )
    about(fresh.visit)
    note(headline=fresh.headline, picture=kept.sha256)
    change(
        fresh,
        approved_by=actor.signature,
        approved_at=clock.now(),
        approved_digest=digest,
        picture=f"{PIECE}:{piece.pk}",
        version=version + 1,
    )
    return fresh
