"""More villages than a page can list, on a phone: found by name and letters, or tap by tap."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.browsing import PHONE, hosted
from tests.end_to_end.conftest import build
from tests.end_to_end.fitting import misfits
from tests.end_to_end.test_search import ask, titles
from tests.sample import copy_sample

MARKS = "石溪河东坪云竹泉凤高柏沙田园岭松槐龙虎新安和平"
NAMES = [f"{one}{MARKS[(n + step) % len(MARKS)]}村" for step in range(1, 6) for n, one in enumerate(MARKS)]
TOWNSHIPS = {"dongshan": "东山镇", "jinsha": "金沙乡", "shanjia": "单家镇"}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the root of a county of one full village and a hundred that have published nothing yet."""
    root = copy_sample(tmp_path_factory.mktemp("city") / "county")
    for others in ("_county", "baiyun", "qingxi/zhuyuan", "qingxi/shiqiao"):
        shutil.rmtree(root / "content" / others, ignore_errors=True)
        shutil.rmtree(root / "content_private" / others, ignore_errors=True)
    for number, name in enumerate(NAMES):
        place, (folder, township) = number % 3, list(TOWNSHIPS.items())[number % 3]
        path = root / "content" / folder / f"v{number:03}"
        path.mkdir(parents=True)
        code = f"999901{101 + place}"
        (path.parent / "township.yaml").write_text(f'name: {township}\ncode: "{code}000"\n', encoding="utf-8")
        told = f'slug: v{number:03}\nname: {name}\ncode: "{code}{200 + number}"\nkind: village\n'
        (path / "village.yaml").write_text(told, encoding="utf-8")
    build(root)
    # As heavy as the titles of a real city, of which a phone loads none by itself.
    path = root / "site" / "search" / "villages.json"
    listed = json.loads(path.read_bytes())
    listed["shards"] = [[folder, name, 900] for folder, name, _weight in listed["shards"]]
    path.write_text(json.dumps(listed), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def address(city: Path) -> Iterator[str]:
    with hosted(city / "site") as base:
        yield base


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def search(browser: Browser, address: str) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        page = context.new_page()
        page.goto(address + "search/")
        yield page


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("溪河", "溪河村"),
        ("xhe", "溪河村"),
        ("hec", "溪河村"),
        ("河東", "河东村"),
        ("柏沙村", "柏沙村"),
        ("村", ""),
        ("西", ""),
        ("vv", ""),
        ("单家", "单家镇"),
        ("chanjia", "单家镇"),
    ],
)
def test_a_village_of_many_is_found_by_name_pinyin_and_initials(search: Page, query: str, name: str):
    found = titles(ask(search, query))

    assert name in found if name else found == []


def test_a_phone_loads_only_the_names_of_the_letter_that_was_typed(phone: Page, address: str):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.removeprefix(f"{address}search/")))
    phone.goto(address + "search/")
    ask(phone, "fgc")
    ask(phone, "凤高")

    assert [name for name in asked if name.startswith("names-")] == ["names-f.json"]
    assert phone.locator("[data-search-hits] li").inner_text().split() == ["凤高村", "单家镇"]


def test_what_most_names_have_is_said_to_tell_nothing(search: Page):
    ask(search, "村")

    assert search.get_by_role("status").inner_text() == "「村」很多村名里都有，请再打一个字。"


def test_a_township_that_is_chosen_keeps_the_others_villages_away(phone: Page, address: str):
    phone.goto(address + "search/")
    assert titles(ask(phone, "溪河")) == ["溪河村"]
    phone.get_by_label("找哪里").select_option(label="清溪镇")
    phone.wait_for_function("!document.querySelector('[data-search-hits] li')")
    assert "没有找到" in phone.get_by_role("status").inner_text()
    assert phone.get_by_role("button", name="标题里找").count() == 0
    assert phone.get_by_text("请先选乡镇").is_visible()


def test_names_that_could_not_be_read_are_read_with_the_next_letter(phone: Page, address: str):
    phone.goto(address + "search/")
    ask(phone, "bai")
    phone.context.set_offline(True)
    phone.get_by_role("searchbox").fill("feng")
    phone.get_by_text("网络不通，没有读全").wait_for()

    phone.context.set_offline(False)
    assert "凤高村" in titles(ask(phone, "fengg"))
    assert "网络不通" not in phone.get_by_role("status").inner_text()


def test_the_home_finds_townships_at_once_and_leads_on_to_villages(phone: Page, address: str):
    phone.goto(address)
    assert misfits(phone) == []
    phone.get_by_role("searchbox").fill("danjia")
    shown = phone.locator("[data-filter-list] li:visible")
    assert [text.partition("镇")[0] for text in shown.all_inner_texts()] == ["单家"]

    phone.get_by_role("searchbox").fill("凤高")
    phone.get_by_role("button", name="找村").click()
    phone.locator("[data-search-hits] a").first.click()
    phone.wait_for_url(lambda url: url.endswith("/") and "search" not in url)
    assert phone.get_by_role("heading", level=1).inner_text().startswith("凤高村")


@pytest.mark.parametrize("way", [["单家镇"], ["搜索 找村名", re.compile("^F ")]])
def test_without_scripts_a_village_is_reached_tap_by_tap(
    browser: Browser, address: str, way: list[str | re.Pattern[str]]
):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        for step in [*way, "凤高村"]:
            page.locator("article").get_by_role("link", name=step).first.click()

        assert page.get_by_role("heading", level=1).inner_text().startswith("凤高村")


def test_pages_of_names_and_boards_fit_a_phone(phone: Page, city: Path, address: str):
    for url in ("search/", "search/b/"):
        phone.goto(address + url)
        assert misfits(phone) == [], url
    with hosted(city / "site-audit") as board:
        for url in ("", "townships/jinsha/", "items/", "corrections/", "households/"):
            phone.goto(board + url)
            assert misfits(phone) == [], url
        phone.goto(board)
        phone.get_by_role("searchbox").fill("jsx")
        assert phone.locator("tr[data-name]:visible").count() == 1
