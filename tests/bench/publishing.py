"""What a push costs: from git push to the changed page that nginx serves, and back again by rollback."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.measure import RunFailed, run_measured
from tests.bench.ours import CHANGED, PROGRAM, SUMMARY
from tests.bench.tables import village_files

PUSHES = 3
_WAIT = 1800
_POLL = 0.02
_NGINX = Path("/usr/sbin/nginx")
_LISTS = "../private/content_private"
_IGNORED = "/site/\n/site-audit/\n/build/\n/content_private/\n/.bench-county.json\n"
_COUNTS = re.compile(r"新增 (\d+) 个文件，改动 (\d+) 个，删去 (\d+) 个")


def publish_figures(county: Path, folder: Path) -> dict[str, float]:
    """Return seconds from a push of one row to its page, of a rollback, and how many files the row changed.

    The server is one that ``cunwu install-server`` set up, and has published the county before. Raises
    RunFailed when the page is not served, or not taken back.
    """
    shutil.rmtree(folder, ignore_errors=True)
    clone, target = folder / "clone", folder / "www"
    work = _server(county, folder, clone, target)
    village = village_files(clone)[-1].parent
    page = f"/{village.name}/{CHANGED.removesuffix('.csv')}/"
    best: dict[str, float] = {}
    with _nginx(clone, target, folder) as port:
        for turn in range(1, PUSHES + 1):
            _git(clone, "pull", "--quiet", "--rebase", "origin", "main")
            _change(village / CHANGED, f"（推送{turn}）")
            _git(clone, "commit", "--quiet", "--all", "--message", "改一行")
            _keep(best, "push_to_page_s", _push_until(clone, folder, port, page, f"（推送{turn}）"))
            counts = _COUNTS.search((folder / "push.log").read_text(encoding="utf-8"))
            if counts is None:
                raise RunFailed("the push told of no publication")
            best["publish_changed_objects"] = sum(map(int, counts.groups()))
        for back in range(1, 3):
            done = run_measured((PROGRAM, "rollback", target, "--root", work), folder / "rollback.log")
            _keep(best, "rollback_s", done.seconds)
            _keep(best, "rollback_cpu_s", done.cpu_seconds)
            if f"（推送{PUSHES - back}）".encode() not in _get(port, page):
                raise RunFailed("what was rolled back is still served")
    return best


def _server(county: Path, folder: Path, clone: Path, target: Path) -> Path:
    """Set up a server with the county in it; return the folder in which it works."""
    left = shutil.ignore_patterns(".git", "site", "site-audit", "build", "content_private")
    shutil.copytree(county, clone, ignore=left)
    private = folder / "county-work" / "private" / "content_private"
    shutil.copytree(county / "content_private", private)
    settings = clone / "site_config" / "county.yaml"
    text = settings.read_text(encoding="utf-8")
    named = re.sub(r'(?m)^"?private_content"?: .*$', f'private_content: "{_LISTS}"', text)
    settings.write_text(named, encoding="utf-8")
    # The clone is built by nobody, yet the verbs that write a server's settings read them.
    (folder / "private").symlink_to(private.parent)
    (clone / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    _git(clone, "init", "--quiet", "--initial-branch", "main")
    _git(clone, "add", "--all")
    _git(clone, "commit", "--quiet", "--message", "bench county")
    _run(folder, PROGRAM, "install-server", folder / "county.git", target, "--no-rules")
    _git(clone, "remote", "add", "origin", str(folder / "county.git"))
    _run(folder, "git", "-C", clone, "push", "--quiet", "origin", "HEAD:main")
    if not (target / "current" / "index.html").is_file():
        raise RunFailed(f"the first push published nothing:\n{(folder / 'said.log').read_text()[-2000:]}")
    return folder / "county-work" / "county"


def _push_until(clone: Path, folder: Path, port: int, page: str, mark: str) -> float:
    """Push and return the seconds until ``page`` shows ``mark``; the push is waited for, and not counted."""
    with (folder / "push.log").open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            ["git", "-C", clone, "push", "origin", "HEAD:main"], stdout=said, stderr=said, env=_environment()
        )
        while mark.encode() not in _get(port, page):
            if time.perf_counter() - started > _WAIT or process.poll() not in (None, 0):
                raise RunFailed((folder / "push.log").read_text(encoding="utf-8")[-2000:])
            time.sleep(_POLL)
        seconds = time.perf_counter() - started
        if process.wait() != 0:
            raise RunFailed((folder / "push.log").read_text(encoding="utf-8")[-2000:])
    return seconds


def _change(path: Path, mark: str) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[1].split(",")
    cells[SUMMARY] = cells[SUMMARY].partition("（")[0] + mark
    lines[1] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8", newline="")


@contextmanager
def _nginx(root: Path, target: Path, folder: Path) -> Iterator[int]:
    """Serve ``target`` with the configuration that cunwu writes; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    config = folder / "nginx.conf"
    options = ("--root", root, "--site", target, "--listen", f"127.0.0.1:{port}", "--output", config)
    _run(folder, PROGRAM, "server-config", "nginx", *options)
    text = config.read_text(encoding="utf-8").replace("user www-data;\n", "user root;\n")
    text = text.replace("/run/nginx.pid", f"{folder}/nginx.pid").replace("/var/log/nginx/", f"{folder}/")
    config.write_text(text, encoding="utf-8")
    process = subprocess.Popen([_NGINX, "-c", config, "-g", "daemon off;"])
    try:
        while not _get(port, "/"):
            if process.poll() is not None:
                raise RunFailed("nginx did not start")
            time.sleep(_POLL)
        yield port
    finally:
        process.terminate()
        process.wait()


def _get(port: int, path: str) -> bytes:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.read() if answer.status == 200 else b""
    except OSError:
        return b""
    finally:
        line.close()


def _keep(best: dict[str, float], name: str, value: float) -> None:
    best[name] = min(value, best.get(name, value))


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    names = {f"GIT_{role}_NAME": "bench" for role in ("AUTHOR", "COMMITTER")}
    mails = {f"GIT_{role}_EMAIL": "bench@example.invalid" for role in ("AUTHOR", "COMMITTER")}
    return kept | names | mails | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def _git(folder: Path, *arguments: str) -> None:
    _run(folder.parent, "git", "-C", folder, *arguments)


def _run(folder: Path, *command: str | Path) -> None:
    with (folder / "said.log").open("ab") as said:
        done = subprocess.run(command, stdout=said, stderr=said, env=_environment(), check=False)
    if done.returncode:
        raise RunFailed((folder / "said.log").read_text(encoding="utf-8")[-2000:])
