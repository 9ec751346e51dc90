"""New receipts: put beside the row of their key before a sheet is handed in, and never beside another."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from generator.intake.stem import read_stem
from generator.model.receipts import Receipt
from generator.pipeline.importing import REPLACED, Placed, Report, Wishes, import_sheets
from generator.pipeline.new_receipts import ReceiptChange
from generator.pipeline.placing import SAME
from generator.promises.promises import load_promises
from generator.sheets.places import Asked
from tests.counties import AS_OF, county_at
from tests.receipts import LEDGER, named_in_ledger, spot_in

OLD, NEW = Receipt("路灯发票", "4d" * 32), Receipt("收据", "5e" * 32)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path)


def rows_of(root: Path) -> list[dict[str, str]]:
    with (root / LEDGER).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(root: Path, row: int, receipt: Receipt = NEW, *, is_taken: bool = False) -> ReceiptChange:
    """Return a change to a row (from 1) as it stands on disk."""
    cells = rows_of(root)[row - 1]
    words = tuple(cells[name] for name in ("日期", "摘要", "收入", "支出"))
    return ReceiptChange(LEDGER, (cells["序号"],), words, receipt, is_taken)


def imported(root: Path, *changes: ReceiptChange) -> tuple[Placed, Report]:
    asked = Asked("finance", spot_in(root).village, read_stem(Path(LEDGER).stem)[0])
    wishes = Wishes(asked, receipts=changes, replaces=True, writes=False)
    report = import_sheets([("二月.csv", (root / LEDGER).read_bytes())], load_promises(root), wishes, AS_OF)
    assert len(report.placed) == 1, report.all_remarks()
    return report.placed[0], report


def cells_of(placed: Placed) -> list[str]:
    return [row.get("票据", "") for row in placed.rows()]


def codes(report: Report) -> list[str]:
    found = [remark.finding.code for _file, remark in report.all_remarks()]
    return [code for code in found if code.startswith("sheet-receipts")]


def test_without_changes_the_same_file_comes_out(root: Path):
    placed, _report = imported(root)

    assert placed.state == SAME
    assert placed.target.content == (root / LEDGER).read_bytes()


def test_a_receipt_stands_beside_its_row_and_nothing_else_changes(root: Path):
    before = (root / LEDGER).read_text(encoding="utf-8").splitlines()

    placed, report = imported(root, change(root, 4))

    lines = placed.target.content.decode().splitlines()
    assert (placed.state, codes(report)) == (REPLACED, [])
    assert [line.rpartition(",")[0] for line in lines] == before
    assert cells_of(placed)[3] == f"收据 sha256:{NEW.sha256}"
    assert sum(map(bool, cells_of(placed))) == 1


def test_it_joins_those_that_stand_there_and_is_taken_away_again(root: Path):
    named_in_ledger(root, 4, OLD)

    joined, _report = imported(root, change(root, 4))
    taken, _report = imported(root, change(root, 4, OLD, is_taken=True))

    assert cells_of(joined)[3] == f"路灯发票 sha256:{OLD.sha256}；收据 sha256:{NEW.sha256}"
    assert cells_of(taken)[3] == ""


def test_the_same_picture_with_another_caption_stands_there_once(root: Path):
    named_in_ledger(root, 4, OLD)

    placed, _report = imported(root, change(root, 4, Receipt("路灯", OLD.sha256)))

    assert cells_of(placed)[3] == f"路灯 sha256:{OLD.sha256}"


def test_a_row_that_is_gone_takes_its_receipt_along_and_that_is_said_once(root: Path):
    gone = ReceiptChange(LEDGER, ("999",), ("x",), NEW)

    placed, report = imported(root, gone, change(root, 4, NEW))
    _placed, silent = imported(root, ReceiptChange(LEDGER, ("999",), ("x",), NEW, is_taken=True))

    assert codes(report) == ["sheet-receipts-gone"]
    assert cells_of(placed)[3]
    assert codes(silent) == []


def test_a_row_that_says_something_else_now_is_pointed_out(root: Path):
    was = change(root, 4)
    other = ReceiptChange(was.shown, was.key, (*was.words[:1], "另一笔", *was.words[2:]), NEW)

    _placed, report = imported(root, other)

    (remark,) = [one for _f, one in report.all_remarks() if one.finding.code == "sheet-receipts-moved"]
    assert not remark.finding.is_error
    assert was.key[0] in remark.finding.message


def test_a_receipt_of_another_table_is_none_of_this_one(root: Path):
    was = change(root, 4)

    placed, report = imported(root, ReceiptChange("content/dong/xi/finance/2026-01.csv", was.key, (), NEW))

    assert (placed.state, codes(report)) == (SAME, [])
