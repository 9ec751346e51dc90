"""Search in a real browser: what readers type, how they type it, and what they are led to."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.end_to_end.browsing import hosted

PHONE = {"width": 360, "height": 780}
DONE = """() => {
  const said = document.querySelector("[data-search-count]").textContent;
  return said !== "" && !/正在|还在/.test(said);
}"""
# What a reader of 青石村 would type, and where it must lead; none was copied from the page.
ASKED = [
    ("路灯", "2026年 群众诉求办理"),
    ("路燈壞了", "2026年 群众诉求办理"),
    ("清淤", "三组蓄水池清淤停水通知"),
    ("提前备水", "三组蓄水池清淤停水通知"),
    ("门面 招租", "村口 3 号门面公开招租"),
    ("門面公開招租", "村口 3 号门面公开招租"),
    ("拴养", "青石村村规民约（2026 年版）"),
    ("酒席", "青石村村规民约（2026 年版）"),
    ("電動車", "青石村村规民约（2026 年版）"),
    ("8400", "2026年9月 财务收支"),
    ("8,400.00", "2026年9月 财务收支"),
    ("８４００", "2026年9月 财务收支"),
    ("山坪塘", "2026年9月 财务收支"),
    ("记-017", "2026年9月 财务收支"),
    ("9月27日", "2026年9月 财务收支"),
    ("村干部 报酬", "2026年9月 财务收支"),
    ("2026年8月 财务", "2026年8月 财务收支"),
    ("财务收支2026年8月", ""),
    ("资产负债", "资产负债表"),
    ("医保", "办理 2026 年城乡居民医保的提醒"),
    ("q-2026-004", "2026年 群众诉求办理"),
    ("信用社", "2026年第三季度 债权债务"),
    ("没有人会写的词", ""),
]
# Letters and characters that lead to a village first.
NAMED = [
    ("qsc", "青石村"),
    ("QSC", "青石村"),
    ("qingshicun", "青石村"),
    ("qing shi", "青石村"),
    ("qscun", "青石村"),
    ("shicun", "青石村"),
    ("青石", "青石村"),
    ("竹園", "竹园村"),
    ("zyc", "竹园村"),
    ("hexin", "河心社区"),
    ("hxsq", "河心社区"),
    ("社區", "河心社区"),
    ("sqc", "石桥村"),
    ("bz", ""),
]


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with hosted(sample / "site") as base:
        yield base


@pytest.fixture(scope="module")
def village(browser: Browser, address: str) -> Iterator[Page]:
    """Return the village's search page, its data loaded."""
    yield from opened(browser, address + "qingshi/search/")


@pytest.fixture(scope="module")
def county(browser: Browser, address: str) -> Iterator[Page]:
    """Return the county's search page, its data loaded."""
    yield from opened(browser, address + "search/")


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        yield context.new_page()


def opened(browser: Browser, url: str) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        page = context.new_page()
        page.goto(url)
        yield page


def ask(page: Page, query: str) -> Locator:
    """Type ``query`` and wait until all was looked through; return the list of what is found."""
    page.get_by_role("searchbox").fill(query)
    page.wait_for_function(DONE)
    return page.locator("[data-search-hits] li")


def titles(hits: Locator) -> list[str]:
    return hits.locator("a > :first-child").evaluate_all(
        "all => all.map(each => each.firstChild.nodeType === 3"
        " && !each.querySelector('mark') ? each.firstChild.data : [...each.childNodes].filter(node =>"
        " node.nodeName !== 'SMALL').map(node => node.textContent).join(''))"
    )


@pytest.mark.parametrize(("query", "title"), ASKED)
def test_a_village_answers_what_a_reader_types(village: Page, query: str, title: str):
    found = titles(ask(village, query))

    assert title in found if title else found == []


@pytest.mark.parametrize(("query", "name"), NAMED)
def test_a_village_is_found_by_name_pinyin_and_initials(county: Page, query: str, name: str):
    found = titles(ask(county, query))

    assert found[:1] == [name] if name else found == []


