"""Reading editions."""

from functools import lru_cache
from importlib.resources import files

from nithet.domain.frameworks.models import Edition
from nithet.domain.frameworks.rules.edition import Edition as Rules
from nithet.domain.frameworks.rules.edition import Node
from nithet.domain.frameworks.rules.loading.edition import load_edition
from nithet.kernel.errors import RuleBroken


def find_edition(urn: str, version: int | None = None) -> Edition | None:
    """Find an edition by its name, the newest version where none is asked for; None where there is none."""
    rows = Edition.objects.filter(urn=urn)
    return (rows if version is None else rows.filter(version=version)).order_by("-version").first()


def get_edition(urn: str, version: int | None = None) -> Edition:
    """Return an edition by its name, the newest version where none is asked for.

    Raises `RuleBroken` "edition.unknown" where this installation has none of that name.
    """
    if (kept := find_edition(urn, version)) is None:
        raise RuleBroken("edition.unknown", "This installation has no edition %(urn)s.", urn=urn)
    return kept


def list_editions() -> list[Edition]:
    """List all editions of this installation by name, the newest version first, without their texts."""
    return list(Edition.objects.defer("text").order_by("urn", "-version"))


def rules_of(edition: Edition) -> Rules:
    """Return what an edition says, as the judge reads it; read once a process for each text.

    Measures are not checked again: the text was, when it was added.
    """
    return _rules(edition.digest, edition.text)


@lru_cache(maxsize=256)
def _rules(digest: str, text: str) -> Rules:
    loaded = load_edition(text)
    if not isinstance(loaded, Rules):
        raise RuntimeError(f"the kept edition {digest} can no longer be read: {loaded[0]}")
    return loaded


def item_of(edition: Edition, item: str) -> Node:
    """Return an item of an edition; raises `RuleBroken` "item.unknown" where the form has no such item."""
    node = rules_of(edition).nodes.get(item)
    if node is None or node.children:
        raise RuleBroken("item.unknown", "This form has no item %(item)s.", field="item", item=item)
    return node


def shipped_editions() -> list[str]:
    """Return the texts of the editions that come with the product, in the order of their file names."""
    folder = files("nithet.domain.frameworks") / "editions"
    found = (one for one in folder.iterdir() if one.name.endswith(".yaml"))
    return [one.read_text("utf-8") for one in sorted(found, key=lambda one: one.name)]
