"""Founding: the files with which a county's own repository starts, and the repository around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.history.beginning import begin_repository
from generator.history.diff_driver import install_driver
from generator.history.hooks import install_hooks
from generator.model.finding import SetupError
from generator.promises.code_owners import code_owners
from generator.promises.people import FILE as PEOPLE
from generator.promises.people import Staff
from generator.starting.answers import CountyAnswers
from generator.starting.engine_lock import FILE as LOCK
from generator.starting.engine_lock import lock_of
from generator.starting.shipped import current_files, locked_packages, sample_files, template
from generator.wording import N_, _

REQUIREMENTS, ENGINE = "ci/requirements.txt", "ci/engine.txt"
_SCRIPTS = ".sh"
_DEMO_NAME = N_("示范县（演示数据）")


@dataclass(frozen=True, slots=True)
class Engine:
    """The engine that founds: its ``version``, how pip is asked for it, and the code hosts wanted."""

    version: str
    requirement: str
    hosts: tuple[str, ...]


def engine_files(engine: Engine) -> dict[str, bytes]:
    """Return what the engine keeps current in a county, by path."""
    files = current_files(engine.hosts)
    files[REQUIREMENTS] = locked_packages().encode()
    files[ENGINE] = f"{engine.requirement}\n".encode()
    return files


def county_files(answers: CountyAnswers | None, engine: Engine, private: str) -> dict[str, bytes]:
    """Return all files of a new county's repository; without answers, those of the made-up one.

    ``private`` is where the lists of persons lie, as county.yaml writes it.
    """
    files = engine_files(engine)
    lock = lock_of(engine.version, engine.requirement, engine.hosts, files)
    files[LOCK] = lock.content()
    facts = {"engine": engine.version, "private": private}
    if answers is None:
        files |= sample_files()
        facts |= {"name": _(_DEMO_NAME), "title": _("示范县村（居）务公开（演示数据，全部是虚构的）")}
        facts["private"] = "content_private"
    else:
        files["content/.gitkeep"] = b""
        for township in answers.townships:
            text = f'name: {_quoted(township.name)}\ncode: "{township.code}"\ncontacts: []\n'
            files[f"content/{township.folder}/township.yaml"] = text.encode()
        facts |= {"name": answers.name, "title": answers.title}
        settings = {
            "name": _quoted(answers.name),
            "title": _quoted(answers.title),
            "code": answers.code,
            "profile": answers.profile or '""',
            "private": _quoted(private),
            "start": answers.start.isoformat(),
        }
        files["site_config/county.yaml"] = _filled("county.yaml", settings)
    files[PEOPLE] = template("people.yaml").encode()
    files["README.md"] = _filled("readme.md", facts)
    ignored = template("gitignore")
    if answers is None:
        # The made-up lists lie beside the records, so that a clone works.
        lines = ignored.splitlines(keepends=True)
        place = lines.index("/content_private/\n")
        ignored = "".join(lines[: place - 1] + lines[place + 1 :])
    files[".gitignore"] = ignored.encode()
    files["CODEOWNERS"] = code_owners(Staff(), "content", "github").encode()
    return dict(sorted(files.items()))


def require_empty(folder: Path) -> None:
    """Raise SetupError when ``folder`` holds anything but a repository without commits."""
    if folder.exists() and not folder.is_dir():
        raise SetupError(_("{folder} 不是文件夹").format(folder=folder))
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise SetupError(
            _("{folder} 里已经有东西。请给一个新文件夹；已有的仓库用 cunwu upgrade").format(folder=folder)
        )


def write_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files below ``root``; scripts may be run."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if name.endswith(_SCRIPTS):
            path.chmod(0o755)


def found_repository(root: Path, files: Mapping[str, bytes], message: str, driver: tuple[str, str]) -> str:
    """Write the files, guard the repository by hooks, commit, and return the commit's id.

    ``driver`` are the commands by which git tells the rows of tables. Raises SetupError where git fails.
    """
    root.mkdir(parents=True, exist_ok=True)
    write_files(root, files)
    begin_repository(root)
    install_hooks(root, is_server=False, force=False)
    install_driver(root, *driver)
    return begin_repository(root, tuple(files), message)


def found_private(folder: Path) -> None:
    """Make the repository of the lists of persons where there is none yet."""
    if (folder / ".git").exists():
        (folder / "content").mkdir(exist_ok=True)
        return
    files = {"content/.gitkeep": b"", "README.md": template("private-readme.md").encode()}
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, files)
    begin_repository(folder)
    begin_repository(folder, tuple(files), _("建立不公开名单的仓库"))


def _filled(name: str, facts: Mapping[str, str]) -> bytes:
    text = template(name)
    for key, value in facts.items():
        text = text.replace(f"@{key}@", value)
    return text.encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
