"""The sample county on a phone: real Chromium at 390 × 844, walked as a villager would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, Response

from tests.end_to_end.browsing import DESK, PHONE
from tests.web import served, served_below

PREFIX = "a/b/"  # a site is put where its owner likes, so no link may lean on the root
DEMO = "演示数据：地名、人名、金额均为虚构"
HEADING_SIZE = "parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)"
HIDDEN_WIDTH = "(article => article.scrollWidth - article.clientWidth)(document.querySelector('article'))"
# One page of each kind.
KINDS = (
    "",
    "dictionary/",
    "dictionary/finance/",
    "dictionary/how-to/",
    "dictionary/how-to-read/",
    "404.html",
    "county/",
    "county/subsidy_standard/2026/",
    "qingxi/",
    "hexin/",
    "qingshi/",
    "qingshi/topics/finance/",
    "qingshi/finance/",
    "qingshi/finance/2026-09/",
    "qingshi/finance/2026-05/",
    "qingshi/finance_summary/2026Q3/",
    "qingshi/subsidy/2026Q3--elderly/",
    "qingshi/subsidy/2026Q1--farmland/",
    "qingshi/election/2026-04-18/",
    "qingshi/village_rules/2026/",
    "qingshi/notice/2026-08-03--water/",
    "zhuyuan/finance/",
)
# Pages with tables, which are widest on a desk.
WIDE = (
    "dictionary/finance/",
    "county/subsidy_standard/2026/",
    "qingshi/finance/2026-09/",
    "qingshi/finance_summary/2026Q3/",
    "qingshi/subsidy/2026Q3--elderly/",
    "qingshi/election/2026-04-18/",
    "qingshi/village_rules/2026/",
)


class Watch:
    """A page that is watched: every complaint of the browser and every stray request is kept."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.page: Page = context.new_page()
        self.base = base
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self._keep("console", message.type, message.text))
        self.page.on("pageerror", lambda error: self._keep("error", str(error)))
        self.page.on("requestfailed", lambda request: self._keep("failed", request.url))
        self.page.on("request", self._look_at_request)
        self.page.on("response", self._look_at_response)

    def _keep(self, *words: str) -> None:
        self.complaints.append(" ".join(words))

    def _look_at_request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc:
            self._keep("stray", request.url)

    def _look_at_response(self, response: Response) -> None:
        if response.status >= 400:
            self._keep("status", str(response.status), response.url)

    def open(self, url: str) -> Page:
        """Go to ``url`` of the site, and hold the page to what every page must keep to."""
        self.page.goto(self.base + url)
        self.check()
        return self.page

    def follow(self, link: Locator, url: str) -> None:
        """Tap ``link``, which must lead to ``url``, and hold the page there to the same."""
        link.click()
        self.page.wait_for_url(self.base + url, wait_until="load")
        self.check()

    def check(self) -> None:
        """Assert what holds for every page, however it was reached."""
        url = self.page.url
        wide, view = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= view, f"{url} scrolls sideways: {wide} > {view}"
        self.page.get_by_text(DEMO).wait_for(state="visible")
        assert self.complaints == [], url

    def bottom_of(self, selector: str) -> float:
        """Return where the first ``selector`` ends, counted from the top of the page."""
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None
        return box["y"] + box["height"]


