"""An item of a document laid flat: every paragraph with its sheet, its group and its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from nithet.domain.returns.document import (
    Block,
    Group,
    Item,
    Paragraph,
    ReturnDocument,
    Role,
    blocks_by_item,
    items_of,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of an item."""

    number: int
    """Its place in the item's narrative, from 0, sheets put together."""
    sheet: int
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class GroupView:
    """A narrative group with its paragraphs where they stand."""

    group: Group
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item, its sheets, its narrative."""

    item: Item
    blocks: tuple[Block, ...]
    groups: tuple[GroupView, ...]

    @property
    def number(self) -> int:
        """The item's number."""
        return self.item.number

    @property
    def spots(self) -> Iterator[Spot]:
        """Every paragraph of the item in order."""
        for group in self.groups:
            yield from group.spots


def views_of(document: ReturnDocument) -> tuple[ItemView, ...]:
    """The items of a document by number."""
    blocks = blocks_by_item(document)
    return tuple(_view(item, blocks[item.key]) for item in items_of(document))


def below(spots: tuple[Spot, ...], index: int) -> list[Spot]:
    """The points directly below the point at ``index``, up to the next heading."""
    depth = spots[index].paragraph.depth
    found: list[Spot] = []
    for spot in spots[index + 1 :]:
        role = spot.paragraph.role
        if role in (Role.HEADING, Role.RESULTS_HEADING):
            break
        if role is Role.POINT:
            if spot.paragraph.depth <= depth:
                break
            found.append(spot)
    nearest = min((spot.paragraph.depth for spot in found), default=0)
    return [spot for spot in found if spot.paragraph.depth == nearest]


def _view(item: Item, blocks: tuple[Block, ...]) -> ItemView:
    flat = [
        Spot(number, sheet, paragraph)
        for number, (sheet, paragraph) in enumerate(
            (sheet, paragraph)
            for sheet, block in enumerate(blocks)
            for paragraph in block.narrative
        )
    ]
    groups: list[GroupView] = []
    begin = 0
    for group in item.groups:
        end = begin + len(group.paragraphs)
        groups.append(GroupView(group, tuple(flat[begin:end])))
        begin = end
    return ItemView(item, blocks, tuple(groups))
