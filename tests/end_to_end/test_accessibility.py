"""Accessibility: axe finds nothing on a page of any kind, in any mode, by AAA's measure of contrast."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.browsing import DESK, PHONE
from tests.end_to_end.test_phone import KINDS, address

__all__ = ["address"]

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
# What passes is not written out: that takes a quarter of the time.
OPTIONS = {
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# The dark changes colours and nothing else: of it, only what looks at colours can say anything new.
_COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
COLOURS = {"runOnly": {"type": "rule", "values": _COLOURS}, "resultTypes": ["violations"]}
RUN = "async options => (await axe.run(document, options)).violations"
ELDER = "localStorage.cunwuElder = 'yes'"
VIEWS = {"phone": (PHONE, ""), "large type": (PHONE, ELDER), "desk": (DESK, "")}


def told(violation: dict[str, Any]) -> str:
    """Return a violation in a line: its rule, and the first element that breaks it."""
    node = violation["nodes"][0]
    return (
        f"{violation['id']} ({len(violation['nodes'])}): {node['html'][:160]}: {node['failureSummary'][:300]}"
    )


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing_on_a_page_of_any_kind_by_day_or_in_the_dark(
    browser: Browser, address: str, view: str
):
    viewport, script = VIEWS[view]
    found = {}
    with browser.new_context(viewport=viewport) as context:
        context.add_init_script(script)
        page = context.new_page()
        for url in KINDS:
            page.emulate_media(color_scheme="light")
            page.goto(address + url)
            # Drawn whole: what the bar hides until one scrolls would pass for a target too small.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({**viewport, "height": height})
            page.evaluate(AXE)
            found[url] = [told(violation) for violation in page.evaluate(RUN, OPTIONS)]
            page.emulate_media(color_scheme="dark")
            # A link takes an eighth of a second from one colour to the other.
            page.evaluate("document.getAnimations().forEach(animation => animation.finish())")
            found[f"{url} in the dark"] = [told(violation) for violation in page.evaluate(RUN, COLOURS)]

    assert {url: violations for url, violations in found.items() if violations} == {}


def test_axe_would_tell_of_a_grey_too_pale(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(address + "qingshi/")
        page.evaluate("document.querySelector('h1').style.color = '#777'")
        page.evaluate(AXE)
        rules = {violation["id"] for violation in page.evaluate(RUN, OPTIONS)}

    assert "color-contrast-enhanced" in rules
