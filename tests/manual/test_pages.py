"""The manual's pages: no dead link, one heading each, and nothing to push sideways on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.engine.manual import CHAPTERS, FOLDER, reading_pages, url_of
from generator.wording.languages import SOURCE
from tests.catalogue import draw_reading
from tests.end_to_end.browsing import DESK, PHONE
from tests.manual.blocks import README, ROOT
from tests.pages.parsing import Parsed
from tests.sample import tree
from tests.web import served

_LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
OUTSIDE = ("https://specs.frictionlessdata.io/table-schema/", "https://framework.frictionlessdata.io/")


@pytest.fixture(scope="module")
def pages(manual: Path) -> dict[str, Parsed]:
    return {
        path: Parsed(content.decode()) for path, content in tree(manual).items() if path.endswith(".html")
    }


def test_every_file_of_the_manual_is_a_chapter_or_a_picture_of_one():
    translations = {f"villagers.{code}" for code in reading_pages() if code != SOURCE}

    assert {path.stem for path in FOLDER.glob("*.md")} == set(CHAPTERS) | translations
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert all(f"]({path.name})" in text for path in FOLDER.glob("*.svg"))


def test_villagers_are_told_the_same_in_every_language():
    texts = {code: Parsed(page.content) for code, page in reading_pages().items()}
    counts = {code: [len(text.texts(tag)) for tag in ("h2", "li", "tr", "p")] for code, text in texts.items()}

    assert set(counts) == {SOURCE, "zh-Hant", "en"}
    assert all(count == counts[SOURCE] for count in counts.values()), counts
    assert FOLDER.joinpath("villagers.zh-Hant.md").read_bytes() == draw_reading(), "run: make catalogue"


def test_every_link_leads_to_a_page_and_to_a_mark_of_it(manual: Path, pages: dict[str, Parsed]):
    files, broken = tree(manual), []
    for path, page in pages.items():
        for link in {*page.values("href"), *page.values("src")} - set(OUTSIDE):
            parts = urlsplit(link)
            goal = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            goal = normpath(join(goal, "index.html")) if parts.path.endswith("/") else goal
            mark = unquote(parts.fragment)
            if goal not in files or (mark and mark not in pages[goal].values("id")):
                broken.append((path, link))

    assert broken == []


def test_every_link_between_the_files_leads_to_one():
    """Markdown is read where it lies, too: in the repository's web view."""
    broken = []
    for path in (README, *FOLDER.glob("*.md")):
        for link in _LINK.findall(path.read_text(encoding="utf-8")):
            if not urlsplit(link).scheme and not (path.parent / link.partition("#")[0]).exists():
                broken.append((path.relative_to(ROOT).as_posix(), link))

    assert broken == []


def test_every_page_has_one_heading_and_its_language(pages: dict[str, Parsed]):
    assert set(pages) == {f"{url_of(name)}index.html" for name in CHAPTERS}
    for path, page in pages.items():
        assert len(page.texts("h1")) == 1, path
        assert page.unbalanced == [], path
        assert len(set(page.values("id"))) == len(page.values("id")), path
    english = [path for path, page in pages.items() if ("div", "en") in languages(page)]
    assert english == ["developers/index.html", "schemas/index.html"]


def languages(page: Parsed) -> set[tuple[str, str]]:
    return {(tag, attributes["lang"]) for tag, attributes in page.tags if "lang" in attributes}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_is_pushed_sideways_and_axe_finds_nothing(manual: Path, browser, size):
    with served(manual) as address:
        context = browser.new_context(viewport=size)
        page = context.new_page()
        for name in CHAPTERS:
            page.goto(address + url_of(name))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        for name in ("clerks", "developers"):
            page.goto(address + url_of(name))
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        context.close()
