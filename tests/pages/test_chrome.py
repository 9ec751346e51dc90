"""Chromes: what is filled into every page of the sample county is what Material's templates print whole."""

from __future__ import annotations

import re

import pytest

from generator.engine.shell import Shell
from generator.model.site import Page, Site
from generator.pages.book import Book
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.pipeline.workshop import summary_of
from generator.promises.promises import Promises
from tests.sample import ROOT

# With a dozen items in its menu; the sample's fullest village has over sixty.
USUAL, FULLEST = "shiqiao", "qingshi"
# Bytes of a page around its own content, before it is compressed.
MOST = {USUAL: 6_500, FULLEST: 10_000}


@pytest.fixture(scope="module")
def all_sites(promises: Promises, books: dict[str, Book], sites: dict[str, Site]) -> dict[str, Site]:
    summaries = [summary_of(books[slug].judgement) | {"flagged": []} for slug in MOST]
    portal = portal_site(promises, (), summaries, Renderer(ROOT / "site_config" / "theme"))
    return {"": portal} | {slug: sites[slug] for slug in MOST}


@pytest.fixture(scope="module")
def shell(promises: Promises) -> Shell:
    return Shell(ROOT, promises.settings)


def kinds(site: Site) -> list[Page]:
    """Return the first page of each section of a site, and of each depth in it."""
    found = {(page.section, page.url.count("/"), page.is_passing): page for page in reversed(site.pages)}
    return list(found.values())


@pytest.mark.parametrize("slug", ["", *MOST])
def test_every_kind_of_page_is_filled_as_material_prints_it_whole(
    all_sites: dict[str, Site], shell: Shell, slug: str
):
    site = all_sites[slug]
    for page in kinds(site):
        assert shell.render(site, page) == shell.render_whole(site, page), page.url


@pytest.mark.parametrize("slug", MOST)
def test_what_stands_around_a_page_is_small(sites: dict[str, Site], shell: Shell, slug: str):
    for page in sites[slug].pages:
        html = shell.render(sites[slug], page)
        assert len(html.encode()) - len(page.content.encode()) < MOST[slug], page.url
        assert re.search(r"^[ \t]", html.replace(page.content, ""), re.MULTILINE) is None, page.url
