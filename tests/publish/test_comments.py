"""Comments: one below a merge request, on servers that answer as the three hosts do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.publish.comments import CommentError, Thread, put_comment

MARK = "<!-- cunwu-check -->"
TOKEN = "secret-token"
PATHS = {
    "github": ("/repos/county/records/issues/7/comments", "/repos/county/records/issues/comments/{}"),
    "gitea": ("/repos/county/records/issues/7/comments", "/repos/county/records/issues/comments/{}"),
    "gitlab": (
        "/projects/county%2Frecords/merge_requests/7/notes",
        "/projects/county%2Frecords/merge_requests/7/notes/{}",
    ),
}


@dataclass
class Host:
    """A host of one kind with its comments, 100 to a page where the real one has pages."""

    kind: str
    address: str = ""
    comments: dict[int, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    status: int = 200

    def thread(self) -> Thread:
        """Return the merge request of the tests."""
        return Thread(self.kind, self.address, "county/records", 7)

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, object]:
        """Return what the host says."""
        listed, one = PATHS[self.kind]
        name = "private-token" if self.kind == "gitlab" else "authorization"
        if TOKEN not in headers.get(name, ""):
            return 401, {"message": "no"}
        if self.status != 200:
            return self.status, {}
        self.asked.append(f"{method} {path}")
        place, _mark, query = path.partition("?")
        if method == "GET" and place == listed:
            page = int(query.rpartition("page=")[2])
            entries = [{"id": key, "body": text} for key, text in sorted(self.comments.items())]
            return 200, entries if self.kind == "gitea" else entries[(page - 1) * 100 : page * 100]
        text = json.loads(body)["body"]
        if method == "POST" and place == listed:
            self.comments[max(self.comments, default=0) + 1] = text
            return 201, {}
        for key in self.comments:
            if place == one.format(key) and method == ("PUT" if self.kind == "gitlab" else "PATCH"):
                self.comments[key] = text
                return 200, {}
        return 404, {}


@pytest.fixture(params=PATHS)
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    found = Host(request.param)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, said = found.answer(
                self.command, self.path, {key.lower(): value for key, value in self.headers.items()}, body
            )
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = handle_any

        def log_message(self, format: str, *args: object) -> None:
            """Keep the tests' output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


def test_the_second_report_takes_the_place_of_the_first(host: Host):
    host.comments[1] = "谢谢"

    assert put_comment(host.thread(), f"{MARK}\n错误 3 处\n", TOKEN) is False
    assert put_comment(host.thread(), f"{MARK}\n没有问题\n", TOKEN) is True

    assert host.comments == {1: "谢谢", 2: f"{MARK}\n没有问题\n"}


def test_the_comment_is_found_behind_a_hundred_others(host: Host):
    host.comments |= dict.fromkeys(range(1, 131), "讨论")
    host.comments[125] = f"{MARK}\n旧的\n"

    assert put_comment(host.thread(), f"{MARK}\n新的\n", TOKEN) is True

    assert host.comments[125] == f"{MARK}\n新的\n"
    assert len(host.comments) == 130


def test_whoever_quotes_the_report_keeps_their_own_comment(host: Host):
    host.comments[1] = f"> {MARK}\n> 错误 3 处\n这里是不是看错了？"

    put_comment(host.thread(), f"{MARK}\n没有问题\n", TOKEN)

    assert len(host.comments) == 2


def test_a_host_that_refuses_is_quoted_without_the_token(host: Host):
    host.status = 403

    with pytest.raises(CommentError, match="回答 403") as caught:
        put_comment(host.thread(), f"{MARK}\n", TOKEN)
    assert TOKEN not in str(caught.value)


def test_a_host_that_is_not_there_is_one_message():
    with pytest.raises(CommentError, match="连不上"):
        put_comment(Thread("github", "http://127.0.0.1:9", "a/b", 1), f"{MARK}\n", TOKEN)
