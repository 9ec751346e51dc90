"""Browsing: a site served as a real host does, and a real Chromium, started once, to read it with."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web import Quiet, served

# The whole browser opens a window with its own pages for each context, which takes three times what the page
# does; Debian's shell of the same build draws the page alone. CHROMIUM names the one to use instead.
_CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
CHROMIUM = Path(os.environ.get("CHROMIUM") or next(filter(Path.exists, _CHROMIUMS), _CHROMIUMS[-1]))
MISSING = f"{CHROMIUM} is missing: on Debian run `apt-get install chromium fonts-noto-cjk` as root"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
_TEXTS = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv")

_running = ExitStack()
_browsers: list[Browser] = []


class Compressing(Quiet):
    """Serves files as a web server that is set up well does: texts compressed, assets to be kept.

    ``sent`` gathers the path and the bytes, headers included, of each answer.
    """

    sent: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in _TEXTS:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000" if "/assets/" in self.path else "no-cache")
        head = sum(map(len, self._headers_buffer))
        self.end_headers()
        self.wfile.write(content)
        self.sent.append((self.path, head + len(content)))


@contextmanager
def hosted(folder: Path, sent: list[tuple[str, int]] | None = None) -> Iterator[str]:
    """Serve ``folder`` compressed; ``sent`` gathers the path and the bytes of each answer."""
    with served(folder, type("Host", (Compressing,), {"sent": [] if sent is None else sent})) as address:
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield Chromium; whatever is opened in it meanwhile is closed, the browser itself goes on running.

    Playwright cannot be started twice in a process, and to start a browser takes as long as many a test.
    """
    if not _browsers:
        if not CHROMIUM.exists():
            pytest.fail(MISSING, pytrace=False)
        playwright = _running.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        _running.callback(browser.close)
        _browsers.append(browser)
    browser = _browsers[0]
    before = list(browser.contexts)
    yield browser
    for context in browser.contexts:
        if context not in before:
            context.close()


def end_chromium() -> None:
    """Close the browser, where one was started."""
    _browsers.clear()
    _running.close()
