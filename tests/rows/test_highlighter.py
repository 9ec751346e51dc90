"""The highlighter format: tags, arrows and what is left out, as daff reads them."""

from __future__ import annotations

from generator.rows.difference import Difference, compare_tables
from generator.rows.highlighter import highlight
from generator.rows.text_table import TextTable, read_table
from tests.rows.test_difference import KEYED


def told(before: str, after: str) -> list[str]:
    old, new = read_table(before), read_table(after)
    assert isinstance(old, TextTable) and isinstance(new, TextTable)
    difference = compare_tables(old, new, KEYED)
    assert isinstance(difference, Difference)
    return highlight(difference, new).splitlines()


def test_rows_and_cells_bear_the_tags_that_daff_knows():
    before = "编号,姓,金额\n1,甲,8\n2,乙,9\n3,丙,1\n4,丁,2\n5,戊,3\n"
    after = "编号,姓,金额\n1,甲,8.0\n2,乙,9\n4,丁,20\n5,戊,3\n6,己,4\n"

    assert told(before, after) == [
        "@@,编号,姓,金额",
        "...,...,...,...",
        "---,3,丙,1",
        "->,4,丁,2->20",
        "...,...,...,...",
        "+++,6,己,4",
    ]


def test_columns_are_told_above_the_header_and_new_cells_row_by_row():
    assert told("编号,户主,旧\n1,甲,x\n", "编号,姓,金额\n1,甲,8\n") == [
        "!,,(户主),---,+++",
        "@@,编号,姓,旧,金额",
        "+,1,甲,,8",
    ]


def test_an_arrow_within_a_cell_makes_the_arrow_longer():
    assert told("编号,姓,金额\n1,a->b,8\n", "编号,姓,金额\n1,c,8\n")[1] == "-->,1,a->b-->c,8"
