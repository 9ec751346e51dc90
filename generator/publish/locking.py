"""Locking: of several publishers of one target only one writes, and the others wait until it is done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_LOCK = ".lock"


@contextmanager
def locked(target: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold ``target`` (a folder that is there) for this process until the end of the block.

    ``waiting`` is called once where another process holds it. A process that is killed holds nothing.
    """
    with (target / _LOCK).open("ab") as file:
        if not _take(file, is_patient=False):
            waiting()
            _take(file, is_patient=True)
        yield


if sys.platform != "win32":
    import fcntl

    def _take(file: BinaryIO, *, is_patient: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

else:
    import msvcrt
    import time

    def _take(file: BinaryIO, *, is_patient: bool) -> bool:
        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                if not is_patient:
                    return False
                time.sleep(1)
            else:
                return True
