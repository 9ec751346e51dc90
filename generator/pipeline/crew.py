"""Crews: who carries out the tasks of a build; here, processes of this machine."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generator.model.finding import SetupError
from generator.pipeline.orders import Failure, Order, Result, Task
from generator.wording import _

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from generator.pipeline.workshop import Workshop

_FEW = 4
_workshop: Workshop | None = None


class Crew(Protocol):
    """Carries out tasks, wherever it has its hands."""

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task, in the order in which they are done; raises SetupError."""
        ...


@dataclass(frozen=True, slots=True)
class LocalCrew:
    """So many processes of this machine; a few tasks are not worth starting them for."""

    workers: int

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task; one that ends its process is a failure of its village."""
        # What a task needs is loaded only when there is one, and what processes need when there are many.
        if not tasks:
            return
        from generator.pipeline.workshop import Workshop

        if self.workers <= 1 or len(tasks) <= _FEW:
            workshop = Workshop(order)
            yield from map(workshop.attempt, tasks)
            return
        from concurrent.futures import as_completed

        with _pool(order, min(self.workers, len(tasks))) as pool:
            futures: dict[Future[Result], Task] = {pool.submit(_work, task): task for task in tasks}
            try:
                for future in as_completed(futures):
                    yield _result(future, futures[future])
            except SetupError:
                pool.shutdown(cancel_futures=True)
                raise


def _result(future: Future[Result], task: Task) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        village = task.village
        return Failure(village.slug, village.name, _("工作进程中断，可能是内存不足"))


def _pool(order: Order, workers: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    from generator.pipeline.processes import process_context

    return ProcessPoolExecutor(
        workers, mp_context=process_context(), initializer=_open_workshop, initargs=(order,)
    )


def _open_workshop(order: Order) -> None:
    global _workshop  # noqa: PLW0603 (one workshop per worker process is what the pool is for)
    from generator.pipeline.processes import end_with_parent
    from generator.pipeline.workshop import Workshop

    end_with_parent()
    _workshop = Workshop(order)
    # What is loaded now stays to the end: it need not be looked through for garbage again and again.
    gc.collect()
    gc.freeze()


def _work(task: Task) -> Result:
    assert _workshop is not None
    return _workshop.attempt(task)
