"""Reading folders."""

from dataclasses import dataclass

from django.db.models import QuerySet

from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.policy import visible_folders
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.models import Posting, Power
from nithet.foundation.access.roles import OFFICE_LEADERS
from nithet.foundation.tenancy.scope import unscoped
from nithet.kernel import clock


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs for the office today, with the title under which they do."""

    user_id: int
    name: str


def signers_of(office_id: int) -> list[Signer]:
    """List who signs for an office today: its leaders, and who acts for them by an order; directors first. Two queries."""
    today = clock.today()
    leaders = {"unit_id": office_id, "role__in": OFFICE_LEADERS, "user__is_active": True}
    postings = Posting.objects.filter(**leaders, limited_to="").on(today).select_related("user")
    powers = Power.objects.filter(**leaders).on(today).select_related("user")
    found: dict[int, Signer] = {}
    for posting in sorted(postings, key=lambda row: (row.role != "director", row.pk)):
        name = posting.user.display_name
        title = posting.title or str(posting.get_role_display())
        found.setdefault(posting.user_id, Signer(posting.user_id, name if name == title else f"{name} · {title}"))
    for power in powers:
        found.setdefault(
            power.user_id, Signer(power.user_id, f"{power.user.display_name} · {power.get_kind_display()} ({power.order_number})")
        )
    return list(found.values())


def list_folders(actor: Actor, *, mine: bool = False) -> QuerySet[Folder]:
    """List the folders an actor may read, newest first; `mine` keeps those that wait for this very person."""
    rows = visible_folders(actor).select_related("round__edition")
    return rows.filter(addressee_id=actor.user_id or 0, state=Folder.State.WAITING) if mine else rows


def find_folder(actor: Actor, folder_id: int) -> Folder | None:
    """Return a folder the actor may read; None where there is none or it is not theirs to see."""
    return visible_folders(actor).select_related("round__edition", "round__office").filter(pk=folder_id).first()


def folder_of_link(digest: str) -> Folder | None:
    """Return the folder that a link names, whatever its office; None for a word that opens nothing.

    The digest of a long random word is itself the right to see that the folder is there; what is in it is shown to nobody
    who has not proved to be its addressee.
    """
    # A link is opened before anybody is known, so no office can be in scope yet.
    with unscoped():
        return Folder.objects.select_related("round__edition", "office").filter(token_digest=digest).first()


def waiting_folder(round_id: int) -> Folder | None:
    """Return the folder of a round that waits; None where none does."""
    return Folder.objects.filter(round_id=round_id, state=Folder.State.WAITING).first()
