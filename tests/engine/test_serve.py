"""Serving: reloads in the browser, never in the files."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from generator.engine.serve import server_for


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<body>旧</body>", "utf-8")
    (folder / "404.html").write_text("<body>没有</body>", "utf-8")
    return folder


def test_a_change_is_built_and_the_reloading_script_is_only_in_what_is_served(output: Path, tmp_path: Path):
    records = tmp_path / "content"
    records.mkdir()
    rebuild: Callable[[], None] = lambda: (output / "index.html").write_text("<body>新</body>", "utf-8")  # noqa: E731
    server = server_for(output, [records], rebuild, ("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        while not server.serve_thread.is_alive():
            time.sleep(0.01)
        home = f"http://127.0.0.1:{server.server_port}/"
        first = urlopen(home).read().decode()
        with pytest.raises(HTTPError) as lost:
            urlopen(f"{home}nowhere/")
        (records / "a.csv").write_text("1")
        for _ in range(100):
            if "新" in (latest := urlopen(home).read().decode()):
                break
            time.sleep(0.05)
    finally:
        server.shutdown()
        thread.join()

    assert "旧" in first and "livereload" in first
    assert "没有" in lost.value.read().decode()
    assert "新" in latest
    assert "livereload" not in (output / "index.html").read_text("utf-8")
