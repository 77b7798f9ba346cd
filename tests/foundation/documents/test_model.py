"""Tables must fill their columns."""

from __future__ import annotations

import pytest

from nithet.foundation.documents.model import Cell, Row, Table, grid, may_stay_whole, paragraph
from tests.foundation.documents.samples import table

HEADER = Row((Cell(), Cell()))


def made(*rows: Row) -> Table:
    return Table((1.0, 1.0), HEADER, rows)


def test_a_tall_cell_goes_on_in_the_rows_below() -> None:
    places = grid(table(paragraph("ก"), rows=3))
    assert [[place.cell is None for place in row] for row in places] == [
        [False, False],
        [False, True],
        [False, True],
    ]
    assert [row[1].last for row in places] == [False, False, True]


def test_only_the_last_row_beside_a_tall_cell_may_be_torn() -> None:
    tall = table(paragraph("ก"), rows=3)
    kept = [may_stay_whole(row, places) for row, places in zip(tall.rows, grid(tall), strict=True)]
    assert kept == [True, True, False]


def test_a_wide_and_tall_cell_keeps_its_columns() -> None:
    places = grid(made(Row((Cell(rows=2, columns=2),)), Row(())))
    assert [[place.columns for place in row] for row in places] == [[2], [2]]


@pytest.mark.parametrize(
    "rows",
    [
        (Row((Cell(),)),),
        (Row((Cell(), Cell(), Cell())),),
        (Row((Cell(columns=3),)),),
        (Row((Cell(), Cell(rows=2))),),
        (Row((Cell(), Cell(rows=2))), Row((Cell(), Cell()))),
        (Row((Cell(), Cell(rows=2))), Row((Cell(columns=2),))),
    ],
    ids=["too few", "too many", "too wide", "below the end", "on a tall one", "across a tall one"],
)
def test_a_table_that_is_not_filled_exactly_is_refused(rows: tuple[Row, ...]) -> None:
    with pytest.raises(ValueError):
        grid(made(*rows))


def test_a_heading_that_leaves_columns_out_is_refused() -> None:
    with pytest.raises(ValueError):
        grid(Table((1.0, 1.0, 1.0), HEADER, ()))
