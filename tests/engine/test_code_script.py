"""The script that draws QR codes: module by module what segno draws, for every version that it knows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
import segno.encoder
from playwright.sync_api import Browser, Page

SCRIPT = Path(__file__).parents[2] / "generator/engine/theme/assets/qr.js"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
        yield page


@pytest.fixture
def addresses() -> list[str]:
    """Return an address of every length up to the longest that fits."""
    chance = random.Random(6)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-/_."
    return ["".join(chance.choices(letters, k=length)) for length in range(1, 214)]


def drawn_by_segno(address: str) -> list[list[int]]:
    code = segno.make(address, error="m", mode="byte", mask=0, boost_error=False, micro=False)
    return [list(row) for row in code.matrix]


def test_a_code_is_what_segno_draws(page: Page, addresses: list[str], monkeypatch: pytest.MonkeyPatch):
    # segno fills a whole byte with zeros where ISO/IEC 18004, 7.4.10, wants none; readers stop before either.
    monkeypatch.setattr(
        segno.encoder, "write_padding_bits", lambda bits, version, length: bits.extend([0] * (-length % 8))
    )
    found = page.evaluate("all => all.map(window.cunwuCode.matrix)", addresses)

    assert [a for a, rows in zip(addresses, found, strict=True) if rows != drawn_by_segno(a)] == []
    assert {len(rows) for rows in found} == {4 * version + 17 for version in range(1, 11)}


def test_a_full_code_is_what_an_untouched_segno_draws(page: Page):
    for length in (14, 26, 42, 62, 84, 106, 122, 152, 180):
        address = "a" * length
        assert page.evaluate("window.cunwuCode.matrix", address) == drawn_by_segno(address), length


def test_an_address_too_long_for_paper_has_no_code(page: Page):
    assert page.evaluate("address => window.cunwuCode.svg(address)", "a" * 300) == ""


def test_a_code_has_the_quiet_border_and_a_name(page: Page):
    svg = page.evaluate("address => window.cunwuCode.svg(address)", "https://cunwu.example/")

    assert 'viewBox="0 0 33 33"' in svg
    assert 'path d="M4 4h7' in svg
    assert 'aria-label="本页网址的二维码"' in svg
