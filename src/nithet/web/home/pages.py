"""What waits for the reader, each with its verb and the page where it is done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from nithet.domain.overview.queries import OfficeHome
from nithet.foundation.access.actors import Actor
from nithet.foundation.access.policies import ask


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits: a sentence, how many, and where to go."""

    words: str
    href: str
    icon: str


def todo_of(actor: Actor, home: OfficeHome) -> list[Todo]:
    """List what waits for this reader in the round, most pressing first."""
    found = []
    reporting_round = home.round
    unanswered = home.standing.judgement.unanswered
    if unanswered and ask("test.answer", actor, reporting_round):
        words = ngettext("Answer %(n)s test", "Answer %(n)s tests", len(unanswered)) % {
            "n": len(unanswered)
        }
        found.append(
            Todo(
                words,
                reverse("rounds:item", args=[reporting_round.pk, unanswered[0].item]),
                "check",
            )
        )
    if home.unproven:
        n = len(home.unproven)
        words = ngettext(
            "Bring evidence for %(n)s project", "Bring evidence for %(n)s projects", n
        ) % {"n": n}
        found.append(Todo(words, reverse("plans:project", args=[home.unproven[0].pk]), "evidence"))
    if home.listed_pieces:
        words = gettext("Say where %(n)s of %(all)s pieces of evidence are") % {
            "n": home.listed_pieces,
            "all": home.pieces,
        }
        found.append(Todo(words, reverse("evidence:evidence_list"), "evidence"))
    if home.unnamed_visits:
        words = gettext("Record who went on %(n)s of %(all)s visits") % {
            "n": home.unnamed_visits,
            "all": home.visits,
        }
        found.append(Todo(words, reverse("visits:visits"), "visit"))
    if not home.is_signed and ask("round.sign", actor, reporting_round):
        found.append(
            Todo(
                gettext("Sign the declared level"),
                reverse("rounds:round", args=[reporting_round.pk]) + "#sign",
                "sign",
            )
        )
    return found
