"""Coming back and passing on: what changed since the last visit, a page in short, what it weighs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.end_to_end.browsing import hosted

HOME = "qingshi/"
TITLES = "qingshi/search/titles.json"
PASSING = "qingshi/subsidy/2026Q3--elderly/"
FIRST_VISIT, SECOND_PAGE = 60_000, 12_000
# One page of each kind; the heaviest of the sample among them.
KINDS = (
    "",
    "search/",
    "offline/",
    "dictionary/finance/",
    "qingshi/",
    "qingshi/search/",
    "qingshi/calendar/",
    "qingshi/topics/finance/",
    "qingshi/finance/",
    "qingshi/finance/2026-09/",
    "qingshi/subsidy/2026Q1--farmland/",
    "qingshi/election/2026-04-18/",
    "qingshi/village_rules/2026/",
)


@pytest.fixture
def site(sample: Path, tmp_path: Path) -> Path:
    """Return a copy of the public site, for a test to change."""
    return Path(shutil.copytree(sample / "site", tmp_path / "site"))


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with hosted(site) as base:
        yield base


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 360, "height": 780}, service_workers="block") as context:
        yield context


def came_home(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address + HOME)
    page.wait_for_load_state("networkidle")
    return page


def disclose(site: Path) -> None:
    """Publish one page more and correct another, as a later build would."""
    path = site / TITLES
    titles = json.loads(path.read_bytes())
    entry = next(page for page in titles["pages"] if page[0] == "finance/2026-08/")
    entry[3] = "0badcafe"
    titles["pages"].append(["finance/2026-10/", "2026年10月 财务收支", "2026-11-10", "12345678"])
    path.write_bytes(json.dumps(titles, ensure_ascii=False).encode())
    home = site / HOME / "index.html"
    text = home.read_text(encoding="utf-8")
    mark = text.partition('data-mark="')[2][:8]
    home.write_text(text.replace(f'data-mark="{mark}"', 'data-mark="feedbeef"'), encoding="utf-8")


def test_a_first_visit_speaks_of_no_changes(phone: BrowserContext, address: str):
    page = came_home(phone, address)

    assert page.get_by_text("上次来看").count() == 0


def test_what_is_new_and_what_was_changed_is_told_until_the_reader_has_seen_it(
    phone: BrowserContext, address: str, site: Path
):
    came_home(phone, address)
    disclose(site)
    for _visit in range(2):
        page = came_home(phone, address)
        box = page.locator("[data-changes]")
        assert "新公开 1 项，改动 1 项" in box.inner_text()
        assert [link.get_attribute("href") for link in box.get_by_role("link").all()] == [
            "finance/2026-10/",
            "finance/2026-08/",
        ]

    page.get_by_role("button", name="看过了").click()
    assert box.is_visible() is False
    assert came_home(phone, address).get_by_text("上次来看").count() == 0


def test_a_village_where_nothing_changed_asks_for_nothing(phone: BrowserContext, address: str):
    came_home(phone, address)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    came_home(phone, address)

    assert address + HOME in asked and address + TITLES not in asked


def test_what_a_reader_has_seen_is_sent_nowhere(phone: BrowserContext, address: str):
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    page = came_home(phone, address)

    assert page.evaluate("Object.keys(localStorage).some(key => key.startsWith('cunwuSeen'))")
    assert [line for line in sent if not line.startswith("GET ") or "?" in line] == []
    assert phone.cookies() == []


def test_the_points_of_a_page_are_copied_with_its_figure_and_address(phone: BrowserContext, address: str):
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = phone.new_page()
    page.goto(address + "qingshi/finance/2026-09/")
    canonical = page.locator('link[rel="canonical"]')
    link = canonical.get_attribute("href") if canonical.count() else page.url
    page.get_by_role("button", name="复制这一页的要点").click()
    page.get_by_text("已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()").split("\n")

    assert copied[0] == "2026年9月 财务收支 - 青石村 · 村务公开"
    assert copied[1] == "本期结余（9 月 30 日） 44,278.21"
    assert copied[2].startswith("村委会这一期收入")
    assert copied[3] == link


def test_the_points_are_copied_where_the_clipboard_is_closed_to_scripts(phone: BrowserContext, address: str):
    phone.grant_permissions(["clipboard-read"])
    phone.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined});")
    page = phone.new_page()
    page.goto(address + HOME)
    page.get_by_role("button", name="复制这一页的要点").click()

    page.get_by_text("已复制").wait_for()


def test_a_phone_that_can_pass_on_is_offered_to(phone: BrowserContext, address: str):
    phone.add_init_script(
        "navigator.share = points => { window.passed = points; return Promise.resolve(); };"
    )
    page = phone.new_page()
    page.goto(address + HOME)
    page.get_by_role("button", name="转发").click()

    assert page.evaluate("window.passed.text").startswith("青石村 · 村务公开\n现在结余 ")


def test_a_list_of_persons_is_not_offered_to_be_passed_on(phone: BrowserContext, address: str):
    page = phone.new_page()
    page.goto(address + PASSING)

    assert page.locator("td.lead").count() > 3
    assert page.locator(".cw-share").count() == 0


@pytest.mark.parametrize("url", KINDS)
def test_no_first_visit_is_heavy_and_every_next_page_is_light(browser: Browser, sample: Path, url: str):
    sent: list[tuple[str, int]] = []
    with hosted(sample / "site", sent) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address + url)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.wait_for_load_state("networkidle")
        first = sum(size for _path, size in sent)
        assert 0 < first <= FIRST_VISIT, sent

        sent.clear()
        page.goto(address + "qingshi/finance/2026-08/")
        page.wait_for_load_state("networkidle")
        second = sum(size for _path, size in sent)
        print(f"/{url}: {first} bytes, then {second}")
        assert 0 < second <= SECOND_PAGE, sent
