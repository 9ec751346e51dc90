"""Garbage: when a process looks for what nothing refers to any more."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
