"""The registry of notices: a kind, and the sentence a person reads. An unknown kind is an error, never silence.

A package registers its own in `apps.ready()`; the sentence is an English message id of its catalogue:

    kinds.register("returns.issued", msgid("The return %(title)s has been issued."))
"""

from collections.abc import Mapping

from django.utils.translation import gettext

_kinds: dict[str, str] = {}


def register(kind: str, sentence: str) -> None:
    """Make a kind known. The sentence may use %(title)s (the record's title), %(actor)s and every value given to `tell`."""
    if _kinds.get(kind, sentence) != sentence:
        raise ValueError(f"the kind of notice {kind!r} is registered twice")
    _kinds[kind] = sentence


def sentence_of(kind: str) -> str:
    """Return the message id of a kind; raises LookupError for an unknown one."""
    if (sentence := _kinds.get(kind)) is None:
        raise LookupError(f"the kind of notice {kind!r} is not registered")
    return sentence


def registered() -> frozenset[str]:
    """Return every registered kind."""
    return frozenset(_kinds)


class _Blanks(dict[str, object]):
    """Values of a sentence; what is missing shows as a dash rather than breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def say(kind: str, values: Mapping[str, object]) -> str:
    """Say a notice in the reader's language; a kind that no package knows any more is named as it is."""
    if kind not in _kinds:
        return kind
    return gettext(_kinds[kind]) % _Blanks(values)
