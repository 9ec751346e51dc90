"""「怎样填报」: six steps with pictures of the real desk, each published once and cheap to load."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.model.site import Site
from generator.pages.how_page import HOW, how_page, how_pictures
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from tests.pages.drawing import page_at
from tests.pages.parsing import Parsed
from tests.sample import ROOT

LIMIT = 40_000


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(ROOT / "site_config" / "theme")


@pytest.fixture(scope="module")
def page(renderer: Renderer) -> Parsed:
    return Parsed(how_page(renderer, "").content)


@pytest.fixture(scope="module")
def portal(promises, renderer: Renderer) -> Site:
    return portal_site(promises, (), (), renderer)


def test_there_are_six_numbered_steps_each_with_a_picture(page: Parsed):
    titles = [text for text in page.texts("h2") if text[:1].isdigit()]

    assert [title[:2] for title in titles] == ["1.", "2.", "3.", "4.", "5.", "6."]
    assert len(page.values("src")) == 6


def test_every_picture_is_published_with_the_portal_once(page: Parsed, portal: Site):
    paths = [file.path for file in portal.files if file.path.endswith(".png")]

    assert paths == [file.path for file in how_pictures()]
    assert [f"../../{path}" for path in paths] == page.values("src")


def test_a_picture_is_small_says_its_size_and_waits_until_it_is_looked_at(page: Parsed):
    drawn = [attributes for tag, attributes in page.tags if tag == "img"]

    for attributes, file in zip(drawn, how_pictures(), strict=True):
        with Image.open(io.BytesIO(file.content)) as image:
            assert (int(attributes["width"]) * 2, int(attributes["height"]) * 2) == (
                image.width,
                image.height // 2 * 2,
            )
            assert image.info == {}
        assert len(file.content) <= LIMIT
        assert attributes["loading"] == "lazy"
        assert len(attributes["alt"]) > 15


def test_no_other_page_of_the_portal_loads_a_picture_of_the_desk(portal: Site):
    assert [one.url for one in portal.pages if "1-put-in.png" in one.content] == [HOW]


def test_the_dictionary_and_every_guide_lead_there(portal: Site):
    guides = [one for one in portal.pages if one.url.endswith("/guide/")]

    assert guides
    assert "how-to/" in page_at(portal, "dictionary/").content
    assert all('href="../../../dictionary/how-to/"' in one.content for one in guides)


def test_the_page_says_where_keys_lie_and_that_the_line_to_a_telephone_is_open(page: Parsed):
    text = " ".join(page.texts("li"))

    assert "AppData\\Local\\cunwu" in text
    assert "线路没有加密" in text
    assert "编制和审核不能是同一个身份" in " ".join(page.texts("p"))
