"""Lengths, sizes and text as WordprocessingML holds them."""

from html import escape

from nithet.foundation.documents.text import printable


def twips(millimetres: float) -> int:
    """Twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def half_points(points: float) -> int:
    """Sizes of type."""
    return round(points * 2)


def shown(text: str) -> str:
    """A text as content of an element."""
    return escape(printable(text), quote=False)
