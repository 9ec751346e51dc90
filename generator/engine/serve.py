"""Serving: the built site on this machine, rebuilt and shown anew whenever a record changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs.livereload import LiveReloadServer


def serve(output: Path, watch: Sequence[Path], rebuild: Callable[[], None], address: tuple[str, int]) -> None:
    """Serve ``output`` until interrupted; the reloading script is added to what is sent, not to the files."""
    server = server_for(output, watch, rebuild, address)
    try:
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs gives it no types
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def server_for(
    output: Path, watch: Sequence[Path], rebuild: Callable[[], None], address: tuple[str, int]
) -> LiveReloadServer:
    """Return a server that is not running yet."""
    host, port = address
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(output))
    server.error_handler = lambda code: _lost_page(output) if code == 404 else None
    for path in watch:
        server.watch(str(path))
    return server


def _lost_page(output: Path) -> bytes | None:
    page = output / "404.html"
    return page.read_bytes() if page.is_file() else None
