"""What we ask of the web: no token goes elsewhere, no answer leads to this machine's files or has no end."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.commands import verify
from generator.publish.comments import CommentError, Thread, put_comment
from generator.publish.stamping import StampError, stamp_line
from generator.publish.web import ask_web, unpacked

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(answer: Answer) -> Iterator[str]:
    """Serve ``answer`` on a port of this machine while the context lasts, and yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def to(address: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", address)
        request.end_headers()

    return answer


def giving(content: bytes, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def test_a_host_that_sends_the_comment_elsewhere_does_not_take_the_token_along():
    heard: list[str] = []

    def listen(request: BaseHTTPRequestHandler) -> None:
        heard.append(str(request.headers))
        giving(b"[]")(request)

    with answering(listen) as thief, answering(to(thief)) as host:
        for kind in ("github", "gitea", "gitlab"):
            with pytest.raises(CommentError) as told:
                put_comment(Thread(kind, host, "a/b", 1), "<!-- x -->\n", "top-secret")
            assert "top-secret" not in str(told.value)

    assert heard == []


@pytest.mark.parametrize(
    "goal", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x", "gopher://127.0.0.1/"]
)
def test_a_redirect_leads_to_the_web_or_nowhere(goal: str):
    with answering(to(goal)) as address, pytest.raises(OSError, match="302"):
        ask_web(address, seconds=5)


def test_a_redirect_from_web_to_web_is_followed():
    with answering(giving(b"found")) as goal, answering(to(goal)) as address:
        assert ask_web(address, seconds=5).content == b"found"


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "-o", "", "FILE:///etc/passwd"]
)
def test_no_address_but_one_of_the_web_is_asked(address: str):
    with pytest.raises(ValueError):
        ask_web(address, seconds=5)
    with pytest.raises(StampError):
        stamp_line(b"x", address)


def test_an_answer_without_an_end_is_cut_off():
    with answering(giving(b"x" * 1000)) as address:
        assert len(ask_web(address, seconds=5, largest=1000).content) == 1000
        with pytest.raises(OSError):
            ask_web(address, seconds=5, largest=999)


def test_a_packed_page_that_unfolds_without_an_end_is_none(monkeypatch: pytest.MonkeyPatch):
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    bomb = packer.compress(b"0" * 1_000_000) + packer.flush()

    assert len(unpacked(bomb)) == 1_000_000
    assert unpacked(bomb, 999_999) == b""
    assert unpacked(bomb[:-1]) == b""
    assert unpacked(bomb + bomb) == b""
    with answering(giving(bomb, Content_Encoding="gzip")) as address:
        assert verify._fetched(address) == b"0" * 1_000_000
        monkeypatch.setattr(verify, "unpacked", lambda content: unpacked(content, 1000))
        assert verify._fetched(address) == b""


def test_a_manifest_that_names_files_elsewhere_shows_nothing_of_them(tmp_path: Path):
    read, names = verify._source(str(tmp_path), tmp_path)

    assert names == []
    assert read("../../../../../../etc/passwd") is None
    assert read("/etc/passwd") is None
