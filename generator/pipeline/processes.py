"""Processes: how worker processes are started."""

from __future__ import annotations

import multiprocessing
import sys
from multiprocessing.context import BaseContext


def process_context() -> BaseContext:
    """Return how workers start: forked ones share the loaded set-up; elsewhere it is sent to them once."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