def test_the_county_finds_titles_in_every_township(county: Page):
    assert titles(ask(county, "停水通知")) == ["青石村：三组蓄水池清淤停水通知"]
    assert titles(ask(county, "石桥 2026年9月")) != []
    county.get_by_label("找哪里").select_option(label="白云镇")
    assert titles(ask(county, "停水通知")) == []
    county.get_by_label("找哪里").select_option(label="全县各乡镇")


def test_nobody_is_found_by_name(village: Page, sample: Path):
    names = set()
    for path in (sample / "content_private").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            names |= {row.get("户主", "") for row in csv.DictReader(file)} - {""}
    assert len(names) > 20

    assert [name for name in sorted(names) if ask(village, name).count()] == []


def test_a_sum_finds_no_longer_number(village: Page):
    marks = ask(village, "840").locator("mark").all_inner_texts()

    assert set(marks) <= {"840"}
    assert "8400" not in " ".join(ask(village, "840").all_inner_texts())


def test_what_was_found_is_marked_and_counted(village: Page):
    hits = ask(village, "路灯")

    assert village.get_by_role("status").inner_text() == f"共 {hits.count()} 条"
    assert set(hits.locator("mark").all_inner_texts()) == {"路灯"}
    assert hits.locator("mark").count() >= hits.count()


def test_nothing_is_loaded_before_the_field_is_used(fresh: Page, address: str, sample: Path):
    asked: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto(address + "qingshi/search/")
    fresh.wait_for_timeout(500)
    assert [url for url in asked if url.endswith(".json") or "traditional" in url] == []

    fresh.get_by_role("searchbox").focus()
    ask(fresh, "路灯").first.wait_for()
    parts = {path.name for path in (sample / "site" / "qingshi" / "search").glob("[0-9]*.json")}
    assert {url.removeprefix(f"{address}qingshi/search/") for url in asked if url.endswith(".json")} == parts


def test_rows_in_later_files_are_found_with_the_titles_of_their_pages(
    fresh: Page, sample: Path, tmp_path: Path
):
    folder = Path(shutil.copytree(sample / "site", tmp_path / "site")) / "qingshi" / "search"
    part = json.loads((folder / "0.json").read_bytes())
    entry = next(entry for entry in part["pages"] if entry[0] == "finance/2026-09/")
    rows = [group for group in entry[3] if group[0] == "r"]
    entry[3] = [group for group in entry[3] if group[0] != "r"]
    later = {"pages": [[entry[0], "", "", rows]], "more": 0}
    for path in folder.glob("[0-9]*.json"):
        path.unlink()
    (folder / "0.json").write_text(json.dumps(part | {"more": 1}), encoding="utf-8")
    (folder / "1.json").write_text(json.dumps(later), encoding="utf-8")
    with hosted(tmp_path / "site") as address:
        fresh.goto(address + "qingshi/search/")

        assert "2026年9月 财务收支" in titles(ask(fresh, "记-017"))
        assert titles(ask(fresh, "2026年9月 记-017")) == ["2026年9月 财务收支"]
        assert titles(ask(fresh, "2026年9月财务收支")) == ["2026年9月 财务收支"]


def test_a_big_county_loads_titles_township_by_township_or_when_asked(
    fresh: Page, sample: Path, tmp_path: Path
):
    site = Path(shutil.copytree(sample / "site", tmp_path / "site"))
    path = site / "search" / "villages.json"
    listed = json.loads(path.read_bytes())
    listed["shards"] = [[folder, name, 90] for folder, name, _weight in listed["shards"]]
    path.write_text(json.dumps(listed), encoding="utf-8")
    with hosted(site) as address:
        fresh.goto(address + "search/")
        assert titles(ask(fresh, "停水通知")) == []
        fresh.get_by_label("找哪里").select_option(label="清溪镇")
        fresh.locator("[data-search-hits] li").first.wait_for()
        assert titles(ask(fresh, "停水通知")) == ["青石村：三组蓄水池清淤停水通知"]

        fresh.reload()
        assert titles(ask(fresh, "停水通知")) == []
        fresh.get_by_role("button", name="在全县 3 个乡镇的标题里找（约 270 kB）").click()
        fresh.locator("[data-search-hits] li").first.wait_for()
        assert titles(ask(fresh, "停水通知")) == ["青石村：三组蓄水池清淤停水通知"]


