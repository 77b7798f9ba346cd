"""The styles of a document, as WordprocessingML.

Word takes font, size and weight of Thai from the *complex script* properties (``w:cs``, ``w:szCs``,
``w:bCs``) and its language from ``w:bidi``. Where they are missing, or point to a theme, Thai comes
out in another font at another size.
"""

from __future__ import annotations

from nithet.foundation.documents.docx.units import half_points

FONT = "TH Sarabun New"
"""The face of Thai official papers; Word's table of fonts names what may stand in for it."""
SYMBOL_FONT = "Segoe UI Symbol"
"""Has the tick boxes that Thai fonts lack."""

HEADING_SIZES = (20.0, 18.0, 16.0)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def fonts(name: str) -> str:
    """One font for every script."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def size(points: float) -> str:
    """One size for every script."""
    return f'<w:sz w:val="{half_points(points)}"/><w:szCs w:val="{half_points(points)}"/>'


def text_style(points: float) -> str:
    """The name of the paragraph style for text of a size in a table."""
    return f"TableText{half_points(points)}"


def caption_style(points: float) -> str:
    """The name of the paragraph style for captions of a size."""
    return f"TableCaption{half_points(points)}"


def styles_xml(base_size: float, table_sizes: set[float]) -> str:
    """The whole of styles.xml."""
    headings = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            "<w:keepNext/><w:keepLines/>"
            '<w:spacing w:before="120" w:after="80"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            f"{fonts(FONT)}<w:b/><w:bCs/>{size(points)}",
        )
        for level, points in enumerate(HEADING_SIZES, 1)
    )
    tables = "".join(
        _style(
            text_style(points), f"Table Text {points:g}", _pitch(points), size(points), custom=True
        )
        + _style(
            caption_style(points),
            f"Table Caption {points:g}",
            f"<w:keepNext/><w:keepLines/>{_pitch(points)}",
            size(points),
            custom=True,
        )
        for points in sorted(table_sizes)
    )
    return (
        f'<w:styles xmlns:w="{W}">'
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(FONT)}{size(base_size)}"
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/><w:rPr>{fonts(FONT)}{size(base_size)}"
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="th-TH"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{headings}"
        f"{_style('Header', 'header', '', size(13))}{_style('Footer', 'footer', '', size(13))}"
        f"{tables}</w:styles>"
    )


def _pitch(points: float) -> str:
    """Lines as close as in the PDF. The font itself asks for half as much again; 1.3 of its size
    still holds a tone mark above a vowel.
    """
    return f'<w:spacing w:line="{round(points * 1.3 * 20)}" w:lineRule="exact"/>'


def _style(identity: str, name: str, paragraph: str, run: str, *, custom: bool = False) -> str:
    marked = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="paragraph"{marked} w:styleId="{identity}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


SETTINGS = (
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:bidi="th-TH"/></w:settings>'
)

FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}"><w:altName w:val="TH SarabunPSK"/>'
    '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    f'<w:font w:name="{SYMBOL_FONT}"><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
