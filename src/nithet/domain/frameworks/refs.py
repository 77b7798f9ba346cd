"""How editions are named to those who may see them."""

from collections.abc import Iterable, Mapping

from nithet.domain.frameworks.policy import visible_to
from nithet.foundation.access.actors import Actor
from nithet.foundation.refs.keys import row_keys
from nithet.foundation.refs.registry import RecordRef, Resolved, register

EDITION = "frameworks.edition"


def _editions(actor: Actor, ids: Iterable[str]) -> Mapping[str, Resolved]:
    found = visible_to(actor).filter(pk__in=row_keys(ids)).defer("text")
    return {str(row.pk): Resolved(RecordRef(EDITION, str(row.pk)), str(row), None) for row in found}


def register_kinds() -> None:
    """Register the kinds of this package."""
    register(EDITION, _editions)
