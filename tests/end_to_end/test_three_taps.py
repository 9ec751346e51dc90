"""Three taps: from the short address on the wall to what a road cost, who was paid, and one's own subsidy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.end_to_end.browsing import chromium, hosted

PHONE = {"width": 390, "height": 844}
VILLAGE = "qingshi/"  # what the code and the short address on every poster lead to


class Villager:
    """Somebody with a telephone, who taps what is to be seen; each tap is counted."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.taps = 0
        page.goto(address + VILLAGE)

    def tap(self, what: Locator) -> None:
        what.scroll_into_view_if_needed()
        box = what.bounding_box()
        assert box is not None and min(box["width"], box["height"]) >= 44, what
        what.tap()
        self.taps += 1
        self.page.wait_for_load_state("load")

    def open_topic(self, topic: str) -> None:
        """Tap a topic among all that the village discloses."""
        self.tap(self.page.get_by_role("navigation", name="全部公开内容").get_by_role("link", name=topic))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(sample: Path) -> Iterator[str]:
    with hosted(sample / "site") as base:
        yield base


@pytest.fixture(params=["scripts", "no scripts"])
def villager(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Villager]:
    scripts = request.param == "scripts"
    with browser.new_context(
        viewport=PHONE, has_touch=True, java_script_enabled=scripts, service_workers="block"
    ) as context:
        yield Villager(context.new_page(), address)


def test_what_the_road_cost_and_who_was_paid_is_two_taps_away(villager: Villager):
    villager.open_topic("工程与建设")
    villager.tap(villager.page.get_by_role("link", name=re.compile("^2026年 工程项目")))
    road = villager.page.locator("tr", has_text="三组道路硬化").filter(has=villager.page.locator("td.lead"))

    assert villager.taps == 2
    card = road.inner_text()
    for told in ("三组道路硬化", "川水建筑队", "132,000.00", "126,000.00", "100,200.00", "施工中"):
        assert told in card


def test_each_payment_for_the_road_is_two_taps_away(villager: Villager):
    villager.tap(villager.page.get_by_role("link", name=re.compile("^看每一笔")))
    paid = villager.page.locator("tr", has_text="三组道路硬化第二次付款").inner_text()

    assert villager.taps == 1
    assert "12,000.00" in paid and "2026-09-18" in paid


def test_one_s_own_subsidy_by_scheme_period_and_group_is_three_taps_away(villager: Villager):
    villager.open_topic("补贴救助")
    villager.tap(villager.page.get_by_role("link", name=re.compile("^2026年第三季度 高龄津贴")))
    villager.tap(villager.page.get_by_role("link", name="五组 9 条"))
    rows = villager.page.locator("table.rows tbody tr")

    assert villager.taps == 3
    assert villager.page.locator("input[type=number], input[type=tel]").count() == 0
    first = villager.page.locator("tr", has=villager.page.locator("td", has_text="五组")).first
    box = first.bounding_box()
    assert box is not None and 0 <= box["y"] < PHONE["height"]
    if villager.page.evaluate("document.documentElement.classList.contains('js')"):
        shown = [row.inner_text() for row in rows.all() if row.is_visible()]
        assert len(shown) == 9 and all("五组" in row for row in shown)
    else:
        assert rows.count() == 41 and first.evaluate("row => row.matches(':target')")


def test_the_whole_list_is_back_at_a_second_tap(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, has_touch=True, service_workers="block") as context:
        page = context.new_page()
        page.goto(address + "qingshi/subsidy/2026Q3--elderly/")
        group, rows = page.get_by_role("link", name="五组 9 条"), page.locator("table.rows tbody tr:visible")
        group.tap()
        assert (rows.count(), group.get_attribute("aria-current")) == (9, "true")
        group.tap()
        assert (rows.count(), group.get_attribute("aria-current")) == (41, None)


def test_nothing_asks_for_what_tells_one_person_from_another(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        page = context.new_page()
        page.goto(address + "qingshi/subsidy/2026Q3--elderly/")
        asked = page.locator("article label").all_inner_texts()

        assert asked == ["问第几号"]
        assert not re.search("身份证|证件|银行卡|手机号", page.locator("article").inner_text())
