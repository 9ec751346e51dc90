"""Decoding: bytes become text in one of the encodings that clerks' programs write, or in none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.privacy.carriers.piece import Piece

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE, _SHORT_SAMPLE = 4_096, 512
_COMMON = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff\u2010-\u2027\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TEXT_SHARE, _CONTROL_SHARE = 0.85, 0.02
# What reads as a number or as words in any encoding that keeps ASCII; anything shorter names nobody.
_ASCII_RUN = re.compile(rb"[\x20-\x7e]{6,}")
_WIDE_RUN = re.compile(rb"(?:[\x20-\x7e]\x00){6,}|(?:\x00[\x20-\x7e]){6,}")
_WORTH = re.compile(rb"[0-9](?:[^\n]{0,3}[0-9]){5}")


def decode(content: bytes) -> str | None:
    """Return the text of a file, or None when it is none: first its mark, then UTF-16, UTF-8, GB18030."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if b"\0" in content[:_SAMPLE]:
        encoding = (
            "utf-16-be" if content[:_SAMPLE:2].count(0) > content[1:_SAMPLE:2].count(0) else "utf-16-le"
        )
        text = _decoded(content, encoding)
        return text if text is not None and _reads_as_text(text) else None
    text = _decoded(content, "utf-8")
    if text is None:
        text = _decoded(content, "gb18030")
        if text is not None and not _reads_as_text(text):
            return None
    if text is not None and _is_full_of_controls(text):
        return None
    return text


def mended(content: bytes) -> str | None:
    """Return the text of a file with a few broken bytes, or None when it reads as no text at all."""
    for encoding in ("utf-8", "gb18030"):
        text = content.decode(encoding, "replace")
        if _reads_as_text(text) and not _is_full_of_controls(text):
            return text
    return None


def raw_runs(content: bytes) -> Iterator[Piece]:
    """Yield the stretches of plain letters and digits in bytes of any format."""
    for match in _ASCII_RUN.finditer(content):
        if _WORTH.search(match[0]):
            yield Piece(match[0].decode("ascii"), where="raw", is_raw=True)
    for match in _WIDE_RUN.finditer(content):
        text = match[0].replace(b"\0", b"")
        if _WORTH.search(text):
            yield Piece(text.decode("ascii"), where="raw", is_raw=True)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _reads_as_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    return sum(map(len, _COMMON.findall(sample))) >= _TEXT_SHARE * len(sample)


def _is_full_of_controls(text: str) -> bool:
    sample = text[:_SHORT_SAMPLE]
    return len(_CONTROL.findall(sample)) > _CONTROL_SHARE * len(sample)
