"""Names and small questions about WordprocessingML elements."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()


def transitional(xml: bytes) -> bytes:
    """XML of the strict form of the format with the names of the common one."""
    return xml.replace(_STRICT, _TRANSITIONAL)


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Direct children of that name."""
    yield from element.iterchildren(name)


def descend(element: etree._Element, *names: str) -> etree._Element | None:
    """The element below, a ``w:`` name for each step; None where the path ends."""
    found: etree._Element | None = element
    for name in names:
        if found is None:
            return None
        found = found.find(W + name)
    return found


def value(element: etree._Element, *names: str) -> str | None:
    """The ``w:val`` of the element at a path, or None."""
    found = descend(element, *names)
    return None if found is None else found.get(W + "val")


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch is set: there and neither "0", "false" nor "off"."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")
