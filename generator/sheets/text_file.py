"""Files of text (.csv, .txt): bytes become a grid; nothing is decoded by replacing what does not fit."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.sheets.grid import BLANK, Grid, text_cell
from generator.sheets.refusals import AREA_LIMIT

ROW_LIMIT = 100_000
DELIMITERS = (",", "\t", ";")
_LOOK_ALIKES = "，；、|"
_UTF8_BOM, _UTF16_LE, _UTF16_BE = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"
_LOOKED_AT = 200
_COMMON_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class TextProblem(Exception):
    """A text that cannot be read: the wording's ``code``, the ``line`` (from 1) and the ``facts``."""

    code: str
    line: int | None = None
    facts: dict[str, object] = field(default_factory=dict)


def read_text_grid(content: bytes, name: str) -> tuple[str, Grid]:
    """Return the encoding and the one grid of a file of text; raises TextProblem."""
    encoding, text = decode(content)
    delimiter = delimiter_of(text)
    if _is_parted_otherwise(text):
        raise TextProblem("sheet-separator", 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    width = 0
    try:
        for row in reader:
            rows.append(row)
            width = max(width, len(row))
            if len(rows) > ROW_LIMIT:
                raise TextProblem("rows-too-many", ROW_LIMIT, {"limit": ROW_LIMIT})
            # Every row becomes as long as the longest.
            if width * len(rows) > AREA_LIMIT:
                raise TextProblem("sheet-too-large", len(rows), {"sheet": name, "limit": AREA_LIMIT})
    except csv.Error:
        raise TextProblem("csv-syntax", len(rows) + 1) from None
    grid = [[text_cell(cell) for cell in row] + [BLANK] * (width - len(row)) for row in rows]
    return encoding, Grid(name, grid, widths=tuple(map(len, rows)))


def decode(content: bytes) -> tuple[str, str]:
    """Return the encoding and the text of ``content``; raises TextProblem.

    A byte-order mark decides, then null bytes mean UTF-16; then UTF-8 is tried, then GB18030.
    """
    for mark, encoding in ((_UTF8_BOM, "utf-8"), (_UTF16_LE, "utf-16-le"), (_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return encoding, _strictly(content.removeprefix(mark), encoding)
    if b"\0" in content:
        evens, odds = content[::2].count(0), content[1::2].count(0)
        encoding = "utf-16-le" if odds > evens else "utf-16-be"
        return encoding, _strictly(content, encoding)
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    _refuse_mixture(content)
    text = _strictly(content, "gb18030")
    if not _is_plausible(text):
        raise TextProblem("sheet-encoding", 1)
    return "gb18030", text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "ignore").count("\n") + 1
        raise TextProblem("sheet-encoding", line) from None


def _refuse_mixture(content: bytes) -> None:
    """Raise TextProblem at the first line that is written otherwise than the lines before it."""
    first = ""
    for number, line in enumerate(content.split(b"\n"), start=1):
        encoding = _encoding_of(line)
        if not encoding:
            continue
        if first and encoding != first:
            raise TextProblem("sheet-encoding-mixed", number, {"first": first, "other": encoding})
        first = encoding


def _encoding_of(line: bytes) -> str:
    """Return what a line alone says of its encoding, "" when it could be either."""
    if line.isascii():
        return ""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    # Two bytes of GB18030 may look like one character of UTF-8, three that make a Chinese one hardly.
    return "UTF-8" if any("\u3000" <= character <= "\uffee" for character in text) else ""


def _is_plausible(text: str) -> bool:
    """Return whether the characters are those that people write: Big5 read as GB18030 is not."""
    written = [character for character in text if not character.isascii()][:10_000]
    if not written:
        return True
    common = sum(1 for character in written if _is_common(character))
    return common >= _COMMON_SHARE * len(written)


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def delimiter_of(text: str) -> str:
    """Return what parts the cells: the mark by which most lines fall into the most equal cells."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _is_parted_otherwise(text: str) -> bool:
    """Return whether nothing that parts cells is there, and most lines have a mark that looks like it."""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if any(mark in line for line in lines for mark in DELIMITERS):
        return False
    return 2 * sum(any(mark in line for mark in _LOOK_ALIKES) for line in lines) > len(lines)


def _evenness(lines: Sequence[str], mark: str) -> int:
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items()), default=0)
