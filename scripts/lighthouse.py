"""Measure the sample county's pages as a cheap phone on a slow line meets them:  make lighthouse

Names of page kinds (``python scripts/lighthouse.py home search``) measure these alone.

Lighthouse (mobile, slow 4G, processor four times slower) and a count of every byte that Chromium fetches,
against the project's budgets. Prints a table, writes build/lighthouse.json, ends with 1 when one is missed.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
LOCK = ROOT / "requirements" / "lighthouse"
TOOLS = ROOT / "build" / "lighthouse"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
# One page of each kind, the layout's name first.
PAGES = {
    "portal": "",
    "home": "qingshi/",
    "category": "qingshi/topics/finance/",
    "item": "qingshi/finance/",
    "ledger": "qingshi/finance/2026-09/",
    "list": "qingshi/subsidy/2026Q3--elderly/",
    "statement": "qingshi/finance_summary/2026Q3/",
    "project": "qingshi/projects/2026/",
    "document": "qingshi/village_rules/2026/",
    "election": "qingshi/election/2026-04-18/",
    "calendar": "qingshi/calendar/",
    "search": "qingshi/search/",
    "dictionary": "dictionary/finance/",
}
# Scores of 100, kB (1,000 bytes) of a first and of a second visit, milliseconds, layout shift in thousandths.
LEAST_SCORE, FIRST_KB, SECOND_KB, LCP_MS, TBT_MS, CLS = 99, 60, 12, 1500, 50, 20
VIEW: ViewportSize = {"width": 390, "height": 844}
# The service worker is put in and fetches its own after the page has come to rest.
SETTLED_MS = 2_000
SCORES = ("performance", "accessibility", "best-practices", "seo")
_COMPRESSED = (".html", ".css", ".js", ".svg", ".json", ".csv", ".xml", ".ics")


def main() -> int:
    """Measure every page and print what was found; return 1 when a budget is missed."""
    install()
    site = ROOT / "site"
    wanted = sys.argv[1:] or list(PAGES)
    missing = [name for name in wanted if not (site / PAGES.get(name, name) / "index.html").is_file()]
    if missing:
        sys.exit(f"No such page, build the county first: {', '.join(missing)}. 没有这些页，请先生成网站。")
    pages = {name: PAGES[name] for name in wanted}
    rows = []
    sent: list[int] = []
    with served(site, sent) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for kind, url in pages.items():
            row = {"kind": kind, "url": url, **scores_of(base + url), **bytes_of(browser, base, url, sent)}
            row["misses"] = list(misses_of(row))
            rows.append(row)
            print(line_of(row), flush=True)
        browser.close()
    target = ROOT / "build" / "lighthouse.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    missed = sum(len(row["misses"]) for row in rows)
    print(f"{len(rows)} pages, {missed} budgets missed; {target.relative_to(ROOT)}")
    return 1 if missed else 0


def install() -> None:
    """Put exactly what the lock names into build/lighthouse, unless it is there."""
    wanted = (LOCK / "package-lock.json").read_bytes()
    stamp = TOOLS / ".installed"
    if stamp.is_file() and stamp.read_bytes() == wanted:
        return
    if shutil.which("npm") is None:
        sys.exit("Missing: node and npm (Debian: apt-get install nodejs npm). 缺少 node 和 npm。")
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(LOCK / name, TOOLS / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=TOOLS, check=True)
    stamp.write_bytes(wanted)


def scores_of(address: str) -> dict[str, Any]:
    """Return Lighthouse's scores (0 to 100) and timings; seo is None for a page that must not be found."""
    command = ["node", str(TOOLS / "node_modules/lighthouse/cli/index.js"), address]
    options = ("--quiet", "--output=json", f"--only-categories={','.join(SCORES)}")
    flags = f"--chrome-flags={' '.join(FLAGS)}"
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(
        [*command, *options, flags], capture_output=True, text=True, check=True, env=environment
    )
    report = json.loads(done.stdout)
    audits = report["audits"]
    found: dict[str, Any] = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in SCORES}
    if audits["is-crawlable"]["score"] == 0:
        found["seo"] = None
    found["lcp_ms"] = round(audits["largest-contentful-paint"]["numericValue"])
    found["tbt_ms"] = round(audits["total-blocking-time"]["numericValue"])
    found["cls"] = round(1000 * audits["cumulative-layout-shift"]["numericValue"])
    found["faults"] = sorted(
        name
        for name, audit in audits.items()
        if audit["score"] is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary"
    )
    return found


def bytes_of(browser: Browser, base: str, url: str, sent: list[int]) -> dict[str, float]:
    """Return the kB that a first visit to ``url`` costs, and a visit to it after another page.

    Counted where they are sent, headers included: what the service worker fetches is fetched all the same
    on a first visit. It is left out of the second, so that nothing is had from what it keeps.
    """
    before = PAGES["portal"] if url == PAGES["home"] else PAGES["home"]
    visits: tuple[tuple[Literal["allow", "block"], tuple[str, ...]], ...] = (
        ("allow", ()),
        ("block", (before,)),
    )
    costs = []
    for worker, others in visits:
        with browser.new_context(viewport=VIEW, service_workers=worker) as context:
            page = context.new_page()
            for other in others:
                page.goto(base + other, wait_until="networkidle")
            sent.clear()
            page.goto(base + url, wait_until="networkidle")
            if worker == "allow":
                page.wait_for_timeout(SETTLED_MS)
            costs.append(round(sum(sent) / 1000, 1))
    return {"first_kb": costs[0], "second_kb": costs[1]}


def misses_of(row: dict[str, Any]) -> Iterator[str]:
    """Yield the budgets that a page does not keep to."""
    yield from (name for name in SCORES if row[name] is not None and row[name] < LEAST_SCORE)
    limits = {"first_kb": FIRST_KB, "second_kb": SECOND_KB, "lcp_ms": LCP_MS, "tbt_ms": TBT_MS, "cls": CLS}
    yield from (name for name, limit in limits.items() if row[name] > limit)


def line_of(row: dict[str, Any]) -> str:
    """Return a page's line of the table."""
    scores = "/".join("-" if row[name] is None else str(row[name]) for name in SCORES)
    sizes = f"{row['first_kb']:5.1f} kB, then {row['second_kb']:4.1f} kB"
    times = f"LCP {row['lcp_ms']} ms, TBT {row['tbt_ms']} ms, CLS {row['cls'] / 1000:.3f}"
    missed = f"  MISSED {', '.join(row['misses'])} {row['faults']}" if row["misses"] else ""
    return f"{row['kind']:10} {scores:16} {sizes}, {times}{missed}"


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves files as a web server that is set up well does: compressed, assets for ever."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        kind = self.guess_type(path)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if path.suffix in _COMPRESSED else kind)
        if path.suffix in _COMPRESSED:
            content = gzip.compress(content, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        lasting = "/assets/" in self.path
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache")
        self.send_header("Content-Length", str(len(content)))
        head = sum(len(line) for line in getattr(self, "_headers_buffer", []))
        self.end_headers()
        self.wfile.write(content)
        self.sent.append(head + len(content))

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path, sent: list[int]) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine; yield its address, gather the bytes of each answer."""
    counting = type("Counting", (_Compressing,), {"sent": sent})
    handler = functools.partial(counting, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
