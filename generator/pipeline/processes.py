"""Processes: how worker processes are started, and that they end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.context import BaseContext

# Below so many villages a fresh process takes longer to start than what is known of them is worth in memory.
_MANY = 500


def process_context(villages: int) -> BaseContext:
    """Return how workers on so many villages start.

    Forked ones share the loaded set-up; elsewhere it is sent to them once. Of a large county they are begun
    afresh: a fork would carry all that this process knows of the villages.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" and villages < _MANY else "spawn")


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
