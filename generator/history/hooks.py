"""Hooks: git asks the privacy guard before a commit is made, and a server before it takes a push."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import ask_git, run_git
from generator.history.hook_scripts import CHAINED, MARK, publishing_script, scripts
from generator.intake.whole_file import write_whole
from generator.model.finding import SetupError
from generator.wording import _

_SET_ASIDE = ".replaced"


@dataclass(frozen=True, slots=True)
class Installed:
    """A hook that stands: where, whether it had to be written, and what became of the one before it."""

    path: Path
    is_new: bool
    chained: str = ""
    set_aside: str = ""


def install_hooks(folder: Path, *, is_server: bool, force: bool) -> list[Installed]:
    """Write the hooks of the repository around ``folder``; raises SetupError.

    A hook of somebody else's goes on working, before ours. With ``force`` it is set aside and runs no more.
    """
    if ask_git(folder, "rev-parse", "--git-dir") is None:
        raise SetupError(_("{folder} 不在 git 仓库里").format(folder=folder))
    if not is_server and ask_git(folder, "rev-parse", "--is-bare-repository") == "true":
        raise SetupError(_("这是服务器上的仓库（bare），请加 --server"))
    hooks = _hooks_folder(folder)
    hooks.mkdir(parents=True, exist_ok=True)
    return [_install(hooks / name, script, force=force) for name, script in scripts(is_server)]


def install_publisher(
    store: Path, publish: Path, settings: Mapping[str, str], *, force: bool
) -> list[Installed]:
    """Let the repository ``store``, to which people push, guard itself and publish what it takes.

    ``publish`` is the script that does it, ``settings`` what it is told, kept in the repository's own
    configuration. Raises SetupError.
    """
    done = install_hooks(store, is_server=True, force=force)
    for key, value in settings.items():
        run_git(store, "config", key, value)
    name, script = publishing_script(publish)
    return [*done, _install(_hooks_folder(store) / name, script, force=force)]


def _hooks_folder(folder: Path) -> Path:
    """Return where git looks for hooks, which core.hooksPath may have moved."""
    path = ask_git(folder, "rev-parse", "--path-format=absolute", "--git-path", "hooks")
    if path is None:
        raise SetupError(_("git 太旧，需要 2.31 以上"))
    return Path(path)


def _install(path: Path, script: str, *, force: bool) -> Installed:
    chained, set_aside = path.with_name(path.name + CHAINED), path.with_name(path.name + _SET_ASIDE)
    is_there = path.exists() or path.is_symlink()
    if is_there and _is_ours(path):
        kept = chained.name if chained.exists() else ""
        if path.read_text(encoding="utf-8") == script:
            return Installed(path, False, kept)
        _write(path, script)
        return Installed(path, True, kept)
    if is_there and force:
        path.replace(set_aside)
        _write(path, script)
        return Installed(path, True, set_aside=set_aside.name)
    if is_there:
        if chained.exists() or chained.is_symlink():
            raise SetupError(
                _(
                    "已有别的钩子 {name}，它旁边又有 {chained}，不能都接上；请先处理，或用 --force 换掉"
                ).format(name=path.name, chained=chained.name)
            )
        path.replace(chained)
        _write(path, script)
        return Installed(path, True, chained.name)
    _write(path, script)
    return Installed(path, True)


def _is_ours(path: Path) -> bool:
    return path.is_file() and MARK.encode() in path.read_bytes()[:400]


def _write(path: Path, script: str) -> None:
    # Put in place whole: git may be running at this moment.
    write_whole(path, script.encode(), mode=0o755)