def test_a_result_leads_to_its_row_and_back_leads_to_the_results(fresh: Page, address: str):
    fresh.goto(address + "qingshi/search/")
    ask(fresh, "山坪塘排水涵管").locator("a[href*='#r']").click()
    fresh.wait_for_url(address + "qingshi/finance/2026-09/#r*")
    found = fresh.locator(".found")
    assert "六组山坪塘排水涵管疏通" in found.inner_text()
    assert found.evaluate("row => row === document.activeElement")
    box = found.bounding_box()
    assert box is not None and 0 < box["y"] < PHONE["height"]

    fresh.go_back()
    fresh.locator("[data-search-hits] li").first.wait_for()
    assert fresh.get_by_role("searchbox").input_value() == "山坪塘排水涵管"


def test_what_was_typed_goes_to_no_server(fresh: Page, address: str):
    asked: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto(address + "qingshi/search/")
    ask(fresh, "wodemingzi").count()
    fresh.reload()
    fresh.wait_for_load_state("networkidle")

    assert fresh.get_by_role("searchbox").input_value() == "wodemingzi"
    assert [url for url in asked if "wodemingzi" in url] == []


def test_a_keyboard_is_all_it_takes(fresh: Page, address: str):
    fresh.goto(address + "qingshi/search/")
    fresh.get_by_role("searchbox").focus()
    fresh.keyboard.type("路灯")
    fresh.locator("[data-search-hits] li").first.wait_for()
    fresh.keyboard.press("Tab")

    assert fresh.evaluate("document.activeElement.closest('[data-search-hits] li') !== null")
    fresh.keyboard.press("Enter")
    fresh.wait_for_url(lambda url: "/search/" not in url)


def test_many_answers_are_counted_at_once_and_shown_in_parts(fresh: Page, address: str):
    fresh.goto(address + "qingshi/search/")
    hits = ask(fresh, "村委会")
    fresh.get_by_role("button", name="再显示 50 条").click()

    assert hits.count() == 100
    assert hits.nth(50).locator("a").evaluate("link => link === document.activeElement")
    assert int(fresh.get_by_role("status").inner_text().split()[1]) > 100


def test_the_page_fits_a_small_phone_with_results_in_large_type(fresh: Page, address: str):
    fresh.goto(address + "qingshi/search/")
    ask(fresh, "村委会").first.wait_for()
    for _turn in range(2):
        assert fresh.evaluate("document.documentElement.scrollWidth <= innerWidth")
        fresh.get_by_role("button", name="大字").click()


def test_a_lost_network_is_said_and_tried_again(fresh: Page, address: str):
    fresh.goto(address + "qingshi/search/")
    fresh.context.set_offline(True)
    ask(fresh, "路灯")
    fresh.get_by_text("网络不通，没有读全").wait_for()

    fresh.context.set_offline(False)
    ask(fresh, "路灯坏").first.wait_for()


def test_without_scripts_the_page_says_so_and_lists_all_items_from_a_to_z(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "qingshi/search/")

        assert page.get_by_text("不能搜索").is_visible()
        assert page.get_by_role("searchbox").is_visible() is False
        letters = page.get_by_role("heading", level=3).all_inner_texts()
        assert letters == sorted(letters) and len(letters) > 10
        assert page.locator("article").get_by_role("link", name="财务收支 村里的钱").is_visible()
