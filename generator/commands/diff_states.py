"""The states that cunwu diff is asked for: commits, tags, days, folders, and paths within them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from generator.history.blobs import BlobReader
from generator.history.commits import has_commits, is_shallow
from generator.history.repository import resolve_commit
from generator.history.states import State, commit_on, state_at_commit, state_of_folder
from generator.promises.promises import Promises
from generator.promises.settings import load_settings
from generator.wording import _

_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be compared; ``below`` are paths as findings name them."""

    states: tuple[State, ...]
    below: tuple[str, ...]


class States:
    """Finds the states of one county by the names that people give them."""

    def __init__(self, promises: Promises, reader: BlobReader) -> None:
        self._promises, self._reader = promises, reader
        self._content = promises.settings.content
        self._shown = promises.shown(self._content)

    def asked(self, names: Sequence[str], most: int) -> Asked:
        """Return up to ``most`` states and then paths; raises UsageError for what is neither.

        Where fewer are named, the last state is the folder as it lies.
        """
        states: list[State] = []
        rest = list(names)
        while rest and len(states) < most:
            state = self._state(rest[0])
            if state is None:
                break
            states.append(state)
            rest.pop(0)
        if len(states) < most:
            states.append(state_of_folder(self._content, self._shown, _("现在的文件夹")))
        below = tuple(self._path(name, states) for name in rest)
        return Asked(tuple(states), tuple(path for path in below if path))

    def _state(self, name: str) -> State | None:
        """Return the state called ``name``, None for a path; raises UsageError for a day without records."""
        commit = None if name.startswith("-") else resolve_commit(self._content, name)
        if commit is not None:
            return state_at_commit(self._content, self._shown, commit, name, self._reader)
        if _DAY.fullmatch(name):
            return self._day(name)
        folder = Path(name).resolve()
        if not folder.is_dir() or folder.is_relative_to(self._content.resolve()):
            return None
        if (folder / "site_config" / "county.yaml").is_file():
            return state_of_folder(load_settings(folder, needs_private=False).content, self._shown, name)
        below = folder / self._content.name
        if folder.is_relative_to(self._promises.root) and not below.is_dir():
            return None
        return state_of_folder(below if below.is_dir() else folder, self._shown, name)

    def _day(self, name: str) -> State:
        try:
            day = date.fromisoformat(name)
        except ValueError:
            raise click.UsageError(_("没有「{day}」这一天").format(day=name)) from None
        commit = commit_on(self._content, day) if has_commits(self._content) else None
        if commit is None:
            why = (
                _("这份克隆只有最近一段历史（浅克隆）") if is_shallow(self._content) else _("那时还没有记录")
            )
            raise click.UsageError(_("找不到 {day} 的版本：{why}").format(day=name, why=why))
        return state_at_commit(self._content, self._shown, commit, name, self._reader)

    def _path(self, name: str, states: Sequence[State]) -> str:
        """Return a path as findings name it, "" for everything; raises UsageError for one that never was."""
        root = self._promises.root
        for base in (root, Path.cwd()):
            path = (base / name).resolve()
            if path.exists():
                private = self._promises.settings.private_content
                if private is not None and path.is_relative_to(private.resolve()):
                    raise click.UsageError(
                        _("不公开的名单不逐行比较；户数和合计的变动看公开目录里的承诺文件")
                    )
                shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else ""
                return "" if shown in ("", ".") else shown
        shown = name.strip("/")
        if any(mark == shown or mark.startswith(f"{shown}/") for state in states for mark in state.marks):
            return shown
        raise click.UsageError(
            _("「{name}」不是提交、标签、日期（2026-06-30）、文件夹，也不是记录的路径").format(name=name)
        )
