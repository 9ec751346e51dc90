"""Objects: how the files of a release are put into a bucket, and in which order."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.finding import SetupError
from generator.publish.compressing import GZIP, without_copies
from generator.publish.serving import ASK_AGAIN, KINDS, NEVER, TEXTS, caching_rules
from generator.wording import _

# What a bucket holds beside the site.
OWN = ".cunwu/"
# Where objects wait that are to be put in their place together.
STAGED = f"{OWN}staged/"

_KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings}
# What only a page asks for goes packed; what people and programs fetch as a file goes as it is.
_PACKED = frozenset({"html", "css", "js", "svg"})


@dataclass(frozen=True, slots=True)
class Object:
    """One object as it is to be: the file that it is of, the SHA-256 of that, and its headers.

    ``source`` is what is put: the file itself, or, where ``is_packed``, its packed copy.
    """

    key: str
    source: Path
    digest: str
    kind: str
    caching: str
    is_packed: bool

    @property
    def mark(self) -> str:
        """Return a hash over content and headers: two objects of one mark are the same."""
        told = f"{self.kind}\n{self.caching}\n{self.is_packed}\n{self.digest}"
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def step(self) -> int:
        """Return when it is put: what pages need, the pages, then what says that the site is this one."""
        if self.key.count("/") == 0 and not self.key.endswith(".html"):
            return 2
        return 1 if self.key.endswith(".html") else 0

    @property
    def is_passing(self) -> bool:
        """Return whether it shows persons for some days only."""
        return self.caching == NEVER

    def content(self) -> bytes:
        """Return what is to be put; raises SetupError where the file is no longer what its hash says."""
        content = self.source.read_bytes()
        plain = _opened(content) if self.is_packed else content
        if hashlib.sha256(plain).hexdigest() != self.digest:
            raise SetupError(_("文件和清单里写的不一样，没有放进存储桶：请重新生成、发布"), file=self.key)
        return content


@dataclass(frozen=True, slots=True)
class Headers:
    """Tells with which headers a file is put."""

    rules: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def of(cls, passing: str) -> Headers:
        """Return those of a county; ``passing`` is the pattern of the pages that nobody may keep."""
        return cls(tuple((re.compile(pattern), rule) for pattern, rule in caching_rules(passing)))

    @property
    def told(self) -> str:
        """Return all that decides how a file of a name is put: other rules, other objects."""
        rules = [(pattern.pattern, rule) for pattern, rule in self.rules]
        return repr((rules, sorted(_KIND_OF.items()), sorted(TEXTS), sorted(_PACKED), ASK_AGAIN))

    def kind(self, path: str) -> str:
        """Return the type of the file at ``path``."""
        kind = _KIND_OF.get(path.rpartition(".")[2], "application/octet-stream")
        return f"{kind}; charset=utf-8" if kind in TEXTS else kind

    def caching(self, path: str) -> str:
        """Return what may be kept of the file at ``path``."""
        return next((rule for pattern, rule in self.rules if pattern.search(f"/{path}")), ASK_AGAIN)


def is_put_packed(path: str) -> bool:
    """Return whether the file at ``path`` is put as its packed copy, where it has one."""
    return path.rpartition(".")[2] in _PACKED


def objects_of(
    folder: Path, paths: Iterable[str], digests: Mapping[str, str], headers: Headers
) -> dict[str, Object]:
    """Return by key the objects for ``paths`` of the release in ``folder``.

    Texts that only pages ask for are put as their packed copies: a bucket packs nothing itself. Hashes are
    ``digests``, as the release's manifests have them; only what these do not name is read here, everything
    else when it is put.
    """
    found = {}
    for path in without_copies(paths):
        packed = folder / f"{path}{GZIP}"
        is_packed = is_put_packed(path) and packed.is_file()
        source = packed if is_packed else folder / path
        digest = digests.get(path) or hashlib.sha256((folder / path).read_bytes()).hexdigest()
        found[path] = Object(path, source, digest, headers.kind(path), headers.caching(path), is_packed)
    return found


def _opened(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return b""


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
    gone = tuple(sorted(key for key in known if key not in wanted and not key.startswith(OWN)))
    return Plan(steps, gone, len(wanted) - len(new))
