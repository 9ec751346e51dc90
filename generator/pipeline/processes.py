"""Processes: how worker processes are started, how they end, and how they look after their memory."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext


def process_context() -> BaseContext:
    """Return how workers start: forked ones share the loaded set-up; elsewhere it is sent to them once."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def end_with_parent() -> None:
    """End this process at once when the one that started it is killed.

    Otherwise it would wait for work for ever, and hold the lock of a build that is no more.
    """
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def garbage_at_the_end() -> Iterator[None]:
    """Look for garbage once after the block, not again and again in it.

    A village's records and pages refer to each other in one direction: nearly all of them are gone by
    themselves, and what is left is new, so that nothing older is looked through.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if was_enabled:
            gc.enable()
