"""JSON: every string, number and key, with the line it stands on and the key above it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.carriers.piece import Lifted, Piece

# A string that is never closed reaches to the end, so that no text is read twice.
_TOKEN = re.compile(r'"((?:[^"\\]|\\.|\\\Z)*+)(?:"|\Z)(\s*+:)?|(-?\d[\d.eE+-]*)|([^\s"{}\[\],:]+)', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))')
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WRITTEN = re.compile(r"\\u[0-9a-fA-F]{4}")


def hides_letters(text: str) -> bool:
    """Return whether letters or digits in ``text`` are written as escapes."""
    return _WRITTEN.search(text) is not None


def unescaped(text: str) -> str:
    """Return the text that a JSON string stands for."""
    return _ESCAPE.sub(_letter, text) if "\\" in text else text


def read_json(text: str) -> Iterator[Lifted]:
    """Yield each key and value; what is no valid JSON is read all the same."""
    line = counted = 0
    column: str | None = None
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        written = match[1] if match[1] is not None else match[3] or match[4]
        value = unescaped(written)
        if match[2]:
            column = value or None
            yield Piece(value, line + 1, where="key")
        elif value:
            yield Piece(value, line + 1, column)


def _letter(match: re.Match[str]) -> str:
    if match[1]:
        code = int(match[1], 16)
        # Half of a pair says nothing alone; as a mark it keeps the text printable.
        return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
    return _SHORT.get(match[2], match[2])
