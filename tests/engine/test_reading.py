"""What the shell tells browsers and other programs of a page: its feeds, its summary, who may keep it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.engine.assets import public_files, theme_files
from generator.engine.shell import Shell
from generator.model.site import File, Page, Site
from generator.promises.settings import Settings
from tests.engine.conftest import NASTY

_FEED = re.compile(r'<link rel="alternate" type="application/atom\+xml" title="([^"]*)" href="([^"]*)">')
_META = re.compile(r'<meta property="(og:\w+)" content="([^"]*)">')


@pytest.fixture
def fed(village: Site) -> Site:
    """Return a village with a feed of its own and one of an item."""
    feeds = [File("qingshi/feed.xml", b""), File("qingshi/finance/feed.xml", b"")]
    return replace(village, files=(*village.files, *feeds))


def test_a_page_names_the_feed_of_its_village_and_that_of_its_item(shell: Shell, fed: Site):
    found = {page.url: _FEED.findall(shell.render(fed, page)) for page in fed.pages}

    assert found["qingshi/"] == [("青石村 · 村务公开", "./feed.xml")]
    assert found["qingshi/finance/2026-03/"] == [
        ("青石村 · 村务公开", "../../feed.xml"),
        ("只看这一项", "../../finance/feed.xml"),
    ]
    assert found["qingshi/rules/"] == [("青石村 · 村务公开", "../feed.xml")]


def test_the_quick_way_gives_the_same_as_the_long_one_with_feeds(shell: Shell, fed: Site):
    for page in fed.pages:
        assert shell.render(fed, page) == shell.render_whole(fed, page), page.url


def test_a_site_without_feeds_is_kept_by_no_browser(shell: Shell, fed: Site, village: Site):
    assert 'data-worker="../sw.js"' in shell.render(fed, fed.pages[0])
    assert "data-worker" not in shell.render(village, village.pages[0])


def test_a_page_tells_other_programs_its_title_and_what_it_says(
    root: Path, settings: Settings, village: Site
):
    shell = Shell(root, replace(settings, site_url="https://cunwu.example.cn/gongkai"))
    page = village.pages[3]
    found = dict(_META.findall(shell.render(village, page)))

    assert unescape(found["og:title"]) == unescape(found["og:description"]) == NASTY
    assert found["og:url"] == "https://cunwu.example.cn/gongkai/qingshi/finance/2026-03/"
    assert found["og:image"] == "https://cunwu.example.cn/gongkai/assets/share.png"


def test_a_page_with_persons_tells_other_programs_nothing(shell: Shell, village: Site):
    html = shell.render(village, replace(village.pages[3], is_passing=True))

    assert "og:" not in html
    assert '<meta name="robots" content="noindex' in html


def test_only_a_search_page_asks_for_search(root: Path, settings: Settings, shell: Shell, village: Site):
    page = Page("qingshi/search/", "搜索", "", "<h1>搜索</h1>", "qingshi/search/")
    nav = (*village.nav, replace(village.nav[0], title="搜索", url="qingshi/search/"))
    html = shell.render(replace(village, nav=nav), page)
    names = {file.path for file in public_files(shell, theme_files(root, settings))}

    scripts = re.findall(r'(?:src|data-traditional)="\.\./\.\./(assets/(?:search|traditional)\.[^"]+)"', html)
    assert len(scripts) == 2 and set(scripts) <= names
    assert "assets/search." not in shell.render(village, village.pages[0])


def test_the_keeper_knows_every_asset_and_stands_where_its_address_never_changes(
    root: Path, settings: Settings, shell: Shell
):
    assets = theme_files(root, settings)
    keeper = next(file for file in public_files(shell, assets) if file.path == "sw.js").content.decode()
    known = re.match(r"self\.cunwuAssets = (\[.*?\]);\n", keeper)

    assert known is not None
    assert json.loads(known[1]) == [file.path for file in assets]
