"""The engine's source: where pip gets the engine from, and by which hash it knows the engine again."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import distribution
from pathlib import Path

from generator.model.finding import SetupError
from generator.wording import _

_WHEEL = re.compile(r"cunwu-(?P<version>[^-]+)(-[^-]+)?-py3-none-any\.whl")
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Where pip writes down the file that it installed something from (PEP 610); from an index it writes none.
_ORIGIN = "direct_url.json"
_HASH = "--hash=sha256:"


def requirement_for(wanted: str, installed: str) -> str:
    """Return the line by which pip is asked for the engine, of which version ``installed`` is running.

    ``wanted`` is the file of a wheel, of which name and hash are taken, or a line as pip reads it; "" is the
    engine that is running. Raises SetupError where such a file is no wheel of the engine.
    """
    if wanted.endswith(".whl") and Path(wanted).is_file():
        named = _WHEEL.fullmatch(Path(wanted).name)
        if named is None:
            raise SetupError(_("不是本程序的安装包，应当叫 cunwu-版本-py3-none-any.whl"), file=wanted)
        return _line(named["version"], hashlib.sha256(Path(wanted).read_bytes()).hexdigest())
    return wanted or _line(installed, _installed_digest())


def is_pinned(requirement: str) -> bool:
    """Return whether a requirement names the hash of what may be installed."""
    return _HASH in requirement


def is_release(requirement: str, version: str) -> bool:
    """Return whether a requirement asks an index for ``version``, whatever its hash."""
    return requirement.partition(" ")[0] == f"cunwu=={version}"


def _line(version: str, digest: str) -> str:
    return f"cunwu=={version} {_HASH}{digest}" if digest else f"cunwu=={version}"


def _installed_digest() -> str:
    """Return the SHA-256 of the wheel from which this engine was installed, "" where pip did not note it."""
    try:
        facts = json.loads(distribution("cunwu").read_text(_ORIGIN) or "{}")
        digest = str(facts["archive_info"]["hashes"]["sha256"])
    except (ValueError, KeyError, TypeError):
        return ""
    return digest if _DIGEST.fullmatch(digest) else ""
