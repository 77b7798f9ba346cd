"""How a mean is said in a word (การแปลผลค่าเฉลี่ย): bands are data, and a mean is rounded before it is classed."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from nithet.domain.instruments.rules.statistics import TWO, rounded
from nithet.kernel.errors import BadInput

DATA = "bands.yaml"


@dataclass(frozen=True, slots=True)
class Band:
    """One band, both ends with two decimals and both inside of it."""

    lowest: Decimal
    highest: Decimal
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """Bands for ratings from 1 to `levels`, from the highest down; `source` is printed under the table."""

    code: str
    levels: int
    source: str
    bands: tuple[Band, ...]

    def band_of(self, mean: Fraction | Decimal | None) -> Band | None:
        """Return the band of a mean, rounded half up to two decimals first; None outside the scale or without a mean.

        4.505 is rounded to 4.51 and so stands in the highest band of five.
        """
        if mean is None:
            return None
        value = rounded(Fraction(mean))
        return next((one for one in self.bands if one.lowest <= value <= one.highest), None)


def schemes_from(text: str) -> tuple[Scheme, ...]:
    """Read schemes and refuse bands that leave a hundredth out, hold one twice, or do not cover the whole scale.

    Raises `BadInput` "bands.…" that names the scheme.
    """
    loaded = yaml.safe_load(text)
    found = tuple(_scheme(one) for one in loaded["schemes"])
    if len({one.code for one in found}) != len(found):
        raise BadInput("bands.twice", "Two schemes of bands have the same name.")
    return found


def _scheme(data: dict[str, Any]) -> Scheme:
    bands = tuple(
        Band(Decimal(one["from"]), Decimal(one["to"]), one["th"], one["en"])
        for one in data["bands"]
    )
    scheme = Scheme(data["code"], int(data["levels"]), data["source"], bands)
    edges_fit = (
        bool(bands)
        and bands[0].highest == scheme.levels
        and bands[-1].lowest == 1
        and all(one.lowest <= one.highest for one in bands)
        and all(lower.highest + TWO == upper.lowest for upper, lower in pairwise(bands))
    )
    if not edges_fit:
        raise BadInput(
            "bands.gap",
            "The bands of %(scheme)s must go from %(levels)s.00 down to 1.00 without a gap and without sharing an edge.",
            scheme=scheme.code,
            levels=scheme.levels,
        )
    return scheme


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes that the product ships, in the order of the file."""
    return schemes_from(files("nithet.domain.instruments.rules").joinpath(DATA).read_text("utf-8"))


def schemes_for(levels: int) -> tuple[Scheme, ...]:
    """Return the schemes for ratings of so many levels; empty where there is none."""
    return tuple(one for one in schemes() if one.levels == levels)


def scheme_for(levels: int, code: str = "") -> Scheme | None:
    """Return the scheme chosen for so many levels, the usual one (the first) where none is, None where there is none."""
    fitting = schemes_for(levels)
    return next((one for one in fitting if one.code == code), fitting[0] if fitting else None)
