"""A ready hand: a process that loads what building takes while the first one finds out what to build."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from generator.model.finding import SetupError

if TYPE_CHECKING:
    from generator.pipeline.orders import Order, Result, Task

# As much as the system lets anybody keep in a pipe.
_ORDER = 1 << 20


class ReadyHand:
    """A process of this machine that waits for one order and its tasks; end it when nothing more comes."""

    def __init__(self, process: int, orders: BinaryIO, results: BinaryIO) -> None:
        self.process, self._orders, self._results = process, orders, results
        self._slugs: list[str] = []

    @classmethod
    def begin(cls) -> ReadyHand | None:
        """Start one, best before anything large is loaded; None where this system or process cannot."""
        # A fork of a process with threads may stand still for ever.
        if sys.platform != "linux" or threading.active_count() > 1:
            return None
        import fcntl

        its_orders, orders = os.pipe()
        results, its_results = os.pipe()
        process = os.fork()
        if not process:
            try:
                # The first process is seen to end only where nobody else could still write to it.
                os.close(orders)
                os.close(results)
                _serve(os.fdopen(its_orders, "rb"), os.fdopen(its_results, "wb"))
            finally:
                # Nothing that the first process has open is this one's to finish.
                os._exit(0)
        os.close(its_orders)
        os.close(its_results)
        # An order that fits is taken at once: nobody waits until everything is loaded.
        with suppress(OSError):
            fcntl.fcntl(orders, fcntl.F_SETPIPE_SZ, _ORDER)
        return cls(process, os.fdopen(orders, "wb"), os.fdopen(results, "rb"))

    def take(self, tasks: Sequence[Task], order: Order) -> None:
        """Give the process its tasks; they are done in their order, beside whatever this one does."""
        self._slugs = [task.village.slug for task in tasks]
        with suppress(BrokenPipeError):
            pickle.dump((order, tuple(tasks)), self._orders, protocol=5)
            self._orders.flush()

    def results(self) -> Iterator[tuple[str, Result]]:
        """Yield by its village's slug what came of each task; only of the first ones where the process ended.

        Raises SetupError.
        """
        for slug in self._slugs:
            try:
                result = pickle.load(self._results)  # noqa: S301 (from our own process)
            except (EOFError, pickle.UnpicklingError):
                return
            if isinstance(result, SetupError):
                raise result
            yield slug, result

    def end(self) -> None:
        """End the process, whatever it does; what it was writing is told as unfinished."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0
            self._results.close()
            # What was not taken of an order is of no use to anybody.
            with suppress(BrokenPipeError):
                self._orders.close()


def _serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Load what a village takes, and build those that are ordered, one after the other."""
    gc.disable()
    from generator.pipeline.workshop import Workshop

    order, tasks = pickle.load(orders)  # noqa: S301 (from our own process)
    threading.Thread(target=_end_with, args=(orders,), daemon=True).start()
    # What is loaded now stays to the end.
    gc.freeze()
    try:
        workshop = Workshop(order)
        for task in tasks:
            pickle.dump(workshop.attempt(task), results, protocol=5)
            results.flush()
    except SetupError as error:
        pickle.dump(error, results, protocol=5)
        results.flush()


def _end_with(orders: BinaryIO) -> None:
    """End this process at once when nobody is left who could order anything."""
    orders.read()
    os._exit(1)
