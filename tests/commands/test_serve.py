"""cunwu serve: a real server on the loopback address that shows what was just saved."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

LEDGER = "content/qingxi/qingshi/finance/2026-03.csv"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, text: str, seconds: float = 40) -> str:
    """Return the page at ``url`` once it holds ``text``; fail when it does not in time."""
    deadline = time.monotonic() + seconds
    page = ""
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                page = answer.read().decode("utf-8")
        except OSError:
            page = ""
        if text in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{url} never showed {text!r}")


def test_a_saved_row_is_on_the_page_without_a_restart(county):
    port = free_port()
    url = f"http://127.0.0.1:{port}/qingshi/finance/2026-03/"
    program = Path(sys.executable).with_name("cunwu")
    server = subprocess.Popen(
        [program, "serve", "--root", county, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(url, "2026年3月 财务收支")
        path = county / LEDGER
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[2] += "刚刚改过"
        path.write_text("\n".join(lines), encoding="utf-8", newline="")

        page = wait_for(url, "刚刚改过")

        assert "livereload" in page
        saved = county / "site/qingshi/finance/2026-03/index.html"
        assert "livereload" not in saved.read_text(encoding="utf-8")
    finally:
        server.terminate()
        server.wait(timeout=20)
