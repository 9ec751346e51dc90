"""Trees: the files of one village as they are published, kept once for all the releases that show them."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from generator.intake.whole_file import write_whole
from generator.publish.releases import PART, RELEASES, remove_parts

TREES = "villages"
_FILES, _ABOUT, _GIT = "files", "about.json", "git.json"
# Of a root so much names a tree: as many bits as nobody finds twice.
_DIGITS = 32
_LINK = re.compile(rf"(\.\./)+{TREES}/(?P<tree>[^/]+)/{_FILES}/")
_NAME = re.compile(r"(?P<stem>[^.].*-[0-9a-f]{32})(\.(?P<turn>[0-9]+))?")


@dataclass(frozen=True, slots=True)
class Shown:
    """A list of persons that a tree shows until the end of the day ``end``: its pages and its data files."""

    item: str
    stem: str
    end: str
    paths: tuple[str, ...]

    def is_over(self, day: date, now: date | None) -> bool:
        """Return whether nobody may see it on ``day``; ``now`` is its end as the register says today."""
        last = date.fromisoformat(self.end)
        return day > (min(last, now) if now is not None else last)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a tree: its manifest's path, the folders that are linked to, the lists that it shows.

    ``mark`` names the rules by which it was found to be without personal data, "" where it was not looked at;
    ``register`` is the SHA-256 of the register that says until when the lists hang.
    """

    part: str
    tops: tuple[str, ...]
    lists: tuple[Shown, ...] = ()
    mark: str = ""
    register: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """A village's files in ``folder``, beside what is known of them."""

    folder: Path
    about: About

    @property
    def files(self) -> Path:
        """Return the folder below which the files lie by their paths in the site."""
        return self.folder / _FILES

    @property
    def name(self) -> str:
        """Return what the tree is called once it is placed."""
        return self.folder.name.removeprefix(PART)

    def knowing(self, *, mark: str, lists: tuple[Shown, ...], register: str) -> Tree:
        """Return the tree with what is known of it put right, and written down."""
        tree = replace(self, about=replace(self.about, mark=mark, lists=lists, register=register))
        content = json.dumps(asdict(tree.about), ensure_ascii=False).encode()
        write_whole(self.folder / _ABOUT, content)
        return tree

    def git_names(self) -> dict[str, str]:
        """Return what git called each of the tree's folders when they were last put on a branch, by path."""
        try:
            kept = json.loads((self.folder / _GIT).read_bytes())
            return {top: str(kept[top]) for top in self.about.tops}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def keep_git_names(self, names: Mapping[str, str]) -> None:
        """Write down what git calls each of the tree's folders: once placed, no file of it changes."""
        kept = {top: names[top] for top in self.about.tops if top in names}
        if kept != self.git_names():
            write_whole(self.folder / _GIT, json.dumps(kept, ensure_ascii=False).encode())


def begin_tree(target: Path, part: str, root: str, paths: Iterable[str], turn: int = 0) -> Tree:
    """Return an empty tree for the village whose manifest is ``part`` with ``root``; ``paths`` are its files.

    ``turn`` tells it from those that are there already.
    """
    name = f"{_stem(part, root)}.{turn}" if turn else _stem(part, root)
    folder = target / TREES / f"{PART}{name}"
    (folder / _FILES).mkdir(parents=True)
    slug = part.rpartition("/")[0]
    tops = sorted({top for path in (part, *paths) if (top := _top(path, slug)) is not None})
    return Tree(folder, About(part, tuple(tops)))


def place_tree(tree: Tree) -> Tree:
    """Let a tree that is whole stand beside the others."""
    placed = tree.folder.with_name(tree.name)
    tree.folder.rename(placed)
    return replace(tree, folder=placed)


@dataclass(frozen=True, slots=True)
class Trees:
    """The trees below a target: the folder of the last one made of each name, and how often it was made."""

    known: Mapping[str, tuple[int, Path]]

    def find(self, part: str, root: str) -> Tree | None:
        """Return the tree of the village whose manifest is ``part`` with ``root``, or None."""
        found = self.known.get(_stem(part, root))
        return read_tree(found[1]) if found is not None else None

    def next_turn(self, part: str, root: str) -> int:
        """Return the turn of the next tree of that name."""
        found = self.known.get(_stem(part, root))
        return found[0] + 1 if found is not None else 0


def list_trees(target: Path) -> Trees:
    """Return the trees below ``target``."""
    known: dict[str, tuple[int, Path]] = {}
    folder = target / TREES
    for path in folder.iterdir() if folder.is_dir() else ():
        found = _NAME.fullmatch(path.name)
        if found is not None:
            turn = int(found["turn"] or 0)
            known[found["stem"]] = max((turn, path), known.get(found["stem"], (turn, path)))
    return Trees(known)


def read_tree(folder: Path) -> Tree | None:
    """Return the tree in ``folder``, or None where it is none, or is damaged."""
    try:
        kept = json.loads((folder / _ABOUT).read_bytes())
        lists = tuple(
            Shown(one["item"], one["stem"], one["end"], tuple(one["paths"])) for one in kept["lists"]
        )
        about = About(kept["part"], tuple(kept["tops"]), lists, kept["mark"], kept["register"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    tree = Tree(folder, about)
    return tree if (tree.files / about.part).is_file() else None


def link_tree(release: Path, tree: Tree) -> None:
    """Let ``release`` show ``tree``, in the place of the one that it showed of that village before."""
    for top in tree.about.tops:
        link, up = release / top, "../" * (top.count("/") + 2)
        link.parent.mkdir(parents=True, exist_ok=True)
        passing = link.with_name(f"{PART}{link.name}")
        passing.unlink(missing_ok=True)
        passing.symlink_to(f"{up}{TREES}/{tree.name}/{_FILES}/{top}", target_is_directory=True)
        passing.replace(link)


def trees_of(release: Path) -> dict[str, Tree]:
    """Return the trees that ``release`` shows, by the paths of their manifests."""
    found: dict[str, Tree] = {}
    trees = release.parents[1] / TREES
    for name in sorted(_linked(release)):
        tree = read_tree(trees / name)
        if tree is not None:
            found[tree.about.part] = tree
    return found


def collect(target: Path) -> None:
    """Remove the trees that no release shows, and what was left of some that were never placed."""
    shown = {name for release in (target / RELEASES).iterdir() for name in _linked(release)}
    trees = target / TREES
    if trees.is_dir():
        remove_parts(trees)
        for folder in trees.iterdir():
            if folder.name not in shown:
                shutil.rmtree(folder)


def _linked(release: Path) -> set[str]:
    """Return the names of the trees that ``release`` shows."""
    found: set[str] = set()
    for place, folders, _names in os.walk(str(release)):
        for name in folders:
            path = f"{place}/{name}"
            if os.path.islink(path):  # noqa: PTH114 (hundreds of villages in each of several releases)
                link = _LINK.match(os.readlink(path))  # noqa: PTH115
                if link is not None:
                    found.add(link["tree"])
    return found


def _stem(part: str, root: str) -> str:
    return f"{part.rpartition('/')[0].replace('/', '_')}-{root[:_DIGITS]}"


def _top(path: str, slug: str) -> str | None:
    """Return the folder of ``path`` that is the village's alone, in whichever language's folder it stands."""
    names = path.split("/")[:-1]
    return "/".join(names[: names.index(slug) + 1]) if slug in names else None
