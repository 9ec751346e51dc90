"""A new disclosure item: one schema and one table, no Python, and everything follows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.commands.new import new
from tests.end_to_end.conftest import DATA, build
from tests.pages.parsing import Parsed
from tests.sample import copy_sample

PAGE = "qingshi/time_bank/2026Q3/index.html"


def with_time_bank(root: Path) -> Path:
    """Return a copy of the sample county that keeps a time bank."""
    copy_sample(root)
    shutil.copy2(DATA / "time_bank.yaml", root / "schemas")
    folder = root / "content/qingxi/qingshi/time_bank"
    folder.mkdir()
    shutil.copy2(DATA / "2026Q3.csv", folder)
    return root


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = with_time_bank(tmp_path_factory.mktemp("time_bank") / "county")
    assert build(root).errors == []
    return root


def page(county: Path, path: str) -> Parsed:
    return Parsed((county / "site" / path).read_text(encoding="utf-8"))


def test_its_page_has_the_equation_a_sentence_and_every_row(county: Path):
    found = page(county, PAGE)

    assert found.texts("h1") == ["2026年第三季度 时间银行"]
    assert (
        "上期结余（6 月 30 日）15.50 ＋ 本期存入6.50 － 本期支取4.00 ＝ 本期结余（9 月 30 日）18.00"
        in found.texts("section")
    )
    assert "这一期存入 6.50 小时；支取 4 小时。" in found.texts("p")
    assert found.texts("th") == [
        "志愿者",
        "编号",
        "日期",
        "服务",
        "存入（小时）",
        "支取（小时）",
        "结余（小时）",
    ]
    assert found.rows()[2] == ["V017", "S-2026-0012", "2026-07-03", "陪诊", "2.5", "", "14.5"]
    assert len(found.rows()) == 6


def test_it_has_its_place_in_the_menu_the_item_page_and_the_category(county: Path):
    home, item = page(county, "qingshi/index.html"), page(county, "qingshi/time_bank/index.html")

    category = page(county, "qingshi/topics/services/index.html")
    assert any(text.startswith("办事与服务") for text in home.texts("a"))
    assert "时间银行" in category.texts("h2")
    assert "谁帮了谁多少小时，还剩多少？" in item.texts("p")
    assert any(text.startswith("2026年第三季度 时间银行") for text in item.texts("a"))
    assert "时间银行" in page(county, "qingshi/topics/services/index.html").texts("h2")


def test_it_falls_due_in_every_village(county: Path):
    assert any(
        text.startswith("2026年第三季度 时间银行应在 2026 年 10 月 15 日前公开")
        for text in page(county, "zhuyuan/index.html").texts("a")
    )


def test_it_is_in_the_data_dictionary_with_its_columns(county: Path):
    found = page(county, "dictionary/time_bank/index.html")

    assert [row[0] for row in found.rows()] == ["编号", "日期", "志愿者", "服务", "存入", "支取", "结余"]
    assert "逐行核对结余：上一行结余 ＋ 收入 － 支出 ＝ 本行结余" in found.texts("li")
    assert "时间银行谁帮了谁多少小时，还剩多少？" in page(county, "dictionary/index.html").texts("a")


def test_it_is_in_the_data_package_as_committed(county: Path):
    package = json.loads((county / "site/qingshi/data/datapackage.json").read_text(encoding="utf-8"))

    assert "time-bank-2026q3" in [entry["name"] for entry in package["resources"]]
    assert (county / "site/qingshi/data/time-bank-2026q3.csv").read_bytes() == (
        DATA / "2026Q3.csv"
    ).read_bytes()


def test_its_laws_hold(tmp_path: Path):
    root = with_time_bank(tmp_path / "county")
    path = root / "content/qingxi/qingshi/time_bank/2026Q3.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("14.5", "15.5"), encoding="utf-8")

    assert (
        len(build(root).errors) == 2
    )  # where the balance is wrong, and where the next row returns to the right one
    assert "待更正" in page(root, PAGE).text
    assert page(root, PAGE).rows() == []


def test_a_clerk_gets_its_form(tmp_path: Path):
    root = with_time_bank(tmp_path / "county")
    result = CliRunner().invoke(new, ["青石村", "时间银行", "2026Q4", "--root", str(root)])

    assert result.exit_code == 0, result.output
    assert (root / "content/qingxi/qingshi/time_bank/2026Q4.csv").read_text(
        encoding="utf-8"
    ) == "编号,日期,志愿者,服务,存入,支取,结余\n"


def test_a_template_of_the_county_s_own_takes_the_layout_s_place(tmp_path: Path):
    root = with_time_bank(tmp_path / "county")
    own = root / "site_config/theme/items/time_bank.html.j2"
    own.parent.mkdir()
    own.write_text(
        "<h1>{{ view.title }}</h1>\n<p>自己的版式：{{ view.sentences[0] }}</p>\n", encoding="utf-8"
    )
    build(root)

    assert "自己的版式：这一期存入 6.50 小时；支取 4 小时。" in page(root, PAGE).texts("p")
    assert "自己的版式" not in page(root, "qingshi/finance/2026-09/index.html").text
