"""Crews: who carries out the tasks of a build; here, processes of this machine."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generator.model.finding import SetupError
from generator.pipeline.orders import Failure, Order, Result, Task
from generator.wording import _

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from generator.pipeline.ready_hand import ReadyHand
    from generator.pipeline.workshop import Workshop

_FEW = 4
# So many tasks for each process: none is ever without one.
_WAITING = 4
_workshop: Workshop | None = None


class Crew(Protocol):
    """Carries out tasks, wherever it has its hands."""

    def begin(self, tasks: Sequence[Task], order: Order) -> None:
        """Be told what is known of the tasks while the others, mostly none, are still looked for."""
        ...

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task, in the order in which they are done; raises SetupError."""
        ...


@dataclass(frozen=True, slots=True)
class LocalCrew:
    """So many processes of this machine; a few tasks are not worth starting them for.

    A ``hand`` that is ready does those few while this process goes on looking.
    """

    workers: int
    hand: ReadyHand | None = None

    def begin(self, tasks: Sequence[Task], order: Order) -> None:
        """Let the hand begin with a few tasks; without one, load what a village takes."""
        if self.hand is not None and 0 < len(tasks) <= _FEW:
            self.hand.take(tasks, order)
        elif self.hand is not None:
            self.hand.end()
        elif tasks:
            # It will be needed, and another process is looking at the pages meanwhile.
            import generator.pipeline.workshop  # noqa: F401

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task; one that ends its process is a failure of its village."""
        left = {task.village.slug: task for task in tasks}
        if self.hand is not None:
            for slug, result in self.hand.results():
                del left[slug]
                yield result
        # What a task needs is loaded only when there is one, and what processes need when there are many.
        if not left:
            return
        from generator.pipeline.workshop import Workshop

        if self.workers <= 1 or len(left) <= _FEW:
            workshop = Workshop(order)
            yield from map(workshop.attempt, left.values())
            return
        workers = min(self.workers, len(left))
        with _pool(order, workers, len(left)) as pool:
            try:
                yield from _worked(pool, left.values(), _WAITING * workers)
            except SetupError:
                pool.shutdown(cancel_futures=True)
                raise


def _worked(pool: Executor, tasks: Iterable[Task], most: int) -> Iterator[Result]:
    """Yield what ``pool`` makes of each task; no more than ``most`` are handed to it at a time."""
    from concurrent.futures.process import BrokenProcessPool

    # A task that waits in the pool takes as much memory again as one that waits here.
    waiting: dict[Future[Result], Task] = {}
    for task in tasks:
        if len(waiting) >= most:
            yield from _done(waiting)
        try:
            waiting[pool.submit(_work, task)] = task
        except BrokenProcessPool:
            yield _interrupted(task)
    while waiting:
        yield from _done(waiting)


def _done(waiting: dict[Future[Result], Task]) -> Iterator[Result]:
    """Take out of ``waiting`` what is done next, and yield what came of it."""
    from concurrent.futures import FIRST_COMPLETED, wait

    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield _result(future, waiting.pop(future))


def _result(future: Future[Result], task: Task) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        return _interrupted(task)


def _interrupted(task: Task) -> Failure:
    return Failure(task.village.slug, task.village.name, _("工作进程中断，可能是内存不足"))


def _pool(order: Order, workers: int, tasks: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    from generator.pipeline.processes import process_context

    return ProcessPoolExecutor(
        workers, mp_context=process_context(tasks), initializer=_open_workshop, initargs=(order,)
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
