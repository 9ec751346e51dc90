"""Bare JPEGs: pictures in which nothing is written beside their pixels."""

from __future__ import annotations

from collections.abc import Iterator

# Segments in which cameras write: APP1 to APP13, APP15 and remarks. APP0 and APP14 say how the colours of
# the picture are meant.
_WRITTEN = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_ABOUT_COLOURS, _LONGEST_ABOUT_COLOURS = (0xE0, 0xEE), 18
_START, _PIXELS, _END = b"\xff\xd8", 0xDA, 0xD9
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_FILLING = 0xFF
# Inside of pixels, 0xFF stands before these alone.
_AMONG_PIXELS = frozenset({0x00, *range(0xD0, 0xD8)})


def is_bare_jpeg(content: bytes) -> bool:
    """Return whether ``content`` is a whole JPEG of pixels, and what is needed to draw them, alone."""
    found = list(_segments(content))
    is_whole = bool(found) and found[-1][0] == _END and found[-1][2] == len(content)
    return is_whole and not any(_is_written(marker, end - start) for marker, start, end in found)


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without what was written into it or hung behind it; its pixels are not touched."""
    kept, end, last = [content[:2]], 2, 0
    for last, start, end in _segments(content):
        if not _is_written(last, end - start):
            kept.append(content[start:end])
    # Where the form is lost, what follows may be pixels still.
    return b"".join(kept) if last == _END else b"".join([*kept, content[end:]])


def _is_written(marker: int, size: int) -> bool:
    """Return whether a segment may say anything: also one about colours that is longer than they need."""
    return marker in _WRITTEN or (marker in _ABOUT_COLOURS and size > _LONGEST_ABOUT_COLOURS)


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each segment's marker, its start and its end, pixels included, as far as the form is kept."""
    position = 2 if content.startswith(_START) else len(content)
    while position + 2 <= len(content) and content[position] == _FILLING:
        marker, end = content[position + 1], position + 2
        if marker == _FILLING:
            position += 1
            continue
        if marker not in _WITHOUT_LENGTH and marker != _END:
            end += int.from_bytes(content[end : end + 2], "big")
        if marker == _PIXELS:
            end = _end_of_pixels(content, end)
        yield marker, position, min(end, len(content))
        if marker == _END:
            return
        position = end


def _end_of_pixels(content: bytes, position: int) -> int:
    while 0 <= (position := content.find(b"\xff", position)) < len(content) - 1:
        if content[position + 1] not in _AMONG_PIXELS:
            return position
        position += 2
    return len(content)
