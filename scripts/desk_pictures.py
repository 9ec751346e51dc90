"""Draw the pictures of 「怎样填报」 anew: the real desk in Chromium, as wide as a telephone, made-up records.

    .venv/bin/python scripts/desk_pictures.py

Copies the sample county into a folder that is thrown away, hands in a sheet as a clerk would, and writes
generator/pages/pictures/*.png. The clock stands still, so that the same desk gives the same
pictures, but for the reviewer's key name, which is drawn by lot.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from generator.desk.desk import Desk
from generator.desk.gate import Gate, free_port
from generator.desk.web import create_app

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "generator" / "pages" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
# The browser's own words (choose a file, the order of a date) are English where it has no other language
# installed; a clerk's browser says them in Chinese.
LOCAL_WORDS = """() => {
    for (const one of document.querySelectorAll("input[type=date]"))
        { const day = one.value; one.type = "text"; one.value = day.replaceAll("-", "/"); }
    for (const one of document.querySelectorAll("form.fields input[type=file]"))
        { one.type = "text"; one.value = "选择文件　未选择任何文件"; }
}"""
ISO_DAYS = """() => { for (const one of document.querySelectorAll("input[name^=posted]"))
    one.value = one.value.replaceAll("/", "-"); }"""
PARTS = ("content", "content_private", "schemas", "site_config", "mkdocs.yml")
MOMENT = datetime(2026, 11, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
WIDTH, SCALE, MARGIN, LIMIT = 390, 2, 12, 40_000
# As many colours as the limit allows; letters stay sharp with few.
COLOURS = (64, 40, 28, 20, 14)
# Two things are wrong, as they are in real sheets: a sum in words, and a category with a slip of the pen.
SHEET = """青石村2026年10月财务收支公开表
序号,日期,凭证号,摘要,主体,账户,类别,收入,支出,结余,备注
001,2026-10-01,,上月结转,村集体,银行,上月结转,,,612903.18,
002,2026-10-05,记-001,收鱼塘承包费,村集体,银行,发包收入,三千,,615903.18,
003,2026-10-09,记-002,修水渠,村集体,银行,维修养户,,1200.00,614703.18,
"""
RECEIPT = """<body style="margin:0;padding:28px 36px;width:620px;background:#fffdf4;
font:24px 'Noto Sans CJK SC',sans-serif">
<h1 style="font-size:34px;text-align:center;margin:0 0 18px">收 据（示范，虚构）</h1>
<p>2026 年 10 月 9 日</p><p>今收到：青石村集体</p><p>交来：水渠维修费</p>
<p>金额：壹仟贰佰元整　￥1,200.00</p><p style="text-align:right">收款单位：示范水利服务队</p></body>"""
PASSPHRASE = "一句好记的长口令"  # noqa: S105 (a picture of a made-up one)


def main() -> int:
    """Write the pictures and say how large each is; 1 when one is too large."""
    PICTURES.mkdir(exist_ok=True)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="cunwu-pictures-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        root = _county(Path(folder) / "county")
        with _open_desk(root, Path(folder) / "home") as address:
            sizes = _walk(browser, address, Path(folder))
        browser.close()
    for name, size in sizes.items():
        print(f"{name}  {size:,} bytes")
    return int(max(sizes.values()) > LIMIT)


def _county(root: Path) -> Path:
    """Return a copy of the sample county as a repository of its own."""
    root.mkdir()
    for part in PARTS:
        source = ROOT / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
    (root / ".gitignore").write_text("/content_private/\n/receipts/\n", encoding="utf-8")
    (root / "receipts").mkdir()
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "示范", f"GIT_{who}_EMAIL": "sample@desk.invalid"}
    for arguments in (["init", "-q", "-b", "main"], ["add", "--all"], ["commit", "-q", "-m", "示范"]):
        subprocess.run(["git", "-C", str(root), *arguments], env=environment, check=True)
    return root


@contextmanager
def _open_desk(root: Path, home: Path) -> Iterator[str]:
    """Serve the desk with a clock that stands still, and yield its address."""
    port = free_port(8765, ["127.0.0.1"])
    app = create_app(Desk.open(root, home, lambda: MOMENT, Gate(port)))
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.shutdown()
        thread.join()


def _walk(browser: Browser, address: str, folder: Path) -> dict[str, int]:
    """Go the clerk's way, and return the size of the picture of each step."""
    sheet, photo = folder / "十月账.csv", folder / "收据.jpg"
    sheet.write_bytes(SHEET.replace("\n", "\r\n").encode("gbk"))
    photo.write_bytes(_receipt(browser))
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 800}, device_scale_factor=SCALE, locale="zh-CN"
    )
    page = context.new_page()
    sizes = {}

    def keep(name: str, top: str, bottom: str | int) -> None:
        sizes[name] = _keep(page, name, top, bottom)

    page.goto(address)
    page.set_input_files("#files", str(sheet))
    keep("1-put-in", "h1", "button.main")
    page.get_by_role("button", name="检查这些表").click()
    page.locator("#G4").evaluate("one => one.closest('.scroll').scrollLeft = one.offsetLeft - 60")
    keep("2-mend", "form.grid", ".scroll")
    page.locator('input[name="cell.H4"]').fill("3000")
    page.locator('select[name="cell.G5"]').select_option("维修养护")
    page.get_by_role("button", name="保存并重新检查").first.click()
    page.get_by_role("link", name="附票据（发票、收据的照片）").click()
    page.get_by_role("link", name="修水渠").click()
    page.set_input_files('input[name="file.0"]', str(photo))
    page.locator('input[name="caption.0"]').fill("水渠维修收据")
    page.get_by_label("我已看过").check()
    page.get_by_role("button", name="附上").click()
    page.locator(".receipts img").evaluate("one => one.decode()")
    page.evaluate(LOCAL_WORDS)
    keep("3-receipt", "#row", "button:has-text('附上')")
    page.get_by_role("link", name="下一步：看看公开后的样子").click()
    page.frame_locator("iframe.phone-frame").locator("h1").wait_for()
    page.wait_for_load_state("networkidle")
    keep("4-preview", "h1", 690)
    page.get_by_role("link", name="下一步：提交审核").click()
    page.locator("input[name=role]").fill("报账员")
    page.locator("input[name=posted_from]").fill("2026-11-06")
    page.locator("input[name=posted_to]").fill("2026-11-20")
    page.locator("input[name=place]").fill("村委会公开栏")
    page.evaluate(LOCAL_WORDS)
    keep("5-hand-in", "h1", "button.main")
    page.evaluate(ISO_DAYS)
    page.get_by_role("button", name="提交", exact=True).click()
    _enrol(page)
    page.get_by_role("link", name="青石村 财务收支 2026-10").click()
    page.locator("select[name=reviewer]").select_option(index=1)
    page.locator("input[name=passphrase]").fill(PASSPHRASE)
    page.locator(".receipts img").evaluate("one => one.decode()")
    keep("6-review", "h2:has-text('这次新附的票据')", "button.main")
    context.close()
    return sizes


