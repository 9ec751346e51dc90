"""The desk in real Chromium: from a clerk's untouched sheet to the public page, without a command."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from generator.pipeline.build import Places, run_build
from tests.desk.clerks import EXPENSE, INCOME, OPENING, PASSPHRASE, TARGET, git, git_county, ledger
from tests.end_to_end.browsing import DESK, PHONE
from tests.receipts import photograph
from tests.sample import AS_OF

SHEET = ledger(OPENING, INCOME.replace("3000.00", "三千"), EXPENSE.replace("维修养护", "维修养户"))
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What a finger could not hit; the file chooser is hit by its label.
SMALL = """Array.from(
    document.querySelectorAll('button, .btn, .main, select, input:not([type=hidden]):not([type=file])'))
    .filter(one => one.offsetParent && one.getBoundingClientRect().height < 32 && one.type !== 'checkbox')
    .map(one => one.outerHTML)"""


@pytest.fixture
def browser(browser: Browser) -> Iterator[Browser]:
    yield browser
    for context in browser.contexts:
        context.close()


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return git_county(tmp_path / "county")


@pytest.fixture
def address(county: Path, tmp_path: Path) -> Iterator[str]:
    """Open the desk as a clerk does, by its verb; yield the address that it prints."""
    program = Path(sys.executable).with_name("cunwu")
    command = [program, "desk", "--root", county, "--home", tmp_path / "home", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            match = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert match is not None
            yield match[0]
        finally:
            process.terminate()


class Watched:
    """A page whose complaints and stray requests are kept, and each of whose screens is measured."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int], *, scripts: bool) -> None:
        context = browser.new_context(viewport=size, java_script_enabled=scripts)  # type: ignore[arg-type]
        self.page: Page = context.new_page()
        self.address, self._has_scripts = address, scripts
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._look(request.url))

    def _look(self, url: str) -> None:
        if not url.startswith(self.address):
            self.complaints.append(url)

    def press(self, what: Locator) -> None:
        """Press what leads to another screen; return when that one is there, with its styles."""
        with self.page.expect_navigation():
            what.click()

    def screen(self, name: str) -> None:
        """Assert that the screen fits its width and holds nothing too small to press."""
        if self._has_scripts:
            assert self.page.evaluate(SIDEWAYS) <= 0, name
            assert self.page.evaluate(SMALL) == [], name


@pytest.mark.parametrize(
    ("size", "scripts"), [(PHONE, True), (DESK, True), (PHONE, False)], ids=["phone", "desk", "no-scripts"]
)
def test_from_an_untouched_sheet_to_the_public_page(
    browser: Browser, address: str, county: Path, tmp_path: Path, size: dict[str, int], scripts: bool
):
    sheet = tmp_path / "十月账.csv"
    sheet.write_bytes(SHEET)
    watched = Watched(browser, address, size, scripts=scripts)
    page = watched.page

    page.goto(address)
    watched.screen("home")
    page.set_input_files("#files", str(sheet))
    watched.press(page.get_by_role("button", name="检查这些表"))
    assert page.locator("h1").inner_text() == "有 2 处要改"
    watched.screen("sheet")

    page.locator('input[name="cell.H4"]').fill("3000")
    page.locator('select[name="cell.G5"]').select_option("维修养护")
    watched.press(page.get_by_role("button", name="保存并重新检查").first)
    assert page.locator("h1").inner_text() == "都对上了，可以往下走"
    assert "原来：三千" in page.locator("#H4").inner_text()
    watched.screen("mended")

    photo = tmp_path / "照片.jpg"
    photo.write_bytes(photograph(900, 600))
    watched.press(page.get_by_role("link", name="附票据（发票、收据的照片）"))
    watched.press(page.get_by_role("link", name="修水渠"))
    page.set_input_files('input[name="file.0"]', str(photo))
    page.locator('input[name="caption.0"]').fill("水渠发票")
    page.get_by_label("我已看过").check()
    watched.screen("receipt")
    watched.press(page.get_by_role("button", name="附上"))
    assert page.locator(".receipts img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 900
    watched.screen("receipts")

    watched.press(page.get_by_role("link", name="下一步：看看公开后的样子"))
    frame = page.frame_locator("iframe.phone-frame")
    assert frame.locator("h1").inner_text() == "2026年10月 财务收支"
    assert "614,703.18" in frame.locator("article").inner_text()
    assert "票据 1 张" in frame.locator("details.receipts summary").first.inner_text()
    watched.screen("preview")

    watched.press(page.get_by_role("link", name="下一步：提交审核"))
    page.locator("input[name=role]").fill("报账员")
    watched.screen("submit")
    watched.press(page.get_by_role("button", name="提交", exact=True))
    assert "已提交，等第二个人审核" in page.locator(".flash").inner_text()
    watched.screen("handed-in")

    watched.press(page.get_by_role("link", name="审核", exact=True))
    watched.press(page.get_by_role("link", name="登记审核人"))
    page.locator("input[name=role]").fill("村务监督委员会")
    page.locator("select[name=places]").select_option(label="青石村")
    for name in ("passphrase", "again"):
        page.locator(f"input[name={name}]").fill(PASSPHRASE)
    watched.screen("enrol")
    watched.press(page.get_by_role("button", name="登记"))
    watched.screen("review")

    watched.press(page.get_by_role("link", name="青石村 财务收支 2026-10"))
    watched.screen("one")
    page.locator("select[name=reviewer]").select_option(index=1)
    page.locator("input[name=passphrase]").fill(PASSPHRASE)
    watched.press(page.get_by_role("button", name="审核通过，公开"))
    assert "审核通过，已写进公开的记录" in page.locator(".flash").inner_text()
    watched.screen("landed")

    assert watched.complaints == []
    assert git(county, "status", "--porcelain") == ""
    assert "修水渠" in (county / TARGET).read_text(encoding="utf-8")
    run_build(county, Places.below(county), as_of=AS_OF, workers=1)
    built = (county / "site/qingshi/finance/2026-10/index.html").read_text(encoding="utf-8")
    assert "614,703.18" in built
    assert "水渠发票" in built


def test_with_scripts_any_cell_opens_at_a_press_and_a_dropped_file_is_taken(
    browser: Browser, address: str, tmp_path: Path
):
    sheet = tmp_path / "十月账.csv"
    sheet.write_bytes(ledger())
    watched = Watched(browser, address, DESK, scripts=True)
    page = watched.page
    page.goto(address)
    content = list(ledger())
    transfer = page.evaluate_handle(
        """bytes => { const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], '十月账.csv')); return transfer; }""",
        content,
    )
    page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    assert "十月账.csv" in page.locator(".zone").inner_text()
    watched.press(page.get_by_role("button", name="检查这些表"))

    page.locator("#D4").click()
    page.locator('input[name="cell.D4"]').fill("收鱼塘承包费（上半年）")
    page.keyboard.press("Enter")

    page.locator("#D4 .was").wait_for()
    assert "原来：收鱼塘承包费" in page.locator("#D4").inner_text()
    watched.press(page.get_by_role("button", name="还原"))
    assert page.locator("#D4 .was").count() == 0
    assert watched.complaints == []
