"""Raw listings: what git's --raw says of commits and their files, told apart at NULs (-z)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# What a format handed to git begins with: no path and no id does.
MARK = "%x01"
LINK = "120000"
FILES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class RawChange:
    """One file that differs: its ``mode`` and ``blob`` now, its path, its former path where it was renamed.

    ``is_gone`` tells that it is no longer there. ``likeness`` is 0 to 100, how far a renamed file is still
    the same.
    """

    path: str
    mode: str
    blob: str
    is_gone: bool = False
    former: str = ""
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class RawCommit:
    """What a listing says of one commit: the ``head`` as its format asked for it, and its files."""

    head: tuple[str, ...]
    changes: tuple[RawChange, ...]


def read_log(listing: bytes, parts: int = 1) -> Iterator[RawCommit]:
    """Yield the commits of ``git log --raw --no-abbrev -z`` in their order.

    Its format begins with ``MARK`` and has ``parts`` parts with a NUL (%x00) after each but the last.
    """
    head: tuple[str, ...] = ()
    changes: list[RawChange] = []
    for told in stream_log([listing], parts):
        if isinstance(told, RawChange):
            changes.append(told)
            continue
        if head:
            yield RawCommit(head, tuple(changes))
        head, changes = told, []
    if head:
        yield RawCommit(head, tuple(changes))


def stream_log(pieces: Iterable[bytes], parts: int = 1) -> Iterator[tuple[str, ...] | RawChange]:
    """Yield the head of each commit of such a listing, which comes in ``pieces``, and after it its files."""
    fields = _fields(pieces)
    for field in fields:
        entry = field.lstrip(b"\n")
        if entry.startswith(b"\x01"):
            yield _text(entry[1:]).strip(), *(_text(next(fields)) for _part in range(parts - 1))
        elif entry.startswith(b":"):
            yield _change(entry, fields)


def _fields(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    yield rest


def read_changes(listing: bytes) -> Iterator[RawChange]:
    """Yield the files of a listing without commits: ``git diff --raw --no-abbrev -z``."""
    fields = iter(listing.split(b"\0"))
    for field in fields:
        if field.startswith(b":"):
            yield _change(field, fields)


def _change(entry: bytes, fields: Iterator[bytes]) -> RawChange:
    """Return what one line says, whose paths are the next fields; a merge has a colon for each parent."""
    words = entry.lstrip(b":")
    parents = len(entry) - len(words)
    values = words.decode().split()
    mode, blob, state = values[parents], values[2 * parents + 1], values[-1]
    path = _path(next(fields))
    if state.startswith("R"):
        return RawChange(_path(next(fields)), mode, blob, False, path, int(state[1:]))
    return RawChange(path, mode, blob, not blob.strip("0"))


def _text(field: bytes) -> str:
    return field.decode("utf-8", "replace")


def _path(field: bytes) -> str:
    return field.decode("utf-8", "surrogateescape")
