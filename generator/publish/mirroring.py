"""Mirroring: a bucket is made to hold a release; of its villages only those are read that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.model.finding import SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest
from generator.publish.bucket import HANDS, Bucket, put_object, staged_key
from generator.publish.bucket_index import (
    INDEX,
    Held,
    Root,
    by_parts,
    index_of_part,
    place_of_part,
    read_part,
    read_root,
    read_whole,
)
from generator.publish.objects import STAGED, Headers, Object, objects_of, plan
from generator.publish.releases import own_files_below
from generator.publish.staging import manifest_in, names_in, part_at
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What was done to a bucket: objects put, taken away, and left as they were; bytes sent.

    ``staged`` of those put had been brought before, and were only put in their place.
    """

    put: int
    gone: int
    same: int
    sent: int
    staged: int


def mirror(folder: Path, bucket: Bucket, passing: str) -> Mirrored:
    """Make ``bucket`` hold the release in ``folder`` and nothing else; raises SetupError.

    ``passing`` is the pattern of the pages that nobody may keep. First what pages need, then the pages,
    village by village, last what says that the site is this one; what is gone is taken away after that. A
    run that is broken off leaves pages that are whole, each old or new, and the next one goes on from there:
    the bucket's own index says beforehand what may no longer be as it was. Of a village that did not change
    nothing is read, here or there.
    """
    bucket.require_no_versions()
    manifest, headers = manifest_in(folder), Headers.of(passing)
    root, is_kept = _root_of(bucket, folder, manifest)
    own = objects_of(folder, own_files_below(folder), manifest.files, headers)
    seals = {part: _seal_of(digest, headers) for part, digest in manifest.parts.items()}
    changed = [part for part, seal in seals.items() if root.parts.get(part, Held("", 0)).seal != seal]
    vanished = [part for part in root.parts if part not in seals]
    todo = plan(own, root.objects)
    waiting = frozenset(bucket.keys(STAGED))
    with _hands_for(bucket, waiting) as hands:
        if is_kept and not (changed or vanished or todo.gone or any(todo.steps)):
            bucket.remove(sorted(waiting))
            return Mirrored(0, 0, todo.same + sum(held.count for held in root.parts.values()), 0, 0)
        unsure = {part: Held("", root.parts[part].count if part in root.parts else 0) for part in changed}
        unsure |= {part: Held("", root.parts[part].count) for part in vanished}
        marks = {**root.objects, **{one.key: "" for step in todo.steps for one in step}}
        _keep(bucket, INDEX, Root(marks, {**root.parts, **unsure}).content())
        hands.put(todo.steps[0])
        stray, villages = set(todo.gone), []
        for part in changed:
            village = _mirror_village(bucket, root, folder, part, manifest.parts[part], headers, hands)
            villages.append(village.without_marks())
            # What was the site's own may be a village's now.
            stray -= village.marks.keys()
        for step in todo.steps[1:]:
            hands.put(step)
        left = [_Village(part, {}, 0, tuple(_known_of(bucket, root, part)), 0) for part in vanished]
        gone = _take_away(bucket, [*villages, *left], own, stray)
    bucket.remove([place_of_part(part) for part in vanished])
    counts = {one.part: Held(seals[one.part], one.count) for one in villages}
    held = {part: counts.get(part) or root.parts[part] for part in seals}
    _keep(bucket, INDEX, Root({key: one.mark for key, one in own.items()}, held).content())
    bucket.remove(sorted(waiting))
    same = todo.same + sum(one.same for one in villages)
    same += sum(one.count for part, one in held.items() if part not in counts)
    return Mirrored(hands.done, gone, same, hands.sent, hands.staged)


@dataclass(frozen=True, slots=True)
class _Village:
    """A village of which a bucket holds ``count`` objects as they are now, beside those that are ``gone``."""

    part: str
    marks: Mapping[str, str]
    count: int
    gone: tuple[str, ...]
    same: int

    def without_marks(self) -> _Village:
        """Return the village with its marks only where they are needed again: there are thousands."""
        return self if self.gone else replace(self, marks={})


