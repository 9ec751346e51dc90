"""Importing again: a sheet says nothing of receipts, and its rows keep what they had."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from generator.model.period import Period
from generator.model.receipts import Receipt
from generator.pipeline.importing import HELD, REPLACED, Placed, Report, Wishes, import_sheets
from generator.pipeline.placing import NEW, SAME
from generator.promises.promises import load_promises
from generator.sheets.places import Asked
from tests.counties import AS_OF, county_at, written
from tests.receipts import LEDGER, named_in_ledger, spot_in
from tests.sheets.making import xlsx

RECEIPT = Receipt("路灯发票", "4d" * 32)


def sheet_of(root: Path) -> list[list[str | None]]:
    """Return the ledger as a clerk's sheet: without the column that no clerk has."""
    with (root / LEDGER).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    width = rows[0].index("票据") if "票据" in rows[0] else len(rows[0])
    return [["溪口村2026年2月财务收支"], *([cell or None for cell in row[:width]] for row in rows)]


def imported(root: Path, rows: list[list[str | None]], **wishes: bool) -> tuple[Placed, Report]:
    asked = Asked("finance", spot_in(root).village)
    report = import_sheets(
        [("二月.xlsx", xlsx(rows))], load_promises(root), Wishes(asked, replaces=True, **wishes), AS_OF
    )
    assert len(report.placed) == 1, report.all_remarks()
    return report.placed[0], report


def codes(report: Report) -> list[str]:
    found = [remark.finding.code for _file, remark in report.all_remarks()]
    return [code for code in found if code.startswith("sheet-receipts")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = county_at(tmp_path)
    named_in_ledger(root, 4, RECEIPT)
    return root


def test_the_same_sheet_changes_nothing(root: Path):
    before = (root / LEDGER).read_bytes()

    placed, report = imported(root, sheet_of(root))

    assert (placed.state, codes(report)) == (SAME, [])
    assert (root / LEDGER).read_bytes() == before


def test_a_row_that_is_added_leaves_the_receipts_where_they_were(root: Path):
    rows = sheet_of(root)
    rows.append(
        ["006", "2026-02-25", "记-004", "付水费", "村集体", "现金", "水电费", None, "10.00", "140.00"]
    )

    placed, report = imported(root, rows)

    lines = (root / LEDGER).read_text(encoding="utf-8").splitlines()
    assert (placed.state, codes(report)) == (REPLACED, [])
    assert lines[0].endswith(",票据")
    assert [line.rpartition(",")[2] for line in lines[1:]] == [
        "",
        "",
        "",
        f"路灯发票 sha256:{'4d' * 32}",
        "",
        "",
    ]


def test_a_row_that_is_gone_is_said_aloud(root: Path):
    rows = [row for row in sheet_of(root) if row[0] != "004"]

    placed, report = imported(root, rows)

    assert (placed.state, codes(report)) == (REPLACED, ["sheet-receipts-gone"])
    assert "sha256" not in (root / LEDGER).read_text(encoding="utf-8")


def test_a_row_that_is_no_longer_the_same_payment_is_said_aloud(root: Path):
    rows = sheet_of(root)
    rows[5][3] = "修五组水渠"

    _placed, report = imported(root, rows)

    assert codes(report) == ["sheet-receipts-moved"]
    (remark,) = [one for _file, one in report.all_remarks() if one.finding.code == "sheet-receipts-moved"]
    assert "摘要" in remark.finding.message
    assert f"sha256:{'4d' * 32}" in (root / LEDGER).read_text(encoding="utf-8")


def test_a_table_that_cannot_be_read_is_not_replaced_while_it_names_receipts(root: Path):
    text = (root / LEDGER).read_text(encoding="utf-8")
    rows = sheet_of(root)
    written(root, LEDGER, text.replace("摘要", "事项", 1))

    placed, report = imported(root, rows)

    assert (placed.state, codes(report)) == (HELD, ["sheet-receipts-unread"])
    assert (root / LEDGER).read_text(encoding="utf-8") == text.replace("摘要", "事项", 1)


def test_a_new_table_has_no_column_that_nobody_filled_in(tmp_path: Path):
    root = county_at(tmp_path)
    rows = sheet_of(root)
    before = (root / LEDGER).read_bytes()
    (root / LEDGER).unlink()

    placed, _report = imported(root, rows)

    assert placed.state == NEW
    assert (root / LEDGER).read_bytes() == before


@pytest.mark.parametrize("has_receipts", [True, False])
def test_a_downloaded_table_imports_back_to_the_same_bytes(tmp_path: Path, has_receipts: bool):
    root = county_at(tmp_path)
    named_in_ledger(root, 4, *([RECEIPT] if has_receipts else []))
    content = (root / LEDGER).read_bytes()
    (root / LEDGER).unlink()
    asked = Asked("finance", spot_in(root).village, Period.parse("2026-02"))

    report = import_sheets([("a.csv", content)], load_promises(root), Wishes(asked), AS_OF)

    assert [placed.state for placed in report.placed] == [NEW]
    assert (root / LEDGER).read_bytes() == content
