"""Staging: a new release is put beside the old ones, and only what is new in it is copied."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from generator.model.finding import SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.publish.releases import (
    RELEASES,
    begin_release,
    current_release,
    place_release,
    remove_parts,
)
from generator.publish.trees import TREES, Tree, begin_tree, link_tree, list_trees, place_tree, trees_of
from generator.publish.verifying import is_beside
from generator.wording import _

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Each(Protocol):
    """Does the same with many villages, wherever it has its hands."""

    def __call__(self, work: Callable[[_Task], _Result], tasks: Sequence[_Task], /) -> Iterator[_Result]:
        """Yield what came of each of ``tasks``, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """What a release changed against the one before: files that are new, changed, gone, and the same.

    ``villages`` are the folders of those whose files are not what they were.
    """

    added: int
    changed: int
    removed: int
    same: int
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Staged:
    """A release that is being written in ``folder``: nobody sees it.

    ``fresh`` are the trees that were made for it, ``known`` those that were there; ``copied`` are its own
    files that were copied, ``linked`` those that are the former release's.
    """

    target: Path
    folder: Path
    manifest: Manifest
    fresh: tuple[Tree, ...]
    known: tuple[Tree, ...]
    copied: frozenset[str]
    linked: frozenset[str]
    former: Path | None

    def drop(self) -> None:
        """Remove all that was written for it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for tree in self.fresh:
            shutil.rmtree(tree.folder, ignore_errors=True)


def stage(
    site: Path, manifest: Manifest, target: Path, name: str, each: Each, *, is_whole: bool = False
) -> Staged:
    """Write the files of ``site``, as ``manifest`` names them, into a release below ``target``.

    ``each`` copies the villages. What is the same in the release before is not read: it was looked at when it
    was put there. With ``is_whole`` nothing of before is trusted, and all is copied anew. Raises SetupError,
    OSError.
    """
    for place in (RELEASES, TREES):
        remove_parts(target / place)
    former = current_release(target)
    old = manifest_in(former)
    folder = begin_release(target, name)
    trees, before = list_trees(target), trees_of(former) if former is not None else {}
    fresh: list[Tree] = []
    known: list[Tree] = []
    empty: list[tuple[Tree, Tree | None]] = []
    for part, root in manifest.parts.items():
        tree = None if is_whole else trees.find(part, root)
        if tree is not None:
            known.append(tree)
        else:
            paths = (part_at(site / part) or Manifest({})).files
            tree = begin_tree(target, part, root, paths, trees.next_turn(part, root))
            empty.append((tree, None if is_whole else before.get(part)))
            fresh.append(tree)
        link_tree(folder, tree)
    for _filled in each(partial(_fill, site), empty):
        pass
    tops = {top for tree in (*fresh, *known) for top in tree.about.tops}
    copied, linked = {MANIFEST}, set()
    _copy(site / MANIFEST, folder / MANIFEST)
    for path, digest in manifest.files.items():
        if any(above in tops for above in _above(path)):
            raise SetupError(_("清单不完整，请重新运行 cunwu build"), file=path)
        is_known = not is_whole and former is not None and old.files.get(path) == digest
        if is_known and former is not None and _is_same(site / path, former / path):
            link_or_copy(former / path, folder / path)
            linked.add(path)
        elif _copy(site / path, folder / path):
            copied.add(path)
    return Staged(
        target, folder, manifest, tuple(fresh), tuple(known), frozenset(copied), frozenset(linked), former
    )


def place(staged: Staged, mark: str) -> Path:
    """Let a staged release, with its trees, stand beside the others; return its folder."""
    for tree in staged.fresh:
        place_tree(tree)
    return place_release(staged.target, staged.folder, mark)


def change_between(former: Path | None, site: Path) -> Change:
    """Return what the site in a folder changes against the release ``former``."""
    old, new = manifest_in(former), manifest_in(site)
    same, villages = 0, []
    before, after = dict(old.files), dict(new.files)
    for part, root in new.parts.items():
        if old.parts.get(part) == root:
            same += len(names_in(site / part))
        else:
            after |= names_in(site / part)
            villages.append(part.rpartition("/")[0])
    for part, root in old.parts.items():
        if former is not None and new.parts.get(part) != root:
            before |= names_in(former / part)
            villages += [] if part in new.parts else [part.rpartition("/")[0]]
    kept = before.keys() & after.keys()
    equal = sum(before[path] == after[path] for path in kept)
    return Change(
        added=len(after) - len(kept),
        changed=len(kept) - equal,
        removed=len(before) - len(kept),
        same=same + equal,
        villages=tuple(sorted(villages)),
    )


def manifest_in(folder: Path | None) -> Manifest:
    """Return the manifest of the site in ``folder``, one of nothing where there is none that holds."""
    return (part_at(folder / MANIFEST) if folder is not None else None) or Manifest({})


def part_at(path: Path) -> Manifest | None:
    """Return the manifest in a file, None where there is none that holds."""
    try:
        return read_manifest(path.read_bytes())
    except (OSError, ManifestError):
        return None


def names_in(path: Path) -> dict[str, str]:
    """Return the files that a manifest names; that its root holds was seen when it was put there."""
    try:
        files: dict[str, str] = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        return {}
    return files


def _fill(site: Path, task: tuple[Tree, Tree | None]) -> None:
    """Copy the files of a village into its empty tree; one is the former tree's where that has the same."""
    tree, former = task
    paths = (part_at(site / tree.about.part) or Manifest({})).files
    known = (part_at(former.files / tree.about.part) or Manifest({})).files if former is not None else {}
    _copy(site / tree.about.part, tree.files / tree.about.part)
    for path, digest in paths.items():
        is_same = former is not None and known.get(path) == digest
        if not (is_same and former is not None and _link(former.files / path, tree.files / path)):
            _copy(site / path, tree.files / path)


def link_or_copy(source: Path, goal: Path) -> None:
    """Let ``goal`` hold what ``source`` does, on the disk once where it can be."""
    if not _link(source, goal):
        _copy(source, goal)


def copy_release(release: Path, folder: Path) -> None:
    """Let the empty ``folder`` show all that ``release`` does, less the log that lies beside it."""
    for source in sorted(release.rglob("*")):
        goal = folder / source.relative_to(release)
        if source.is_symlink():
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.symlink_to(source.readlink(), target_is_directory=True)
        elif source.is_file() and not is_beside(goal.relative_to(folder).as_posix()):
            link_or_copy(source, goal)


def _copy(source: Path, goal: Path) -> bool:
    """Copy a file; what is missing is said when the copy is held against its manifest."""
    if not source.is_file():
        return False
    return _in_its_folder(partial(shutil.copyfile, source), goal)


def _link(source: Path, goal: Path) -> bool:
    """Let ``goal`` be the same file as ``source``; return False where that cannot be."""
    try:
        return _in_its_folder(partial(os.link, source), goal)
    except OSError:
        # Some disks know no second name for a file; one that is full says so when the copy is made.
        return False


def _in_its_folder(put: Callable[[Path], object], goal: Path) -> bool:
    """Put a file at ``goal``; only the first of a folder finds that it has to be made."""
    try:
        put(goal)
    except FileNotFoundError:
        goal.parent.mkdir(parents=True, exist_ok=True)
        put(goal)
    return True


def _above(path: str) -> Iterable[str]:
    names = path.split("/")
    return ("/".join(names[:count]) for count in range(1, len(names)))


def _is_same(source: Path, former: Path) -> bool:
    try:
        return source.read_bytes() == former.read_bytes()
    except OSError:
        return False
