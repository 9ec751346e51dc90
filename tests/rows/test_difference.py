"""Row differences: what counts as a change, what does not, and what is refused instead of guessed."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.item import Field, TableSchema
from generator.rows.difference import Difference, compare_tables
from generator.rows.numbers import plain_number
from generator.rows.text_table import Refusal, TextTable, read_table

KEYED = TableSchema(
    (
        Field("编号", "string", {}),
        Field("姓", "string", {}, aliases=("户主", "姓名")),
        Field("金额", "number", {}),
    ),
    ("编号",),
)
LOOSE = TableSchema(KEYED.fields)
HEAD = "编号,姓,金额\n"


def table(text: str) -> TextTable:
    found = read_table(text)
    assert isinstance(found, TextTable), found
    return found


def compared(before: str, after: str, schema: TableSchema = KEYED) -> Difference:
    found = compare_tables(table(before), table(after), schema)
    assert isinstance(found, Difference), found
    return found


def refused(before: str, after: str, schema: TableSchema = KEYED) -> Refusal:
    tables = [read_table(before), read_table(after)]
    for found in tables:
        if isinstance(found, Refusal):
            return found
    found = compare_tables(tables[0], tables[1], schema)  # type: ignore[arg-type]
    assert isinstance(found, Refusal)
    return found


def cells(found: Difference) -> list[tuple[int, str, str, str]]:
    """Return each changed cell as line, column, before, after."""
    return [(row.after.line, c.column, c.before, c.after) for row in found.changed for c in row.cells]


def test_a_changed_cell_is_told_by_its_row_and_column():
    found = compared(HEAD + "1,甲,8\n2,乙,9\n", HEAD + "1,甲,8\n2,乙,90\n")

    assert cells(found) == [(3, "金额", "9", "90")]
    assert found.unchanged == 1


def test_rows_that_come_and_go_are_told_with_their_lines():
    found = compared(HEAD + "1,甲,8\n2,乙,9\n", HEAD + "1,甲,8\n3,丙,7\n")

    assert [(row.line, row.cells) for row in found.added] == [(3, ("3", "丙", "7"))]
    assert [(row.line, row.cells) for row in found.removed] == [(3, ("2", "乙", "9"))]


@pytest.mark.parametrize(
    "after",
    [
        HEAD + "2,乙,9\n1,甲,8\n",
        "金额,姓,编号\n8,甲,1\n9,乙,2\n",
        HEAD + "1,甲,8.00\n2,乙,+09\n",
        HEAD + '"1","甲","8"\n2,"乙",9\n',
        (HEAD + "1,甲,8\n2,乙,9\n").replace("\n", "\r\n"),
        (HEAD + "1,甲,8\n2,乙,9").replace("\n", "\r"),
        "\ufeff" + HEAD + "1,甲,8\n2,乙,9\n\n,,\n\n",
    ],
    ids=["rows", "columns", "numbers", "quotes", "crlf", "cr", "blank rows"],
)
def test_another_way_of_writing_is_no_change(after: str):
    assert not compared(HEAD + "1,甲,8\n2,乙,9\n", after)


def test_another_order_of_rows_is_said_and_changes_nothing():
    found = compared(HEAD + "1,甲,8\n2,乙,9\n", HEAD + "2,乙,9\n1,甲,8\n")

    assert found.is_reordered
    assert not found


def test_words_that_look_like_numbers_stay_words():
    assert cells(compared(HEAD + "1,007,8\n", HEAD + "1,7,8\n")) == [(2, "姓", "007", "7")]


def test_a_key_of_several_columns_is_matched_as_a_whole():
    schema = TableSchema(KEYED.fields, ("编号", "金额"))
    found = compared(HEAD + "1,甲,8\n1,乙,9\n", HEAD + "1,丙,9.0\n1,甲,8\n", schema)

    assert cells(found) == [(2, "姓", "乙", "丙")]


def test_without_a_key_rows_are_matched_by_all_they_hold_and_counted():
    found = compared(HEAD + "1,甲,8\n1,甲,8\n2,乙,9\n", HEAD + "2,乙,9.0\n1,甲,8\n3,丙,1\n", LOOSE)

    assert [row.cells for row in found.removed] == [("1", "甲", "8")]
    assert [row.cells for row in found.added] == [("3", "丙", "1")]


def test_a_column_under_a_known_other_name_is_renamed_and_not_lost():
    found = compared("编号,户主,金额\n1,甲,8\n", HEAD + "1,乙,8\n")

    assert found.columns.renamed == (("户主", "姓"),)
    assert cells(found) == [(2, "姓", "甲", "乙")]


def test_columns_that_come_and_go_are_told():
    found = compared("编号,姓,旧\n1,甲,x\n", "编号,新,姓\n1,y,甲\n")

    assert (found.columns.added, found.columns.removed) == (("新",), ("旧",))
    assert found.columns.names == ("编号", "新", "姓", "旧")
    assert not found.changed


def test_a_table_that_was_empty_gains_all_its_rows():
    found = compared("", HEAD + "1,甲,8\n2,乙,9\n")

    assert [row.line for row in found.added] == [2, 3]


def test_the_same_key_twice_is_refused_with_both_lines():
    found = refused(HEAD + "1,甲,8\n2,乙,9\n", HEAD + "1,甲,8\n2,乙,9\n3,丁,1\n2,丙,7\n")

    assert (found.line, found.column) == (5, "编号")
    assert "第 3 行和第 5 行" in found.reason


def test_a_refusal_repeats_no_cell():
    assert "440101" not in refused(HEAD + "440101,甲,8\n440101,乙,9\n", HEAD + "1,甲,8\n").reason


@pytest.mark.parametrize("header", ["编号,姓,姓\n", "编号,户主,姓名\n"], ids=["name", "two spellings"])
def test_the_same_column_twice_is_refused(header: str):
    found = refused(header + "1,甲,乙\n", header + "1,甲,丙\n")

    assert found.line == 1


def test_a_missing_key_column_is_refused():
    assert refused(HEAD + "1,甲,8\n", "姓,金额\n甲,8\n").column == "编号"


def test_a_row_of_other_length_is_refused_at_its_line():
    assert refused(HEAD + "1,甲,8\n2,乙\n", HEAD).line == 3


def test_a_quotation_mark_that_is_never_closed_is_refused():
    assert isinstance(read_table(HEAD + '1,"甲,8\n2,乙,9\n'), Refusal)


def test_a_cell_may_go_over_several_lines():
    found = compared(HEAD + '1,"甲\n乙",8\n2,丙,9\n', HEAD + '1,"甲\n乙",8\n2,丁,9\n')

    assert cells(found) == [(3, "姓", "丙", "丁")]


def test_a_cell_that_is_one_quotation_mark_is_no_blank_row():
    assert len(table('甲\n""""\n""\n')) == 1


