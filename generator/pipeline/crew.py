"""Crews: who carries out the tasks of a build; here, processes of this machine."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol

from generator.model.finding import SetupError
from generator.pipeline.processes import process_context
from generator.pipeline.workshop import Failure, Order, Result, Task, Workshop
from generator.wording import _

_FEW = 4
_workshop: Workshop | None = None


class Crew(Protocol):
    """Carries out tasks, wherever it has its hands."""

    def carry_out(self, tasks: Iterable[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task, in the order in which they are done; raises SetupError.

        Before the first of it is known all of ``tasks`` have been asked for.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalCrew:
    """So many processes of this machine; a few tasks are not worth starting them for."""

    workers: int

    def carry_out(self, tasks: Iterable[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task; one that ends its process is a failure of its village."""
        waiting = iter(tasks)
        first = list(waiting if self.workers <= 1 else islice(waiting, max(self.workers, _FEW + 1)))
        if self.workers <= 1 or len(first) <= _FEW:
            workshop = Workshop(order) if first else None
            for task in first:
                assert workshop is not None
                yield workshop.attempt(task)
            return
        with _pool(order, min(self.workers, len(first))) as pool:
            try:
                # The first are worked on while it is still being found out what else there is to do.
                futures: dict[Future[Result], Task] = {
                    pool.submit(_work, task): task for task in chain(first, waiting)
                }
                for future in as_completed(futures):
                    yield _result(future, futures[future])
            except SetupError:
                pool.shutdown(cancel_futures=True)
                raise


def _result(future: Future[Result], task: Task) -> Result:
    try:
        return future.result()
    except BrokenProcessPool:
        village = task.village
        return Failure(village.slug, village.name, _("工作进程中断，可能是内存不足"))


def _pool(order: Order, workers: int) -> Executor:
    return ProcessPoolExecutor(
        workers, mp_context=process_context(), initializer=_open_workshop, initargs=(order,)
    )


def _open_workshop(order: Order) -> None:
    global _workshop  # noqa: PLW0603 (one workshop per worker process is what the pool is for)
    _workshop = Workshop(order)
    # What is loaded now stays to the end: it need not be looked through for garbage again and again.
    gc.collect()
    gc.freeze()


def _work(task: Task) -> Result:
    assert _workshop is not None
    return _workshop.attempt(task)