@pytest.fixture(scope="module")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the site below a prefix on this machine; yield its address."""
    with served_below(sample / "site", PREFIX, tmp_path_factory.mktemp("web")) as address:
        yield address


@pytest.fixture(scope="module")
def board(sample: Path) -> Iterator[str]:
    """Serve the audit board on this machine; yield its address."""
    with served(sample / "site-audit") as address:
        yield address


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Watch]:
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        yield Watch(context, address)


def test_a_villager_finds_the_village_by_typing_and_the_month_by_tapping(phone: Watch):
    page = phone.open("")
    page.get_by_label("找我的村").fill("青石")
    assert page.locator("[data-filter-list] li:visible").all_inner_texts() == ["青石村"]
    assert page.get_by_role("heading", name="白云镇").is_visible() is False

    phone.follow(page.get_by_role("link", name="青石村"), "qingshi/")
    assert page.locator("h1").inner_text() == "2026 年，村里的钱"

    doors = page.get_by_role("navigation", name="全部公开内容")
    phone.follow(doors.get_by_role("link", name="财务"), "qingshi/topics/finance/")
    phone.follow(page.get_by_role("link", name="财务收支：全部各期"), "qingshi/finance/")
    phone.follow(page.get_by_role("link", name="2026年9月 财务收支"), "qingshi/finance/2026-09/")
    assert page.locator("h1").inner_text() == "2026年9月 财务收支"
    assert page.locator("table.rows tbody tr").count() == 42

    way_back = page.get_by_role("navigation", name="所在位置")
    phone.follow(way_back.get_by_role("link", name="青石村"), "qingshi/")
    page.go_back()
    page.wait_for_url(phone.base + "qingshi/finance/2026-09/")
    phone.check()
    assert page.locator("h1").inner_text() == "2026年9月 财务收支"


def test_typing_what_no_village_is_called_hides_all_and_clearing_shows_all(phone: Watch):
    page = phone.open("")
    search = page.get_by_label("找我的村")
    search.fill("没有这个村")
    assert page.locator("[data-filter-list] li:visible").count() == 0

    search.fill("")
    assert page.locator("[data-filter-list] li:visible").count() == 4


@pytest.mark.parametrize("url", KINDS)
def test_a_page_of_each_kind_fits_the_phone_in_ordinary_and_in_large_type(phone: Watch, url: str):
    page = phone.open(url)
    small = page.evaluate(HEADING_SIZE)
    page.get_by_role("button", name="大字").click()

    phone.check()
    assert page.evaluate(HEADING_SIZE) >= 1.4 * small


def test_the_audit_board_fits_too(browser: Browser, board: str):
    with browser.new_context(viewport=PHONE) as context:
        Watch(context, board).open("")


@pytest.mark.parametrize("url", WIDE)
def test_no_table_is_cut_off_on_a_desk_in_ordinary_and_in_large_type(
    browser: Browser, address: str, url: str
):
    with browser.new_context(viewport=DESK) as context:
        desk = Watch(context, address)
        page = desk.open(url)
        assert page.evaluate(HIDDEN_WIDTH) == 0
        page.get_by_role("button", name="大字").click()
        desk.check()
        assert page.evaluate(HIDDEN_WIDTH) == 0


@pytest.mark.parametrize("village", ["qingshi", "zhuyuan", "shiqiao", "hexin"])
def test_the_balance_is_on_the_first_screen_of_a_village_s_home(phone: Watch, village: str):
    phone.open(f"{village}/")

    assert phone.page.locator(".money dt").first.inner_text() == "现在结余"
    assert phone.bottom_of(".money dd") <= PHONE["height"]


@pytest.mark.parametrize("village", ["qingshi", "zhuyuan", "shiqiao", "hexin"])
def test_the_closing_balance_is_on_the_first_screen_of_a_ledger(phone: Watch, village: str):
    phone.open(f"{village}/finance/2026-08/")

    assert "本期结余" in phone.page.locator(".eq .sum").first.inner_text()
    assert phone.bottom_of(".eq .sum") <= PHONE["height"]


def test_large_type_stays_on_from_page_to_page(phone: Watch):
    page = phone.open("")
    page.get_by_role("button", name="大字").click()
    phone.follow(page.get_by_role("link", name="青石村"), "qingshi/")

    assert page.get_by_role("button", name="大字").get_attribute("aria-pressed") == "true"
    assert page.evaluate(HEADING_SIZE) >= 30


def test_large_type_is_off_again_at_a_second_tap(phone: Watch):
    page = phone.open("qingshi/")
    for expected in ("true", "false"):
        page.get_by_role("button", name="大字").click()
        assert page.get_by_role("button", name="大字").get_attribute("aria-pressed") == expected
    page = phone.open("qingshi/finance/")

    assert "elder" not in (page.locator("html").get_attribute("class") or "")


@pytest.mark.parametrize("url", ["", "qingshi/", "qingshi/finance/2026-09/", "qingshi/village_rules/2026/"])
def test_without_javascript_all_is_read_and_the_menu_opens(browser: Browser, address: str, url: str):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + url)
        for selector in ("h1", "article", ".cw-demo"):
            assert page.locator(selector).first.is_visible()
        assert page.get_by_label("找我的村").is_visible() is False
        entry = page.locator(".cw-menu a").filter(has_text="首页")
        assert entry.is_visible() is False

        page.locator("label.cw-bar__menu").click()
        entry.wait_for(state="visible")
        entry.click()
        page.wait_for_url(address + ("qingshi/" if url else ""))
        assert page.locator("h1").inner_text() in ("2026 年，村里的钱", "示范县村（居）务公开")


def test_without_javascript_every_village_is_on_the_portal(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)

        assert page.locator("[data-filter-list] li:visible").count() == 4


def test_the_bars_of_past_periods_open_at_a_tap(phone: Watch):
    page = phone.open("qingshi/finance/")
    chart = page.locator("details .bars").first
    assert chart.is_visible() is False

    page.get_by_text("村委会历期结余、收入、支出").click()
    assert chart.is_visible()
    phone.check()


def test_a_page_is_read_aloud_in_order_answer_first(phone: Watch):
    page = phone.open("qingshi/finance/2026-09/")
    headings = page.get_by_role("heading").all_inner_texts()

    assert headings[:2] == ["2026年9月 财务收支", "村委会"]
    assert headings[-4:] == ["每一笔", "谁审核的", "有疑问", "这一页有 2 条答复"]


def test_things_to_tap_are_as_big_as_a_finger(phone: Watch):
    page = phone.open("qingshi/")
    for selector in (".list a", ".menu a", ".call a", ".cw-bar button", "label.cw-bar__menu"):
        for target in page.locator(selector).all():
            box = target.bounding_box()
            assert box is not None and box["height"] >= 44, (selector, target.inner_text())
