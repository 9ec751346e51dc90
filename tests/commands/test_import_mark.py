"""cunwu import --mark: the clerk's own sheet comes back with what to mend, and nothing else is touched."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.commands.conftest import cunwu
from tests.counties import county_at
from tests.sheets.making import HEADING, changed, xlsx

ROWS = [
    ["溪口村2026年3月财务收支公开表"],
    HEADING,
    [1, "2026.3.1", None, "上月结转", "村集体", "银行", "上月结转", None, None, 11479.5, None],
    [2, "2026.3.1", None, "上月结转", "村集体", "现金", "上月结转", None, None, 150, None],
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path / "county")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "三月 账.xlsx"
    path.write_bytes(xlsx(changed(ROWS, 3, 9, "一百五"), sheet="3月"))
    return path


def test_a_sheet_with_findings_comes_back_marked(root, wrong, tmp_path):
    before = wrong.read_bytes()

    done = cunwu("import", wrong, "--root", root, "--mark", tmp_path / "改")

    assert done.returncode == 1
    path = tmp_path / "改" / "待修改-三月 账.xlsx"
    assert f"要改的地方标在 {path}" in done.stdout
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames == ["要改的地方", "3月"]
    assert book["3月"]["J4"].comment is not None
    assert wrong.read_bytes() == before


def test_an_earlier_copy_in_which_the_clerk_works_is_kept(root, wrong, tmp_path):
    cunwu("import", wrong, "--root", root, "--mark", tmp_path)
    first = tmp_path / "待修改-三月 账.xlsx"
    cunwu("import", wrong, "--root", root, "--mark", tmp_path)
    assert len(list(tmp_path.glob("待修改*"))) == 1
    first.write_bytes(b"half mended")

    cunwu("import", wrong, "--root", root, "--mark", tmp_path)

    assert first.read_bytes() == b"half mended"
    assert (tmp_path / "待修改-三月 账-2.xlsx").is_file()


def test_a_sheet_without_findings_gets_no_copy(root, tmp_path):
    path = tmp_path / "账.xlsx"
    foot = ["报账员：张三", None, "审核人：村务监督委员会", None, "公示期：2026年4月8日至4月22日"]
    path.write_bytes(xlsx([*ROWS, foot], sheet="3月"))

    done = cunwu("import", path, "--root", root, "--mark", tmp_path / "改")

    assert done.returncode == 0, done.stdout
    assert not (tmp_path / "改").exists()


def test_copies_do_not_lie_among_the_records(root, wrong):
    done = cunwu("import", wrong, "--root", root, "--mark", root / "content" / "dong")

    assert done.returncode == 2
    assert "不能放进" in done.stderr
    assert not list(root.rglob("待修改*"))
