"""Languages: the sample county in Chinese of both kinds, in English, and in one written from the right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from importlib.resources import files as package_files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.catalogue import POT, read_translation
from tests.end_to_end.browsing import chromium, hosted
from tests.end_to_end.conftest import build, pages_of
from tests.end_to_end.test_accessibility import OPTIONS, RUN
from tests.end_to_end.test_links import target_of
from tests.languages import make_up, speak
from tests.pages.parsing import Parsed
from tests.sample import copy_sample, tree

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ug")
KINDS = (
    "",
    "qingshi/",
    "qingshi/finance/2026-09/",
    "qingshi/calendar/",
    "qingshi/election/",
    "qingshi/search/",
    "dictionary/finance/",
)
AXE = package_files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALLOWED = re.compile(r"mailto:|https://cunwu\.example/|tel:|#|https://beian")
# Guides show what a clerk has to type, which is Chinese in every language.
_SHOWN_AS_TYPED = re.compile(r"^en/dictionary/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_sample(tmp_path_factory.mktemp("languages") / "county")
    make_up(root, "ug", "سۆز", without=("公开日历",))
    speak(root, *LANGUAGES)
    build(root)
    return root / "site"


@pytest.fixture(scope="module")
def files(site: Path) -> dict[str, bytes]:
    return tree(site)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Parsed]:
    return {path: Parsed(text) for path, text in pages_of(files).items()}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def test_every_link_of_every_language_leads_to_a_file(files, pages):
    broken = [
        (path, link)
        for path, page in pages.items()
        if path != "404.html"
        for link in {*page.values("href"), *page.values("src")}
        if not _ALLOWED.match(link) and target_of(path, link) not in files
    ]

    assert broken == []


def test_links_stay_within_the_language_and_every_page_is_reached(files, pages):
    for prefix in ("zh-Hant/", "en/", "ug/"):
        own = {path for path in pages if path.startswith(prefix)}
        reached, waiting = set(), [f"{prefix}index.html"]
        while waiting:
            path = waiting.pop()
            if path not in reached:
                reached.add(path)
                links = {target_of(path, link) for link in pages[path].values("href") if ":" not in link}
                waiting += [target for target in links & own if target not in reached]
        assert reached == own
        article = re.compile(r"<article.*?</article>", re.DOTALL)
        for path in own:
            inner = article.search(files[path].decode())
            links = re.findall(r'href="([^"#]+)', inner[0] if inner else "")
            targets = {target_of(path, link) for link in links if not _ALLOWED.match(link)}
            assert {t for t in targets if t.endswith(".html") and not t.startswith(prefix)} == set(), path


def test_every_page_leads_to_itself_in_every_other_language(files, pages):
    for path in pages:
        if path == "404.html":
            continue
        plain = re.sub(r"^(zh-Hant|en|ug)/", "", path)
        wanted = {plain, f"zh-Hant/{plain}", f"en/{plain}", f"ug/{plain}"}
        switch = re.search(r'<nav class="cw-tongues".*?</nav>', files[path].decode(), re.DOTALL)
        assert switch is not None
        assert {target_of(path, link) for link in re.findall(r'href="([^"]+)"', switch[0])} == wanted
        assert switch[0].count('aria-current="true"') == 1


def test_every_page_says_in_which_language_it_is_and_where_its_lines_begin(files, pages):
    told = {"en/": "en", "zh-Hant/": "zh-Hant", "ug/": "ug"}
    for path in pages:
        code = next((code for prefix, code in told.items() if path.startswith(prefix)), "zh-CN")
        text = files[path].decode()
        assert f'<html lang="{code}"' in text, path
        assert (f'dir="{"rtl" if code == "ug" else "ltr"}"' in text) is True, path


def test_no_word_of_the_program_is_left_in_chinese_on_english_pages(files):
    messages = {
        form
        for entry in read_translation(POT)
        for form in (entry.id if isinstance(entry.id, tuple) else (entry.id,))
        if _HAN.search(form)
    } - {"简体"}
    # Roles, places and titles that records hold may be called like a message by chance.
    in_records = {
        cell
        for path, content in files.items()
        if path.endswith(".csv")
        for cell in re.split(r"[,\n\"]", content.decode("utf-8-sig"))
    }
    left = {}
    for path, content in files.items():
        if path.startswith("en/") and path.endswith(".html") and not _SHOWN_AS_TYPED.match(path):
            text = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
            said = re.findall(r">([^<>]+)<", text)
            said += re.findall(r'(?:aria-label|placeholder|alt|title|data-label)="([^"]*)"', text)
            found = {html.unescape(one).strip() for one in said} & (messages - in_records)
            if found:
                left[path] = found

    assert left == {}


def test_what_a_county_has_not_translated_is_told_in_the_main_language(files):
    page = files["ug/qingshi/calendar/index.html"].decode()

    assert "<h1>公开日历</h1>" in page
    assert "سۆز" in page


def test_scripts_speak_the_language_of_the_page(site: Path, browser: Browser):
    with hosted(site) as address, browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{address}en/qingshi/finance/2026-09/")
        buttons = page.locator("button:visible").all_inner_texts()

        assert "Copy the main points of this page" in buttons
        assert [text for text in buttons if _HAN.search(text)] == []


@pytest.mark.parametrize("query", ["路灯", "financial", "财务收支"])
def test_a_search_in_english_finds_records_and_titles_and_leads_to_english_pages(
    site: Path, browser: Browser, query: str
):
    with hosted(site) as address, browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{address}en/qingshi/search/")
        page.fill("#search-text", query)
        page.wait_for_selector("[data-search-hits] a")
        link = page.locator("[data-search-hits] a").first
        title = link.locator("span").first

        assert not _HAN.search(title.inner_text())
        assert page.evaluate("link => link.href", link.element_handle()).startswith(f"{address}en/qingshi/")


@pytest.mark.parametrize("query", ["financial", "财务收支"])
def test_the_county_is_searched_in_english_and_leads_to_english_pages(
    site: Path, browser: Browser, query: str
):
    with hosted(site) as address, browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{address}en/search/")
        page.fill("#search-text", query)
        page.wait_for_selector("[data-search-hits] a[href*=finance]")
        link = page.locator("[data-search-hits] a[href*=finance]").first
        _village, _colon, title = link.locator("span").first.inner_text().partition(":")

        assert title
        assert not _HAN.search(title)
        assert page.evaluate("link => link.href", link.element_handle()).startswith(f"{address}en/")


@pytest.mark.parametrize("language", ["en", "zh-Hant", "ug"])
def test_pages_in_other_languages_fit_a_phone_and_pass_axe(site: Path, browser: Browser, language: str):
    found = {}
    with hosted(site) as address, browser.new_context(viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        for url in KINDS:
            page.goto(f"{address}{language}/{url}")
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": 360, "height": height})
            page.evaluate(AXE)
            # One made-up word for all makes landmarks alike that real words tell apart.
            broken = [v["id"] for v in page.evaluate(RUN, OPTIONS) if v["id"] != "landmark-unique"]
            page.set_viewport_size({"width": 360, "height": 740})
            if over > 0 or broken:
                found[url] = (over, broken)

    assert found == {}


def test_the_way_to_another_language_is_big_enough_and_needs_no_script(site: Path, browser: Browser):
    with (
        hosted(site) as address,
        browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False) as context,
    ):
        page = context.new_page()
        page.goto(f"{address}qingshi/")
        links = page.locator(".cw-tongues a")
        boxes = [links.nth(number).bounding_box() for number in range(links.count())]
        page.get_by_role("link", name="English").first.click()

        assert len(boxes) == 2 * len(LANGUAGES)
        assert all(box is not None and box["width"] >= 48 and box["height"] >= 48 for box in boxes)
        assert page.url == f"{address}en/qingshi/"
