"""Hands: the same work on many villages is spread over all the cores of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from typing import TypeVar

from generator.model.finding import SetupError
from generator.wording import _

_FEW = 4
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def on_all_cores(work: Callable[[_Task], _Result], tasks: Sequence[_Task]) -> Iterator[_Result]:
    """Yield what ``work`` makes of each of ``tasks``, in their order.

    A few are not worth starting processes for. Raises what ``work`` raises, and SetupError where a process
    was ended from outside.
    """
    cores = min(os.cpu_count() or 1, len(tasks))
    if cores <= 1 or len(tasks) <= _FEW:
        yield from map(work, tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    from generator.pipeline.processes import end_with_parent, process_context

    with ProcessPoolExecutor(
        cores, mp_context=process_context(len(tasks)), initializer=end_with_parent
    ) as pool:
        try:
            futures: list[Future[_Result]] = [pool.submit(work, task) for task in tasks]
            for future in futures:
                yield future.result()
        except BrokenProcessPool:
            raise SetupError(_("工作进程中断，可能是内存不足")) from None
        finally:
            pool.shutdown(cancel_futures=True)
