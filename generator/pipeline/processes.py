"""Processes: how worker processes are started, and that they end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.context import BaseContext


def process_context(*, is_fresh: bool = False) -> BaseContext:
    """Return how workers start: forked ones share the loaded set-up; elsewhere it is sent to them once.

    Those that are ``is_fresh`` carry nothing of what this process knows of thousands of villages.
    """
    return multiprocessing.get_context("fork" if sys.platform == "linux" and not is_fresh else "spawn")


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
