"""The diff driver: ``git diff`` in one clone tells the rows of tables, and not their lines."""

from __future__ import annotations

from pathlib import Path

from generator.history.git import ask_git, lines_of_git, run_git
from generator.model.finding import SetupError
from generator.wording import _

_LINE = "*.csv diff=cunwu"
_COMMAND, _TEXTCONV = "diff.cunwu.command", "diff.cunwu.textconv"


def install_driver(folder: Path, command: str, textconv: str) -> bool:
    """Set the driver in the clone around ``folder``; return whether anything had to be written.

    It stands in the clone's own settings, which are never pushed. Raises SetupError outside a repository.
    """
    attributes = _attributes(folder)
    lines = _lines(attributes)
    wanted = {_COMMAND: command, _TEXTCONV: textconv}
    is_set = all(ask_git(folder, "config", "--local", "--get", key) == own for key, own in wanted.items())
    if is_set and _LINE in lines:
        return False
    for key, own in wanted.items():
        run_git(folder, "config", "--local", key, own)
    if _LINE not in lines:
        _write(attributes, [*lines, _LINE])
    return True


def remove_driver(folder: Path) -> bool:
    """Take the driver out of the clone around ``folder``; return whether it was there."""
    attributes = _attributes(folder)
    lines = _lines(attributes)
    was_set = bool(lines_of_git(folder, "config", "--local", "--get-regexp", r"^diff\.cunwu\."))
    if was_set:
        run_git(folder, "config", "--local", "--remove-section", "diff.cunwu")
    if _LINE in lines:
        _write(attributes, [line for line in lines if line != _LINE])
    return was_set or _LINE in lines


def _attributes(folder: Path) -> Path:
    """Return the attributes that count in this clone alone."""
    path = ask_git(folder, "rev-parse", "--path-format=absolute", "--git-path", "info/attributes")
    if path is None:
        raise SetupError(_("{folder} 不在 git 仓库里").format(folder=folder))
    return Path(path)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="surrogateescape").splitlines() if path.is_file() else []


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines)
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
