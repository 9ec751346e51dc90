"""Fronts: a server before the real one, which fails when it is told to and knows what was asked."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANGS = -1


@dataclass
class Failing:
    """A server in front of the real one; ``judge`` says for a request how it fails, 0 when it does not.

    What it says HANGS of is not answered before the test is over.
    """

    server: ThreadingHTTPServer
    asked: list[tuple[str, str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def end(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()


def start_front(service: str, judge: Callable[[str, str, int], int]) -> Failing:
    """Return a server before ``service``; ``judge`` is told the method, the path and how many were asked."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            with lock:
                front.asked.append((self.command, self.path))
                status = judge(self.command, self.path, len(front.asked))
            if status == HANGS:
                front.over.wait(60)
                return
            if status:
                answer, headers = b"<Error><Code>Broken</Code></Error>", []
            else:
                back = http.client.HTTPConnection(service.removeprefix("http://"))
                back.request(self.command, self.path, content, dict(self.headers))
                came = back.getresponse()
                answer, status, headers = came.read(), came.status, came.getheaders()
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_PUT = do_POST = do_DELETE = handle_one

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    front = Failing(server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return front
