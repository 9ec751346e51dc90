"""Odd records on a phone: two thousand rows, rare characters, endless words, sums beyond belief, and none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.browsing import chromium, hosted
from tests.end_to_end.fitting import broken_figures, misfits
from tests.end_to_end.odd_county import NAME, ROWS, odd_county
from tests.end_to_end.test_search import DONE

PAGES = (
    "odd/",
    "odd/finance/",
    "odd/finance/2026-05/",
    "odd/finance/2026-06/",
    "odd/finance/2026-09/",
    "odd/finance_summary/2026Q3/",
    "odd/inventory/2025/",
    "odd/contracts/2026/",
    "odd/subsidy/2026Q3--elderly/",
    "odd/notice/2026-08-03/",
    "odd/debts/",
    "odd/calendar/",
    "odd/search/",
    "bare/",
    "qingxi/",
    "",
)
WIDTHS = (360, 390, 1280)
ELDER = "localStorage.cunwuElder = 'yes'"
SAID = ".md-content .say"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with hosted(odd_county(tmp_path_factory.mktemp("odd") / "county") / "site") as base:
        yield base


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block") as context:
        page = context.new_page()
        page.goto(address)
        yield page


@pytest.mark.parametrize("type_size", ["ordinary", "large"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_and_no_figure_is_broken(browser: Browser, address: str, width: int, type_size: str):
    found = {}
    viewport = {"width": width, "height": 844}
    with browser.new_context(viewport=viewport, service_workers="block") as context:
        if type_size == "large":
            context.add_init_script(ELDER)
        page = context.new_page()
        for url in PAGES:
            page.goto(address + url)
            assert ("elder" in (page.locator("html").get_attribute("class") or "")) is (type_size == "large")
            found[url] = misfits(page) + broken_figures(page)

    assert {url: faults for url, faults in found.items() if faults} == {}


def test_a_table_that_is_too_wide_would_be_told_of(phone: Page, address: str):
    phone.goto(address + "odd/finance/2026-06/")
    phone.evaluate("document.querySelector('.eq').style.width = '900px'")
    assert any(fault.startswith("article 9") for fault in misfits(phone))

    phone.goto(address + "odd/finance/2026-06/")
    phone.evaluate(
        "document.querySelector('.eq span + span').style.cssText = 'width: 3em; white-space: normal;"
        " overflow-wrap: anywhere'"
    )
    assert broken_figures(phone) == ["-1,234.56"]


@pytest.mark.parametrize("url", ["finance/2026-09/", "finance/2026-06/", "finance_summary/2026Q3/"])
def test_what_has_no_period_before_it_is_compared_with_nothing(phone: Page, address: str, url: str):
    phone.goto(f"{address}odd/{url}")
    said = phone.locator(SAID).all_inner_texts()

    assert said and not any("比上期" in text or "和上期" in text for text in said)


def test_sums_are_said_in_yuan_wan_yi_and_ten_thousands_of_yi(phone: Page, address: str):
    phone.goto(address + "odd/finance/2026-09/")
    assert "收入 2.0 万亿元；支出 1,008.99 元" in phone.locator(SAID).first.inner_text()
    assert phone.locator(".eq div").all_inner_texts()[0].split() == [
        "上期结余（8",
        "月",
        "31",
        "日）",
        "-999,999,999,999.99",
    ]

    phone.goto(address + "odd/")
    assert (
        "收入 2.0 万亿元，最多的是其他收入（2.0 万亿元）；花了 1,008.99 元"
        in phone.locator(SAID).inner_text()
    )


def test_months_that_are_missing_are_named_in_one_sentence(phone: Page, address: str):
    phone.goto(address + "odd/")

    assert phone.locator("p.held").all_inner_texts() == [
        "2026年5月 财务收支待更正，没有计入上面的数",
        "2026年1月、2026年2月、2026年3月、2026年4月、2026年7月、2026年8月还没有公开，没有计入上面的数",
    ]


def test_two_thousand_rows_come_a_hundred_at_a_time_and_without_scripts_all_at_once(
    browser: Browser, phone: Page, address: str
):
    phone.goto(address + "odd/finance/2026-09/")
    rows = phone.locator("table.rows tbody tr:visible")
    more = phone.get_by_role("button", name="再看 100 条")
    more.wait_for(state="visible")
    assert (rows.count(), more.inner_text()) == (100, f"已显示 100 条，共 {ROWS} 条，再看 100 条")
    more.click()
    assert rows.count() == 200
    phone.goto(address + "odd/finance/2026-09/#n1999")
    phone.locator("#n1999").wait_for(state="visible")

    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "odd/finance/2026-09/")
        assert page.locator("table.rows tbody tr:visible").count() == ROWS


def test_rare_characters_stand_in_the_name_the_title_and_the_masks(phone: Page, address: str):
    phone.goto(address + "odd/subsidy/2026Q3--elderly/")

    assert NAME in phone.title()
    assert phone.locator("td.lead").all_inner_texts() == ["𬱖**", "䶮**", "欧阳**"]
    assert "䶮𬱖" not in phone.content().replace(NAME, "")


@pytest.mark.parametrize("typed", ["𬱖水", "䶮山", "五龙口"])
def test_a_village_with_rare_characters_is_found_by_any_part_of_its_name(phone: Page, typed: str):
    phone.get_by_label("找我的村").fill(typed)

    assert phone.locator("[data-filter-list] li:visible").all_inner_texts() == [NAME]


def test_rare_characters_are_searched_for(phone: Page, address: str):
    phone.goto(address + "odd/search/")
    phone.locator("[data-search] input").fill("䶮山第 1999 笔")
    phone.wait_for_function(DONE)

    assert "2026年9月 财务收支" in phone.locator("[data-search-hits] li").first.inner_text()


def test_one_record_none_and_a_heading_alone_each_say_what_they_are(phone: Page, address: str):
    phone.goto(address + "odd/contracts/2026/")
    assert phone.locator("caption").inner_text() == "共 1 条，全部列出"

    phone.goto(address + "odd/debts/")
    assert "村里登记：本期没有这一项" in phone.locator("article").inner_text()

    phone.goto(address + "odd/finance/2026-05/")
    assert "本表有 1 处待更正" in phone.locator("article").inner_text()
    assert phone.locator("table.rows").count() == 0

    phone.goto(address + "bare/")
    assert phone.locator("h1").inner_text() == "新设村"
    assert phone.locator(".money").count() == 0
    assert phone.get_by_role("heading", name="该公开、还没公开").is_visible()
