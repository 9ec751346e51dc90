"""Without network: pages seen once open again; lists of persons, downloads and what is gone do not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from tests.end_to_end.browsing import hosted

LEDGER = "qingshi/finance/2026-09/"
PASSING = "qingshi/subsidy/2026Q3--elderly/"
CLOSED = "qingshi/subsidy/2026Q1--farmland/"
TITLES = "qingshi/search/titles.json"
DOWNLOAD = "qingshi/data/finance-2026-09.csv"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(request.url);
  return found;
}"""


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Path:
    """Return a copy of the public site, for a test to change."""
    return Path(shutil.copytree(sample / "site", tmp_path / "web" / "site")).parent


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with hosted(site) as base:
        yield f"{base}site/"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Return a phone on which the keeper of pages is at work."""
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        yield context


def kept(page: Page, address: str) -> set[str]:
    """Return the addresses below the site of all that is on the phone."""
    return {url.removeprefix(address) for url in page.evaluate(KEPT)}


def seen(context: BrowserContext, address: str, url: str) -> Page:
    """Open a page and wait until it has been kept, or would have been."""
    page = context.pages[0]
    page.goto(address + url)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return page


def test_a_page_seen_once_opens_without_network_and_looks_the_same(phone: BrowserContext, address: str):
    page = seen(phone, address, LEDGER)
    before = page.locator("article").inner_text()
    phone.set_offline(True)
    page.reload()

    assert page.locator("article").inner_text() == before
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor") == (
        "rgb(11, 95, 69)"
    )


def test_the_very_first_page_is_kept_too(browser: Browser, address: str):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + LEDGER)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.wait_for_timeout(1000)
        context.set_offline(True)
        page.reload()

        assert page.locator("h1").inner_text() == "2026年9月 财务收支"


def test_a_list_of_persons_is_not_kept_when_it_is_the_very_first_page(browser: Browser, address: str):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + PASSING)
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.wait_for_timeout(1000)

        assert [url for url in kept(page, address) if url.startswith("qingshi/subsidy")] == []


def test_a_list_of_persons_on_display_is_never_kept(phone: BrowserContext, address: str):
    page = seen(phone, address, PASSING)
    names = page.locator("td.lead").all_inner_texts()
    assert len(names) > 3
    assert [url for url in kept(page, address) if url.startswith("qingshi/subsidy")] == []

    phone.set_offline(True)
    page.reload()

    assert page.get_by_text("没有存在这台手机上").is_visible()
    assert page.url.startswith(f"{address}offline/")


def test_a_page_that_turns_into_a_list_of_persons_is_forgotten(
    phone: BrowserContext, address: str, site: Path
):
    page = seen(phone, address, CLOSED)
    assert CLOSED in kept(page, address)
    shutil.copy(site / "site" / PASSING / "index.html", site / "site" / CLOSED / "index.html")
    seen(phone, address, CLOSED)

    assert CLOSED not in kept(page, address)


def test_a_page_that_is_gone_is_forgotten(phone: BrowserContext, address: str, site: Path):
    page = seen(phone, address, LEDGER)
    (site / "site" / LEDGER / "index.html").unlink()
    seen(phone, address, LEDGER)

    assert LEDGER not in kept(page, address)


def test_downloads_and_feeds_are_never_kept(phone: BrowserContext, address: str):
    page = seen(phone, address, LEDGER)
    for url in (DOWNLOAD, "qingshi/feed.xml", "qingshi/calendar.ics", "qingshi/data/datapackage.json"):
        assert page.evaluate("url => fetch(url).then(answer => answer.status)", address + url) == 200
    page.wait_for_timeout(300)

    found = kept(page, address)
    assert {url for url in found if not url.endswith("/") and not url.startswith("assets/")} <= {"", TITLES}
    assert LEDGER in found


def test_a_page_never_seen_says_so_and_lists_those_that_are_there(phone: BrowserContext, address: str):
    page = seen(phone, address, LEDGER)
    phone.set_offline(True)
    page.goto(address + "qingshi/finance/2026-08/")

    assert page.get_by_text("没有存在这台手机上").is_visible()
    page.get_by_role("link", name="2026年9月 财务收支 - 青石村 · 村务公开").click()
    page.wait_for_url(address + LEDGER)
    assert page.locator("h1").inner_text() == "2026年9月 财务收支"


def test_search_goes_on_without_network_where_it_was_used_before(phone: BrowserContext, address: str):
    page = seen(phone, address, "qingshi/search/")
    page.get_by_role("searchbox").fill("路灯")
    page.get_by_text("共 ").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    phone.set_offline(True)
    page.reload()
    page.get_by_role("searchbox").fill("路燈")

    page.locator(".hits mark").first.wait_for()
    assert set(page.locator(".hits mark").all_inner_texts()) == {"路灯"}


def test_what_an_earlier_form_of_the_keeper_left_is_removed(browser: Browser, address: str):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + "assets/share.png")
        page.evaluate("caches.open('cunwu-pages-0').then(cache => cache.put('x', new Response('x')))")
        page.goto(address)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")

        assert "cunwu-pages-0" not in page.evaluate("caches.keys()")


def test_what_was_not_opened_for_thirty_days_is_removed(phone: BrowserContext, address: str):
    page = seen(phone, address, LEDGER)
    page.evaluate(
        """async url => {
          const name = (await caches.keys()).find(name => name.startsWith("cunwu-pages"));
          const cache = await caches.open(name), answer = await cache.match(url);
          const old = String(Date.now() - 31 * 864e5);
          const headers = {"content-type": "text/html", "x-cunwu-kept": old};
          await cache.put(url, new Response(await answer.blob(), {headers}));
        }""",
        address + LEDGER,
    )
    phone.set_offline(True)
    page.goto(address + LEDGER)

    assert page.get_by_text("没有存在这台手机上").is_visible()


def test_the_board_for_supervisors_keeps_nothing(browser: Browser, sample: Path):
    with hosted(sample / "site-audit") as board, browser.new_context() as context:
        page = context.new_page()
        page.goto(board)
        page.wait_for_timeout(500)

        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


def test_a_host_that_does_not_answer_is_not_waited_for_longer_than_four_seconds(
    phone: BrowserContext, address: str
):
    page = seen(phone, address, LEDGER)
    worker = phone.service_workers[0]
    worker.evaluate("() => { self.fetch = () => new Promise(() => {}); }")
    page.goto("about:blank")
    try:
        page.goto(address + LEDGER, timeout=8000)
    except BrowserError as error:
        pytest.fail(str(error))

    assert page.locator("h1").inner_text() == "2026年9月 财务收支"
