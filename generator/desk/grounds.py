"""Grounds: the repositories and folders in which a county's records lie, and what a path means there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.history.committing import Refused, Repository
from generator.history.git import has_git
from generator.history.remotes import is_ignored, top_of
from generator.intake.stem import read_stem
from generator.intake.walk import COUNTY
from generator.model.item import DisclosureItem
from generator.pipeline.placing import leads_astray
from generator.pipeline.private_root import require_private_root
from generator.promises.promises import Promises, load_promises
from generator.sheets.confirmed_file import FOLDER as MAPPINGS
from generator.wording import _

_SUFFIXES = (".csv", ".yaml")
_SETUP = ("site_config", "schemas")


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with records: ``repository`` is None where git does not keep it."""

    folder: Path
    repository: Repository | None

    def name(self, path: Path) -> str:
        """Return how this ground calls the file at ``path``."""
        return path.relative_to(self.folder).as_posix()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a table belongs: the file, its village's folder, its item and its period."""

    path: Path
    base: Path
    folder: str
    item: DisclosureItem
    stem: str


class Grounds:
    """All grounds of one county; ``carrier`` is the repository of its settings, which holds every slip."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self._promises: Promises | None = None
        self._mark: tuple[int, int] = (0, 0)
        self._grounds: tuple[Ground, ...] = ()
        self._bases: tuple[Path, ...] = ()

    def refresh(self) -> None:
        """Look again, before an act, whether the set-up has changed and where the records lie.

        Raises SetupError for a broken set-up, Refused where there is no repository to commit to.
        """
        mark = self._marked()
        if self._promises is None or mark != self._mark:
            promises = load_promises(self.root)
            require_private_root(promises)
            self._grounds = tuple(_grounds(promises))
            roots = (promises.settings.content, promises.settings.private_content)
            self._bases = tuple(Path(os.path.realpath(root)) for root in roots if root is not None)
            self._promises, self._mark = promises, mark

    def open(self) -> Promises:
        """Return the promises as they stood at the last look."""
        if self._promises is None:
            self.refresh()
        assert self._promises is not None
        return self._promises

    @property
    def carrier(self) -> Repository:
        """Return the repository that holds the slips."""
        self.open()
        repository = self._grounds[0].repository
        assert repository is not None
        return repository

    def all(self) -> tuple[Ground, ...]:
        """Return every ground, the carrier's first."""
        self.open()
        return self._grounds

    def of(self, path: Path) -> Ground:
        """Return the ground in which ``path`` lies; Refused for a path outside all of them."""
        for ground in sorted(self.all(), key=lambda ground: -len(ground.folder.parts)):
            if path.is_relative_to(ground.folder):
                return ground
        raise Refused(_("{path} 不在本县的文件夹里").format(path=path.name))

    def real(self, path: Path) -> Path:
        """Return ``path`` with the links of its folders followed, as grounds call it."""
        return Path(os.path.realpath(path.parent)) / path.name

    def bases(self) -> tuple[Path, ...]:
        """Return the content roots, the public one first, links followed."""
        self.open()
        return self._bases

    def shown(self, path: Path) -> str:
        """Return how findings name ``path``."""
        for base in (self.root, *(base.parent for base in self.bases())):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def spot(self, shown: str) -> Spot:
        """Return the place of the table that is shown as ``shown``; Refused for what is no table's place.

        What comes from another machine is not believed: a path that leads elsewhere changes nothing here.
        """
        promises = self.open()
        for base in self.bases():
            path = next((p for p in (self.root / shown, base.parent / shown) if p.is_relative_to(base)), None)
            if path is None or ".." in path.parts or self.shown(path) != shown:
                continue
            parts = path.relative_to(base).parts
            folder = parts[0] if parts[0] == COUNTY else "/".join(parts[:2])
            rest = parts[1:] if parts[0] == COUNTY else parts[2:]
            if len(rest) != 2 or path.suffix not in _SUFFIXES or leads_astray(path, base):
                continue
            try:
                period, _slug = read_stem(path.stem)
            except ValueError:
                continue
            item = promises.catalogue.governing(rest[0], period)
            is_private = base != self.bases()[0]
            if item is not None and item.is_private == is_private:
                return Spot(path, base, folder, item, path.stem)
        raise Refused(_("「{path}」不是本县公开内容的位置，没有收下").format(path=shown))

    def is_mapping(self, path: Path) -> bool:
        """Return whether ``path`` is that of what was confirmed of sheets' layouts."""
        base = self.root / MAPPINGS
        return path.suffix == ".yaml" and path.is_relative_to(base) and not leads_astray(path, base)

    def register_of(self, spot: Spot) -> Path:
        """Return the register in which a table is entered."""
        return self.bases()[0] / spot.folder / "publications.csv"

    def _marked(self) -> tuple[int, int]:
        times = [
            entry.stat().st_mtime_ns
            for name in _SETUP
            for entry in (self.root / name).rglob("*.yaml")
            if entry.is_file()
        ]
        return len(times), max(times, default=0)


def _grounds(promises: Promises) -> Iterator[Ground]:
    """Yield the repository of the settings first, then the others and the folders without git."""
    settings = promises.settings
    top = top_of(promises.root)
    if not has_git():
        raise Refused(_("没有安装 git，不能提交。请安装 git 后再试。"))
    if top is None:
        raise Refused(
            _(
                "{folder} 不在 git 仓库里，提交没有地方存。请管理员在这个文件夹里运行 "
                "git init、git add . 和 git commit，再来用。"
            ).format(folder=promises.root.name)
        )
    yield Ground(top, Repository(top))
    seen = {top}
    for base in (settings.content, settings.private_content):
        if base is None:
            continue
        folder = Path(os.path.realpath(base))
        own = top_of(folder)
        if own is None or (own in seen and is_ignored(own, folder)):
            yield Ground(folder, None)
        elif own not in seen:
            seen.add(own)
            yield Ground(own, Repository(own))
