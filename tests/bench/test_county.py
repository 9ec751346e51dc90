"""The bench county keeps the promises of the schemas it is written for."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from tests.bench.county import ROWS_PER_VILLAGE, write_county


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_county(tmp_path_factory.mktemp("county"), villages=2)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_balance_follows_from_the_row_before_it(county: Path) -> None:
    balances: dict[tuple[Path, str, str], Decimal] = {}
    for path in sorted(county.glob("content/*/*/finance/*.csv")):
        for row in rows_of(path):
            series = (path.parent, row["主体"], row["账户"])
            expected = balances.get(series, Decimal(row["结余"]))
            expected += Decimal(row["收入"] or 0) - Decimal(row["支出"] or 0)
            assert Decimal(row["结余"]) == expected >= 0
            balances[series] = expected

    assert len(balances) == 8


def test_every_subsidy_is_quantity_times_standard(county: Path) -> None:
    for path in county.glob("content_private/*/*/subsidy/*.csv"):
        for row in rows_of(path):
            assert Decimal(row["数量"]) * Decimal(row["标准"]) == Decimal(row["金额"])


def test_the_rows_and_pages_of_a_village_are_as_many_as_announced(county: Path) -> None:
    tables = [*county.glob("content/*/*/finance/*.csv"), *county.glob("content_private/*/*/subsidy/*.csv")]
    documents = [*county.glob("content/*/*/*/*.yaml")]

    assert sum(len(rows_of(path)) for path in tables) == 2 * ROWS_PER_VILLAGE
    assert len(tables) + len(documents) == 2 * 39


def test_a_county_of_the_same_parameters_is_written_once(county: Path) -> None:
    stamp = next(county.glob("content/*/*/village.yaml")).stat().st_mtime_ns
    write_county(county, villages=2)

    assert next(county.glob("content/*/*/village.yaml")).stat().st_mtime_ns == stamp


def test_a_folder_that_is_no_bench_county_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("kept", encoding="utf-8")

    with pytest.raises(SystemExit):
        write_county(tmp_path, villages=1)
    assert (tmp_path / "diary.txt").exists()
