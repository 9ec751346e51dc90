"""Objects: how the files of a release are put into a bucket, and in which order."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.publish.compressing import GZIP, without_copies
from generator.publish.serving import ASK_AGAIN, KINDS, TEXTS, caching_rules

INDEX = ".cunwu/objects.json"

_KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings}
# What only a page asks for goes packed; what people and programs fetch as a file goes as it is.
_PACKED = frozenset({"html", "css", "js", "svg"})


@dataclass(frozen=True, slots=True)
class Object:
    """One object as it is to be: the file it is made of, its headers, and a hash over both."""

    key: str
    source: Path
    kind: str
    caching: str
    is_packed: bool
    mark: str

    @property
    def step(self) -> int:
        """Return when it is put: what pages need, the pages, then what says that the site is this one."""
        if self.key.count("/") == 0 and not self.key.endswith(".html"):
            return 2
        return 1 if self.key.endswith(".html") else 0


def objects_of(folder: Path, paths: Iterable[str], passing: str) -> dict[str, Object]:
    """Return by key the objects for ``paths`` of the release in ``folder``.

    ``passing`` is the pattern of the pages that nobody may keep. Texts that only pages ask for are put as
    their packed copies: a bucket packs nothing itself.
    """
    found = {}
    rules = [(re.compile(pattern), rule) for pattern, rule in caching_rules(passing)]
    for path in without_copies(paths):
        ending = path.rpartition(".")[2]
        packed = folder / f"{path}{GZIP}"
        is_packed = ending in _PACKED and packed.is_file()
        source = packed if is_packed else folder / path
        kind = _KIND_OF.get(ending, "application/octet-stream")
        if kind in TEXTS:
            kind = f"{kind}; charset=utf-8"
        caching = next((rule for pattern, rule in rules if pattern.search(f"/{path}")), ASK_AGAIN)
        digest = hashlib.sha256(f"{kind}\n{caching}\n{is_packed}\n".encode())
        digest.update(source.read_bytes())
        found[path] = Object(path, source, kind, caching, is_packed, digest.hexdigest())
    return found


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be done to a bucket: objects to put, step by step, and keys to take away."""

    steps: tuple[tuple[Object, ...], ...]
    gone: tuple[str, ...]
    same: int


def plan(wanted: Mapping[str, Object], known: Mapping[str, str]) -> Plan:
    """Return how a bucket that holds ``known`` (key to mark, "" where it is not sure) becomes ``wanted``."""
    new = [one for key, one in sorted(wanted.items()) if known.get(key) != one.mark]
    steps = tuple(tuple(one for one in new if one.step == step) for step in range(3))
    gone = tuple(sorted(key for key in known if key not in wanted and key != INDEX))
    return Plan(steps, gone, len(wanted) - len(new))


def index_of(marks: Mapping[str, str]) -> bytes:
    """Return what a bucket keeps of itself: the mark of each object, "" while it is being changed."""
    return json.dumps({"form": 1, "objects": dict(sorted(marks.items()))}, indent=0).encode("ascii") + b"\n"


def read_index(content: bytes) -> dict[str, str] | None:
    """Return what ``content``, a bucket's index, says it holds; None when that cannot be read."""
    try:
        kept = json.loads(content)
        if kept["form"] != 1:
            return None
        return {str(key): str(mark) for key, mark in kept["objects"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
