"""How records of this package are named to those who may see them."""

from collections.abc import Iterable, Mapping

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from nithet.domain.assessments.policy import visible_to
from nithet.domain.assessments.queries.rounds import ITEM, ROUND
from nithet.domain.frameworks.queries import rules_of
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.registry import RecordRef, Resolved, register


def _rounds(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = (
        visible_to(actor)
        .filter(pk__in=[key for key in ids if key.isdecimal()])
        .select_related("edition")
    )
    return {
        str(row.pk): Resolved(RecordRef(ROUND, str(row.pk)), str(row), _address(row.pk))
        for row in found
    }


def _items(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    """Name items as "ข้อ 4 · title"; the edition is read once a round."""
    asked = {key: key.partition("/") for key in ids}
    wanted = {int(parts[0]) for parts in asked.values() if parts[0].isdecimal()}
    rounds = {
        str(row.pk): row
        for row in visible_to(actor).filter(pk__in=wanted).select_related("edition")
    }
    found = {}
    for key, (round_id, _slash, item) in asked.items():
        node = rules_of(rounds[round_id].edition).nodes.get(item) if round_id in rounds else None
        if node is None or node.children:
            continue
        title = gettext("Item %(item)s") % {"item": item}
        words = (
            f"{title} {node.title.say('en' if (get_language() or 'th').startswith('en') else 'th')}"
        )
        found[key] = Resolved(RecordRef(ITEM, key), words, _item_address(int(round_id), item))
    return found


def _address(key: int) -> str | None:
    try:
        return reverse("rounds:round", args=[key])
    except NoReverseMatch:
        return None


def _item_address(round_id: int, item: str) -> str | None:
    try:
        return reverse("rounds:item", args=[round_id, item])
    except NoReverseMatch:
        return None


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(ROUND, _rounds)
    register(ITEM, _items)
