"""Intactness: whether pages are as they were written, looked at by a second process of large counties."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from generator.pipeline.overview import Known

# Below so many villages the second process takes longer to start than to look.
_MANY = 100


class Intactness:
    """Which of the villages that are ``known`` have all their pages below ``output``.

    Where this machine has another processor, it is at that while the records are looked at.
    """

    def __init__(self, known: Mapping[str, Known], output: str) -> None:
        self._known, self._output = known, output
        self._process, self._pipe = 0, -1
        self._broken: frozenset[str] | None = None
        # A fork of a process with threads may stand still for ever.
        if hasattr(os, "fork") and len(known) >= _MANY and threading.active_count() == 1:
            self._begin()

    def of(self, slug: str) -> bool:
        """Return whether the pages of a village are all as they were written."""
        if self._process:
            self._broken = self._answer()
        if self._broken is not None:
            return slug not in self._broken
        return self._known[slug].is_intact(self._output)

    def close(self) -> None:
        """Wait for the second process, where nobody asked for its answer."""
        if self._process:
            self._answer()

    def _begin(self) -> None:
        reader, writer = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(writer)
            self._pipe = reader
            return
        code = 1
        try:
            broken = [slug for slug, known in self._known.items() if not known.is_intact(self._output)]
            with open(writer, "wb") as answer:  # noqa: PTH123 (a pipe has no path)
                answer.write("\n".join(broken).encode())
            code = 0
        finally:
            # Nothing that the first process has open is this one's to finish.
            os._exit(code)

    def _answer(self) -> frozenset[str] | None:
        with open(self._pipe, "rb") as answer:  # noqa: PTH123
            told = answer.read()
        _process, status = os.waitpid(self._process, 0)
        self._process = 0
        return frozenset(told.decode().split("\n")) if status == 0 else None
