"""Web servers: Debian's own nginx and Caddy on this machine, with the configuration that cunwu writes."""

from __future__ import annotations

import base64
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

NGINX, CADDY = Path("/usr/sbin/nginx"), Path("/usr/bin/caddy")
NAME, USER, PASSWORD = "cunwu.test", "auditor", "not a secret"
_WAIT = 60
MISSING = "{program} is missing; see scripts/setup.sh test"


@dataclass(frozen=True)
class Answer:
    """What a server sent: the status, the headers by their names in small letters, the body as sent."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A server that is running: which, and on which port of this machine."""

    kind: str
    port: int

    def get(
        self, path: str, *, host: str = NAME, method: str = "GET", password: str = "", **headers: str
    ) -> Answer:
        """Return the answer to one request; ``path`` is sent as it stands."""
        sent = {"Host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if password:
            sent["Authorization"] = "Basic " + base64.b64encode(f"{USER}:{password}".encode()).decode()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_WAIT)
        try:
            line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                line.putheader(name, value)
            line.endheaders()
            answer = line.getresponse()
            body = answer.read()
        finally:
            line.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def require(program: Path) -> None:
    """Fail the test where a server is not installed."""
    if not program.exists():
        pytest.fail(MISSING.format(program=program), pytrace=False)


def passwords(kind: str, folder: Path) -> Path:
    """Return the file of passwords that ``kind`` reads."""
    path = folder / f"{kind}.passwords"
    if kind == "nginx":
        command = ["openssl", "passwd", "-6", PASSWORD]
        line = f"{USER}:{_said(command)}"
    else:
        line = f"{USER} {_said([str(CADDY), 'hash-password', '--plaintext', PASSWORD])}"
    path.write_text(f"{line}\n", encoding="ascii")
    return path


@contextmanager
def nginx(config: str, work: Path, port: int) -> Iterator[Server]:
    """Run nginx with ``config``, as whoever runs the tests, and with all that it writes below ``work``."""
    require(NGINX)
    work.mkdir(parents=True, exist_ok=True)
    assert "user www-data;\n" in config
    own = config.replace("user www-data;\n", "user root;\n" if os.geteuid() == 0 else "")
    own = own.replace("/run/nginx.pid", f"{work}/nginx.pid").replace("/var/log/nginx/", f"{work}/")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    own = own.replace(
        "http {\n", "http {\n" + "".join(f"{kind}_temp_path {work}/{kind};\n" for kind in kinds)
    )
    path = work / "nginx.conf"
    path.write_text(own, encoding="utf-8")
    tried = subprocess.run([NGINX, "-t", "-c", path], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    with _running([NGINX, "-c", path, "-g", "daemon off;"], port, work):
        yield Server("nginx", port)


@contextmanager
def caddy(config: str, work: Path, port: int) -> Iterator[Server]:
    """Run Caddy with ``config``, without its door for administrators, and with its data below ``work``."""
    require(CADDY)
    work.mkdir(parents=True, exist_ok=True)
    path = work / "Caddyfile"
    own = config.replace("{\n    servers", f"{{\n    admin off\n    http_port {free_port()}\n    servers", 1)
    assert own != config
    path.write_text(own, encoding="utf-8")
    with _running([CADDY, "run", "--config", path, "--adapter", "caddyfile"], port, work):
        yield Server("caddy", port)


@contextmanager
def _running(command: list[str | Path], port: int, work: Path) -> Iterator[None]:
    environment = {**os.environ, "HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with (work / "said").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
    try:
        until = time.monotonic() + _WAIT
        while True:
            assert process.poll() is None, (work / "said").read_text()
            assert time.monotonic() < until, (work / "said").read_text()
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=_WAIT)


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
