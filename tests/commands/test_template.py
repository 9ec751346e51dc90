"""cunwu template: a clerk takes a form, fills it in, and hands it over without a word more."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.conftest import cunwu
from tests.counties import county_at

MARCH = "content/dong/xi/finance/2026-03.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return county_at(tmp_path / "county")


def test_a_form_is_taken_filled_in_and_imported_without_options(root, tmp_path):
    out = tmp_path / "表"
    taken = cunwu(
        "template", "finance", "--root", root, "--village", "xi", "--period", "2026-03", "--out", out
    )

    assert taken.returncode == 0, taken.stderr
    path = out / "溪口村2026年3月财务收支.xlsx"
    assert f"已写 {path}" in taken.stdout
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet: Any = book.active
    rows = (
        ["001", "2026-03-01", None, "上月结转", "村集体", "银行", "上月结转", None, None, 11479.5],
        ["002", "2026-03-01", None, "上月结转", "村集体", "现金", "上月结转", None, None, 150],
    )
    for number, row in enumerate(rows, start=5):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value
    book.save(path)

    done = cunwu("import", path, "--root", root)

    assert done.returncode == 0, done.stdout
    assert "第 4 行：示例行" in done.stdout
    assert (root / MARCH).read_text(encoding="utf-8").splitlines()[1:] == [
        "001,2026-03-01,,上月结转,村集体,银行,上月结转,,,11479.50,",
        "002,2026-03-01,,上月结转,村集体,现金,上月结转,,,150.00,",
    ]


def test_several_forms_are_taken_at_once_and_by_their_titles(root, tmp_path):
    done = cunwu("template", "财务收支", "assets", "--root", root, "--out", tmp_path)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "财务收支.xlsx").is_file()
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_a_form_that_somebody_filled_in_is_not_overwritten(root, tmp_path):
    path = tmp_path / "财务收支.xlsx"
    path.write_bytes(b"filled in")

    done = cunwu("template", "finance", "--root", root, "--out", tmp_path)

    assert done.returncode == 2
    assert "已经存在" in done.stderr
    assert path.read_bytes() == b"filled in"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nothing",), "没有公开项目「nothing」"),
        (("election",), "是一篇文书"),
        (("finance", "--village", "无名村"), "找不到村「无名村」"),
        (("finance", "--period", "三月"), "不是一个期间"),
        (("finance", "--period", "2026"), "期间请写成类似 2026-01"),
    ],
)
def test_what_there_is_no_form_for_is_a_mistake_of_use(root, tmp_path, arguments, reason):
    done = cunwu("template", *arguments, "--root", root, "--out", tmp_path / "x")

    assert done.returncode == 2
    assert reason in done.stderr
    assert not (tmp_path / "x").exists()
