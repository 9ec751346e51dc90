"""Arithmetic: sums and balances hold, or break at the line where they break."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.arithmetic import money
from generator.checks.flows import ledger_flows, statement_flows
from generator.checks.judgement import judge
from generator.intake.csv_file import read_csv
from generator.intake.table_reader import TableReader
from tests.counties import AS_OF, changed, county_at, sample_packages, verdict_on, written

Spoil = Callable[..., list[str]]
JANUARY, FEBRUARY, SHEET = "finance/2026-01.csv", "finance/2026-02.csv", "finance_summary/2025Q4.csv"
HEADER = "序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注\n"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("1234567.5"), "1,234,567.50"),
        (Decimal(-3), "-3.00"),
        (0, "0.00"),
        (Decimal("0.125"), "0.125"),
        (Decimal("1E+3"), "1,000.00"),
    ],
)
def test_an_amount_is_written_out_in_full(amount: Decimal, text: str):
    assert money(amount) == text


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (("11800.00", "11801.00"), [4, 5]),
        (("11479.50", "11479.05"), [5]),
        (("1800.00,,", "1080.00,,"), [4]),
        ((",320.50,", ",302.50,"), [5]),
        (("100.00,150.00", "100.00,105.00"), [6]),
        (("村集体,现金,福利慰问", "村集体,银行,福利慰问"), [6]),
    ],
)
def test_a_running_balance_breaks_where_it_no_longer_follows(
    spoilt: Spoil, edit: tuple[str, str], lines: list[int]
):
    assert spoilt(FEBRUARY, edit) == [f"{FEBRUARY}:{line}:结余:running-balance" for line in lines]


def test_an_empty_balance_follows_from_the_row_before_it():
    item = sample_packages()[0].catalogue.versions["finance"][-1]
    fields = [
        replace(field, constraints={}) if field.role == "balance" else field for field in item.schema.fields
    ]
    schema = replace(item.schema, fields=tuple(fields))
    rows = "001,2026-01-01,,起,村集体,银行,期初,,,100,\n002,2026-01-02,,支,村集体,银行,办公费,,30,,\n"
    table, _findings = read_csv((HEADER + rows).encode(), "a.csv", TableReader(schema))

    flow = ledger_flows(table, {"by": ["主体", "账户"]})[0]

    assert (flow.opening, flow.expense, flow.closing) == (100, 30, 70)


def test_money_moved_between_accounts_is_neither_income_nor_expense():
    schema = sample_packages()[0].catalogue.versions["finance"][-1].schema
    rows = "001,2026-01-01,,起,村集体,银行,期初,,,100,\n002,2026-01-02,,取,村集体,银行,内部转账,,30,70,\n"
    table, _findings = read_csv((HEADER + rows).encode(), "a.csv", TableReader(schema))

    flow = ledger_flows(table, {"by": ["主体", "账户"], "transfers": {"类别": ["内部转账"]}})[0]

    assert (flow.opening, flow.income, flow.expense, flow.moved, flow.closing) == (100, 0, 0, -30, 70)


def test_a_statement_row_by_row_is_its_own_flow(county: Path):
    schema = """\
name: pool
title: 资金池
fields:
  - {name: 账户, type: string, constraints: {required: true}}
  - {name: 期初, type: number, role: opening}
  - {name: 增, type: number, role: income}
  - {name: 减, type: number, role: expense}
  - {name: 期末, type: number, role: closing}
disclosure:
  category: finance
  question: 钱在哪里？
  layout: statement
  cadence: standing
  applies_to: [village]
  laws: {period_balance: {by: [账户]}, continuity: {by: [账户]}}
