"""Spellings: the ways in which a leaked value may be written into a file, and its removal from there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from generator.wording import N_

REMOVED = N_("【已清除】")
# What people put between the digits of a number or the characters of a name.
_BETWEEN = "".join((" \t\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff", "-‐‑‒–—―−－_＿.．·・•‧"))
_BREAKS = "\r\n"
_MOST_BETWEEN = 4
# A name of two characters may end one line and begin the next by chance; a long number may not.
_LONG_ENOUGH_TO_WRAP = 8
_SHORTEST, _SHORTEST_CHINESE = 5, 2
_MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
# Archives, documents and images of which some, small or unpacked, hold no zero byte.
_BOXES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
)
_PDF, _PDF_WINDOW = b"%PDF-", 1_024


class TooShort(ValueError):
    """A value of so few characters stands in many places by chance: removing it would destroy records."""


@dataclass(frozen=True)
class Spellings:
    """The values to be removed, as they are looked for; kept in memory, and never shown."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Spellings:
        """Return the spellings of the values in ``texts``; raises TooShort."""
        values = []
        for text in texts:
            value = _bare(text)
            if not value:
                continue
            shortest = _SHORTEST if value.isascii() else _SHORTEST_CHINESE
            if len(value) < shortest:
                raise TooShort
            values.append(value)
        return cls(tuple(sorted(set(values))))

    def stand_in(self, content: bytes) -> bool:
        """Return whether a value stands in ``content``, in any spelling and any encoding."""
        return any(True for encoding in _ENCODINGS for _match in self._matches(content, encoding))

    def stand_in_text(self, text: str) -> bool:
        """Return whether a value stands in ``text``, in any spelling."""
        return bool(self.values) and self.stand_in(text.encode("utf-8", "surrogateescape"))

    def removed_from(self, content: bytes) -> bytes:
        """Return ``content``, which must be a text, with every value replaced, in the text's own encoding."""
        for encoding in _encodings_of(content):
            pieces, end = [], 0
            for match in self._matches(content, encoding):
                pieces += [content[end : match.start()], REMOVED.encode(encoding)]
                end = match.end()
            if end:
                content = b"".join([*pieces, content[end:]])
        return content

    def removed_from_text(self, text: str) -> str:
        """Return ``text`` with every value replaced."""
        content = text.encode("utf-8", "surrogateescape")
        return self.removed_from(content).decode("utf-8", "surrogateescape")

    def _matches(self, content: bytes, encoding: str) -> Iterator[re.Match[bytes]]:
        if not self.values:
            return
        width = 2 if encoding.startswith("utf-16") else 1
        if width > 1 and b"\0" not in content:
            return
        position = 0
        while match := self._patterns[encoding].search(content, position):
            # A match that begins inside a character is none.
            if match.start() % width:
                position = match.start() + 1
                continue
            yield match
            position = match.end()

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[bytes]]:
        return {
            encoding: re.compile(_pattern(self.values, encoding), re.IGNORECASE) for encoding in _ENCODINGS
        }


_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def is_text(content: bytes) -> bool:
    """Return whether words can be replaced in ``content`` without breaking it: no archive, image or PDF."""
    if content.startswith(tuple(_MARKS.values())):
        return True
    return b"\0" not in content and not content.startswith(_BOXES) and _PDF not in content[:_PDF_WINDOW]


def _encodings_of(content: bytes) -> tuple[str, ...]:
    for encoding, mark in _MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # Clerks' programs save both, and paste one into the other.
        return ("gb18030", "utf-8")
    return ("utf-8",)


def _bare(text: str) -> str:
    """Return a value as it is compared: half-width, capital, nothing between its characters."""
    kept = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in kept if character not in _BETWEEN + _BREAKS + " ")


def _pattern(values: Iterable[str], encoding: str) -> bytes:
    """Return the pattern of all spellings of ``values``; a thousand of them cost little more than one."""
    long = [value for value in values if len(value) >= _LONG_ENOUGH_TO_WRAP]
    short = [value for value in values if len(value) < _LONG_ENOUGH_TO_WRAP]
    wide, narrow = (_gaps(between, encoding) for between in (_BETWEEN + _BREAKS, _BETWEEN))
    found = [_tree(some, gaps, encoding) for some, gaps in ((long, wide), (short, narrow)) if some]
    return _either(found)


def _gaps(between: str, encoding: str) -> bytes:
    return _either(_encoded(character, encoding) for character in between) + b"{0,%d}" % _MOST_BETWEEN


def _tree(values: Iterable[str], gaps: bytes, encoding: str) -> bytes:
    """Return a pattern in which values that begin alike share their beginning."""
    by_first: dict[str, list[str]] = {}
    for value in values:
        by_first.setdefault(value[0], []).append(value)
    branches = []
    for alike in by_first.values():
        start = _shared_start(alike)
        ends = [value[len(start) :] for value in alike]
        branch = gaps.join(_either(_forms(character, encoding)) for character in start)
        longer = [end for end in ends if end]
        if longer:
            more = gaps + _tree(longer, gaps, encoding)
            branch += more if len(longer) == len(ends) else b"(?:%b)?" % more
        branches.append(branch)
    return _either(branches)


def _shared_start(values: list[str]) -> str:
    pairs = zip(min(values), max(values), strict=False)
    return "".join(one for one, _other in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _forms(character: str, encoding: str) -> Iterator[bytes]:
    """Yield how one character may be written: half or full width, small or capital, escaped."""
    for form in dict.fromkeys((character, character.lower())):
        yield _encoded(form, encoding)
        if "!" <= form <= "~":
            yield _encoded(chr(ord(form) + 0xFEE0), encoding)
    if not character.isascii():
        number = ord(character)
        percent = "".join(f"%{byte:02x}" for byte in character.encode())
        for escaped in (f"\\u{number:04x}", f"&#{number};", f"&#x{number:x};", percent):
            yield _encoded(escaped, encoding)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return re.escape(text.encode(encoding))
    except UnicodeEncodeError:
        return b"(?!)"


def _either(forms: Iterable[bytes]) -> bytes:
    return b"(?:" + b"|".join(dict.fromkeys(forms)) + b")"
