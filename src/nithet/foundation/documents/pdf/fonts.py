"""The fonts of a PDF.

Most Thai fonts lose the text: with Google's Sarabun, for one, "ขั้น" is found again as "ขั้ขั้น". TH Sarabun
New, the face of Thai official papers, and Laksaman, its free edition, give back what was written.
Laksaman is shipped; an installed TH Sarabun New goes before it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "fonts"
OFFICIAL_FAMILY = "TH Sarabun New"
SHIPPED_FAMILY = "Laksaman"
SYMBOLS_FAMILY = "DejaVu Sans Mono"
"""Comes with the engine; has the tick boxes and the signs that text fonts lack."""


def families(folders: list[Path]) -> list[str]:
    """Families in the order in which a letter is looked for."""
    official = [OFFICIAL_FAMILY] if len(folders) > 1 else []
    return [*official, SHIPPED_FAMILY, SYMBOLS_FAMILY]


def folders() -> list[Path]:
    """The folder of the shipped fonts and, where TH Sarabun New is installed whole, its own."""
    for place in _system_folders():
        upright = _folder_with_official(place)
        if upright is not None:
            return [SHIPPED, upright]
    return [SHIPPED]


def _folder_with_official(place: Path) -> Path | None:
    """The first folder below that holds the regular and the bold weight."""
    for parent, _, names in os.walk(place):
        held = [name.lower().replace(" ", "") for name in names]
        ours = [name for name in held if name.startswith("thsarabunnew") and name.endswith(".ttf")]
        if any("bold" in name for name in ours) and any("bold" not in name for name in ours):
            return Path(parent)
    return None


def _system_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"))
    else:
        yield from (home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
