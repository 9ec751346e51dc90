"""Small web servers of this process, for folders that a test looks at over the web."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as they lie, without a word."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve ``folder`` on a free port of this machine; yield its address."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def served_below(folder: Path, prefix: str, place: Path) -> Iterator[str]:
    """Serve ``folder`` below ``prefix`` ("a/b/"), by a link in the folder ``place``; yield the address."""
    link = place / prefix
    link.parent.mkdir(parents=True)
    link.symlink_to(folder, target_is_directory=True)
    with served(place) as address:
        yield address + prefix
