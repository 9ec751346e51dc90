"""Passphrases: keys that only their owner opens, and how a passphrase reaches ssh-keygen unseen."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import environment
from generator.model.finding import SetupError
from generator.wording import _

_VARIABLE = "CUNWU_PASSPHRASE"
# A command line is seen by everybody on the machine, and a file outlives its use: the script that answers
# ssh-keygen holds nothing, and the passphrase is in the environment of that one process.
_ANSWER = f"#!/bin/sh\nprintf '%s\\n' \"${_VARIABLE}\"\n"


class WrongPassphrase(Exception):
    """The passphrase does not open the key."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A private key, and the variables with which ssh-keygen opens it while the context lasts."""

    path: Path
    variables: Mapping[str, str]


@contextmanager
def unlocked(path: Path, passphrase: str) -> Iterator[Unlocked]:
    """Yield the key at ``path`` with what answers for its passphrase."""
    with tempfile.TemporaryDirectory(prefix="cunwu-") as folder:
        script = Path(folder) / "answer"
        script.write_text(_ANSWER, encoding="utf-8", newline="\n")
        script.chmod(0o700)
        variables = {
            _VARIABLE: passphrase,
            "SSH_ASKPASS": str(script),
            "SSH_ASKPASS_REQUIRE": "force",
            # Older ssh-keygen ask a window only where there is a screen.
            "DISPLAY": "none:0",
        }
        yield Unlocked(path, variables)


def make_locked_key(path: Path, name: str, passphrase: str) -> str:
    """Write a new ed25519 key to ``path``, locked with ``passphrase``, and return its public half.

    Raises SetupError where ssh-keygen is missing or does not lock it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with unlocked(path, passphrase) as key:
        done = _keygen(("-q", "-t", "ed25519", "-C", name, "-f", str(path)), key.variables)
    if done.returncode or not path.is_file():
        problem = done.stderr.decode("utf-8", "replace").strip()
        raise SetupError(_("做不出签名的钥匙：{problem}").format(problem=problem))
    path.chmod(0o600)
    public = path.with_name(path.name + ".pub")
    if _opens(path, ""):
        path.unlink()
        public.unlink(missing_ok=True)
        raise SetupError(_("这台电脑的 ssh-keygen 没有给钥匙加上口令，请升级 OpenSSH（8.4 以上）"))
    kind, text = public.read_text(encoding="utf-8").split()[:2]
    return f"{kind} {text}"


def _opens(path: Path, passphrase: str) -> bool:
    with unlocked(path, passphrase) as key:
        return _keygen(("-y", "-f", str(path)), key.variables).returncode == 0


def _keygen(arguments: tuple[str, ...], variables: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=environment() | dict(variables),
        )
    except FileNotFoundError:
        raise SetupError(_("没有安装 ssh-keygen（Debian 软件包 openssh-client）")) from None
