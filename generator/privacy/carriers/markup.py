"""Markup: HTML, XML and SVG; what a browser shows, joined where tags split it, and what it hides."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from generator.privacy.carriers.piece import Lifted, Piece, Row

# Tags inside a line of text: a number goes on across them.
_INLINE_NAMES = (
    "a abbr b bdi bdo big code data del dfn em font i ins kbd mark q s samp small span strong sub sup time"
    " tspan tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_NAME = re.compile(r"[^\s/>]+")
# Possessive, and only from where a name begins: hostile tags must not be read twice.
_ATTRIBUTE = re.compile(r"""(?<![^\s=<>"'/])([^\s=<>"'/]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]++))""")
_OPAQUE = ("script", "style")
_FIGURE = re.compile(r"[\d&*]")
_DIGITS = re.compile(r"\d[\d -]{5}")
_SPLIT = re.compile(rf"\d(?:</?(?:{'|'.join(_INLINE_NAMES.split())})\b[^<>]*>|<!--[^<>]*-->)+[\s-]?\d")
_WRITTEN_DIGIT = re.compile(r"&#0*(?:x0*3\d|4[89]|5[0-7]|x0*ff1\d|6530[0-5]|6529[6-9])", re.IGNORECASE)


def hides_numbers(text: str) -> bool:
    """Return whether a number may stand in ``text`` that its plain characters do not show."""
    return _SPLIT.search(text) is not None or ("&#" in text and _WRITTEN_DIGIT.search(text) is not None)


def read_markup(text: str) -> Iterator[Lifted]:
    """Yield visible text, attributes, comments and the rows of tables, in the order they stand."""
    yield from _Reader(text).read()


@dataclass(slots=True)
class _Table:
    """The table being read: its headings, and the cells of the row so far."""

    headings: list[str] = field(default_factory=list)
    cells: list[Piece] = field(default_factory=list)
    column: int = -1
    is_heading: bool = False
    has_rows: bool = False


class _Reader:
    """Goes through a text once, from one angle bracket to the next; malformed markup is read as text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._parts: list[str] = []
        self._starts: list[tuple[int, int]] = []
        self._length = 0
        self._tables: list[_Table] = []

    def read(self) -> Iterator[Lifted]:
        text, position, end = self._text, 0, len(self._text)
        ends: dict[str, int] = {}
        while position < end:
            opening = text.find("<", position)
            if opening < 0:
                opening = end
            if opening > position:
                self._add(text[position:opening], position)
            if opening == end:
                break
            if text.startswith("<!--", opening):
                position = self._end_of("-->", opening + 4, ends)
                yield self._piece(text[opening + 4 : position].removesuffix("-->"), opening + 4, "comment")
            elif text.startswith("<![CDATA[", opening):
                position = self._end_of("]]>", opening + 9, ends)
                self._add(text[opening + 9 : position].removesuffix("]]>"), opening + 9, is_plain=True)
            elif text[opening + 1 : opening + 2] in "/!?" or text[opening + 1 : opening + 2].isalpha():
                position = self._tag_end(opening, ends)
                yield from self._tag(opening, position)
                position = self._after_opaque(opening, position, ends)
            else:
                self._add("<", opening)
                position = opening + 1
        yield from self._flush()
        yield from self._close_row()

    def _tag_end(self, opening: int, ends: dict[str, int]) -> int:
        """Return where the tag ends: at the first bracket after it that no quotation marks hold."""
        closing = self._end_of(">", opening, ends)
        quoted = self._text[opening:closing]
        for mark in "\"'":
            if quoted.count(mark) % 2:
                after = self._end_of(mark, closing, ends)
                return self._end_of(">", after, ends)
        return closing

    def _after_opaque(self, opening: int, position: int, ends: dict[str, int]) -> int:
        """Return where the text of a script goes on as markup; what stands inside is added as it is."""
        for name in _OPAQUE:
            if self._text[opening + 1 : opening + 1 + len(name)].lower() == name:
                closing = self._end_of(f"</{name}", position, ends)
                inner = self._text[position:closing]
                self._add(inner.removesuffix(f"</{name}"), position, is_plain=True)
                return closing if closing == len(self._text) else closing - len(name) - 2
        return position

    def _end_of(self, mark: str, position: int, ends: dict[str, int]) -> int:
        """Return the offset after the next ``mark``; that there is none is remembered: time stays linear."""
        if ends.get(mark, len(self._text)) <= position:
            return len(self._text)
        found = self._text.find(mark, position)
        if found < 0:
            ends[mark] = position
            return len(self._text)
        return found + len(mark)

    def _tag(self, opening: int, closing: int) -> Iterator[Lifted]:
        inside = self._text[opening + 1 : closing].removesuffix(">")
        named = _NAME.match(inside.lstrip("/"))
        name = named[0].lower() if named else ""
        local = name.rpartition(":")[2]
        is_end = inside.startswith("/")
        if local not in _INLINE:
            yield from self._flush()
            yield from self._structure(local, is_end)
        if "=" in inside:
            for match in _ATTRIBUTE.finditer(inside):
                value = next((group for group in match.groups()[1:] if group), "")
                # Plain letters without a figure name a class or a picture, and nobody.
                if value and not (value.isascii() and _FIGURE.search(value) is None):
                    place = opening + 1 + match.start()
                    yield self._piece(unescape(value), place, f"attribute:{match[1]}")
            inside = _ATTRIBUTE.sub(" ", inside)
        if _DIGITS.search(inside):
            yield self._piece(inside, opening + 1, "tag")

    def _structure(self, name: str, is_end: bool) -> Iterator[Lifted]:
        if name == "table":
            yield from self._close_row()
            if is_end and self._tables:
                self._tables.pop()
            elif not is_end:
                self._tables.append(_Table())
        elif not self._tables:
            return
        elif name == "tr":
            yield from self._close_row()
        elif name in ("td", "th") and not is_end:
            self._tables[-1].column += 1
            self._tables[-1].is_heading = name == "th" and not self._tables[-1].has_rows

    def _close_row(self) -> Iterator[Row]:
        if not self._tables:
            return
        table = self._tables[-1]
        if table.cells:
            yield Row(tuple(table.cells))
            table.cells = []
        table.has_rows = table.has_rows or table.column >= 0
        table.column = -1

    def _add(self, text: str, offset: int, *, is_plain: bool = False) -> None:
        position = 0
        for line in text.split("\n"):
            self._starts.append((self._length, self._line(offset + position)))
            shown = (line if is_plain or "&" not in line else unescape(line)) + "\n"
            self._parts.append(shown)
            self._length += len(shown)
            position += len(line) + 1
        # The last line goes on behind the next tag.
        self._parts[-1] = self._parts[-1][:-1]
        self._length -= 1

    def _flush(self) -> Iterator[Lifted]:
        text, starts = "".join(self._parts), self._starts
        self._parts, self._starts, self._length = [], [], 0
        if not text or text.isspace():
            return
        lead = len(text) - len(text.lstrip())
        starts = [(max(0, offset - lead), line) for offset, line in starts]
        first = starts[bisect_right([offset for offset, _line in starts], 0) - 1][1]
        table = self._tables[-1] if self._tables else None
        column = None
        if table is not None and table.column >= 0:
            if table.is_heading:
                table.headings.extend([""] * (table.column + 1 - len(table.headings)))
                table.headings[table.column] = text.strip()
            elif table.column < len(table.headings):
                column = table.headings[table.column] or None
            table.cells.append(Piece(text.strip(), first, column, starts=tuple(starts)))
            return
        yield Piece(text.strip(), first, starts=tuple(starts))

    def _piece(self, text: str, offset: int, where: str) -> Piece:
        line = self._line(offset)
        breaks = [(match.end(), line + number) for number, match in enumerate(re.finditer("\n", text), 1)]
        return Piece(text, line, where=where, starts=tuple(breaks))

    def _line(self, offset: int) -> int:
        return bisect_right(self._breaks, offset - 1) + 1
