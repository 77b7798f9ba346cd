"""Who keeps files: each domain package names the digests that its rows name, so that upkeep removes no other.

A package declares its own in ``apps.ready``: ``keepers.register("evidence", kept_digests)``. The name is the namespace,
or ``"evidence.more"`` for a further function of the same one. A namespace that nobody registered is never cleared.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from nithet.foundation.files.janitor import UNREFERENCED_AFTER, remove_unreferenced

Digests = Callable[[], Iterable[str]]

_keepers: dict[str, Digests] = {}
_YOUNGEST = timedelta(days=1)


def register(name: str, function: Digests) -> None:
    """Declare the digests that a package's rows name, of all offices: ``function`` reads them when it is called."""
    _keepers[name] = function


def registered() -> dict[str, Digests]:
    """All keepers, by name."""
    return dict(sorted(_keepers.items()))


def in_use() -> frozenset[str]:
    """Every digest that any row names just now. An error of one keeper is an error: better no upkeep than a lost file."""
    return frozenset(digest for function in _keepers.values() for digest in function() if digest)


def remove_unused(older_than: timedelta = UNREFERENCED_AFTER) -> int:
    """Remove the files of all registered namespaces that no row names; return how many.

    Nothing younger than a day is removed, whatever is asked: a file is on the disk before the row that names it.
    """
    used = in_use()
    spared = max(older_than, _YOUNGEST)
    names = sorted({name.partition(".")[0] for name in _keepers})
    return sum(remove_unreferenced(name, used, spared) for name in names)
