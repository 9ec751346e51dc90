"""Closed pages: what stays of the page of a list, and of its data, once its display is over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.promises.promises import load_promises
from generator.publish.closed_pages import closed_page
from generator.publish.closing import Closed, close_list
from generator.publish.displays import Registers
from generator.publish.trees import Shown
from tests.counties import changed, county_at
from tests.languages import make_up, speak

PAGE = "xi/subsidy/2025Q4--elderly/index.html"
DATA = "xi/data/subsidy-2025q4-elderly.csv"
LIST = Shown("subsidy", "2025Q4--elderly", "2026-01-25", (PAGE, DATA))
ROWS = "编号,组,户主,数量,单位,标准,金额,备注\n001,一组,田某甲,3.00,月,50.00,150.00,\n"
START, END, DAY = date(2026, 1, 10), date(2026, 1, 25), date(2026, 3, 1)
SHOWN = (
    '<head><meta name="description" content="一共"></head><article class="x">\n<h1>高龄津贴</h1>\n'
    '<p class="sub"><span>谁领了？</span> <span class="chip ok"><time datetime="2026-01-25" '
    'data-due="2026-01-25">公示至 1 月 25 日</time></span></p>\n<p class="say">一共</p>\n'
    '<table class="rows"><tr><td>田某甲</td></tr></table>\n'
    '<h2>谁审核的</h2>\n<p>民政专干编制</p>\n<p class="proof">来源</p>\n</article>\n<footer>脚</footer>'
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return county_at(tmp_path_factory.mktemp("closed"))


def closed(root: Path, files: Path, rows: str = ROWS, start: date | None = START) -> Closed:
    path = files / DATA
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rows, encoding="utf-8")
    return close_list(LIST, files, "xi", (start, END), DAY, Registers(load_promises(root)))


def test_the_totals_of_the_published_rows_are_told_and_what_names_nobody_stays(county: Path, tmp_path: Path):
    page = closed_page(SHOWN, closed(county, tmp_path), None).decode()

    assert "名单不再显示，只留户数和合计。" in page
    assert "金额合计" in page
    assert "150.00" in page
    assert "民政专干编制" in page
    assert "脚" in page
    assert not any(gone in page for gone in ("田某甲", "公示至", "一共"))


def test_where_the_first_day_is_not_known_only_the_last_is_told(county: Path, tmp_path: Path):
    page = closed_page(SHOWN, closed(county, tmp_path, start=None), None).decode()

    assert "2026 年 1 月 25 日" in page
    assert "2026 年 1 月 10 日" not in page
    assert "150.00" in page


@pytest.mark.parametrize(
    "rows",
    [ROWS.replace("金额", "款额"), ROWS.replace("150.00,", "一百五,"), ""],
    ids=["another column", "no number", "nothing"],
)
def test_rows_that_todays_schema_cannot_read_are_told_without_totals(county: Path, tmp_path: Path, rows: str):
    found = closed(county, tmp_path, rows)

    page = closed_page(SHOWN, found, None).decode()

    assert found.file is None
    assert "公示期已满（到" in page
    assert "合计" not in page
    assert "田某甲" not in page


def test_a_seal_that_the_log_does_not_know_is_not_put_out(county: Path, tmp_path: Path):
    assert closed(county, tmp_path).file is None


def test_of_a_page_that_names_a_person_elsewhere_only_the_sentences_stay(county: Path, tmp_path: Path):
    shown = SHOWN.replace("民政专干编制", "田某甲的女儿代领")

    page = closed_page(shown, closed(county, tmp_path), None).decode()

    assert "150.00" in page
    assert "高龄津贴" in page
    assert "田某甲" not in page


def test_a_masked_list_that_names_a_person_elsewhere_tells_its_totals(tmp_path: Path):
    root = county_at(tmp_path / "county")
    changed(root, "schemas/subsidy.yaml", ("  laws:\n", "  names: {after: mask}\n  laws:\n"))
    found = closed(root, tmp_path)

    masked = closed_page(SHOWN, found, None).decode()
    bare = closed_page(SHOWN.replace("一共", "田某甲领得最多"), found, None).decode()

    assert "田**" in masked
    assert "只留户数和合计" not in masked
    assert "田**" not in bare
    assert "只留户数和合计" in bare
    assert not any("田某甲" in page for page in (masked, bare))


def test_a_page_that_is_not_printed_as_ours_are_is_not_kept_in_pieces(county: Path, tmp_path: Path):
    page = closed_page("<html><p>田某甲</p></html>", closed(county, tmp_path), None).decode()

    assert "田某甲" not in page
    assert "150.00" in page


def test_a_page_in_another_language_is_closed_in_it(tmp_path: Path):
    root = county_at(tmp_path / "county")
    make_up(root, "en", "Xyz")
    speak(root, "zh-Hans", "en")
    found = closed(root, tmp_path)
    shown = SHOWN.replace("谁审核的", "Xyz")

    page = closed_page(shown, found, load_promises(root).languages[1]).decode()

    assert "Xyz" in page
    assert "名单不再显示" not in page
    assert "民政专干编制" in page
