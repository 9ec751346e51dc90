"""The wall and the question: what is printed is whole, and any row can be asked about."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.browsing import DESK, PHONE
from tests.web import served_below

LEDGER = "qingshi/finance/2026-09/"
LIST = "qingshi/subsidy/2026Q3--elderly/"


@pytest.fixture(scope="module")
def address(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served_below(sample / "site", "a/b/", tmp_path_factory.mktemp("wall")) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        yield context.new_page()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=DESK) as context:
        yield context.new_page()


def printed(page: Page) -> list[str]:
    """Return the text of each sheet of A4 that the browser prints."""
    content = page.pdf(format="A4", prefer_css_page_size=True)
    # Chromium names some glyphs by their radicals and ligatures.
    sheets = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages]
    return [as_read(sheet) for sheet in sheets]


def as_read(text: str) -> str:
    """Return a text with one sign for each that looks the same."""
    return unicodedata.normalize("NFKC", text).translate(str.maketrans("⻘⻚⺠⻅⻋⻓", "青页民见车长"))


def test_a_ledger_is_printed_with_every_column_of_every_row(desk: Page, address: str, sample: Path):
    desk.goto(address + LEDGER)
    sheets = printed(desk)
    text = "".join("".join(sheets).split())
    file = sample / "content/qingxi/qingshi/finance/2026-09.csv"

    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["序号"] for row in rows if f"{Decimal(row['结余']):,.2f}" not in text] == []
    assert [row["序号"] for row in rows if as_read("".join(row["备注"].split())) not in text] == []
    assert [row["序号"] for row in rows if f"{row['序号']}{row['日期']}" not in text] == []


def test_paper_has_the_address_and_the_hash_and_nothing_to_tap(desk: Page, address: str):
    desk.goto(address + LEDGER)
    desk.wait_for_function("window.cunwuCode")
    text = "\n".join(printed(desk))

    assert "https://cunwu.example/a/b/qingshi/finance/2026-09/" in text
    assert "sha256" in text
    assert as_read("问这一页，报编号 qingshi-finance-2026-09") in text
    for word in ("目录", "大字", "首页", "下载表格", "前一期", "复制", "问第几号"):
        assert word not in text, word
    desk.emulate_media(media="print")
    assert desk.locator(".cw-code svg").is_visible()


def test_paper_shows_what_the_screen_keeps_folded(desk: Page, address: str):
    desk.goto(address + "qingshi/finance/")

    assert not desk.get_by_role("heading", name="期末结余（元）").first.is_visible()
    assert as_read("期末结余（元）") in "\n".join(printed(desk))


def test_paper_is_black_on_white_even_in_the_dark(browser: Browser, address: str):
    with browser.new_context(viewport=DESK, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(address + LEDGER)
        page.emulate_media(media="print", color_scheme="dark")
        colours = page.evaluate(
            "[...document.querySelectorAll('body, td, th, .chip, .say, .card, h1, p')].map(part =>"
            " getComputedStyle(part).color + ' on ' + getComputedStyle(part).backgroundColor)"
        )

    assert {colour.split(" on ")[0] for colour in colours} == {"rgb(0, 0, 0)"}
    assert {colour.split(" on ")[1] for colour in colours} <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_a_row_is_asked_about_in_two_taps(phone: Page, address: str):
    phone.goto(address + LEDGER)
    phone.locator("#n026 .num").last.click()
    phone.get_by_role("link", name="问这一条").click()

    assert phone.locator("[data-ref]").inner_text() == "qingshi-finance-2026-09-026"
    assert phone.get_by_label("问第几号").input_value() == "026"
    assert phone.get_by_role("link", name="网上问").get_attribute("href").endswith("2026-09-026")
    assert phone.get_by_role("link", name="发邮件问").get_attribute("href").endswith("2026-09-026")
    assert "编号 qingshi-finance-2026-09-026。" in phone.locator("[data-copied]").inner_text()


def test_a_number_that_is_typed_goes_into_every_message_and_nothing_else_does(phone: Page, address: str):
    phone.goto(address + LEDGER)
    phone.get_by_label("问第几号").fill("01<b>2")
    phone.get_by_label("问第几号").fill("012")

    assert phone.locator("[data-ref]").inner_text() == "qingshi-finance-2026-09-012"
    assert phone.get_by_role("link", name="网上问").get_attribute("href").endswith("2026-09-012")


def test_an_answer_leads_to_its_row_and_the_row_is_ready_to_be_asked_about(phone: Page, address: str):
    phone.goto(address + LEDGER)
    phone.get_by_role("link", name="三组道路付 12000 元").click()
    phone.wait_for_url("**/petitions/2026/#nQ-2026-011")

    assert phone.locator("tr:target").get_by_role("link", name="问这一条").is_visible()


def test_a_list_is_narrowed_to_a_group_and_widened_again(phone: Page, address: str):
    phone.goto(address + LIST)
    group = phone.locator("[data-group='三组']")
    group.click()

    assert set(phone.locator("tbody tr:visible [data-label='组']").all_inner_texts()) == {"三组"}
    group.click()
    assert phone.locator("tbody tr:visible").count() == phone.locator("tbody tr").count() > 7


def test_without_scripts_a_group_is_a_jump_and_the_panel_still_serves(browser: Browser, address: str):
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + LIST)
        page.locator("[data-group='三组']").click()
        row = page.locator("tr:target")
        assert "三组" in row.inner_text()
        assert page.get_by_role("link", name="打电话").is_visible()
        assert page.get_by_label("问第几号").is_visible() is False


def test_the_code_is_fetched_only_when_the_address_is_opened(phone: Page, address: str):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address + LEDGER)
    phone.wait_for_load_state("networkidle")
    assert [url for url in asked if "/qr." in url] == []

    phone.get_by_text("本页网址和二维码").click()
    phone.get_by_role("img", name="本页网址的二维码").wait_for()
    assert len([url for url in asked if "/qr." in url]) == 1


def test_the_page_on_codes_says_how_a_true_address_begins(phone: Page, address: str):
    phone.goto(address + LEDGER)
    phone.get_by_text("本页网址和二维码").click()
    phone.get_by_role("link", name="怎样看二维码是真是假").click()
    phone.wait_for_url("**/about-qr/")

    assert phone.get_by_text("https://cunwu.example/a/b/", exact=True).first.is_visible()
    assert phone.get_by_role("img", name="本站网址的二维码").is_visible()
