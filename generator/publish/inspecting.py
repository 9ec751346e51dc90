"""Inspecting: what is new in a release is held against its manifests, looked through, and packed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.model.finding import Finding, Place
from generator.privacy.leaks import Leak
from generator.publish.compressing import compress
from generator.publish.releases import read_rules
from generator.publish.staging import Each, Staged, names_in, part_at
from generator.publish.trees import Tree, trees_of

# Looks through some files of a folder for personal data; where many villages are new, in other processes.
Scan = Callable[[Path, Container[str]], list[Leak]]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What of a release does not match its manifests, and what must not get out of it."""

    findings: tuple[Finding, ...] = ()
    leaks: tuple[Leak, ...] = ()


def inspect(staged: Staged, scan: Scan, mark: str, each: Each) -> Inspection:
    """Return what is wrong with a staged release: all that is new is read back from where it will be served.

    What was looked at before by the same rules, which ``mark`` names, is not looked at again.
    """
    roots = staged.manifest.parts
    done = [*each(partial(_inspect_tree, scan), [(tree, roots[tree.about.part]) for tree in staged.fresh])]
    own = staged.manifest.files
    found = [finding for one in done for finding in one.findings]
    found += _mismatches(staged.folder, {path: own[path] for path in own if path not in staged.linked})
    leaks = [leak for one in done for leak in one.leaks]
    return Inspection(tuple(found), (*leaks, *leaks_of_known(staged, scan, mark, each)))


def leaks_of_known(staged: Staged, scan: Scan, mark: str, each: Each) -> Iterator[Leak]:
    """Yield what must not get out of the villages that were published before, and of the release's own files.

    A village that is found to be without it by the rules that ``mark`` names is known to be.
    """
    older = [tree for tree in staged.known if not mark or tree.about.mark != mark]
    for tree, leaks in zip(older, each(partial(_leaks_of_tree, scan), older), strict=True):
        yield from leaks
        if not leaks:
            tree.knowing(mark=mark, lists=tree.about.lists, register=tree.about.register)
    is_known = bool(mark) and staged.former is not None and read_rules(staged.former) == mark
    own = staged.copied if is_known else staged.copied | staged.linked
    if own:
        yield from _errors(scan(staged.folder, own))


def pack(staged: Staged, each: Each) -> int:
    """Write the compressed copies of what has none yet; return how many had to be made."""
    before = trees_of(staged.former) if staged.former is not None else {}
    made = sum(each(_pack_tree, [(tree, before.get(tree.about.part)) for tree in staged.fresh]))
    return made + compress(staged.folder, sorted(staged.copied | staged.linked), staged.former)


def _inspect_tree(scan: Scan, task: tuple[Tree, str]) -> Inspection:
    tree, root = task
    part = tree.about.part
    found = part_at(tree.files / part)
    if found is None or found.root != root:
        return Inspection((Finding.of("site-part-changed", Place(part)),))
    return Inspection(tuple(_mismatches(tree.files, found.files)), tuple(_leaks_of_tree(scan, tree)))


def _leaks_of_tree(scan: Scan, tree: Tree) -> list[Leak]:
    return _errors(scan(tree.files, _paths_of(tree)))


def _pack_tree(task: tuple[Tree, Tree | None]) -> int:
    tree, former = task
    return compress(tree.files, sorted(_paths_of(tree)), former.files if former is not None else None)


def _errors(leaks: Iterable[Leak]) -> list[Leak]:
    return [leak for leak in leaks if leak.is_error]


def _mismatches(folder: Path, expected: Mapping[str, str]) -> Iterator[Finding]:
    for path, digest in sorted(expected.items()):
        try:
            content = (folder / path).read_bytes()
        except FileNotFoundError:
            yield Finding.of("site-file-missing", Place(path))
        else:
            if hashlib.sha256(content).hexdigest() != digest:
                yield Finding.of("site-file-changed", Place(path))


def _paths_of(tree: Tree) -> set[str]:
    """Return the files of a tree, less their compressed copies."""
    return {tree.about.part, *names_in(tree.files / tree.about.part)}
