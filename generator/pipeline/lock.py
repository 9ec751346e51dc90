"""The lock of a build: two builds never write into one folder, and one that died holds nothing."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.intake.kept_file import make_folder, writing
from generator.model.finding import HaltError
from generator.wording import _

NAME = "lock"
PATIENCE = 600.0
_EVERY = 0.1
_DIGITS = 20


@contextmanager
def only_build(
    folder: Path, *, patience: float = PATIENCE, tell: Callable[[str], None] = lambda text: None
) -> Iterator[None]:
    """Hold the lock of the builds that remember in ``folder``; wait ``patience`` seconds for who holds it.

    The system takes the lock from a process that ends, however it ends. ``tell`` is told that one waits.
    Raises HaltError when patience is over.
    """
    make_folder(str(folder))
    path = str(folder / NAME)
    with writing(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(handle, patience, tell)
        with writing(path):
            # Only so that whoever waits can be told for whom.
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def _take(handle: int, patience: float, tell: Callable[[str], None]) -> None:
    until = time.monotonic() + patience
    is_told = False
    while not _is_taken(handle):
        os.lseek(handle, 0, os.SEEK_SET)
        holder = os.read(handle, _DIGITS).decode("ascii", "replace")
        if time.monotonic() >= until:
            raise HaltError(
                _(
                    "等了 {seconds:.0f} 秒，另一个生成（进程 {process}）还没有做完。"
                    "请等它做完再运行；它要是卡住了，先结束那个进程"
                ).format(seconds=patience, process=holder)
            )
        if not is_told:
            tell(_("另一个生成（进程 {process}）正在写这个文件夹，等它做完…").format(process=holder))
            is_told = True
        time.sleep(_EVERY)


if sys.platform == "win32":

    def _is_taken(handle: int) -> bool:
        import msvcrt

        # Beyond the digits, which others must be able to read.
        os.lseek(handle, _DIGITS, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _is_taken(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