"""
    written(county, "schemas/pool.yaml", schema)
    written(county, "content/dong/xi/pool/2025.csv", "账户,期初,增,减,期末\n甲,1,2,0,3\n乙,5,0,1,5\n")
    written(county, "content/dong/xi/pool/2026.csv", "账户,期初,增,减,期末\n甲,4,2,0,6\n乙,5,,,5\n")

    verdict = verdict_on(county)

    assert [line for line in verdict.lines if "pool" in line and "publication" not in line] == [
        "content/dong/xi/pool/2025.csv:3:期末:period-balance",
    ]
    changed(county, "content/dong/xi/pool/2025.csv", ("乙,5,0,1,5", "乙,5,0,0,5"))
    assert [line for line in verdict_on(county).lines if "publication" not in line] == [
        "content/dong/xi/pool/2026.csv:2:期初:continuity",
    ]
    pool = verdict_on(county).judgements["xi"].package.of_item("pool")[0]
    assert [flow.closing for flow in statement_flows(pool.table, {"by": ["账户"]})] == [3, 5]


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (("1,村集体,上期结余,合计,5000.00", "1,村集体,上期结余,合计,5000.01"), ["8:金额:period-balance"]),
        (("3,村集体,收入,利息,12.50", "3,村集体,收入,利息,12.05"), ["5:金额:total"]),
        (
            ("4,村集体,收入,合计,4012.50", "4,村集体,收入,合计,4012.50,\n8,村集体,收入,合计,4012.00"),
            ["6:金额:total"],
        ),
        (("4,村集体,收入,合计,4012.50,\n", ""), ["7:金额:total-missing"]),
    ],
)
def test_a_statement_breaks_at_its_line_and_says_it_once(
    spoilt: Spoil, edit: tuple[str, str], found: list[str]
):
    assert spoilt(SHEET, edit) == [f"{SHEET}:{line}" for line in found]


@pytest.mark.parametrize(
    ("row", "holds"),
    [
        ("3,月,50.00,150.00", True),
        ("3,月,50.00,150", True),
        ("0.33,月,0.05,0.02", True),  # 0.0165, half up
        ("0.05,月,0.10,0.01", True),  # 0.0050, half up
        ("0.05,月,0.10,0.00", False),
        ("3,月,50.00,150.01", False),
        ("999999999999999,月,999999999999999,0", False),
        ("999999999999999.99,月,999999999999999.99,1", False),
    ],
)
def test_an_amount_is_the_exact_product_rounded_half_up(county: Path, row: str, holds: bool):
    file = "content_private/dong/xi/subsidy/2025Q4--elderly.csv"
    changed(county, file, ("3,月,50.00,150.00", row))
    # The seal of a changed list is broken, be its sums right or wrong.
    (county / file.replace("_private", "").replace(".csv", ".sealed.yaml")).unlink()

    expected = f"{file}:::seal-missing" if holds else f"{file}:2:金额:product"
    assert verdict_on(county).lines == [expected]


def shift(root: Path, file: str, *, by: int) -> None:
    """Make a ledger that is right in itself but starts from another balance."""
    path = root / "content/dong/xi" / file
    head, *rows = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    cells = [row.split(",") for row in rows]
    for row in cells:
        row[9] = str(Decimal(row[9]) + by)
    path.write_text("\n".join([head, *(",".join(row) for row in cells)]) + "\n", encoding="utf-8")


def third_month(root: Path) -> Path:
    """Give the county a March that follows from February, registered, and judge later."""
    rows = "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,11479.50,\n"
    rows += "002,2026-03-01,,上月结转,村集体,现金,上月结转,,,150.00,\n"
    return written(root, "content/dong/xi/finance/2026-03.csv", HEADER + rows)


def wrong(root: Path) -> list[str]:
    lines = verdict_on(root).lines
    return [line.removeprefix("content/dong/xi/finance/") for line in lines if "publication" not in line]


def test_balances_are_carried_from_month_to_month(county: Path):
    assert wrong(third_month(county)) == []


def test_a_month_that_starts_from_another_balance_is_held_back_and_the_next_is_not(county: Path):
    shift(third_month(county), FEBRUARY, by=10)

    assert wrong(county) == ["2026-02.csv:2:结余:continuity", "2026-02.csv:3:结余:continuity"]
    assert verdict_on(county).held_back == ["content/dong/xi/finance/2026-02.csv"]


def test_over_a_month_that_is_held_back_nothing_is_compared(county: Path):
    shift(third_month(county), "finance/2026-03.csv", by=10)
    changed(county, f"content/dong/xi/{FEBRUARY}", ("11479.50", "11479.05"))

    assert wrong(county) == ["2026-02.csv:5:结余:running-balance"]


def test_over_a_gap_nothing_is_compared(county: Path):
    shift(third_month(county), "finance/2026-03.csv", by=10)
    (county / "content/dong/xi" / FEBRUARY).unlink()

    assert [line for line in wrong(county) if "continuity" in line] == []


def test_over_a_month_declared_without_anything_the_balance_is_carried(county: Path):
    shift(third_month(county), "finance/2026-03.csv", by=10)
    (county / "content/dong/xi" / FEBRUARY).unlink()
    changed(county, "content/dong/xi/publications.csv", ("2026-02,1,公开", "2026-02,1,本期无"))

    assert wrong(county) == ["2026-03.csv:2:结余:continuity", "2026-03.csv:3:结余:continuity"]


def test_a_series_that_rested_for_a_month_is_still_compared(county: Path):
    third_month(county)
    changed(
        county,
        "content/dong/xi/finance/2026-02.csv",
        ("002,2026-02-01,,上月结转,村集体,现金,上月结转,,,250.00,\n", ""),
        ("005,2026-02-20,记-003,慰问老人,村集体,现金,福利慰问,,100.00,150.00,\n", ""),
    )

    assert wrong(county) == ["2026-03.csv:3:结余:continuity"]


def test_two_schemes_are_two_sequences(tmp_path: Path):
    root = third_month(county_at(tmp_path))
    text = HEADER + "001,2026-02-01,,期初,村集体,银行,期初,,,1.00,\n"
    written(root, "content/dong/xi/finance/2026-02--mill.csv", text)

    assert wrong(root) == []


@given(seed=st.integers(0, 2**32))
@settings(max_examples=150)
def test_one_planted_error_in_the_sample_holds_back_exactly_one_table(seed: int):
    chance = random.Random(seed)
    promises, packages = sample_packages()
    package = chance.choice([package for package in packages if package.of_item("finance")])
    # Nothing says what the very first balance should have been.
    resource = chance.choice(package.of_item("finance")[1:])
    lines = (resource.committed or b"").decode().rstrip("\n").split("\n")
    row, column = chance.randrange(1, len(lines)), chance.choice([7, 8, 9])
    cells = lines[row].split(",")
    cells[column] = str(Decimal(cells[column] or 0) + chance.choice([1, 100, Decimal("0.01")]))
    lines[row] = ",".join(cells)
    table, findings = read_csv("\n".join(lines).encode(), resource.path, TableReader(resource.item.schema))
    assert not findings
    planted = replace(resource, table=table)
    resources = tuple(planted if other is resource else other for other in package.resources)

    judged = judge(replace(package, resources=resources), promises, AS_OF)

    assert len([other for other in judged.package.resources if other.is_held_back]) == 1
