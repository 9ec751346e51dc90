"""Exports of one village: every public row with where it stands, and no list of persons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from generator.pages.export_rows import book_rows, village_rows
from generator.pages.export_tables import PERIODS, PUBLICATIONS, item_tables, own_tables
from generator.promises.promises import load_promises
from tests.pages.drawing import SmallCounty, ledger
from tests.sample import ROOT


def rows_of(county: SmallCounty) -> list[tuple[str, dict[str, object]]]:
    book = county.book(date(2026, 10, 20))
    tables = item_tables(book.promises.catalogue)
    by_name = {table.name: table for table in (*own_tables(), *tables.values())}
    rows = [*village_rows(book.village), *book_rows(book, tables)]
    return [
        (name, dict(zip([c.name for c in by_name[name].columns], row, strict=True))) for name, row in rows
    ]


def test_a_row_tells_village_period_and_line_and_keeps_every_digit(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("1,期初,村委会,银行,期初,,,1000.10"))

    (row,) = [row for name, row in rows_of(county) if name == "finance"]

    assert (row["村标识"], row["村代码"], row["村名"]) == ("liuhe", "999801201000", "柳河村")
    assert (row["期间"], row["分表"], row["行号"]) == ("2026-09", "", 2)
    assert row["日期"] == date(2026, 9, 1)
    assert row["结余"] == Decimal("1000.10")
    assert row["收入"] is None


def test_a_table_held_back_has_a_line_among_the_periods_and_no_rows(county: SmallCounty):
    county.put("finance/2026-09.csv", ledger("1,期初,村委会,银行,期初,,,x"))

    rows = rows_of(county)

    assert [row["状态"] for name, row in rows if name == PERIODS] == ["待更正"]
    assert "finance" not in {name for name, _row in rows}


def test_lists_of_persons_are_in_no_table_even_while_they_hang(county: SmallCounty):
    county.put_private(
        "subsidy/2026Q3--elderly.csv",
        "编号,组,户主,数量,单位,标准,金额,备注\n001,一组,田某甲,3.00,月,50.00,150.00,\n",
    )
    county.register(
        "补贴发放,2026Q3--elderly,1,公开,民政专干,村务监督委员会,2026-10-12,2026-10-14,2026-10-29,公开栏,"
    )

    rows = rows_of(county)

    assert {name for name, _row in rows} == {"villages", PUBLICATIONS}
    assert "田某甲" not in repr(rows)


def test_no_item_that_lists_persons_has_a_table():
    catalogue = load_promises(ROOT).catalogue
    private = {item.name for versions in catalogue.versions.values() for item in versions if item.is_private}

    assert private == {"subsidy", "welfare_list"}
    assert not private & {item for item, _part in item_tables(catalogue)}


def test_a_column_called_like_one_of_ours_is_told_from_it():
    for table in (*own_tables(), *item_tables(load_promises(ROOT).catalogue).values()):
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names), table.name
        assert set(table.key) <= set(names), table.name


def test_each_part_of_a_document_is_a_table_of_its_own(county: SmallCounty):
    tables = item_tables(county.book(date(2026, 10, 20)).promises.catalogue)

    assert tables["election", ""].name == "election"
    assert tables["election", "投票"].name == "election_1"
    assert tables["election", "投票"].title == "换届选举 投票情况"
