"""Places: a county that was published and changed since, with a web server before what is served."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publish.verifying import manifest_of_site, paths_of_site, verify_site
from tests.commands.conftest import cunwu
from tests.counties import ROOT, changed, county_at
from tests.end_to_end.web_servers import Server, free_port, nginx
from tests.history.repositories import Repo

LEDGER = "content/dong/xi/finance/2026-02.csv"
PROGRAM = Path(sys.executable).with_name("cunwu")


class Place:
    """A county that was published once and changed since, and a web server before what is served."""

    def __init__(self, work: Path, server: Server) -> None:
        self.work, self.root, self.www, self.server = work, work / "county", work / "www", server
        self.repo = Repo(self.root)
        self.old = self.served()

    def served(self) -> str:
        """Return the root of the site that is served, read over the web; every file of it must hold."""
        known: dict[str, bytes | None] = {}

        def read(path: str) -> bytes | None:
            if path not in known:
                answer = self.server.get(f"/{path}")
                known[path] = answer.body if answer.status == 200 else None
            return known[path]

        assert [finding.place.file for finding in verify_site(read, paths_of_site(read))] == []
        manifest = manifest_of_site(read)
        assert manifest is not None
        return manifest.root

    def publish(self, *options: str, target: Path | None = None) -> subprocess.CompletedProcess[str]:
        return cunwu("publish", target or self.www, "--root", self.root, *options)

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a verb in a process of its own."""
        command = [PROGRAM, *words, "--root", str(self.root)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def must_go_on(self) -> None:
        """Publish once more: the new site is served, all of it verifies, and nothing is left over."""
        done = self.publish()
        assert done.returncode == 0, done.stdout + done.stderr
        assert self.served() != self.old
        verified = cunwu("verify", self.www / "current", "--root", self.root)
        assert verified.returncode == 0, verified.stdout
        assert self.repo.git("fsck", "--strict", "--no-dangling") == ""
        assert not list(self.www.rglob(".part-*"))


def make_changed(work: Path) -> None:
    """Make below ``work`` a county that was published once, and has been changed and built again since."""
    repo = Repo(work / "county")
    county_at(repo.root)
    (repo.root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (repo.root / ".gitignore").write_text("/site/\n/site-audit/\n/build/\n/content_private/\n", "utf-8")
    repo.commit("起点")
    build(repo.root)
    done = cunwu("publish", work / "www", "--root", repo.root)
    assert done.returncode == 0, done.stderr
    repo.commit("登记")
    changed(repo.root, LEDGER, ("修三组路灯", "修三组路灯和水管"))
    repo.commit("改一行")
    build(repo.root)


@contextmanager
def web(work: Path) -> Iterator[Server]:
    """Run nginx before what is published below ``work``."""
    port = free_port()
    options = ("--root", work / "county", "--site", work / "www", "--listen", f"127.0.0.1:{port}")
    config = cunwu("server-config", "nginx", *options).stdout
    with nginx(config, work / "nginx", port) as server:
        yield server


def build(root: Path) -> None:
    """Build the county at ``root``, which must succeed."""
    done = cunwu("build", "--root", root, "--workers", "1")
    assert done.returncode == 0, done.stdout + done.stderr


def kill_at(process: subprocess.Popen[bytes], delay: float) -> bool:
    """Kill ``process`` after ``delay`` seconds; return whether it was still running."""
    try:
        process.wait(timeout=delay)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def seconds_of(place: Place, *words: str) -> float:
    """Return how long a verb takes that is left alone."""
    started = time.monotonic()
    process = place.begin(*words)
    assert process.wait() == 0
    return time.monotonic() - started
