"""Clusters: a real scheduler and its workers on loopback, each a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUIET = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "60s",
    "PYTHONPATH": str(ROOT),
}


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own on a free port of loopback."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def start(self) -> None:
        note = self.folder / "scheduler.json"
        arguments = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
        self._run("scheduler", arguments)
        self.address = self._told(self.folder / "scheduler.0.log", "Scheduler at:")

    def add_worker(self, *arguments: str) -> subprocess.Popen[bytes]:
        number = len(self.processes)
        place = self.folder / f"worker-{number}"
        return self._run(
            "worker",
            [
                *(self.address, "--host", "127.0.0.1", "--nthreads", "1", "--nworkers", "1"),
                *("--no-dashboard", "--local-directory", str(place), "--memory-limit", "0", *arguments),
            ],
        )

    def _run(self, kind: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{kind}.{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *arguments],
                stdout=log,
                stderr=log,
                env=os.environ | QUIET,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def _told(self, log: Path, mark: str) -> str:
        for _ in range(600):
            for line in log.read_text(encoding="utf-8").splitlines():
                if mark in line:
                    return line.rpartition(mark)[2].strip()
            time.sleep(0.1)
        raise AssertionError(log.read_text(encoding="utf-8"))

    def stop(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """Yield a cluster that has its scheduler and no worker yet; it keeps what it needs in ``folder``."""
    folder.mkdir()
    cluster = Cluster(folder)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
