"""Reading one's own notices."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from nithet.foundation.notices.kinds import say
from nithet.foundation.notices.models import Notice
from nithet.foundation.refs.registry import RecordRef, Resolved, kinds, resolve


def notices_of(user_id: int) -> QuerySet[Notice]:
    """List a person's notices in the office in scope: the unread first, each part newest first."""
    return Notice.objects.filter(user_id=user_id).order_by(
        F("read_at").desc(nulls_first=True), "-made_at", "-pk"
    )


def unread_count(user_id: int) -> int:
    """Count what a person has not read in the office in scope; one query."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True).count()


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as its reader sees it: the sentence, and the record where they may see it still."""

    notice: Notice
    words: str
    about: Resolved | None

    @property
    def url(self) -> str:
        """The address of the record; "" where there is none to go to."""
        return (self.about.url or "") if self.about else ""


def told(actor: object, notices: list[Notice]) -> list[Told]:
    """Say notices to their reader; one question for each kind of record among them."""
    refs = {one.pk: RecordRef.parse(one.ref) for one in notices if one.ref}
    found = resolve(actor, {ref for ref in refs.values() if ref.kind in kinds()})
    return [_told(one, found.get(refs[one.pk]) if one.pk in refs else None) for one in notices]


def _told(notice: Notice, about: Resolved | None) -> Told:
    title = {"title": about.title} if about else {}
    return Told(notice, say(notice.kind, title | notice.params), about)
