"""Mending: what a person puts into cells is read as if it had been typed there, and nowhere else."""

from __future__ import annotations

import pytest

from generator.sheets.grid import Grid, Kind, Workbook
from generator.sheets.mending import cell_place, mended
from generator.sheets.text_file import read_text_grid


def book(text: str) -> Workbook:
    _encoding, grid = read_text_grid(text.encode(), "账")
    return Workbook("账.csv", "utf-8", (grid,))


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("A1", (0, 0)),
        ("C14", (13, 2)),
        ("AA3", (2, 26)),
        ("A0", None),
        ("14", None),
        ("a1", None),
        ("", None),
    ],
)
def test_a_cell_is_known_by_its_letters_and_its_row(name: str, place: tuple[int, int] | None):
    assert cell_place(name) == place


def test_a_text_takes_the_place_of_what_stood_there():
    before = book("甲,乙\n1,2\n")
    after = mended(before, {("账", "B2"): "3"})

    assert texts(after.grids[0]) == [["甲", "乙"], ["1", "3"]]
    assert texts(before.grids[0]) == [["甲", "乙"], ["1", "2"]]


def test_nothing_typed_empties_the_cell():
    after = mended(book("甲,乙\n1,2\n"), {("账", "B2"): ""})

    assert after.grids[0].rows[1][1].kind is Kind.BLANK


def test_other_sheets_and_cells_outside_are_left_alone():
    before = book("甲,乙\n1,2\n")

    assert (
        mended(before, {("别的", "A1"): "x", ("账", "C1"): "x", ("账", "A9"): "x", ("账", "x"): "x"})
        == before
    )


def test_a_line_that_was_too_short_is_whole_once_its_last_cell_is_filled_in():
    before = book("甲,乙,丙\n1,2\n3,4,5\n")

    assert before.grids[0].widths == (3, 2, 3)
    assert mended(before, {("账", "A2"): "9"}).grids[0].widths == (3, 2, 3)
    assert mended(before, {("账", "C2"): "9"}).grids[0].widths == (3, 3, 3)
