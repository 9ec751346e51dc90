"""The engine's lock: which engine a repository was made for, and the hash of each file it brought."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.finding import SetupError
from generator.wording import _

FILE = "site_config/engine.lock"
_FORMAT = "cunwu-engine/1"


@dataclass(frozen=True, slots=True)
class EngineLock:
    """``engine`` is the version, ``requirement`` how pip is asked for it, ``hosts`` the pipelines' hosts.

    ``files`` are SHA-256 by path, of the files as the engine brought them and not as they may stand now.
    """

    engine: str
    requirement: str
    hosts: tuple[str, ...]
    files: Mapping[str, str]

    def content(self) -> bytes:
        """Return the bytes of the lock file."""
        facts = {
            "format": _FORMAT,
            "engine": self.engine,
            "requirement": self.requirement,
            "hosts": list(self.hosts),
            "files": dict(sorted(self.files.items())),
        }
        return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def lock_of(engine: str, requirement: str, hosts: tuple[str, ...], files: Mapping[str, bytes]) -> EngineLock:
    """Return the lock of ``files`` as the engine brings them."""
    return EngineLock(engine, requirement, hosts, {path: sha256(content) for path, content in files.items()})


def read_lock(root: Path) -> EngineLock:
    """Return the lock of the county at ``root``; raises SetupError where there is none that can be read."""
    try:
        content = (root / FILE).read_bytes()
    except OSError:
        raise SetupError(_("没有这个文件：这不是用 cunwu init 建立的仓库"), file=FILE) from None
    try:
        facts = json.loads(content)
        if facts["format"] != _FORMAT:
            raise ValueError
        files = {str(path): str(digest) for path, digest in facts["files"].items()}
        hosts = tuple(map(str, facts["hosts"]))
        return EngineLock(str(facts["engine"]), str(facts["requirement"]), hosts, files)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise SetupError(_("读不出来，请从版本历史里恢复这个文件"), file=FILE) from None


def sha256(content: bytes) -> str:
    """Return the SHA-256 of ``content`` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
