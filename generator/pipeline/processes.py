"""Processes: how worker processes are started, and that they end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.context import BaseContext


def process_context(preload: str = "") -> BaseContext:
    """Return how workers start: forked ones share the loaded set-up; elsewhere it is sent to them once.

    With ``preload``, the name of a module, they are forked of a process that has loaded nothing else: what
    this one knows of thousands of villages is then no burden to them.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    if not preload:
        return multiprocessing.get_context("fork")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


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
