"""YAML: values under their keys, keys and comments; what YAML refuses is read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from generator.privacy.carriers.piece import Lifted, Piece, lines_of
from generator.promises.strict_yaml import YamlText, read_yaml

_QUOTED = re.compile(r"""(?<![^\s\[{,:-])(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')""")
_COMMENT = re.compile(r"(?:^|\s)#")
_WORDS, _DIGIT = re.compile(r"[^*\s]"), re.compile(r"\d")
_BLOCK = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*+(?:- ++)*+([^\s:#\[{][^:#\[{]*+):(?:\s|$)")


def read_yaml_text(text: str) -> Iterator[Lifted]:
    """Yield the pieces of a YAML file; a value's column is its key."""
    lines = text.split("\n")
    document = read_yaml(text)
    blocks: set[int] = set()
    if document.problems:
        for number, line in enumerate(lines, start=1):
            plain = line[: comment_start(line)]
            if plain.strip():
                yield Piece(plain, number, column_of(plain))
    else:
        yield from _values(document.value, (), None, document, lines, blocks)
    for number, line in enumerate(lines, start=1):
        start = comment_start(line)
        if start < len(line) and number not in blocks:
            yield Piece(line[start:], number, where="comment")


def read_yaml_masks(text: str) -> Iterator[Lifted]:
    """Yield the lines of a YAML file in which nothing can be found but masks, one of each shape."""
    shapes: set[str] = set()
    for piece in lines_of(text):
        if "*" in piece.text:
            key, _colon, value = piece.text.rpartition(": ")
            shape = _WORDS.sub("w", piece.text) if not _DIGIT.search(value) else piece.text
            if shape not in shapes:
                shapes.add(shape)
                yield Piece(value.strip(" \"'[]{},-"), piece.line, column_of(f"{key}: "))


def comment_start(line: str) -> int:
    """Return where the comment of a line begins, or its length when it has none."""
    if "#" not in line:
        return len(line)
    # Quoted text keeps its length, so that offsets stay true.
    plain = _QUOTED.sub(lambda match: "x" * len(match[0]), line)
    found = _COMMENT.search(plain)
    return found.end() - 1 if found else len(line)


def column_of(line: str) -> str | None:
    """Return the key that a line sets, if it sets one."""
    match = _KEY.match(line)
    return match[1].strip(" \"'") or None if match else None


def _values(
    value: Any,
    path: tuple[str | int, ...],
    column: str | None,
    document: YamlText,
    lines: list[str],
    blocks: set[int],
) -> Iterator[Lifted]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield Piece(key, document.line_of(*path, key), where="key")
            yield from _values(inner, (*path, key), key, document, lines, blocks)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _values(inner, (*path, number), column, document, lines, blocks)
    elif value:
        yield _scalar(value, document.line_of(*path), column, lines, blocks)


def _scalar(value: str, line: int, column: str | None, lines: list[str], blocks: set[int]) -> Piece:
    """Return a value whose every part knows its line: a long text may be folded over several."""
    source = lines[line - 1] if line <= len(lines) else ""
    is_block = _BLOCK.search(source[: comment_start(source)].rstrip()) is not None
    offset, starts, current = 0, [], line if is_block else line - 1
    while current < len(lines) and offset < len(value):
        part = lines[current].strip()
        if not is_block and current == line - 1:
            # The first line holds the key as well.
            part = value[: _shared(value, source)]
        found = value.find(part, offset) if part else -1
        if part and (found < 0 or found > offset + 2):
            break
        if is_block:
            blocks.add(current + 1)
        if part:
            starts.append((found, current + 1))
            offset = found + len(part)
        current += 1
    return Piece(value, line, column, starts=tuple(starts))


def _shared(value: str, source: str) -> int:
    """Return how many characters of a value stand on its first source line."""
    words = value.split(maxsplit=1)
    start = source.find(words[0]) if words else -1
    if start < 0:
        return 0
    pairs = zip(value, source[start:], strict=False)
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs))
