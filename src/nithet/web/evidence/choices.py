"""What the forms of evidence offer to choose from."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from nithet.domain.assessments.queries.rounds import visible_rounds
from nithet.domain.directory.models.schools import School
from nithet.domain.evidence.actions.bringing import UseFor
from nithet.domain.evidence.policy import own_school_refs
from nithet.domain.evidence.queries.kinds import kind_words
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.ui.display import shown

Choices = list[tuple[str, str]]


def kind_choices() -> Choices:
    """List the kinds of evidence."""
    return list(kind_words().items())


@dataclass(frozen=True, slots=True)
class Years:
    """An edition in a fiscal year in which the office has a round of it."""

    edition: Edition
    fiscal_year: int


def edition_years(actor: Actor) -> list[Years]:
    """List the editions and years of the rounds that a person sees, the newest first; one query."""
    found: dict[tuple[int, int], Years] = {}
    for row in visible_rounds(actor).filter(state="open").order_by("-fiscal_year", "edition_id"):
        found.setdefault((row.edition_id, row.fiscal_year), Years(row.edition, row.fiscal_year))
    return list(found.values())


def use_choices(actor: Actor) -> list[tuple[str, Choices]]:
    """List items to use a piece for, grouped by form and year."""
    language = "en" if (get_language() or "th").startswith("en") else "th"
    groups = []
    for one in edition_years(actor):
        rules = rules_of(one.edition)
        heading = gettext("%(title)s, fiscal year %(year)s") % {
            "title": shown(one.edition.title),
            "year": shown(str(one.fiscal_year)),
        }
        items = [
            (
                f"{one.edition.pk}-{one.fiscal_year}-{node.id}",
                f"{rules.word('item').say(language)} {shown(node.id)} {shown(node.title.say(language))}",  # type: ignore[arg-type]
            )
            for node in rules.items
        ]
        groups.append((heading, items))
    return groups


def use_of(actor: Actor, value: str) -> UseFor | None:
    """Return the item that a choice names; None where it is none that this person may choose."""
    edition_id, _, rest = value.partition("-")
    year, _, item = rest.partition("-")
    for one in edition_years(actor):
        is_it = (str(one.edition.pk), str(one.fiscal_year)) == (edition_id, year)
        if is_it and item in {node.id for node in rules_of(one.edition).items}:
            return UseFor(one.edition, one.fiscal_year, item)
    return None


def own_school(actor: Actor) -> School | None:
    """Return the school whose people this is, where they work at one school; None for people of the office."""
    refs = own_school_refs(actor)
    if actor.is_of_office or not refs:
        return None
    return School.objects.select_related("unit").filter(pk=refs[0].partition(":")[2]).first()
