"""Patterns: regular expressions of schemas that answer in the time of one reading, whatever a cell says."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from generator.wording import _

# Python's own reading of an expression, as a tree of (name, argument).
_parser: Any = import_module("re._parser")
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT"))
_LEAVES = frozenset(("LITERAL", "NOT_LITERAL", "IN", "ANY"))
# Two runs of so many characters, one after the other, are still divided in no time.
_MANY = 100
_OTHERS = string.printable + "中村〔〕（）、，。·—０Ａａ"


def pattern_problem(pattern: str) -> str:
    """Return in words why ``pattern`` cannot stand in a schema, "" where it can."""
    try:
        re.compile(pattern)
    except re.error:
        return _("不是正则表达式")
    if is_quick(pattern):
        return ""
    return _("这个正则表达式遇到有的内容会算很久，请写简单些：重复的部分里不要再有重复")


def is_quick(pattern: str) -> bool:
    """Return whether ``pattern``, which must be a regular expression, can be told of any text at once.

    Three forms take a time that doubles with every character, or grows with a high power of it, and are
    refused: looking around and back, a repeated part in which something else varies and that does not begin
    with a mark of its own, as in ``(a+)+``, and two long runs of the same characters, as in ``a+a+``.
    """
    tree = _parser.parse(pattern)
    alphabet = frozenset(_OTHERS + pattern)
    try:
        return _is_quick(_items(tree), alphabet)
    except _UntoldError:
        return False


class _UntoldError(Exception):
    pass


def _items(tree: Any) -> list[tuple[str, Any]]:
    """Return the parts of a sequence, groups taken apart, anchors left out."""
    found: list[tuple[str, Any]] = []
    for code, argument in tree:
        name = str(code)
        if name == "SUBPATTERN":
            found += _items(argument[3])
        elif name in _REPEATS or name in _LEAVES or name == "BRANCH":
            found.append((name, argument))
        elif name != "AT":
            raise _UntoldError
    return found


def _is_quick(items: Sequence[tuple[str, Any]], alphabet: frozenset[str]) -> bool:
    run: frozenset[str] | None = None
    for name, argument in items:
        if name == "BRANCH":
            if not all(_is_quick(_items(way), alphabet) for way in argument[1]):
                return False
        elif name in _REPEATS:
            inner = _items(argument[2])
            if int(argument[1]) > 1 and not (_is_plain(inner) or _has_own_start(inner, alphabet)):
                return False
            if not _is_quick(inner, alphabet):
                return False
        marks = _marks([(name, argument)], alphabet)
        if name in _REPEATS and int(argument[1]) >= _MANY:
            inner = _items(argument[2])
            start = (
                _marks(inner[:1], alphabet) if _has_own_start(inner, alphabet) and len(inner) > 1 else marks
            )
            if run is not None and run & start:
                return False
            run = marks
        elif run is not None and not run & marks and not _may_be_empty(name, argument):
            run = None
    return True


def _is_plain(items: Sequence[tuple[str, Any]]) -> bool:
    """Return whether nothing varies within a part that is repeated."""
    return all(name in _LEAVES for name, _argument in items)


def _has_own_start(items: Sequence[tuple[str, Any]], alphabet: frozenset[str]) -> bool:
    """Return whether a part begins with a character that stands nowhere else in it."""
    if not items or items[0][0] not in _LEAVES:
        return False
    return not _marks(items[:1], alphabet) & _marks(items[1:], alphabet)


def _may_be_empty(name: str, argument: Any) -> bool:
    if name == "BRANCH":
        return True
    return name in _REPEATS and int(argument[0]) == 0


def _marks(items: Sequence[tuple[str, Any]], alphabet: frozenset[str]) -> frozenset[str]:
    return frozenset(mark for name, argument in items for mark in _marks_of(name, argument, alphabet))


def _marks_of(name: str, argument: Any, alphabet: frozenset[str]) -> Iterator[str]:
    if name == "BRANCH":
        for way in argument[1]:
            yield from _marks(_items(way), alphabet)
    elif name in _REPEATS:
        yield from _marks(_items(argument[2]), alphabet)
    elif name == "ANY":
        yield from alphabet
    elif name == "LITERAL":
        yield chr(argument)
    elif name == "NOT_LITERAL":
        yield from alphabet - {chr(argument)}
    else:
        is_other = str(argument[0][0]) == "NEGATE"
        held = {mark for mark in alphabet if any(_holds(mark, *part) for part in argument[is_other:])}
        yield from alphabet - held if is_other else held


def _holds(mark: str, code: Any, argument: Any) -> bool:
    name = str(code)
    if name == "LITERAL":
        return bool(ord(mark) == argument)
    if name == "RANGE":
        return bool(argument[0] <= ord(mark) <= argument[1])
    kind = str(argument).removeprefix("CATEGORY_")
    short = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}.get(kind.removeprefix("NOT_"))
    if short is None:
        raise _UntoldError
    is_of_kind: bool = re.match(short, mark) is not None
    return is_of_kind != kind.startswith("NOT_")
