"""Numbers and bullets that Word shows before a paragraph without storing them in its text."""

from collections.abc import Iterator

from lxml import etree

from nithet.domain.returns.reader.docx_symbols import symbol
from nithet.domain.returns.reader.ooxml import W, children, descend, value
from nithet.kernel.numerals import to_thai

_DEEPEST = 9
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
Level = tuple[str, str, int, str]
"""Number format, text such as "%1.%2", first number, symbol font."""


class Numbering:
    """Counts the lists of a document; `mark` is to be asked for every paragraph in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, str] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        if numbering is not None:
            for definition in children(numbering, W + "abstractNum"):
                levels = dict(_levels(definition))
                self._abstract[definition.get(W + "abstractNumId", "")] = levels
            for number in children(numbering, W + "num"):
                self._lists[number.get(W + "numId", "")] = value(number, "abstractNumId") or ""
        if styles is not None:
            for style in children(styles, W + "style"):
                address = _address(descend(style, "pPr", "numPr"))
                if address:
                    self._by_style[style.get(W + "styleId", "")] = address

    def mark(self, properties: etree._Element | None) -> str:
        """The mark of a paragraph with these properties (``w:pPr``); empty if it is in no list."""
        if properties is None:
            return ""
        address = _address(descend(properties, "numPr"))
        if address is None:
            address = self._by_style.get(value(properties, "pStyle") or "")
        if address is None or not 0 <= address[1] < _DEEPEST:
            return ""
        number, depth = address
        abstract = self._lists.get(number, "")
        levels = self._abstract.get(abstract, {})
        if depth not in levels:
            return ""
        return self._counted(abstract, levels, depth)

    def _counted(self, abstract: str, levels: dict[int, Level], depth: int) -> str:
        kind, text, first, font = levels[depth]
        if kind == "bullet":
            return "".join(symbol(font, character) for character in text)
        if kind == "none":
            return ""
        counts = self._counts.setdefault(abstract, [None] * _DEEPEST)
        held = counts[depth]
        counts[depth] = first if held is None else held + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        for level in range(depth + 1):
            above = levels.get(level, ("decimal", "", 1, ""))
            shown = counts[level] if counts[level] is not None else above[2]
            text = text.replace(f"%{level + 1}", _shown(shown or 0, above[0]))
        return text


def _levels(definition: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in children(definition, W + "lvl"):
        depth = level.get(W + "ilvl", "")
        first = value(level, "start") or "1"
        fonts = descend(level, "rPr", "rFonts")
        font = "" if fonts is None else fonts.get(W + "ascii", "")
        if depth.isdecimal() and first.isdecimal() and len(depth) < 3 and len(first) < 6:
            text = value(level, "lvlText") or ""
            yield int(depth), (value(level, "numFmt") or "decimal", text[:40], int(first), font)


def _address(numbered: etree._Element | None) -> tuple[str, int] | None:
    if numbered is None:
        return None
    depth = value(numbered, "ilvl") or "0"
    number = value(numbered, "numId")
    return (number, int(depth)) if number and depth.isdecimal() and len(depth) < 3 else None


def _shown(number: int, kind: str) -> str:
    if kind == "thaiNumbers":
        return to_thai(str(number))
    if kind == "thaiLetters" and 0 < number <= len(_THAI_LETTERS):
        return _THAI_LETTERS[number - 1]
    return str(number)
