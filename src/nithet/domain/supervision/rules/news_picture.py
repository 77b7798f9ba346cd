"""The photo news as one square picture of 1080 x 1080 points, as people send it on in LINE."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image as Pixels

from nithet.foundation.documents.word.model import (
    Block,
    Box,
    Image,
    Line,
    Sheet,
    Table,
    Text,
    WordPages,
    Words,
)

SIDE = 270.0
"""Millimetres of the sheet that it is set on."""
POINTS = 1080
_EDGE = 10.0
_BLUE, _PALE, _AMBER = "1F4E8C", "EEF3F9", "A34A08"
_PHOTOS_HIGH = 138.0
_GAP = 2.0
_SIZES = ((260, 24.0), (440, 21.0), (620, 18.0), (10_000, 15.0))
"""Size of the words by how many signs they have."""


@dataclass(frozen=True, slots=True)
class NewsPicture:
    """What stands on it. `photos` are one to four JPEG or PNG, `emblem` the office's own drawing, None where it has none."""

    headline: str
    words: str
    who: str
    where: str
    when: str
    office: str
    photos: tuple[bytes, ...]
    emblem: bytes | None = None
    is_draft: bool = False


def news_pages(news: NewsPicture) -> WordPages:
    """Lay the picture out; the same news gives the same picture."""
    blocks: list[Block] = [_head(news)]
    if news.photos:
        blocks.append(_photos(news.photos[:4]))
    blocks += [_told(news), _foot(news)]
    return WordPages(
        title=news.headline,
        blocks=tuple(blocks),
        sheet=Sheet(SIDE, SIDE, 0, 0, 0, 0, 0, 0),
        output="png",
        dots=POINTS * 25.4 / SIDE,
    )


def _head(news: NewsPicture) -> Table:
    named = [
        _text(news.office, 24, bold=True, colour="FFFFFF", before=4),
        _text("ภาพข่าวกิจกรรม", 19, colour="FFFFFF"),
    ]
    mark = "ร่าง ยังไม่อนุมัติ" if news.is_draft else ""
    boxes = [
        Box((_emblem(news.emblem),), fill=_BLUE, middle=True),
        Box(tuple(named), fill=_BLUE, middle=True),
        Box(
            (_text(mark, 20, bold=True, colour="FFFFFF", align="center"),) if mark else (),
            fill=_AMBER if mark else _BLUE,
            middle=True,
        ),
    ]
    first = 30.0 if news.emblem else _EDGE
    return Table((first, SIDE - first - 48, 48.0), (Line(tuple(boxes), 28.0, exact=True),), 0.0)


def _emblem(data: bytes | None) -> Text:
    if data is None:
        return Text(())
    with Pixels.open(BytesIO(data)) as opened:
        shape = opened.width / max(1, opened.height)
        out = BytesIO()
        opened.convert("RGBA").save(out, "PNG")
    height = min(20.0, 24.0 / shape)
    return Text((Image(out.getvalue(), height * shape, height, "ตรา"),), "center")


def _photos(photos: tuple[bytes, ...]) -> Table:
    """One photograph fills the place, two or three stand side by side, four make a square of their own."""
    if len(photos) == 4:
        width, height = (SIDE - _GAP) / 2, (_PHOTOS_HIGH - _GAP) / 2
        rows = tuple(
            Line(
                (_photo(photos[at], width, height), Box(()), _photo(photos[at + 1], width, height)),
                height + (_GAP if at == 0 else 0),
                exact=True,
            )
            for at in (0, 2)
        )
        return Table((width, _GAP, width), rows, 0.0)
    width = (SIDE - _GAP * (len(photos) - 1)) / len(photos)
    boxes: list[Box] = []
    widths: list[float] = []
    for index, one in enumerate(photos):
        if index:
            boxes.append(Box(()))
            widths.append(_GAP)
        boxes.append(_photo(one, width, _PHOTOS_HIGH))
        widths.append(width)
    return Table(tuple(widths), (Line(tuple(boxes), _PHOTOS_HIGH, exact=True),), 0.0)


def _photo(data: bytes, width: float, height: float) -> Box:
    return Box((Text((Image(cut(data, width / height), width, height, "ภาพกิจกรรม"),)),))


def cut(data: bytes, shape: float, *, longest: int = 1080) -> bytes:
    """Return a photograph cut around its middle to a shape (width by height), as JPEG."""
    with Pixels.open(BytesIO(data)) as opened:
        width, height = opened.size
        wide, tall = min(width, round(height * shape)), min(height, round(width / shape))
        left, top = (width - wide) // 2, (height - tall) // 2
        part = opened.crop((left, top, left + wide, top + tall)).convert("RGB")
        part.thumbnail((longest, longest))
        out = BytesIO()
        part.save(out, "JPEG", quality=82)
    return out.getvalue()


def _told(news: NewsPicture) -> Table:
    """Headline and words; long words are set smaller so that they stay in their place."""
    high = SIDE - 28.0 - 26.0 - (_PHOTOS_HIGH if news.photos else 0.0)
    size = next(points for most, points in _SIZES if len(news.words) <= most)
    if not news.photos:
        size += 8
    blocks = (
        _text(
            news.headline, 30 if len(news.headline) <= 60 else 25, bold=True, colour=_BLUE, before=8
        ),
        _text(news.words, size, before=4),
    )
    row = Line((Box(()), Box(blocks), Box(())), high, exact=True)
    return Table((_EDGE, SIDE - 2 * _EDGE, _EDGE), (row,), 0.0)


def _foot(news: NewsPicture) -> Table:
    lines = (
        _labelled("ใคร", news.who, before=5),
        _labelled("ที่ไหน", f"{news.where}   เมื่อใด  {news.when}"),
    )
    row = Line(
        (Box((), fill=_PALE), Box(lines, fill=_PALE, middle=True), Box((), fill=_PALE)),
        26.0,
        exact=True,
    )
    return Table((_EDGE, SIDE - 2 * _EDGE, _EDGE), (row,), 0.0)


def _labelled(label: str, words: str, *, before: float = 0.0) -> Text:
    size = 18.0 if len(words) <= 90 else 14.5
    return Text(
        (Words(f"{label}  ", size, bold=True, colour=_BLUE), Words(words, size)),
        before=before,
        line=size * 1.3,
        size=size,
    )


def _text(
    words: str,
    size: float,
    *,
    bold: bool = False,
    colour: str = "",
    before: float = 0.0,
    align: str = "left",
) -> Text:
    return Text(
        (Words(words, size, bold=bold, colour=colour),),
        align="center" if align == "center" else "left",
        before=before,
        line=size * 1.3,
        size=size,
    )
