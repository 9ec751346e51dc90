"""Receipts on a phone: nothing of a picture is loaded before it is opened, and then it fits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from generator.intake.walk import walk_county
from generator.pipeline.attaching import Offer, Spot, attach_files
from generator.promises.promises import load_promises
from tests.end_to_end.browsing import DESK, PHONE
from tests.end_to_end.conftest import build
from tests.receipts import paper, photograph
from tests.sample import AS_OF, copy_sample
from tests.web import served

PAGE = "qingshi/finance/2026-09/"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = copy_sample(tmp_path_factory.mktemp("receipts") / "county")
    promises = load_promises(root)
    village = walk_county(promises).village_named("qingshi")
    assert village is not None
    offers = [
        Offer("1.jpg", photograph(3000, 4000, turn=6), "印刷费发票"),
        Offer("2.jpg", photograph(800, 1100), "验收单"),
        Offer("3.pdf", paper(), "合同"),
    ]
    for key, own in (("007", offers), ("", offers[1:2])):
        spot = Spot(village, promises.catalogue.versions["finance"][-1], "2026-09", (key,) if key else ())
        outcome = attach_files(promises, spot, own, has_looked=True, as_of=AS_OF)
        assert not outcome.has_errors
        outcome.path.write_bytes(outcome.content)
    build(root)
    with served(root / "site") as address:
        yield address


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_no_picture_is_loaded_until_somebody_opens_it(browser: Browser, base: str, view: ViewportSize):
    with browser.new_context(viewport=view) as context:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(base + PAGE)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "/receipts/" in url] == []

        receipts = page.locator("table.rows details.receipts")
        assert receipts.count() == 1
        assert receipts.locator("summary").inner_text() == "票据 3 张"
        receipts.locator("summary").click()
        first = receipts.locator("img").first
        first.scroll_into_view_if_needed()
        room = first.bounding_box()
        page.wait_for_function(
            "[...document.querySelectorAll('table.rows .receipts img')][0].naturalWidth > 0", timeout=10_000
        )

        # The space was kept free: nothing moved when the picture came.
        assert first.bounding_box() == room
        assert first.get_attribute("alt") == "印刷费发票"
        assert receipts.locator("a", has_text="PDF").inner_text() == "合同（PDF，1 kB）"
        wide, shown = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= shown
