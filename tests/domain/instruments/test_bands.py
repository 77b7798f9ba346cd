"""Bands: rounded before they are classed, no gap, no shared edge."""

from decimal import Decimal
from fractions import Fraction

import pytest

from nithet.domain.instruments.rules.bands import scheme_for, schemes, schemes_for, schemes_from
from nithet.domain.instruments.rules.statistics import describe
from nithet.kernel.errors import BadInput

ONE = """
schemes:
  - code: two
    levels: 3
    source: x
    bands:
      - {{from: "{high}", to: "3.00", th: มาก, en: high}}
      - {{from: "1.00", to: "{low}", th: น้อย, en: low}}
"""


@pytest.mark.parametrize(
    ("mean", "word"),
    [
        ("5.00", "มากที่สุด"),
        ("4.51", "มากที่สุด"),
        ("4.505", "มากที่สุด"),
        ("4.5049", "มาก"),
        ("4.50", "มาก"),
        ("3.51", "มาก"),
        ("3.50", "ปานกลาง"),
        ("2.51", "ปานกลาง"),
        ("2.50", "น้อย"),
        ("1.51", "น้อย"),
        ("1.50", "น้อยที่สุด"),
        ("1.00", "น้อยที่สุด"),
    ],
)
def test_five_levels_are_classed_as_boonchom_2545_classes_them(mean: str, word: str) -> None:
    usual = scheme_for(5)
    assert usual is not None
    band = usual.band_of(Fraction(mean))
    assert band is not None
    assert band.th == word


def test_a_mean_that_people_answered_is_rounded_before_it_is_classed() -> None:
    usual = scheme_for(5)
    assert usual is not None
    assert usual.band_of(describe({5: 101, 4: 99}).mean) == usual.bands[0]


@pytest.mark.parametrize(
    ("levels", "mean", "word"),
    [
        (3, "2.34", "มาก"),
        (3, "2.335", "มาก"),
        (3, "2.33", "ปานกลาง"),
        (3, "1.665", "ปานกลาง"),
        (3, "1.66", "น้อย"),
        (4, "3.26", "ดีเยี่ยม"),
        (4, "3.25", "ดี"),
        (4, "2.505", "ดี"),
        (4, "2.50", "พอใช้"),
        (4, "1.75", "ควรพัฒนา"),
    ],
)
def test_three_and_four_levels_have_bands_of_equal_width(levels: int, mean: str, word: str) -> None:
    usual = scheme_for(levels)
    assert usual is not None
    band = usual.band_of(Decimal(mean))
    assert band is not None
    assert band.th == word


def test_every_hundredth_of_every_scale_lies_in_exactly_one_band() -> None:
    for scheme in schemes():
        for hundredths in range(100, scheme.levels * 100 + 1):
            value = Decimal(hundredths).scaleb(-2)
            held = [one for one in scheme.bands if one.lowest <= value <= one.highest]
            assert len(held) == 1, (scheme.code, value)


def test_outside_the_scale_nothing_is_said() -> None:
    usual = scheme_for(5)
    assert usual is not None
    assert usual.band_of(Decimal("5.01")) is None
    assert usual.band_of(Decimal("0.99")) is None
    assert usual.band_of(None) is None


def test_an_office_may_choose_another_scheme_of_as_many_levels() -> None:
    assert scheme_for(5, "equal-5") in schemes_for(5)
    assert scheme_for(5, "equal-4") == schemes_for(5)[0]
    assert scheme_for(7) is None


@pytest.mark.parametrize(("high", "low"), [("2.02", "2.00"), ("2.00", "2.00"), ("1.99", "2.00")])
def test_bands_with_a_gap_or_a_shared_edge_are_refused(high: str, low: str) -> None:
    with pytest.raises(BadInput) as refused:
        schemes_from(ONE.format(high=high, low=low))
    assert refused.value.code == "bands.gap"


def test_fitting_bands_are_taken() -> None:
    assert schemes_from(ONE.format(high="2.01", low="2.00"))[0].levels == 3


def test_two_schemes_of_one_name_are_refused() -> None:
    text = ONE.format(high="2.01", low="2.00")
    with pytest.raises(BadInput) as refused:
        schemes_from(text + text.split("schemes:")[1])
    assert refused.value.code == "bands.twice"