# Cells that csv must quote, and numbers in several spellings.
CELLS = st.sampled_from(["", "甲", "a,b", 'say "so"', "line\nline", "8", "8.0", "08", "-8", "8.5", "x"])
KEYS = st.sampled_from(["1", "2", "3", "4", "5", "a,1", 'q"'])
ROWS = st.lists(st.tuples(KEYS, CELLS, CELLS), max_size=6)


def written(columns: list[str], rows: list[tuple[str, ...]], *, quotes: bool, end: str) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=end, quoting=csv.QUOTE_ALL if quotes else csv.QUOTE_MINIMAL)
    writer.writerows([columns, *rows])
    return buffer.getvalue()


def meaning(row: tuple[str, ...]) -> tuple[str, ...]:
    return (row[0], row[1], plain_number(row[2]))


@given(old=ROWS, new=ROWS, quotes=st.booleans(), swap=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
def test_keyed_rows_are_as_a_plain_dictionary_says(old, new, quotes, swap, end):
    """The slow obvious way: one dictionary for each version, cell by cell."""
    before, after = ({row[0]: meaning(row) for row in rows} for rows in (old, new))
    columns = ["编号", "姓", "金额"]
    order = [2, 0, 1] if swap else [0, 1, 2]
    shuffled = [tuple(row[i] for i in order) for row in new]
    tables = (
        table(written(columns, old, quotes=False, end="\n")),
        table(written([columns[i] for i in order], shuffled, quotes=quotes, end=end)),
    )
    found = compare_tables(*tables, KEYED)
    has_twice = len(before) != len(old) or len(after) != len(new)
    if isinstance(found, Refusal):
        assert has_twice
        return
    if has_twice:
        # Nothing has to be matched where nothing differs, or where all rows are new.
        assert (
            not old
            or not new
            or written(columns, old, quotes=True, end="") == written(columns, new, quotes=True, end="")
        )
        return
    key = found.columns.names.index("编号")
    assert {row.cells[key] for row in found.added} == after.keys() - before.keys()
    assert {row.cells[key] for row in found.removed} == before.keys() - after.keys()
    expected = {
        (name, column)
        for name in before.keys() & after.keys()
        for column, was, now in zip(columns, before[name], after[name], strict=True)
        if was != now
    }
    assert {(row.after.cells[key], c.column) for row in found.changed for c in row.cells} == expected


@given(old=ROWS, new=ROWS, quotes=st.booleans())
def test_rows_without_a_key_are_as_counting_says(old, new, quotes):
    tables = [
        table(written(["编号", "姓", "金额"], rows, quotes=quotes and rows is new, end="\n"))
        for rows in (old, new)
    ]
    found = compare_tables(*tables, LOOSE)
    assert isinstance(found, Difference)
    before, after = Counter(map(meaning, old)), Counter(map(meaning, new))

    # A row that holds nothing at all is no row.
    nothing = ("", "", "")
    before.pop(nothing, None)
    after.pop(nothing, None)
    assert Counter(meaning(row.cells) for row in found.added) == after - before
    assert Counter(meaning(row.cells) for row in found.removed) == before - after
