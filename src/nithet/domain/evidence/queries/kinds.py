"""Kinds of evidence by their names."""

from django.utils.translation import get_language

from nithet.domain.evidence.rules.kinds import EVERYDAY
from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.words import Text


def known_kinds() -> dict[str, Text]:
    """Return id -> name of every kind: those of the editions first, then the everyday ones; one query."""
    named = {
        kind.id: kind.name
        for edition in Edition.objects.order_by("pk")
        for kind in rules_of(edition).kinds
    }
    return {**named, **{key: name for key, name in EVERYDAY.items() if key not in named}}


def kind_words() -> dict[str, str]:
    """Return id -> name in the reader's language; one query."""
    language = "en" if (get_language() or "th").startswith("en") else "th"
    return {key: name.say(language) for key, name in known_kinds().items()}  # type: ignore[arg-type]
