"""The shell: what surrounds a page, and that the quick way gives the same as the long one."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from generator.engine.shell import Shell
from generator.model.finding import SetupError
from generator.model.site import NavEntry, Page, Site
from generator.promises.settings import Settings
from tests.engine.conftest import NASTY, village_named
from tests.engine.reading import links_in, words_in


@pytest.mark.parametrize("site_url", ["", "https://cunwu.example.cn/gongkai/"])
def test_the_filled_chrome_equals_material_s_own_rendering(
    root: Path, settings: Settings, village: Site, portal: Site, site_url: str
):
    shell = Shell(root, replace(settings, site_url=site_url))
    sites = [village, portal, village_named("白水村", "baishui/"), village]

    for site in sites:
        for page in site.pages:
            assert shell.render(site, page) == shell.render_whole(site, page), page.url


def test_the_address_of_a_page_is_told_when_the_county_has_one(root: Path, settings: Settings, village: Site):
    shell = Shell(root, replace(settings, site_url="https://cunwu.example.cn/gongkai"))

    html = shell.render(village, village.pages[2])

    assert '<link rel="canonical" href="https://cunwu.example.cn/gongkai/qingshi/finance/">' in html


def test_a_title_never_becomes_markup_or_template_code(shell: Shell, village: Site):
    page = next(page for page in village.pages if page.title == NASTY)

    html = shell.render(village, page)

    assert unescape(re.search("<title>(.*?)</title>", html)[1]) == f"{NASTY} - 青石村 · 村务公开"
    assert unescape(re.search('<meta name="description" content="(.*?)">', html)[1]) == NASTY
    assert "alert(1)</script>" not in html


def test_names_in_the_menu_are_escaped(shell: Shell):
    page = Page("a/x/", "一", "", "", "a/x/")
    nav = (NavEntry(NASTY, "a/x/", (NavEntry(NASTY, "a/y/"),)),)

    html = shell.render(Site(NASTY, "a/", nav, (page,)), page)

    assert "alert(1)</script>" not in html
    assert html.count("&lt;b&gt;") >= 4


def test_a_mark_of_the_chrome_within_a_page_is_left_alone(shell: Shell, village: Site):
    mark = "\ufdd0content\ufdd1"
    page = replace(village.pages[3], title=mark, content=f"<p>{mark}</p>")

    html = shell.render(village, page)

    assert f"<p>{mark}</p>" in html
    assert f"<title>{mark} - " in html


def test_villages_of_one_menu_share_their_chromes_and_strangers_are_forgotten(root: Path, settings: Settings):
    shell = Shell(root, settings)
    for number in range(30):
        site = village_named(f"{number}村", f"v{number}/")
        for page in site.pages:
            shell.render(site, page)
    shared = len(shell._chromes)
    for number in range(30):
        page = Page("w/", "", "", "")
        shell.render(Site("村", "w/", (NavEntry(f"{number}", "w/"),), (page,)), page)

    assert shared == 1
    assert len(shell._chromes) <= 8


def test_the_current_entry_is_marked_and_its_category_stands_open(shell: Shell, village: Site):
    html = shell.render(village, village.pages[3])

    assert re.findall(r'href="\S*?(\w+/)" aria-current="true"', html) == ["finance/"]
    assert html.count("<details open>") == 1
    assert 'aria-current="page"' in shell.render(village, village.pages[2])
    assert "<details open>" not in shell.render(village, village.pages[5])


def test_the_way_back_leads_over_category_and_village_to_the_portal(shell: Shell, village: Site):
    html = shell.render(village, village.pages[3])

    path = re.search('<nav class="cw-path".*?</nav>', html, re.DOTALL)[0]
    assert words_in(path, "nav") == ["云溪县", "青石村", "财务", "收支"]
    assert links_in(path, "qingshi/finance/2026-03/", "nav") == [
        "http://site/",
        "http://site/qingshi/",
        "http://site/qingshi/money/",
        "http://site/qingshi/finance/",
    ]


def test_links_are_relative_and_nothing_comes_from_elsewhere(shell: Shell, village: Site, portal: Site):
    for site in (village, portal):
        for page in site.pages:
            html = shell.render(site, page)
            targets = re.findall(r'(?:href|src)="([^"]*)"', html.replace(page.content, ""))
            assert not [target for target in targets if re.match("/|[a-z]+:", target)]
            assert "<script>" not in html.replace(page.content, "")
            assert "fonts.g" not in html and "bundle" not in html


def test_the_page_for_lost_addresses_finds_its_style_from_anywhere(
    root: Path, settings: Settings, portal: Site
):
    shell = Shell(root, replace(settings, site_url="https://cunwu.example.cn/gongkai/"))

    html = shell.render(portal, portal.pages[2])

    assert 'href="/gongkai/assets/' in html
    assert "noindex" in html and "canonical" not in html


def test_the_page_says_its_language_its_marks_and_that_the_figures_are_made_up(
    root: Path, settings: Settings, shell: Shell, village: Site
):
    html = shell.render(village, village.pages[0])
    real = Shell(root, replace(settings, is_demo=False, filing_numbers=("蜀ICP备12345678号",)))
    earnest = real.render(village, village.pages[0])

    assert '<html lang="zh-CN"' in html
    assert html.count("<h1") == html.count("<main") == html.count("<header") == html.count("<footer") == 1
    assert "演示数据：地名、人名、金额均为虚构" in html
    assert "演示数据" not in earnest
    assert "蜀ICP备12345678号" in earnest


def test_a_root_without_mkdocs_yml_is_a_broken_set_up(tmp_path: Path, settings: Settings):
    with pytest.raises(SetupError, match=r"mkdocs\.yml"):
        Shell(tmp_path, settings)


def test_a_site_that_is_not_public_has_no_address_on_the_web(root: Path, settings: Settings, village: Site):
    shell = Shell(root, replace(settings, site_url="https://cunwu.example/"))
    board = replace(village, is_public=False)

    for page in village.pages:
        if not page.is_passing:
            assert f"https://cunwu.example/{page.url}" in shell.render(village, page)
        hidden = shell.render(board, page)
        assert hidden == shell.render_whole(board, page)
        assert "cunwu.example" not in hidden
        assert "about-qr" not in hidden
