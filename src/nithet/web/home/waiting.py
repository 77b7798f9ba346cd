"""What waits for people (รอฉัน), as far as the packages know it: each line its verb, its number and where it is done."""

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nithet.domain.assessments.models.commenting import Comment
from nithet.domain.assessments.queries.rounds import declared_of, visible_rounds
from nithet.domain.assessments.queries.sharing import assigned_to
from nithet.domain.commitments.queries import open_for
from nithet.domain.evidence.queries.printouts import waiting_for_scan
from nithet.domain.evidence.queries.reviewing import may_be_mine, waiting_for_review
from nithet.domain.overview import waiting
from nithet.domain.overview.waiting import Waits
from nithet.domain.reviews.queries.folders import list_folders
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask
from nithet.foundation.access.roles import OFFICE_STAFF, RECORD_WRITERS
from nithet.foundation.actions.taking_back import standing


def address(name: str, *arguments: object, query: str = "") -> str:
    """Return the address of a page; "" where the product has no such page."""
    try:
        return reverse(name, args=arguments) + query
    except NoReverseMatch:
        return ""


def _folders(actor: Actor) -> Waits | None:
    """Folders put before this very person; one opens at once, several in their list."""
    folders = list(list_folders(actor, mine=True).values_list("pk", flat=True)[:100])
    if len(folders) == 1:
        return Waits(1, address("reviews:folder", folders[0]))
    return Waits(len(folders), address("reviews:folders"))


def _unsigned(actor: Actor) -> Waits | None:
    """The newest round, where nobody has signed its level and this person may."""
    newest = visible_rounds(actor).first()
    if newest is None or not ask("round.sign", actor, newest) or declared_of(newest) is not None:
        return None
    return Waits(1, address("rounds:round", newest.pk, query="#sign"))


def _reviews(actor: Actor) -> Waits | None:
    if not actor.holds(*RECORD_WRITERS):
        return None
    mine = may_be_mine(actor, waiting_for_review(actor)).count()
    return Waits(mine, address("evidence:reviews"))


def _comments(actor: Actor) -> Waits | None:
    """Comments said to this person that nobody has settled."""
    if actor.user_id is None or not actor.holds(*OFFICE_STAFF):
        return None
    open_talk = standing(Comment.objects.filter(for_user_id=actor.user_id, resolved_at=None))
    rows = list(
        open_talk.filter(
            Q(answers__isnull=True) | Q(answers__resolved_at=None), round__in=visible_rounds(actor)
        ).values_list("round_id", "item")[:100]
    )
    if not rows:
        return None
    round_id, item = rows[0]
    return Waits(len(rows), address("rounds:item", round_id, item, query="#comments"))


def _items(actor: Actor) -> Waits | None:
    """Items of open rounds that were given to this person, the earliest due first."""
    given = assigned_to(actor)
    if not given:
        return None
    first = given[0]
    dues = [row.due_on for row in given if row.due_on]
    url = (
        address("rounds:item", first.round_id, first.item)
        if len(given) == 1
        else address("rounds:round", first.round_id)
    )
    return Waits(len(given), url, due=min(dues, default=None))


def _agreed(actor: Actor) -> Waits | None:
    """What this person has agreed to do and not done."""
    rows = list(open_for(actor).values_list("pk", "due_on")[:100])
    if not rows:
        return None
    dues = [due for _pk, due in rows if due]
    url = address("rounds:commitments") or address("rounds:commitment", rows[0][0])
    return Waits(len(rows), url, due=min(dues, default=None))


def _papers(actor: Actor) -> Waits | None:
    """Papers that were printed and whose signed copy has not come back."""
    if not actor.holds(*RECORD_WRITERS):
        return None
    return Waits(waiting_for_scan(actor).count(), address("evidence:scan"))


def register_all() -> None:
    """Register the lines."""
    lines = (
        ("reviews.folder", pgettext_lazy("waiting", "Sign"), _folders, "sign"),
        ("assessments.level", pgettext_lazy("waiting", "Sign the level"), _unsigned, "sign"),
        ("evidence.review", pgettext_lazy("waiting", "Review evidence"), _reviews, "eye"),
        ("assessments.comment", pgettext_lazy("waiting", "Answer comments"), _comments, "comment"),
        ("assessments.item", pgettext_lazy("waiting", "Fill in items"), _items, "level"),
        ("commitments.open", pgettext_lazy("waiting", "Do what was agreed"), _agreed, "check"),
        ("evidence.scan", _("Bring back signed papers"), _papers, "camera"),
    )
    for order, (kind, verb, find, icon) in enumerate(lines):
        waiting.register(kind, verb, find, icon=icon, order=10 + order)
