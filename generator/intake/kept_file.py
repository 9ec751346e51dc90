"""Kept files: what is remembered from one run to the next, each with its hash: a damaged memory is none."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from generator.model.finding import HaltError
from generator.wording import _

PARTIAL = ".part"
# Between a key and what is kept under it; JSON writes it otherwise, so it stands in a line once.
_BREAK = b"\t"
_DIGITS = 32
_PIECE = 65_536
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_FOLDER = (errno.EEXIST, errno.ENOTDIR)
# Descriptors, not file objects: a village has 150 files, and each object costs as much as writing it.
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def recall(path: Path) -> bytes | None:
    """Return what was kept at ``path``; None where there is nothing, or not what was written."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (thousands of files)
            found = file.read()
    except OSError:
        return None
    head, content = found[:_DIGITS], found[_DIGITS + 1 :]
    return content if head == _digest(content) else None


def keep(path: Path, content: bytes, writer: str = "") -> None:
    """Keep ``content`` at ``path``, whole or not at all; raises HaltError where it cannot be written.

    ``writer`` is a name that only this process has, where others may keep the same.
    """
    make_folder(str(path.parent))
    put(str(path), _digest(content) + b"\n" + content, writer)


@contextmanager
def keeping(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Give what keeps one part after the other at ``path``, never all in memory, as ``keep`` does the whole.

    Nothing is kept unless the block comes to its end; raises HaltError.
    """
    make_folder(str(path.parent))
    digest = hashlib.blake2b(digest_size=_DIGITS // 2)

    with _fresh(str(path)) as file:
        _write(file, b" " * _DIGITS + b"\n")
        waiting = bytearray()

        def flush() -> None:
            digest.update(waiting)
            _write(file, bytes(waiting))
            waiting.clear()

        def write(part: bytes) -> None:
            waiting.extend(part)
            if len(waiting) >= _PIECE:
                flush()

        yield write
        flush()
        os.lseek(file, 0, os.SEEK_SET)
        _write(file, digest.hexdigest().encode())


def keep_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Keep ``parts`` one after the other at ``path``; raises HaltError where it cannot be written."""
    with keeping(path) as write:
        for part in parts:
            write(part)


@contextmanager
def recalling(path: Path) -> Iterator[BinaryIO]:
    """Open what was kept at ``path`` to be read piece by piece; it is empty where ``recall`` gives None."""
    with ExitStack() as stack:
        digest = hashlib.blake2b(digest_size=_DIGITS // 2)
        try:
            file = stack.enter_context(open(path, "rb"))  # noqa: PTH123
            head = file.read(_DIGITS + 1)[:_DIGITS]
            while piece := file.read(_PIECE):
                digest.update(piece)
        except OSError:
            head = b""
        if head != digest.hexdigest().encode():
            yield io.BytesIO()
            return
        file.seek(_DIGITS + 1)
        yield file


def by_key(lines: Iterable[bytes]) -> dict[bytes, bytes]:
    """Return by the key of each line the rest of it, unread: each was written by ``key_lines``."""
    return dict(line.split(_BREAK, 1) for line in lines)


def key_lines(kept: Mapping[bytes, bytes]) -> Iterator[bytes]:
    """Yield a line for each key and what is kept under it, which is JSON and ends its line."""
    return (key + _BREAK + told for key, told in kept.items())


def recall_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of what was kept at ``path``, never all in memory; none where ``recall`` gives None."""
    with recalling(path) as file:
        yield from file


def remove(path: Path) -> None:
    """Remove what was kept at ``path``, or lies in its place; raises HaltError where that cannot be."""
    with writing(str(path)):
        try:
            path.unlink(missing_ok=True)
        except (IsADirectoryError, PermissionError):
            if not path.is_dir():
                raise
            shutil.rmtree(path)


def make_folder(folder: str) -> bool:
    """Make ``folder`` and those above it, and return whether it is new; raises HaltError if it cannot be."""
    with writing(folder):
        try:
            os.mkdir(folder)  # noqa: PTH102 (paths stay text on the hot path)
        except (FileExistsError, FileNotFoundError) as found:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            return isinstance(found, FileNotFoundError)
    return True


def put(path: str, content: bytes, writer: str = "") -> None:
    """Write a file at once, in the place of whatever bears its name: a reader sees the old one or the new.

    Raises HaltError; where writing fails nothing is left of the new one.
    """
    with _fresh(path, writer) as file:
        _write(file, content)


@contextmanager
def _fresh(path: str, writer: str = "") -> Iterator[int]:
    """Open what takes the place of ``path`` once it is written to its end; raises HaltError."""
    partial = partial_name(path, writer)
    try:
        file = _opened(partial)
        try:
            yield file
        finally:
            os.close(file)
        _take_place(partial, path)
    except BaseException:
        with writing(path):
            if os.path.isfile(partial):  # noqa: PTH113
                os.unlink(partial)  # noqa: PTH108
            raise


def _write(file: int, content: bytes) -> None:
    # A disk that is nearly full takes a part and says nothing.
    written = os.write(file, content)
    while written < len(content):
        written += os.write(file, memoryview(content)[written:])


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Say what a person can do about it where ``path`` cannot be written; raises HaltError."""
    try:
        yield
    except OSError as error:
        file = error.filename if isinstance(error.filename, str) else path
        if error.errno in _FULL:
            problem = _("磁盘满了，写不下 {file}。写好的网页都是完整的；腾出空间以后再运行一次，会接着做完")
        elif error.errno in _NO_FOLDER:
            problem = _("{file} 应当是文件夹，那里却有一个文件：请移走它，再运行一次")
        else:
            problem = _("写不了 {file}：请看看文件夹的权限，是不是只读的盘，再运行一次（{reason}）")
        raise HaltError(problem.format(file=file, reason=error.strerror)) from error


def partial_name(path: str, writer: str = "") -> str:
    """Return where a file that replaces another is written before it takes its place."""
    return f"{path}.{writer}{PARTIAL}" if writer else f"{path}{PARTIAL}"


def _opened(partial: str) -> int:
    try:
        return os.open(partial, _FRESH, 0o666)
    except IsADirectoryError:
        shutil.rmtree(partial)
        return os.open(partial, _FRESH, 0o666)


def _take_place(partial: str, path: str) -> None:
    try:
        os.replace(partial, path)  # noqa: PTH105
    except OSError:
        if not os.path.isdir(path):  # noqa: PTH112
            raise
        shutil.rmtree(path)
        os.replace(partial, path)  # noqa: PTH105


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGITS // 2).hexdigest().encode()
