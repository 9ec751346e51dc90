"""The bench county keeps the promises of the schemas it is written for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.bench.county import ROWS_PER_VILLAGE, write_county
from tests.bench.ledgers import ACCOUNTS, MONTHS, Books
from tests.bench.names import plan_villages


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUNWU_BENCH_NAMES", "no such list")
        yield write_county(tmp_path_factory.mktemp("county"), villages=2)


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


def test_a_village_with_little_in_the_bank_draws_no_more_than_it_has() -> None:
    books = Books(("村集体", "村委会"))
    books.balances |= {(entity, account): 90_000 for entity in books.entities for account in ACCOUNTS}

    for month in MONTHS:
        rows = csv.DictReader(books.ledger(month, Random(7)).splitlines())
        assert all(Decimal(row["结余"]) >= 0 for row in rows)


def test_every_subsidy_is_quantity_times_standard(county: Path) -> None:
    for path in county.glob("content_private/*/*/subsidy/*.csv"):
        for row in rows_of(path):
            assert Decimal(row["数量"]) * Decimal(row["标准"]) == Decimal(row["金额"])


def test_the_rows_and_pages_of_a_village_are_as_many_as_announced(county: Path) -> None:
    tables = [*county.glob("content/*/*/finance/*.csv"), *county.glob("content_private/*/*/subsidy/*.csv")]
    documents = [p for p in county.glob("content/*/*/*/*.yaml") if not p.name.endswith(".sealed.yaml")]

    assert sum(len(rows_of(path)) for path in tables) == 2 * ROWS_PER_VILLAGE
    assert len(tables) + len(documents) == 2 * 39


def test_a_county_of_the_same_parameters_is_only_put_right(county: Path) -> None:
    kept, changed, *_ = sorted(county.glob("content/*/*/finance/*.csv"))
    written = kept.stat().st_mtime_ns
    text = changed.read_bytes()
    changed.write_text("a run that was broken off", encoding="utf-8")

    write_county(county, villages=2)

    assert kept.stat().st_mtime_ns == written
    assert changed.read_bytes() == text


def test_a_folder_that_is_no_bench_county_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("kept", encoding="utf-8")

    with pytest.raises(SystemExit):
        write_county(tmp_path, villages=1)
    assert (tmp_path / "diary.txt").exists()


def test_listed_villages_come_first_and_made_up_ones_fill_up(tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text(
        "code,name,kind,township_code,township\n"
        "999901001201,青石村村民委员会,村委会,999901001,川水镇\n"
        "999901001001,桥头社区居民委员会,居委会,999901001,川水镇\n",
        encoding="utf-8",
    )

    villages = plan_villages(3, names)

    assert [village.name for village in villages] == ["青石村", "桥头社区", "清溪村"]
    assert [village.is_community for village in villages] == [False, True, False]
    assert [village.folder for village in villages] == ["t01/v001", "t01/v002", "t02/v003"]
