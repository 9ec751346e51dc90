"""The validation benchmark compares two readers that give one verdict, and says so when they do not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import validating
from tests.bench.check_side import milliseconds
from tests.bench.county import ROWS_PER_VILLAGE, write_county
from tests.bench.measure import RunFailed
from tests.bench.report import table, verdicts, with_ratios
from tests.bench.validate_side import SIDES, validate
from tests.bench.validating import DAMAGES, copy_tables, require_one_verdict


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUNWU_BENCH_NAMES", "no such list")
        yield write_county(tmp_path_factory.mktemp("county"), villages=2)


def test_both_sides_read_every_row_of_the_county_and_find_nothing_wrong(county: Path, tmp_path: Path) -> None:
    tables = sorted(copy_tables(county, tmp_path / "right").glob("*/*.csv"))

    for side in SIDES:
        _seconds, rows, wrong = validate(side, county, tables)
        assert (rows, wrong) == (2 * ROWS_PER_VILLAGE, [])


def test_both_sides_find_the_same_damaged_rows(county: Path, tmp_path: Path) -> None:
    tables = sorted(copy_tables(county, tmp_path / "wrong", is_damaged=True).glob("*/*.csv"))

    found = [validate(side, county, tables)[2] for side in SIDES]

    assert found[0] == found[1]
    assert len(found[0]) == 8


def test_every_damage_is_found_by_both_sides(county: Path, tmp_path: Path) -> None:
    source = {item: next(county.glob(f"content*/*/*/{item}/*.csv")) for item in ("finance", "subsidy")}
    for number, (item, column, cell) in enumerate(DAMAGES):
        path = tmp_path / item / f"{number}.csv"
        path.parent.mkdir(exist_ok=True)
        text = source[item].read_text(encoding="utf-8")
        path.write_text(validating.with_cell(text, column, cell), encoding="utf-8", newline="")
        assert [validate(side, county, [path])[2] for side in SIDES] == [[(path.name, 6)]] * 2, (item, cell)


def test_verdicts_that_differ_end_the_run(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        validating, "run_side", lambda side, _county, _tables: (1.0, 1, [["a.csv", len(side)]])
    )

    with pytest.raises(RunFailed, match="the verdicts differ"):
        require_one_verdict(county, tmp_path)


def test_a_village_is_checked_with_nothing_found_wrong(county: Path) -> None:
    assert milliseconds(county) > 0


def test_the_figures_of_validation_have_their_lines_and_targets() -> None:
    figures = {
        "validate_rows_per_s": 300_000.0,
        "validate_vs_frictionless": 12.0,
        "check_ms_per_village": 9.0,
    }
    reported = with_ratios({"villages": 2, "pages": 80, **figures}, rows=1000)

    assert len(table(reported, runs=2).splitlines()) == 5
    assert [line.split()[:2] for line in verdicts(reported)] == [
        ["met", "validate_rows_per_s"],
        ["MISSED", "validate_vs_frictionless"],
    ]
