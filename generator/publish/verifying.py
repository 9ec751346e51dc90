"""Verifying: whether a published site, its log and the repository say the same, and where they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import PURGE, STAMPS, Entry, only_grew, read_log
from generator.model.finding import Finding, Place
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.publish.compressing import holds, original_of

Read = Callable[[str], bytes | None]


def verify_site(
    read: Read, names: Iterable[str] | None = None, each: Callable[[int, int], None] | None = None
) -> Iterator[Finding]:
    """Yield what does not match the manifest of the site whose files ``read`` returns (None: not there).

    ``names`` are all files of the site where they can be listed; ``each`` is told how many are done.
    """
    top = _manifest(read(MANIFEST))
    if top is None:
        yield Finding.of("site-no-manifest", Place(MANIFEST))
        return
    expected = dict(top.files)
    known = {MANIFEST}
    for part, root in sorted(top.parts.items()):
        found = _manifest(read(part))
        known.add(part)
        if found is None or found.root != root:
            yield Finding.of("site-part-changed", Place(part))
            known |= set() if found is None else set(found.files)
            continue
        expected |= found.files
    for done, (path, digest) in enumerate(sorted(expected.items()), start=1):
        content = read(path)
        if content is None:
            yield Finding.of("site-file-missing", Place(path))
        elif hashlib.sha256(content).hexdigest() != digest:
            yield Finding.of("site-file-changed", Place(path))
        if each is not None:
            each(done, len(expected))
    known |= set(expected)
    for path in sorted(set(names or ()) - known):
        original = original_of(path, known)
        if original is None:
            if not is_beside(path):
                yield Finding.of("site-file-extra", Place(path))
            continue
        # A copy is served in the place of the file that the manifest names.
        content = read(original) or b""
        digest = expected.get(original) or hashlib.sha256(content).hexdigest()
        if not holds(read(path) or b"", path, digest, len(content)):
            yield Finding.of("site-file-changed", Place(path))


def is_beside(path: str) -> bool:
    """Return whether a file is written after the manifest: the log, and what signs and stamps its lines."""
    return path in (LOG, SIGNATURES) or (path.startswith(f"{STAMPS}/") and path.endswith(".tsr"))


def root_of_site(read: Read) -> str | None:
    """Return the root that the site's own manifest states, or None."""
    top = _manifest(read(MANIFEST))
    return top.root if top is not None else None


def verify_log(content: bytes | None, site: str | None, shown: str = LOG) -> Iterator[Finding]:
    """Yield what is wrong with a log, and whether its last line is that of the site with root ``site``."""
    if content is None:
        yield Finding.of("log-missing", Place(shown))
        return
    entries, faults = read_log(content)
    for fault in faults:
        yield Finding.of(fault.code, Place(shown, fault.line))
    if site is not None and (not entries or entries[-1].site != site):
        yield Finding.of("site-not-logged", Place(shown, len(entries) or None))


def verify_growth(older: bytes, newer: bytes, shown: str = LOG) -> Iterator[Finding]:
    """Yield a finding at the first line of ``newer`` that is not that of an older copy."""
    if only_grew(older, newer):
        return
    pairs = zip(older.split(b"\n"), newer.split(b"\n"), strict=False)
    line = next((n for n, (old, new) in enumerate(pairs, start=1) if old != new), newer.count(b"\n") + 1)
    yield Finding.of("log-not-grown", Place(shown, line))


def verify_head(entries: Sequence[Entry], head: str, shown: str = LOG) -> Iterator[Finding]:
    """Yield a finding when no line of the log has a hash that begins with ``head`` (8 digits or more).

    Posters print it in groups of four.
    """
    digits = head.lower().replace("-", "").replace(" ", "")
    if len(digits) < 8 or not any(entry.digest.startswith(digits) for entry in entries):
        yield Finding.of("log-head-unknown", Place(shown))


def verify_history(
    entries: Sequence[Entry],
    versions: Mapping[str, frozenset[str]],
    purged: Mapping[str, frozenset[str] | None],
    shown: str = LOG,
) -> Iterator[Finding]:
    """Yield the logged versions of records that the repository's history does not hold.

    ``versions`` are the SHA-256 of every version that each path ever had; ``purged`` the paths that each
    purge record (by its own SHA-256) says it touched, None where the record's signature does not hold.
    """
    explained: set[str] = set()
    for entry in entries:
        if entry.kind == PURGE:
            paths = purged.get(entry.record)
            if paths is None:
                yield Finding.of("purge-unproved", Place(shown, entry.number), number=entry.number)
            explained |= paths or frozenset()
    for entry in entries:
        for path, digest in sorted(entry.changes.items()):
            if digest is not None and path not in explained and digest not in versions.get(path, ()):
                yield Finding.of("history-rewritten", Place(path), number=entry.number)


def _manifest(content: bytes | None) -> Manifest | None:
    try:
        return read_manifest(content) if content is not None else None
    except ManifestError:
        return None