@dataclass(slots=True)
class _Hands:
    """Puts objects side by side and counts what it did; ``waiting`` are keys of what was brought before."""

    bucket: Bucket
    pool: ThreadPoolExecutor
    waiting: frozenset[str]
    done: int = 0
    sent: int = 0
    staged: int = 0

    def put(self, objects: Sequence[Object]) -> None:
        """Put ``objects``; raises SetupError at the first that could not be."""
        for size in self.pool.map(self._put, objects):
            self.sent += size
            self.done += 1
        self.staged += sum(staged_key(one) in self.waiting for one in objects)

    def _put(self, one: Object) -> int:
        if staged_key(one) in self.waiting:
            self.bucket.copy(staged_key(one), one.key)
            return 0
        return put_object(self.bucket, one, one.key, one.content())


@contextmanager
def _hands_for(bucket: Bucket, waiting: frozenset[str]) -> Iterator[_Hands]:
    with ThreadPoolExecutor(HANDS) as pool:
        try:
            yield _Hands(bucket, pool, waiting)
        except SetupError:
            pool.shutdown(cancel_futures=True)
            raise


def _root_of(bucket: Bucket, folder: Path, manifest: Manifest) -> tuple[Root, bool]:
    """Return what the bucket says it holds, and whether it says so in the form of today.

    One that kept all in one index, or that lost its index, is told apart by villages, once.
    """
    content = bucket.read(INDEX)
    root = read_root(content) if content is not None else None
    if root is not None:
        return root, True
    known = read_whole(content) if content is not None else None
    if known is None:
        known = dict.fromkeys(bucket.keys(), "")
    own, villages = by_parts(known, {part: [part, *names_in(folder / part)] for part in manifest.parts})
    for part, marks in villages.items():
        if marks:
            _keep(bucket, place_of_part(part), index_of_part(marks))
    return Root(own, {part: Held("", len(marks)) for part, marks in villages.items() if marks}), False


def _mirror_village(
    bucket: Bucket, root: Root, folder: Path, part: str, digest: str, headers: Headers, hands: _Hands
) -> _Village:
    """Put what is new of the village whose manifest ``part`` has the root ``digest``.

    What it no longer has stays, and is marked in its index as not sure.
    """
    found = part_at(folder / part)
    if found is None or found.root != digest:
        raise SetupError(_("文件和清单里写的不一样，没有放进存储桶：请重新生成、发布"), file=part)
    digests = {**found.files, part: hashlib.sha256((folder / part).read_bytes()).hexdigest()}
    wanted = objects_of(folder, digests, digests, headers)
    known = _known_of(bucket, root, part)
    todo = plan(wanted, known)
    changing = [one for step in todo.steps for one in step]
    marks = {key: one.mark for key, one in wanted.items()}
    if changing:
        unsure = dict.fromkeys((one.key for one in changing), "")
        _keep(bucket, place_of_part(part), index_of_part(known | unsure))
        for step in todo.steps:
            hands.put(step)
        _keep(bucket, place_of_part(part), index_of_part(marks | dict.fromkeys(todo.gone, "")))
    return _Village(part, marks, len(marks), todo.gone, todo.same)


def _known_of(bucket: Bucket, root: Root, part: str) -> dict[str, str]:
    """Return the marks that a bucket keeps of a village's objects; where they are lost, what lies there."""
    content = bucket.read(place_of_part(part))
    known = read_part(content) if content is not None else None
    was_there = part in root.parts and root.parts[part].count > 0
    if known is not None or (content is None and not was_there):
        return known or {}
    slug, lying = part.rpartition("/")[0], bucket.keys()
    return {key: "" for key in lying if _is_below(slug, key.split("/"), root)}


def _is_below(slug: str, names: Sequence[str], root: Root) -> bool:
    """Return whether an object is of a village by its name: in its folder, or in that of a language."""
    if names[0] == slug:
        return True
    return names[1:2] == [slug] and f"{names[0]}/{MANIFEST}" not in root.parts


def _take_away(
    bucket: Bucket, villages: Sequence[_Village], own: Mapping[str, Object], stray: Iterable[str]
) -> int:
    """Take away what villages no longer have, and ``stray``, less the site's ``own``; return how many."""
    every = {key for keys in (stray, *(one.gone for one in villages)) for key in keys} - own.keys()
    bucket.remove(sorted(every))
    for one in villages:
        if one.gone and one.marks:
            _keep(bucket, place_of_part(one.part), index_of_part(one.marks))
    return len(every)


def _seal_of(root: str, headers: Headers) -> str:
    """Return a hash over all that decides how a village's objects are put: its manifest, and the rules."""
    return hashlib.sha256(f"{headers.told}\n{root}".encode()).hexdigest()


def _keep(bucket: Bucket, key: str, content: bytes) -> None:
    bucket.put(key, content, "application/json", "no-store")
