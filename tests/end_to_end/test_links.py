"""Links: every one of the built site leads to a file of it, from wherever the site is put."""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from tests.end_to_end.conftest import pages_of
from tests.pages.parsing import Parsed
from tests.sample import tree

FILING = "https://beian.miit.gov.cn/"
ADDRESS = "https://cunwu.example/a/b/"  # of the site as conftest builds it
ASKING = ("mailto:wen@cunwu.example?subject=", "https://cunwu.example/wen?ref=")
_URL = re.compile(rb"url\(\s*['\"]?(?!data:|#)([^'\")]+)")


@pytest.fixture(scope="module", params=["site", "site-audit"])
def files(request: pytest.FixtureRequest, sample: Path) -> dict[str, bytes]:
    return tree(sample / request.param)


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Parsed]:
    return {path: Parsed(text) for path, text in pages_of(files).items()}


def target_of(page: str, link: str) -> str:
    """Return the file that ``link`` on ``page`` leads to; "" when it leaves the site."""
    wanted = unquote(urlsplit(link).path)
    path = normpath(join(dirname(page), wanted))
    if path.startswith(".."):
        return ""
    return normpath(join(path, "index.html")) if wanted.endswith("/") else path


def test_every_link_and_source_is_relative_and_leads_to_a_file(files, pages):
    broken = []
    for path, page in pages.items():
        for link in {*page.values("href"), *page.values("src")}:
            if link.startswith(("tel:", "#", *ASKING)) or link == FILING:
                continue
            # Only canonical addresses, and the page that is shown at any address, name the whole way.
            start = ADDRESS if link.startswith(ADDRESS) else "/a/b/" if path == "404.html" else ""
            if start and target_of("index.html", link.removeprefix(start) or "./") in files:
                continue
            if urlsplit(link).scheme or link.startswith("/") or target_of(path, link) not in files:
                broken.append((path, link))

    assert broken == []


def test_every_link_within_a_page_leads_to_a_mark_of_it(pages):
    for path, page in pages.items():
        wanted = {link[1:] for link in page.values("href") if link.startswith("#")} | set(page.values("for"))
        assert wanted <= set(page.values("id")), path


def test_every_page_can_be_reached_from_the_home_by_links(files, pages):
    reached, waiting = set(), ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        waiting += [target_of(path, link) for link in pages[path].values("href") if not urlsplit(link).scheme]

    assert set(pages) - reached <= {"404.html"}


def test_no_style_sheet_asks_for_what_is_not_there(files):
    for path, content in files.items():
        if path.endswith(".css"):
            for link in _URL.findall(content):
                assert target_of(path, link.decode()) in files, (path, link)


def test_every_page_has_its_language_one_heading_one_title_and_ids_of_its_own(pages):
    for path, page in pages.items():
        assert ("html", "zh-CN") in [(tag, attributes.get("lang")) for tag, attributes in page.tags[:1]], path
        assert len(page.texts("h1")) == 1, path
        assert len(page.texts("title")) == 1 and page.texts("title")[0], path
        assert len(set(page.values("id"))) == len(page.values("id")), path
        assert page.unbalanced == [], path


def test_every_page_says_that_the_figures_are_made_up(pages):
    assert [
        path for path, page in pages.items() if "演示数据：地名、人名、金额均为虚构" not in page.text
    ] == []


def test_titles_tell_the_pages_of_a_village_apart(pages):
    titles = [(path.split("/")[0], page.texts("title")[0]) for path, page in pages.items()]
    village = [title for title in titles if title[0] in ("qingshi", "zhuyuan", "hexin", "shiqiao")]
    doubled = {title for title in village if village.count(title) > 1}

    assert doubled <= {(slug, title) for slug, title in village if title.startswith("村规民约")}
