"""Reading at ease: the bar under the thumb, reading aloud, long tables in parts, heads that stay in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.end_to_end.browsing import DESK, PHONE
from tests.end_to_end.test_phone import address

__all__ = ["address"]

LEDGER = "qingshi/finance/2026-09/"
SPOKEN = """
    window.spoken = [];
    speechSynthesis.speak = words => window.spoken.push([words.lang, words.text]);
"""


@pytest.fixture
def elder(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True) as context:
        context.add_init_script("localStorage.cunwuElder = 'yes';" + SPOKEN)
        yield context


def with_rows(page: Page, count: int) -> None:
    """Let every page's table have ``count`` rows, each with an address of its own."""

    def fill(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        body = re.search(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
        assert body is not None
        row = re.search(r"<tr.*?</tr>", body[1], re.DOTALL)
        assert row is not None
        rows = "".join(re.sub(r"<tr[^>]*>", f'<tr id="r{n}">', row[0], count=1) for n in range(1, count + 1))
        route.fulfill(response=response, body=text.replace(body[1], rows))

    page.route("**/finance/2026-09/", fill)


def test_the_bar_under_the_thumb_leads_to_what_is_most_asked_for(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(address + LEDGER)
        bar = page.get_by_role("navigation", name="常用")
        for name, url in (("补贴", "topics/welfare/"), ("日历", "calendar/"), ("首页", "")):
            bar.get_by_role("link", name=name).click()
            page.wait_for_url(f"{address}qingshi/{url}")
        box = bar.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] == PHONE["height"]
        assert all(link.bounding_box()["height"] >= 48 for link in bar.get_by_role("link").all())  # type: ignore[index]


def test_a_desk_with_its_menu_in_sight_needs_no_bar(browser: Browser, address: str):
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.goto(address + LEDGER)
        assert not page.get_by_role("navigation", name="常用").is_visible()


def test_in_large_type_the_page_is_read_aloud_sentence_by_sentence(elder: BrowserContext, address: str):
    page = elder.new_page()
    page.goto(address + LEDGER)
    button = page.get_by_role("button", name="朗读")
    button.click()

    spoken = page.evaluate("window.spoken")
    assert {lang for lang, _text in spoken} == {"zh-CN"}
    assert spoken[0][1] == "2026年9月 财务收支"
    texts = [text for _lang, text in spoken]
    assert any(text.startswith("＝ 本期结余") for text in texts)
    assert sum("摘要" in text or "凭证号" in text for text in texts) >= 30
    assert page.get_by_role("button", name="停止").get_attribute("aria-pressed") == "true"

    page.get_by_role("button", name="停止").click()
    assert page.get_by_role("button", name="朗读").get_attribute("aria-pressed") == "false"


def test_where_nothing_can_speak_nothing_offers_to(elder: BrowserContext, address: str):
    elder.add_init_script("delete window.SpeechSynthesisUtterance")
    page = elder.new_page()
    page.goto(address + LEDGER)
    assert page.get_by_role("button", name="朗读").count() == 0


def test_targets_in_large_type_are_sixty_pixels_high(elder: BrowserContext, address: str):
    page = elder.new_page()
    page.goto(address + "qingshi/")
    low = page.evaluate("""[...document.querySelectorAll('a, button, summary, label')]
        .filter(e => e.checkVisibility() && !e.closest('p') && e.getBoundingClientRect().top >= 0)
        .filter(e => e.textContent && e.getBoundingClientRect().height < 60).map(e => e.textContent)""")
    assert low == []


def test_a_table_of_two_thousand_rows_is_drawn_in_parts_and_says_how_many_there_are(
    browser: Browser, address: str
):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        with_rows(page, 2000)
        page.goto(address + LEDGER)
        rows = page.locator("table.rows tbody tr:visible")
        more = page.get_by_role("button", name=re.compile("再看"))
        assert rows.count() == 100
        assert more.inner_text() == "已显示 100 条，共 2000 条，再看 100 条"
        more.click()
        assert rows.count() == 200


def test_a_link_to_a_row_far_down_shows_that_row(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        with_rows(page, 2000)
        page.goto(f"{address}{LEDGER}#r1500")
        assert page.locator("#r1500").is_visible()


def test_without_scripts_all_rows_are_there(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        with_rows(page, 2000)
        page.goto(address + LEDGER)
        assert page.locator("#r2000").is_visible()


def test_on_a_desk_the_head_of_a_long_table_stays_in_sight(browser: Browser, address: str):
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        page.goto(address + "qingshi/subsidy/2026Q3--elderly/")
        table = page.locator("table.rows").first
        page.evaluate(
            "window.scrollTo(0, document.querySelector('table.rows tbody tr:last-child').offsetTop)"
        )
        page.locator("table.rows tbody tr").last.scroll_into_view_if_needed()
        head = table.locator("thead th").first.bounding_box()
        bar = page.locator(".md-header").bounding_box()
        assert head is not None
        assert bar is not None
        assert head["y"] >= bar["y"] + bar["height"] - 1


@pytest.mark.parametrize("url", ["qingshi/", LEDGER, "qingshi/election/2026-04-18/", "404.html"])
def test_the_bar_covers_nothing_at_the_end_of_a_page(browser: Browser, address: str, url: str):
    with browser.new_context(viewport={"width": 320, "height": 568}) as context:
        page = context.new_page()
        page.goto(address + url)
        page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        foot = page.locator("footer").bounding_box()
        bar = page.locator(".cw-tabs")
        if bar.count():
            box = bar.bounding_box()
            assert foot is not None
            assert box is not None
            assert foot["y"] + foot["height"] <= box["y"] + 1