def _receipt(browser: Browser) -> bytes:
    """Return a photograph of a made-up receipt."""
    page = browser.new_page(viewport={"width": 692, "height": 420})
    page.set_content(RECEIPT)
    content = page.screenshot(type="jpeg", quality=85)
    page.close()
    return content


def _enrol(page: Page) -> None:
    page.get_by_role("link", name="审核", exact=True).click()
    page.get_by_role("link", name="登记审核人").click()
    page.locator("input[name=role]").fill("村务监督委员会")
    page.locator("select[name=places]").select_option(label="青石村")
    for name in ("passphrase", "again"):
        page.locator(f"input[name={name}]").fill(PASSPHRASE)
    page.get_by_role("button", name="登记").click()


def _keep(page: Page, name: str, top: str, bottom: str | int) -> int:
    """Keep the page from one element to another (or so many CSS pixels) in few colours; return its size."""
    page.evaluate("document.activeElement.blur()")
    first = _edge(page, top, "top") - MARGIN
    last = first + bottom if isinstance(bottom, int) else _edge(page, bottom, "bottom") + MARGIN
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    part = whole.crop((0, round(first * SCALE), WIDTH * SCALE, min(whole.height, round(last * SCALE))))
    # Without an edge a picture of a button looks like a button of the page that shows it.
    ImageDraw.Draw(part).rectangle((0, 0, part.width - 1, part.height - 1), outline="#7c8882", width=SCALE)
    path = PICTURES / f"{name}.png"
    for colours in COLOURS:
        few = part.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= LIMIT:
            break
    return path.stat().st_size


def _edge(page: Page, selector: str, side: str) -> float:
    """Return where an element begins or ends, in CSS pixels from the top of the page."""
    script = "(one, side) => one.getBoundingClientRect()[side] + window.scrollY"
    return float(page.locator(selector).first.evaluate(script, side))


if __name__ == "__main__":
    sys.exit(main())
