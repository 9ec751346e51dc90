"""Plain YAML: the form in which records are written, read without the library; the rest is left to it."""

from __future__ import annotations

import re
from typing import Any

Lines = dict[tuple[str | int, ...], int]

_DEPTH = 8
_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_FIRST = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`~]|-(?=[0-9]))"
_REST = r"[^\n:#]*(?:(?::(?=\S)|(?<=\S)#)[^\n:#]*)*"
_SCALAR = rf"{_QUOTED}|{_FIRST}{_REST}"
# One line: its indent, the dash of an item, a key with or without a value, or a value alone; or a comment.
_LINE = re.compile(
    rf"^( *)(?:(- )?(?:(\w{{1,100}}):(?: +({_SCALAR}))?|({_SCALAR}))? *|#[^\n]*)$", re.MULTILINE
)


class _Level:
    """One mapping or list that is being read: how far it is indented, where it stands, what it holds."""

    __slots__ = ("indent", "items", "path", "record")

    def __init__(
        self, indent: int, path: tuple[str | int, ...], record: dict[str, Any] | None, items: list[Any] | None
    ) -> None:
        self.indent, self.path, self.record, self.items = indent, path, record, items


def read_plain(text: str) -> tuple[dict[str, Any], Lines] | None:
    """Return the mapping in ``text`` with the line of each value, or None when the library must read it.

    Read are mappings and lists in blocks, one key or item to a line, each value whole on its line, plain or
    in quotes without escapes. What would be a problem is never read here.
    """
    # No tabs, no breaks but our own, nothing that YAML forbids; the library knows what to do about those.
    if not text.replace("\n", "").isprintable():
        return None
    found = _LINE.findall(text)
    if len(found) != text.count("\n") + 1:
        return None
    root: dict[str, Any] = {}
    lines: Lines = {(): 1}
    level = _Level(0, (), root, None)
    levels = [level]
    waiting: str | None = None  # the key of the line before, when its value is still to come
    for number, (spaces, dash, key, written, alone) in enumerate(found, start=1):
        if not (key or dash or alone):
            continue
        indent = len(spaces)
        if dash:
            if waiting is not None and indent >= level.indent:
                assert level.record is not None
                items: list[Any] = []
                level.record[waiting] = items
                level = _Level(indent, (*level.path, waiting), None, items)
                levels.append(level)
            else:
                while level.indent > indent and len(levels) > 1:
                    levels.pop()
                    level = levels[-1]
            if level.items is None or level.indent != indent:
                return None
            path = (*level.path, len(level.items))
            lines[path] = number
            waiting = None
            if not key:
                if not alone:
                    return None
                level.items.append(_value(alone))
                continue
            record: dict[str, Any] = {}
            level.items.append(record)
            level = _Level(indent + 2, path, record, None)
            levels.append(level)
        elif not key:
            return None
        elif waiting is not None and indent > level.indent:
            assert level.record is not None
            record = level.record[waiting] = {}
            level = _Level(indent, (*level.path, waiting), record, None)
            levels.append(level)
        else:
            while (level.indent > indent or level.items is not None) and len(levels) > 1:
                levels.pop()
                level = levels[-1]
        if level.record is None or level.indent != indent + len(dash) or key in level.record:
            return None
        if len(levels) > _DEPTH:
            return None
        lines[(*level.path, key)] = number
        level.record[key] = _value(written) if written else ""
        waiting = None if written else key
    return (root, lines) if root else None


def _value(written: str) -> str:
    return written[1:-1] if written[0] in "\"'" else written.rstrip(" ")
