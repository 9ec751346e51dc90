"""A planted error holds back exactly one table; everything else is published as it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.conftest import build, commit
from tests.pages.parsing import Parsed
from tests.sample import copy_sample, tree

FILE = "content/qingxi/qingshi/finance/2026-03.csv"
PAGE = "qingshi/finance/2026-03/index.html"
# What speaks of the held-back month: the village's home, the item, the month that is compared with it, the
# page of corrections, what is searched and fed, and the manifests, which hold the hash of every page.
SPEAKERS = {
    PAGE,
    "manifest.json",
    "qingshi/manifest.json",
    "qingshi/corrections/index.html",
    "qingshi/finance/feed.xml",
    "qingshi/search/0.json",
    "qingshi/search/titles.json",
    "qingshi/index.html",
    "qingshi/finance/index.html",
    "qingshi/finance/2026-04/index.html",
    "qingshi/data/datapackage.json",
    "qingshi/data/datapackage.zip",
    "qingshi/corrections/feed.xml",
    "corrections/feed.xml",
}


@dataclass(frozen=True)
class Planted:
    """A county before and after its clerk made a mistake, with the commit of the mistake."""

    clean: dict[str, bytes]
    site: dict[str, bytes]
    audit: dict[str, bytes]
    version: str
    errors: int
    line: int

    def page(self, path: str) -> Parsed:
        return Parsed(self.site[path].decode("utf-8"))


def words_for_a_number(cells: list[str]) -> None:
    cells[8] = "三千"


def balance_off_by_one(cells: list[str]) -> None:
    whole, _point, cents = cells[9].partition(".")
    cells[9] = f"{int(whole) + 1}.{cents}"


@pytest.fixture(
    scope="module", params=[words_for_a_number, balance_off_by_one], ids=lambda plant: plant.__name__
)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    root = copy_sample(tmp_path_factory.mktemp("held") / "county")
    commit(root, "2026-10-01")
    build(root)
    clean = tree(root / "site")
    lines = (root / FILE).read_text(encoding="utf-8").split("\n")
    index = max(i for i, line in enumerate(lines) if line and line.split(",")[8])
    cells = lines[index].split(",")
    request.param(cells)
    lines[index] = ",".join(cells)
    (root / FILE).write_text("\n".join(lines), encoding="utf-8", newline="")
    version = commit(root, "2026-10-09")
    report = build(root)
    return Planted(
        clean, tree(root / "site"), tree(root / "site-audit"), version, len(report.errors), index + 1
    )


def test_its_page_says_which_version_is_held_since_when_where_and_why(planted: Planted):
    found = planted.page(PAGE)

    assert f"本表有 {planted.errors} 处待更正，更正前不公布这张表" in found.texts("b")
    assert f"扣下的版本：{planted.version}，自 2026 年 10 月 9 日起" in found.texts("p")
    assert any(text.startswith(f"第 {planted.line} 行 「") for text in found.texts("li"))
    assert "待更正" in found.texts("span")


def test_nothing_of_the_table_is_printed_but_the_row_in_question(planted: Planted):
    found = planted.page(PAGE)
    before = Parsed(planted.clean[PAGE].decode("utf-8"))
    amounts = {cell for row in before.rows() for cell in row if "." in cell and cell[-3:-2] == "."}
    reasons = " ".join(text for text in found.texts("li") if text.startswith("第 "))

    assert len(amounts) > 30
    assert [amount for amount in amounts if amount in found.text and amount not in reasons] == []
    assert found.texts("table") == [] and found.texts("svg") == []
    assert "data/finance-2026-03.csv" not in "".join(found.values("href"))


def test_its_bytes_are_not_offered_for_download(planted: Planted):
    assert set(planted.clean) - set(planted.site) == {"qingshi/data/finance-2026-03.csv"}
    assert set(planted.site) - set(planted.clean) == set()
    assert b"finance-2026-03" not in planted.site["qingshi/data/datapackage.json"]


def test_every_other_page_is_published_byte_for_byte_as_before(planted: Planted):
    changed = {path for path, content in planted.site.items() if planted.clean[path] != content}

    assert changed == SPEAKERS


def test_totals_leave_it_out_and_say_so(planted: Planted):
    home = planted.page("qingshi/index.html")
    item = planted.page("qingshi/finance/index.html")

    assert "2026年3月 财务收支待更正，没有计入上面的数" in home.texts("p")
    assert "2026年3月 财务收支待更正，没有计入下面的数" in item.texts("p")
    assert "44,278.21" in home.texts("dd")
    assert "139,040.89" not in home.texts("dd")
    assert "2026年3月" not in [text for text in item.texts("span") if text.endswith("月")]


def test_the_next_month_is_compared_with_nothing(planted: Planted):
    assert "比上期" not in planted.page("qingshi/finance/2026-04/index.html").text


def test_the_lists_and_the_audit_board_say_that_it_awaits_correction(planted: Planted):
    lines = [text for text in planted.page("qingshi/finance/index.html").texts("li") if "2026年3月" in text]
    board = {row[0]: row for row in Parsed(planted.audit["index.html"].decode("utf-8")).rows()[:4]}

    assert lines == ["2026年3月 财务收支2026 年 4 月 13 日张贴待更正"]
    assert (board["青石村"][-2], board["石桥村"][-2]) == ("1", "0")


def test_an_error_that_is_not_yet_committed_is_said_to_be_so(tmp_path: Path):
    root = copy_sample(tmp_path / "county")
    path = root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(",村委会,", ",村委,", 1), encoding="utf-8")
    build(root)

    assert "扣下的版本：尚未入库的修改" in Parsed((root / "site" / PAGE).read_text(encoding="utf-8")).texts(
        "p"
    )
