"""Remotes: the hosts to which a repository may send what it holds, and what it keeps of a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import ask_git, has_git, lines_of_git, run_git

# How an address may name the host it reaches; anything else is an address that we do not understand.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.%]+\]")
_PORT = re.compile(r":[0-9]*$")
_PUSHING = r"^(branch\..*\.(remote|pushremote)|remote\.pushdefault)$"
_SUBMODULE = "160000"


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a repository's commits may go; ``host`` is "" for this machine, None where it is not clear."""

    name: str
    host: str | None


def top_of(folder: Path) -> Path | None:
    """Return the top folder of the repository in which ``folder`` lies, None where it lies in none.

    Raises SetupError where there is one that git does not open, such as another user's.
    """
    top = ask_git(folder, "rev-parse", "--show-toplevel")
    if top:
        return Path(os.path.realpath(top))
    if has_git() and any((place / ".git").exists() for place in (folder, *folder.parents)):
        run_git(folder, "rev-parse", "--show-toplevel")
    return None


def count_tracked(top: Path, folder: Path) -> int:
    """Return how many files at or below ``folder`` the repository at ``top`` keeps (submodules are none)."""
    listed = ask_git(top, "ls-files", "--stage", "-z", "--", f":(literal){folder}") or ""
    return sum(1 for entry in listed.split("\0") if entry and not entry.startswith(_SUBMODULE))


def is_ignored(top: Path, folder: Path) -> bool:
    """Return whether the repository at ``top`` is told to leave out all that lies in ``folder``."""
    return ask_git(top, "check-ignore", "--quiet", "--no-index", "--", str(folder / "_")) is not None


def list_remotes(top: Path) -> Iterator[Remote]:
    """Yield where the repository at ``top`` fetches from and pushes to, as its configuration rewrites it."""
    for name in lines_of_git(top, "remote"):
        urls = [
            *lines_of_git(top, "remote", "get-url", "--all", "--", name),
            *lines_of_git(top, "remote", "get-url", "--push", "--all", "--", name),
        ]
        for url in dict.fromkeys(urls):
            yield Remote(name, host_of(url))
    for line in lines_of_git(top, "config", "--get-regexp", _PUSHING):
        key, _space, value = line.partition(" ")
        # Git takes an address where it expects the name of a remote.
        if ":" in value or "/" in value:
            yield Remote(key, host_of(value))


def host_of(url: str) -> str | None:
    """Return the host that git reaches by ``url``, "" for this machine, None for what is not understood.

    As git itself reads it: up to the first slash, after the last @. Ports do not count.
    """
    found = _SCHEME.fullmatch(url)
    if found:
        scheme, rest = found.group(1).lower(), found.group(2)
        return "" if scheme == "file" else _host(rest.partition("/")[0])
    colon, slash = url.find(":"), url.find("/")
    if colon < 0 or 0 <= slash < colon:
        return ""
    if url.startswith("["):
        inside, bracket, _rest = url[1:].partition("]")
        inner = inside.rpartition("@")[2]
        return _host(f"[{inner}]" if inner.count(":") > 1 else inner) if bracket else None
    before, _colon, after = url.partition(":")
    if before.rpartition("@")[2].startswith("["):
        return _host(url.rpartition("]")[0] + "]")
    if after.startswith(":"):
        # A transport of its own (ext::, and whatever else is installed): it may go anywhere.
        return None
    return _host(before)


def _host(authority: str) -> str | None:
    host = authority.rpartition("@")[2].lower()
    if not host.endswith("]"):
        host = _PORT.sub("", host)
    host = host.rstrip(".")
    # Characters that different programs read differently are no part of an honest address.
    if re.search(r"[?#\\\s%]", authority.rpartition("@")[0]) or not _HOST.fullmatch(host):
        return None
    return host
