"""What a person is shown before they decide: the levels, and each item in one line."""

from dataclasses import dataclass

from nithet.domain.assessments.models.rounds import Round
from nithet.domain.assessments.queries.standing import Standing, standing_of
from nithet.domain.frameworks.queries import rules_of
from nithet.domain.frameworks.rules.edition import Edition
from nithet.domain.reviews.models.folders import Folder
from nithet.domain.reviews.queries.freezing import level_label
from nithet.foundation.ui.shapes import LevelShown
from nithet.web.rounds.pages import ItemLine, Levels, item_lines, levels_of


@dataclass(frozen=True, slots=True)
class FolderPage:
    """A folder as its reader sees it; `is_current` says whether the records still are what the proposer saw."""

    folder: Folder
    standing: Standing
    levels: Levels
    proposed: LevelShown
    items: list[ItemLine]
    is_current: bool


def folder_page(folder: Folder) -> FolderPage:
    """Return what is shown of a folder."""
    standing = standing_of(folder.round)
    return FolderPage(
        folder=folder,
        standing=standing,
        levels=levels_of(folder.round, standing),
        proposed=LevelShown(folder.declared_level, level_label(standing.edition, folder.declared_level)),
        items=item_lines(folder.round, standing),
        is_current=standing.digest == folder.shown_digest,
    )


def scale_of(edition: Edition) -> tuple[list[tuple[int, str]], str]:
    """Return the levels of an edition with their names, and how it calls that none is reached."""
    levels = edition.root.levels
    numbers = [one.number for one in levels.scale] if levels else []
    return [(n, level_label(edition, n)) for n in numbers], level_label(edition, None)


def scale_of_round(reporting_round: Round) -> tuple[list[tuple[int, str]], str]:
    """Return the same for a round, without judging it."""
    return scale_of(rules_of(reporting_round.edition))
