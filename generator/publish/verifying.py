"""Verifying: whether a published site, its log and the repository say the same, and where they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import TypeVar

from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import PURGE, STAMPS, Entry, only_grew, read_log
from generator.model.finding import Finding, Place
from generator.model.log_signatures import NAME as SIGNATURES
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.publish.compressing import holds, original_of

Read = Callable[[str], bytes | None]
# A site is looked at from so many threads, each taking so many files at a time: pages are small, and a
# web server answers more than one question.
_AT_ONCE, _BATCH = 8, 128
_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


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
    wanted = sorted(expected)
    digests = _at_once(lambda path: _digest(read(path)), wanted)
    for done, (path, digest) in enumerate(zip(wanted, digests, strict=True), start=1):
        if digest is None:
            yield Finding.of("site-file-missing", Place(path))
        elif digest != expected[path]:
            yield Finding.of("site-file-changed", Place(path))
        if each is not None:
            each(done, len(expected))
    known |= set(expected)
    left = sorted(set(names or ()) - known)
    copies = [(path, original) for path in left if (original := original_of(path, known)) is not None]
    held = dict(zip(copies, _at_once(lambda pair: _is_copy(read, *pair, expected), copies), strict=True))
    originals = dict(copies)
    for path in left:
        if path not in originals:
            if not is_beside(path):
                yield Finding.of("site-file-extra", Place(path))
        elif not held[path, originals[path]]:
            yield Finding.of("site-file-changed", Place(path))


def _at_once(ask: Callable[[_Asked], _Answer], questions: Sequence[_Asked]) -> Iterator[_Answer]:
    """Yield what ``ask`` answers to each of ``questions``, in their order, from a few threads."""
    batches = [questions[start : start + _BATCH] for start in range(0, len(questions), _BATCH)]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda batch: [ask(one) for one in batch], batches)
        yield from chain.from_iterable(answers)


def _digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _is_copy(read: Read, path: str, original: str, expected: Mapping[str, str]) -> bool:
    """Return whether the compressed file at ``path`` opens to what the manifest says of ``original``.

    A copy is served in the place of the file that the manifest names.
    """
    content = read(original) or b""
    digest = expected.get(original) or hashlib.sha256(content).hexdigest()
    return holds(read(path) or b"", path, digest, len(content))


def is_beside(path: str) -> bool:
    """Return whether a file is written after the manifest: the log, and what signs and stamps its lines."""
    return path in (LOG, SIGNATURES) or (path.startswith(f"{STAMPS}/") and path.endswith(".tsr"))


def paths_of_site(read: Read) -> list[str]:
    """Return the files that the site's manifests name, in order."""
    top = _manifest(read(MANIFEST))
    if top is None:
        return []
    parts = (_manifest(read(part)) for part in top.parts)
    return sorted({*top.files, *(path for part in parts if part is not None for path in part.files)})


def closed_afterwards(read: Read) -> dict[str, str]:
    """Return the pages of lists that were closed in a release that is served again, with the day (ISO)."""
    top = _manifest(read(MANIFEST))
    parts = (_manifest(read(part)) for part in sorted(top.parts)) if top is not None else ()
    return {page: day for part in parts if part is not None for page, day in part.facts.items()}


def manifest_of_site(read: Read) -> Manifest | None:
    """Return the site's own manifest, or None."""
    return _manifest(read(MANIFEST))


def verify_log(
    content: bytes | None, site: str | None, shown: str = LOG, facts: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Yield what is wrong with a log, and whether its last line is that of the site with root ``site``.

    ``facts`` are those of that site's manifest: the line must say the same of it.
    """
    if content is None:
        yield Finding.of("log-missing", Place(shown))
        return
    entries, faults = read_log(content)
    for fault in faults:
        yield Finding.of(fault.code, Place(shown, fault.line))
    if site is not None and (not entries or entries[-1].site != site):
        yield Finding.of("site-not-logged", Place(shown, len(entries) or None))
    elif entries and facts:
        told = {"as_of": entries[-1].as_of.isoformat(), "engine": entries[-1].engine}
        for name in (name for name, value in told.items() if facts.get(name, value) != value):
            yield Finding.of("log-facts", Place(shown, entries[-1].number, name))


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
