"""Browsing: a site served as a real host does, and a real Chromium to read it with."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.end_to_end.test_phone import CHROMIUM, FLAGS, MISSING

_TEXTS = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv")


class _Host(http.server.SimpleHTTPRequestHandler):
    """Sends texts compressed, and lets browsers keep assets alone."""

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
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _TEXTS:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000" if "/assets/" in self.path else "no-cache")
        head = sum(map(len, self._headers_buffer))
        self.end_headers()
        self.wfile.write(content)
        self.sent.append((self.path, head + len(content)))

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@contextmanager
def hosted(folder: Path, sent: list[tuple[str, int]] | None = None) -> Iterator[str]:
    """Serve ``folder`` on this machine; yield its address.

    ``sent`` gathers the path and the bytes, headers included, of each answer.
    """
    host = type("Host", (_Host,), {"sent": [] if sent is None else sent})
    handler = functools.partial(host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.fail(MISSING, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser
        browser.close()
