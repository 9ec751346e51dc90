"""Machines: an ssh server of our own on this one, with keys that are thrown away, for rsync to send to."""

from __future__ import annotations

import getpass
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.end_to_end.web_servers import MISSING, free_port

SSHD = Path("/usr/sbin/sshd")
_WAIT = 60


@contextmanager
def ssh_server(work: Path) -> Iterator[tuple[str, str]]:
    """Run sshd below ``work``; yield who and where it is reached, and the command that reaches it."""
    if not SSHD.exists():
        pytest.fail(MISSING.format(program=SSHD), pytrace=False)
    work.mkdir(parents=True)
    for name in ("host", "own"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(work / name)]
        subprocess.run(command, check=True)
    (work / "allowed").write_bytes((work / "own.pub").read_bytes())
    Path("/run/sshd").mkdir(parents=True, exist_ok=True)
    port = free_port()
    lines = (
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {work}/host\nPidFile {work}/pid\n"
        f"AuthorizedKeysFile {work}/allowed\nPasswordAuthentication no\nUsePAM no\nStrictModes no\n"
        "PermitRootLogin prohibit-password\nMaxStartups 100\n"
    )
    (work / "sshd_config").write_text(lines, encoding="ascii")
    command = [str(SSHD), "-D", "-e", "-f", str(work / "sshd_config")]
    with (work / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    try:
        until = time.monotonic() + _WAIT
        while not _answers(port):
            assert process.poll() is None and time.monotonic() < until, (work / "said").read_text()
            time.sleep(0.05)
        options = f"-o StrictHostKeyChecking=no -o UserKnownHostsFile={work}/known -o IdentitiesOnly=yes"
        yield f"{getpass.getuser()}@127.0.0.1", f"ssh -q -p {port} -i {work}/own {options}"
    finally:
        process.terminate()
        process.wait(timeout=_WAIT)


def wait_for_calls(work: Path) -> None:
    """Wait until nobody speaks to the server below ``work``: whom a killed program had called speaks on."""
    until = time.monotonic() + _WAIT
    while any(f"{work}/known" in command for command in _commands()):
        assert time.monotonic() < until
        time.sleep(0.05)


def _commands() -> Iterator[str]:
    """Yield the command line of each process that runs."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_text(errors="replace")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
