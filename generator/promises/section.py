"""Sections: mappings of a set-up file, read key by key, so that every mistake names its file and key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from generator.model.finding import SetupError
from generator.promises.strict_yaml import YamlText, read_yaml
from generator.wording import WORDING, _

_INTEGER_DIGITS = 6


# The set-up is read again with every press at the desk: what was read of a text once is known. Nobody changes
# what a Section hands out.
_known = lru_cache(maxsize=256)(read_yaml)


def load_section(path: Path, root: Path) -> Section:
    """Return the mapping in the YAML file ``path``; raises SetupError when it is missing or broken."""
    return section_of(*read_text(path, root))


def read_text(path: Path, root: Path) -> tuple[str, str]:
    """Return how the set-up file ``path`` is named, and its text; raises SetupError."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    try:
        return decode_text(shown, path.read_bytes())
    except FileNotFoundError:
        raise SetupError(_("缺少这个文件"), file=shown) from None
    except OSError:
        raise _unreadable(shown) from None


def decode_text(shown: str, content: bytes) -> tuple[str, str]:
    """Return ``shown`` and the text of a set-up file's bytes; raises SetupError."""
    try:
        # Lines end as they do for a file that is opened as text.
        return shown, content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise _unreadable(shown) from None


def _unreadable(shown: str) -> SetupError:
    return SetupError(_("读不出来，请存为 UTF-8 编码的文本"), file=shown)


def section_of(shown: str, text: str) -> Section:
    """Return the mapping in ``text``, which ``shown`` names; raises SetupError when it is broken."""
    document = _known(text)
    if document.problems:
        problem = document.problems[0]
        message = _(WORDING[problem.code].message).format_map(problem.facts)
        raise SetupError(message, file=shown, line=problem.line, key=_("（整个文件）"))
    section = Section(shown, document, ())
    if not isinstance(document.value, dict):
        section.fail(_("应当是「名称: 内容」的写法"))
    return section


class Section:
    """One mapping inside a set-up file; reading a key marks it as known, ``close`` refuses the others."""

    def __init__(self, file: str, document: YamlText, path: tuple[str | int, ...]) -> None:
        self.file = file
        self._document = document
        self._path = path
        value: Any = document.value
        for step in path:
            value = value.get(step, "") if isinstance(value, dict) else value[step]
        self._value: Any = {} if value == "" else value
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return isinstance(self._value, dict) and key in self._value

    def fail(self, problem: str, key: str | None = None) -> NoReturn:
        """Raise SetupError naming the file, the line and the key."""
        path = self._path if key is None else (*self._path, key)
        shown = ".".join(str(step) for step in path) or _("（整个文件）")
        raise SetupError(problem, file=self.file, line=self._document.line_of(*path), key=shown)

    def _take(self, key: str) -> Any:
        self._known.add(key)
        return self._value.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Return the text at ``key``; without a default the key must be there."""
        value = self._take(key)
        if value is None or value == "":
            if default is not None:
                return default
            if key in self:
                self.fail(_("必须填写"), key)
            self.fail(_("缺少「{key}」").format(key=key), key)
        if not isinstance(value, str):
            self.fail(_("应当是一个值"), key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at ``key``; nothing there is the empty list."""
        value = self._take(key)
        if value is None or value == "":
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.fail(_("应当是一组值，写成 [甲, 乙]"), key)
        return tuple(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return the yes or no at ``key``."""
        value = self.text(key, "true" if default else "false")
        if value not in ("true", "false"):
            self.fail(_("只能写 true 或 false"), key)
        return value == "true"

    def integer(self, key: str, default: int | None = None) -> int:
        """Return the whole number at ``key``."""
        value = self.text(key, None if default is None else str(default))
        if not value.isascii() or not value.isdigit() or len(value) > _INTEGER_DIGITS:
            self.fail(_("应当是整数，最多 {digits} 位").format(digits=_INTEGER_DIGITS), key)
        return int(value)

    def decimal(self, key: str) -> Decimal | None:
        """Return the decimal at ``key``, or None when it is absent."""
        value = self.text(key, "")
        if not value:
            return None
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            self.fail(_("应当是数字"), key)
        return number

    def day(self, key: str) -> date | None:
        """Return the date at ``key`` (written 2026-01-31), or None when it is absent."""
        value = self.text(key, "")
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or len(value) != 10:
            self.fail(_("日期应写成 2026-01-31"), key)
        return day

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return the text at ``key``, which must be one of ``allowed``."""
        value = self.text(key, default)
        if value not in allowed:
            self.fail(_("只能写：{allowed}").format(allowed="、".join(allowed)), key)
        return value

    def choices(self, key: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the list of texts at ``key``, each one of ``allowed``."""
        values = self.texts(key)
        if any(value not in allowed for value in values):
            self.fail(_("只能写：{allowed}").format(allowed="、".join(allowed)), key)
        return values

    def section(self, key: str) -> Section:
        """Return the mapping at ``key``; nothing there is an empty mapping."""
        self._known.add(key)
        child = Section(self.file, self._document, (*self._path, key))
        if not isinstance(child._value, dict):
            child.fail(_("应当是「名称: 内容」的写法"))
        return child

    def sections(self, key: str) -> list[Section]:
        """Return the mappings in the list at ``key``."""
        value = self._take(key)
        if value in (None, ""):
            return []
        if not isinstance(value, list):
            self.fail(_("应当是一组条目，每条以「- 」开头"), key)
        children = [
            Section(self.file, self._document, (*self._path, key, index)) for index in range(len(value))
        ]
        for child in children:
            if not isinstance(child._value, dict):
                child.fail(_("应当是「名称: 内容」的写法"))
        return children

    def entries(self) -> Iterator[tuple[str, Section]]:
        """Yield each key with the mapping under it, in the order written."""
        for key in self._value:
            yield key, self.section(key)

    def names(self) -> tuple[str, ...]:
        """Return the keys, in the order written."""
        return tuple(self._value)

    def plain(self, key: str) -> Any:
        """Return whatever stands at ``key``: text, lists and mappings of text."""
        return self._take(key)

    def close(self) -> None:
        """Refuse keys that nobody asked for: a typing mistake must not pass unseen."""
        unknown = [key for key in self._value if key not in self._known]
        if unknown:
            self.fail(_("不认识「{key}」，请检查是否写错").format(key=unknown[0]), unknown[0])
