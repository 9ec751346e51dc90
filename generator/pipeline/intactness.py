"""Intactness: whether records and pages are as they were left; in large counties two processes look."""

from __future__ import annotations

import mmap
import os
import signal
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType

from generator.model.village import Village
from generator.pipeline.overview import Known
from generator.pipeline.sources import Sources

# Below so many villages the second process takes longer to start than to look.
_MANY = 100
_UNASKED, _YES, _NO = range(3)


class Intactness:
    """Which of ``villages``, told by their numbers, are as they were ``known``; pages lie below ``output``.

    Of a large county another process begins with the last village while this one begins with the first,
    until they meet: each answer is one byte that both see. Where the other one ends before its time, this
    one looks itself.
    """

    def __init__(
        self, villages: Sequence[Village], known: Mapping[str, Known], sources: Sources, output: str
    ) -> None:
        self._villages, self._known, self._sources, self._output = villages, known, sources, output
        self._questions = (self._look_at_records, self._look_at_pages)
        self._answers = mmap.mmap(-1, max(1, len(self._questions) * len(villages)))
        self._process = 0

    def __enter__(self) -> Intactness:
        # A fork of a process with threads may stand still for ever.
        if hasattr(os, "fork") and len(self._known) >= _MANY and threading.active_count() == 1:
            self._process = os.fork()
            if not self._process:
                self._help()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            # It only looks: nothing of it is left half done.
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        self._answers.close()

    def of_records(self, number: int) -> bool:
        """Return whether stamps tell that the records of a village are those it was last built from."""
        return self._ask(0, number)

    def of_pages(self, number: int) -> bool:
        """Return whether the pages of a village are all as they were written."""
        return self._ask(1, number)

    def _ask(self, question: int, number: int) -> bool:
        place = question * len(self._villages) + number
        answer = self._answers[place]
        if answer == _UNASKED:
            answer = self._answers[place] = _YES if self._questions[question](number) else _NO
        return answer == _YES

    def _help(self) -> None:
        try:
            for question in range(len(self._questions)):
                for number in reversed(range(len(self._villages))):
                    self._ask(question, number)
        finally:
            # Nothing that the first process has open is this one's to finish.
            os._exit(0)

    def _look_at_records(self, number: int) -> bool:
        village = self._villages[number]
        known = self._known.get(village.slug)
        return known is not None and known.sources != "" and self._sources.mark(village) == known.sources

    def _look_at_pages(self, number: int) -> bool:
        known = self._known.get(self._villages[number].slug)
        return known is not None and known.is_intact(self._output)
