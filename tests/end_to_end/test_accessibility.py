"""Accessibility: axe finds nothing on a page of any kind, in any mode, by AAA's measure of contrast."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.browsing import DESK, PHONE
from tests.end_to_end.test_phone import KINDS, address

__all__ = ["address"]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# What passes is not written out: that takes a quarter of the time. AAA's contrast is asked for alone: what
# has it has AA's too, and to look for both takes half as long again.
OPTIONS = {
    "rules": {
        "color-contrast": {"enabled": False},
        "color-contrast-enhanced": {"enabled": True},
        "target-size": {"enabled": True},
    },
    "resultTypes": ["violations"],
}
# The dark changes colours and nothing else: of it, only what looks at colours can say anything new.
_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": _COLOURS}, "resultTypes": ["violations"]}
RUN = "async options => (await axe.run(document, options)).violations"
LARGE_TYPE = "document.querySelector('[data-elder]').click()"
# One after the other on a page that is loaded once: a phone, the same in large type, a desk. The colours of
# large type are those of the phone, and only laxer rules hold for them.
VIEWS = {
    "phone": (PHONE, "", True),
    "large type": (PHONE, LARGE_TYPE, False),
    "desk": (DESK, LARGE_TYPE, True),
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def told(violation: dict[str, Any]) -> str:
    """Return a violation in a line: its rule, and the first element that breaks it."""
    node = violation["nodes"][0]
    return (
        f"{violation['id']} ({len(violation['nodes'])}): {node['html'][:160]}: {node['failureSummary'][:300]}"
    )


@pytest.mark.parametrize("url", KINDS)
def test_axe_finds_nothing_on_a_page_of_any_kind_by_day_or_in_the_dark(page: Page, address: str, url: str):
    found = {}
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    page.goto(address + url)
    page.evaluate(AXE)
    for view, (viewport, change, has_dark) in VIEWS.items():
        page.evaluate(change)
        assert page.evaluate("document.documentElement.classList.contains('elder')") is (view == "large type")
        page.set_viewport_size(viewport)
        # Drawn whole: what the bar hides until one scrolls would pass for a target too small.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({**viewport, "height": height})
        found[view] = [told(violation) for violation in page.evaluate(RUN, OPTIONS)]
        if has_dark:
            page.emulate_media(color_scheme="dark")
            # A link takes an eighth of a second from one colour to the other.
            page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
            found[f"{view} in the dark"] = [told(violation) for violation in page.evaluate(RUN, COLOURS)]
            page.emulate_media(color_scheme="light")
            page.evaluate("document.getAnimations().forEach(animation => animation.finish())")

    assert {view: violations for view, violations in found.items() if violations} == {}


def test_axe_would_tell_of_a_grey_too_pale(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(address + "qingshi/")
        page.evaluate("document.querySelector('h1').style.color = '#777'")
        page.evaluate(AXE)
        rules = {violation["id"] for violation in page.evaluate(RUN, OPTIONS)}

    assert "color-contrast-enhanced" in rules
