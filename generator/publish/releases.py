"""Releases: a site is put into a folder whole and switched to at once, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from generator.model.finding import SetupError
from generator.wording import _

# A web server's root is this link; it points to one of the folders beside it.
CURRENT = "current"
RELEASES = "releases"
# So many releases are kept to go back to, the one that is served among them.
KEEP = 5
PART = ".part-"
_MARK = ".cunwu-releases"
_NAME = re.compile(r"(?P<number>[0-9]{6,})-[0-9a-f]{12}")


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


def open_target(target: Path) -> None:
    """Make ``target`` a folder of releases; raises SetupError when it holds something else."""
    require_target(target)
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    (target / _MARK).touch()


def current_release(target: Path) -> Path | None:
    """Return the folder of the release that is being served, or None."""
    link = target / CURRENT
    return link.resolve() if link.is_symlink() and link.exists() else None


def kept_releases(target: Path) -> list[Path]:
    """Return the folders of all whole releases below ``target``, the newest first."""
    folder = (target / RELEASES).resolve()
    inside = folder.iterdir() if folder.is_dir() else ()
    return sorted((path for path in inside if _NAME.fullmatch(path.name)), key=number_of, reverse=True)


def number_of(folder: Path) -> int:
    """Return the line of the log that tells of the release in ``folder``, 0 where its name says none."""
    found = _NAME.fullmatch(folder.name)
    return int(found["number"]) if found else 0


def name_of(number: int, root: str) -> str:
    """Return what the release is called of which line ``number`` of the log tells; ``root`` is its site's."""
    return f"{number:06}-{root[:12]}"


def begin_release(target: Path, name: str) -> Path:
    """Return a folder below ``target`` to write a release into; it is no release until it is placed."""
    folder = target / RELEASES / f"{PART}{name}"
    folder.mkdir()
    return folder


def place_release(target: Path, folder: Path, rules: str) -> Path:
    """Let a release that is whole stand beside the others, not served yet; return its folder.

    ``rules`` names those by which it was found to be without personal data. Raises SetupError where the
    release that is served bears its name.
    """
    placed = folder.with_name(folder.name.removeprefix(PART))
    if placed.exists():
        if current_release(target) == placed.resolve():
            raise SetupError(_("{folder} 正在使用").format(folder=placed))
        shutil.rmtree(placed)
    _rules(placed).write_text(rules, encoding="ascii")
    folder.rename(placed)
    return placed


def read_rules(folder: Path) -> str:
    """Return the rules by which the release in ``folder`` was found to be without personal data, or ""."""
    return _rules(folder).read_text(encoding="ascii") if _rules(folder).is_file() else ""


def _rules(folder: Path) -> Path:
    return folder.with_name(f".rules-{folder.name}")


def prepare_switch(target: Path, folder: Path) -> Path:
    """Return the link that is to take the place of the one that is served; all that is left is to move it."""
    link = target / f".{CURRENT}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(RELEASES) / folder.name, target_is_directory=True)
    return link


def switch(target: Path, link: Path) -> None:
    """Serve, from this moment on, what the prepared ``link`` points to."""
    link.replace(target / CURRENT)


def remove_older(target: Path, keep: int, after: int = 0) -> list[Path]:
    """Remove all releases but the ``keep`` newest; return those that are left, the newest first.

    The one that is served stays, whichever it is. Of what line ``after`` of the log and those before it
    tell, none else is kept.
    """
    served = current_release(target)
    left = [folder for folder in kept_releases(target) if folder == served or number_of(folder) > after]
    while len(left) > keep:
        left.remove(next(folder for folder in reversed(left) if folder != served))
    for folder in kept_releases(target):
        if folder not in left:
            shutil.rmtree(folder)
            _rules(folder).unlink(missing_ok=True)
    return left


def remove_parts(folder: Path) -> None:
    """Remove below ``folder`` what a process that was killed had begun to write."""
    for left in folder.glob(f"{PART}*"):
        shutil.rmtree(left)


def files_below(folder: Path, without: Container[str] = ()) -> list[str]:
    """Return every file below ``folder`` by its path, in order; a village's folder may be a link.

    What is below those links whose paths are in ``without`` is left out.
    """
    top = os.path.join(folder, "")  # noqa: PTH118 (paths stay text: there are tens of thousands)
    return sorted(_files(top, "", without))


def own_files_below(folder: Path) -> list[str]:
    """Return every file below ``folder`` that is of no village's tree, by its path, in order."""
    return sorted(_files(os.path.join(folder, ""), "", None))  # noqa: PTH118 (as above)


def _files(top: str, inner: str, without: Container[str] | None) -> Iterator[str]:
    for place, folders, names in os.walk(f"{top}{inner}"):
        below = place.removeprefix(top).replace(os.sep, "/").strip("/")
        start = f"{below}/" if below else ""
        yield from (f"{start}{name}" for name in names)
        if without is not None:
            # One link deep, and no further: a link that leads up again would have no end.
            for path in (f"{start}{name}" for name in folders):
                if path not in without and os.path.islink(f"{top}{path}"):  # noqa: PTH114
                    yield from _files(top, path, None)
