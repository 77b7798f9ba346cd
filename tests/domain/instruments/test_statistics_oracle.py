"""Everything that a table of results says, worked out a second time by numpy and the statistics module from the bare answers."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from statistics import fmean, stdev
from typing import Any

import numpy as np
import pytest

from nithet.domain.instruments.models.versions import InstrumentVersion
from nithet.domain.instruments.queries.result_scope import Asked
from nithet.domain.instruments.queries.results import Line, results_of
from nithet.foundation.tenancy.models import Unit
from tests.conftest import Cast, make_unit
from tests.domain.instruments.result_factories import fill, make_form, make_school, rating

LEVELS = {"three": 3, "four": 4, "five": 5}
# What offices print under their tables (บุญชม ศรีสะอาด), typed here a second time.
FIVE = ((451, "มากที่สุด"), (351, "มาก"), (251, "ปานกลาง"), (151, "น้อย"), (100, "น้อยที่สุด"))


def half_up(value: Fraction) -> Decimal:
    """Round as a person does: multiply exactly, then half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def filled(cast: Cast, seed: int) -> tuple[InstrumentVersion, dict[str, list[dict[str, str]]]]:
    """Return a form with random answers, some left open, and the same answers by school."""
    chance = Random(seed)
    form = make_form(cast.office, [rating(name, levels) for name, levels in LEVELS.items()])
    answers: dict[str, list[dict[str, str]]] = {}
    for number in range(3):
        unit = make_unit("school", f"โรงเรียนที่ {number}", office=cast.office, parent=cast.office)
        school = make_school(unit)
        for _ in range(chance.randint(1, 30)):
            given = {
                name: str(chance.randint(1, levels))
                for name, levels in LEVELS.items()
                if chance.random() > 0.15
            }
            fill(form, given, school=school)
            answers.setdefault(school.name, []).append(given)
    return form, answers


def held_against(line: Line, given: list[dict[str, str]]) -> None:
    name = line.item.key.partition(".")[0]
    values = [int(one[name]) for one in given if name in one]
    tally, said = line.tally, line.described
    assert (tally.asked, tally.answered) == (len(given), len(values))
    assert tally.unanswered == len(given) - len(values)
    counts = Counter(values)
    for level in range(1, LEVELS[name] + 1):
        assert tally.given.get(str(level), 0) == counts[level]
        if values:
            share = half_up(Fraction(100 * counts[level], len(values)))
            assert tally.share(str(level)) == share
    if not values:
        assert said.mean_2 is None
        return
    assert said.mean_2 == half_up(Fraction(sum(values), len(values)))
    assert float(said.mean_2) == pytest.approx(fmean(values), abs=0.00501)
    if len(values) == 1:
        assert said.sd_2 is None
        return
    spread = float(np.std(values, ddof=1))
    assert spread == pytest.approx(stdev(values))
    assert float(said.sd_2 or 0) == pytest.approx(spread, abs=0.00501)
    if LEVELS[name] == 5:
        assert line.band is not None
        hundredths = int(said.mean_2 * 100)
        assert line.band.th == next(word for lowest, word in FIVE if hundredths >= lowest)


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_of_random_answers_is_what_numpy_finds(
    cast: Cast, office: Unit, seed: int
) -> None:
    form, answers = filled(cast, seed)
    found = results_of(cast.actor("supervisor"), form.instrument, Asked(by="school"))
    every: list[Any] = [one for given in answers.values() for one in given]
    assert found.records == len(every)
    # Ratings of three, four and five levels stand apart, each with its own line.
    assert {one.item.key for one in found.lines} == {"three.3", "four.4", "five.5"}
    for line in found.lines:
        held_against(line, every)
    for part in found.parts:
        for line in part.lines.values():
            held_against(line, answers[part.title])


@pytest.mark.parametrize(
    ("ratings", "mean", "word"),
    [
        # 901 of 200 is 4.505: rounded first it is 4.51, and so the highest word; cut off it would be the one below.
        ([5] * 101 + [4] * 99, "4.51", "มากที่สุด"),
        ([5] * 100 + [4] * 100, "4.50", "มาก"),
        ([4] * 101 + [3] * 99, "3.51", "มาก"),
        ([2] * 101 + [1] * 99, "1.51", "น้อย"),
    ],
)
def test_a_mean_is_rounded_before_it_is_said_in_a_word(
    cast: Cast, office: Unit, ratings: list[int], mean: str, word: str
) -> None:
    form = make_form(office, [rating("five")])
    for value in ratings:
        fill(form, {"five": str(value)})
    [line] = results_of(cast.actor("supervisor"), form.instrument, Asked()).lines
    assert line.described.mean_2 == Decimal(mean)
    assert line.band is not None
    assert line.band.th == word
