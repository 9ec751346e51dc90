"""Staging: a new release is put beside the old ones, and only what is new in it is copied and looked at."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.finding import Finding, Place, SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.privacy.leaks import Leak
from generator.publish.compressing import compress
from generator.publish.releases import (
    RELEASES,
    begin_release,
    current_release,
    place_release,
    read_rules,
    remove_parts,
)
from generator.publish.trees import TREES, Tree, begin_tree, link_tree, list_trees, place_tree, trees_of
from generator.publish.verifying import is_beside
from generator.wording import _

# Looks through some files of a folder for personal data.
Scan = Callable[[Path, Container[str]], list[Leak]]


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


def stage(site: Path, manifest: Manifest, target: Path, name: str, *, is_whole: bool = False) -> Staged:
    """Write the files of ``site``, as ``manifest`` names them, into a release below ``target``.

    What is the same in the release before is not read: it was looked at when it was put there. With
    ``is_whole`` nothing of before is trusted, and all is copied anew. Raises SetupError, OSError.
    """
    for place in (RELEASES, TREES):
        remove_parts(target / place)
    former = current_release(target)
    old = manifest_in(former)
    folder = begin_release(target, name)
    trees, before = list_trees(target), trees_of(former) if former is not None else {}
    fresh: list[Tree] = []
    known: list[Tree] = []
    for part, root in manifest.parts.items():
        tree = None if is_whole else trees.find(part, root)
        if tree is not None:
            known.append(tree)
        else:
            paths = (_part_at(site / part) or Manifest({})).files
            tree = begin_tree(target, part, root, paths, trees.next_turn(part, root))
            _fill(tree, site, paths, None if is_whole else before.get(part))
            fresh.append(tree)
        link_tree(folder, tree)
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


def faults_of(staged: Staged) -> Iterator[Finding]:
    """Yield what was copied and is not what the manifests say: read back from where it will be served."""
    roots = staged.manifest.parts
    for tree in staged.fresh:
        part = tree.about.part
        found = _part_at(tree.files / part)
        if found is None or found.root != roots[part]:
            yield Finding.of("site-part-changed", Place(part))
        else:
            yield from _mismatches(tree.files, found.files)
    own = staged.manifest.files
    yield from _mismatches(staged.folder, {path: own[path] for path in own if path not in staged.linked})


def leaks_of(staged: Staged, scan: Scan, mark: str) -> Iterator[Leak]:
    """Yield what must not get out of a staged release.

    What was looked at before by the same rules, which ``mark`` names, is not looked at again.
    """
    for tree in staged.fresh:
        yield from (leak for leak in scan(tree.files, _paths_of(tree)) if leak.is_error)
    for tree in staged.known:
        if not mark or tree.about.mark != mark:
            found = [leak for leak in scan(tree.files, _paths_of(tree)) if leak.is_error]
            yield from found
            if not found:
                tree.knowing(mark=mark, lists=tree.about.lists, register=tree.about.register)
    is_known = bool(mark) and staged.former is not None and read_rules(staged.former) == mark
    own = staged.copied if is_known else staged.copied | staged.linked
    if own:
        yield from (leak for leak in scan(staged.folder, own) if leak.is_error)


def pack(staged: Staged) -> int:
    """Write the compressed copies of what has none yet; return how many had to be made."""
    made = 0
    before = trees_of(staged.former) if staged.former is not None else {}
    for tree in staged.fresh:
        older = before.get(tree.about.part)
        paths = sorted(_paths_of(tree))
        made += compress(tree.files, paths, older.files if older is not None else None)
    return made + compress(staged.folder, sorted(staged.copied | staged.linked), staged.former)


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
            same += len(_names_in(site / part))
        else:
            after |= _names_in(site / part)
            villages.append(part.rpartition("/")[0])
    for part, root in old.parts.items():
        if former is not None and new.parts.get(part) != root:
            before |= _names_in(former / part)
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
    return (_part_at(folder / MANIFEST) if folder is not None else None) or Manifest({})


def _fill(tree: Tree, site: Path, paths: Mapping[str, str], former: Tree | None) -> None:
    known = (_part_at(former.files / tree.about.part) or Manifest({})).files if former is not None else {}
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
    goal.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, goal)
    return True


def _link(source: Path, goal: Path) -> bool:
    """Let ``goal`` be the same file as ``source``; return False where that cannot be."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, goal)
    except OSError:
        # Some disks know no second name for a file; one that is full says so when the copy is made.
        return False
    return True


def _mismatches(folder: Path, expected: Mapping[str, str]) -> Iterator[Finding]:
    for path, digest in sorted(expected.items()):
        try:
            content = (folder / path).read_bytes()
        except FileNotFoundError:
            yield Finding.of("site-file-missing", Place(path))
        else:
            if hashlib.sha256(content).hexdigest() != digest:
                yield Finding.of("site-file-changed", Place(path))


def _above(path: str) -> Iterable[str]:
    names = path.split("/")
    return ("/".join(names[:count]) for count in range(1, len(names)))


def _part_at(path: Path) -> Manifest | None:
    try:
        return read_manifest(path.read_bytes())
    except (OSError, ManifestError):
        return None


def _is_same(source: Path, former: Path) -> bool:
    try:
        return source.read_bytes() == former.read_bytes()
    except OSError:
        return False


def _paths_of(tree: Tree) -> set[str]:
    """Return the files of a tree, less their compressed copies."""
    return {tree.about.part, *_names_in(tree.files / tree.about.part)}


def _names_in(path: Path) -> dict[str, str]:
    """Return the files that a manifest names; that its root holds was seen when it was put there."""
    try:
        files: dict[str, str] = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError):
        return {}
    return files
