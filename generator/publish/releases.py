"""Releases: a site is put into a folder whole and switched to at once, or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.model.finding import SetupError
from generator.publish.compressing import without_copies
from generator.wording import _

# A web server's root is this link; it points to one of the folders beside it.
CURRENT = "current"
_RELEASES = "releases"
_MARK = ".cunwu-releases"
_PART = ".part-"


@dataclass(frozen=True, slots=True)
class Released:
    """What a release changed against the one before: files that are new, changed, gone, and the same."""

    folder: Path
    added: int
    changed: int
    removed: int
    same: int


def require_target(target: Path) -> None:
    """Raise SetupError when ``target`` holds something that was not put there by a release."""
    if target.exists() and not target.is_dir():
        raise SetupError(_("{folder} 不是文件夹").format(folder=target))
    if target.is_dir() and any(target.iterdir()) and not (target / _MARK).is_file():
        raise SetupError(
            _("{folder} 里有别的东西。请给一个空文件夹，或以前用 cunwu publish 发布过的").format(
                folder=target
            )
        )


def current_release(target: Path) -> Path | None:
    """Return the folder of the release that is being served, or None."""
    link = target / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def stage(
    site: Path,
    paths: Iterable[str],
    target: Path,
    name: str,
    is_beside: Callable[[str], bool] = lambda path: False,
) -> Released:
    """Put ``paths`` of ``site`` into a release of its own below ``target``, which is not served yet.

    What ``is_beside`` the site in a release (its log, its signatures) counts neither as changed nor gone.

    A file that is the same in the release before is linked to it: the disk holds it once.
    """
    require_target(target)
    releases = target / _RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    (target / _MARK).touch()
    for left in releases.glob(f"{_PART}*"):
        shutil.rmtree(left)
    folder, former = releases / f"{_PART}{name}", current_release(target)
    older = without_copies(files_below(former)) if former is not None else ()
    known = {path for path in older if not is_beside(path)}
    added = changed = same = 0
    for path in paths:
        goal = folder / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        if not (site / path).is_file():
            # What is missing is said when the copy is held against its manifest.
            continue
        if former is None or path not in known:
            shutil.copyfile(site / path, goal)
            added += 1
        elif (former / path).read_bytes() == (site / path).read_bytes():
            os.link(former / path, goal)
            same += 1
        else:
            shutil.copyfile(site / path, goal)
            changed += 1
    removed = len(known) - changed - same
    return Released(folder, added, changed, removed, same)


def switch(target: Path, released: Released) -> Path:
    """Serve a staged release and remove the ones before it; return its folder.

    Older releases may show persons whose display is over: none is kept.
    """
    releases = target / _RELEASES
    folder = releases / released.folder.name.removeprefix(_PART)
    if folder.exists():
        shutil.rmtree(folder) if current_release(target) != folder else None
    if folder.exists():
        raise SetupError(_("{folder} 正在使用").format(folder=folder))
    released.folder.rename(folder)
    link = target / f".{CURRENT}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(_RELEASES) / folder.name, target_is_directory=True)
    link.replace(target / CURRENT)
    for other in releases.iterdir():
        if other != folder:
            shutil.rmtree(other)
    return folder


def files_below(folder: Path) -> list[str]:
    """Return every file below ``folder`` by its path, in order."""
    top = os.path.join(folder, "")  # noqa: PTH118 (paths stay text: there are tens of thousands)
    found: list[str] = []
    for place, _folders, names in os.walk(top):
        inner = place.removeprefix(top).replace(os.sep, "/")
        found += [f"{inner}/{name}" for name in names] if inner else names
    return sorted(found)
