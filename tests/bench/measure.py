"""Measured runs: one command, its time and the largest resident memory of any of its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

SAMPLE_EVERY = 0.05


class RunFailed(Exception):
    """A measured command, or what it should have written, is not as it must be."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command: seconds of wall time and of both processors, peak memory per process id in MB."""

    seconds: float
    cpu_seconds: float
    memory: Mapping[int, float]

    @property
    def rss_mb(self) -> float:
        """Return the peak of the largest process."""
        return max(self.memory.values(), default=0.0)


def run_measured(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str] = MappingProxyType({})
) -> Run:
    """Run ``command`` to its end with its output in ``log``; raise RunFailed when it fails.

    Python keeps what it compiled, as it does wherever a program was installed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    os.sync()  # what earlier runs wrote must not be waited for in this one
    memory: dict[int, float] = {}
    with log.open("wb") as output:
        used, started = _cpu_seconds(), time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=_usual(os.environ) | environment,
        )
        while process.poll() is None:
            memory.update(_peaks(process.pid))
            _wait_briefly(process)
        seconds = time.perf_counter() - started
    if process.returncode != 0:
        raise RunFailed(f"{Path(command[0]).name} ended with {process.returncode}:\n{_tail(log)}")
    return Run(seconds, _cpu_seconds() - used, memory)


def size_mb(folder: Path) -> float:
    """Return the size of all files below ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _usual(environment: Mapping[str, str]) -> dict[str, str]:
    # A shell in which it is set would have every run compile hundreds of files anew.
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _cpu_seconds() -> float:
    """Return the processor time of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _wait_briefly(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(SAMPLE_EVERY)
    except subprocess.TimeoutExpired:
        return


def _peaks(root: int) -> Iterator[tuple[int, float]]:
    """Yield each process of the tree below ``root`` with its peak in MB; Linux only."""
    waiting = [root]
    while waiting:
        process = waiting.pop()
        try:
            status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
            for children in Path(f"/proc/{process}/task").glob("*/children"):
                waiting.extend(int(child) for child in children.read_text().split())
        except OSError:
            continue  # ended while it was looked at
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                yield process, int(line.split()[1]) / 1024


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
