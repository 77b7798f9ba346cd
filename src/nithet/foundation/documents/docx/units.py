"""Lengths and sizes as WordprocessingML counts them."""

from xml.sax.saxutils import escape, quoteattr

from nithet.foundation.documents.text import printable

__all__ = ["attribute", "half_points", "shown", "twips"]


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def half_points(points: float) -> int:
    """Sizes of type."""
    return round(points * 2)


def shown(text: str) -> str:
    """A text as content of an element."""
    return escape(printable(text))


def attribute(text: str) -> str:
    """A text as a quoted attribute."""
    return quoteattr(printable(text))
