"""Glyphs of symbol fonts, which Word stores by font and place instead of by character."""

from nithet.domain.returns.document import TICKED, UNTICKED

_BULLET = "•"
_WINGDINGS = {
    **dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), UNTICKED),
    **dict.fromkeys((0xFC, 0xFD, 0xFE, 0x78), TICKED),
    **dict.fromkeys((0x6C, 0x6E, 0x75, 0x76, 0x9F, 0xA7, 0xD8, 0xE0, 0xE8, 0xF0), _BULLET),
}
_WINGDINGS_2 = {
    **dict.fromkeys((0x2A, 0x30, 0xA3), UNTICKED),
    **dict.fromkeys((0x50, 0x52, 0x53, 0x54), TICKED),
    **dict.fromkeys((0x95, 0x96, 0x97, 0x98, 0xA1), _BULLET),
}
_SYMBOL = {0xB7: _BULLET, 0xA8: _BULLET, 0xD6: TICKED, 0x7F: UNTICKED}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol", "marlett", "zapf dingbats")
_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are pictures."""
    return font.casefold().startswith(_SYMBOL_FONTS)


def symbol(font: str, character: str) -> str:
    r"""A glyph as a character that means the same; what is not known stays in the private area.

    >>> symbol("Wingdings", "\uf0fe"), symbol("Wingdings 2", "\u00a3"), symbol("TH Sarabun New", "-")
    ('☑', '☐', '-')
    """
    if not is_symbol_font(font):
        return character
    if character.isspace():
        return character
    code = (
        ord(character) & 0xFF if _PRIVATE <= ord(character) <= _PRIVATE + 0xFF else ord(character)
    )
    known = _FONTS.get(font.casefold(), {}).get(code)
    return known or chr(_PRIVATE + (code & 0xFF))
