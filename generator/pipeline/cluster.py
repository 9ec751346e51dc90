"""The door to Dask: a crew whose hands are the workers of a cluster, on as many machines as it has."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from generator.history.git import ask_git
from generator.model.finding import SetupError
from generator.pipeline.fingerprint import SETUP
from generator.pipeline.orders import Failure, Order, Result, Task
from generator.pipeline.shards import LARGEST, Brief, Delivery, brief_of, shards_of, work_shard
from generator.wording import _

_STRIKES = 3
# Dask gives up on whatever waits on a worker that dies: a second time it is not the neighbour's fault.
_KILLED = 2
_RESTART = 30


@dataclass(slots=True)
class _Shard:
    """One portion of the work under way: its name at the scheduler, its villages, how often it failed."""

    name: str
    tasks: tuple[Task, ...]
    strikes: int = 0


@dataclass(slots=True)
class ClusterCrew:
    """The workers that the scheduler at ``scheduler`` ("tcp://host:port", "tls://…") knows.

    They read the county at the same path as this machine, or, with ``remote``, from that git repository at
    the commit that stands here. When for ``patience`` seconds nothing at all was done, whoever still works
    is started anew and its villages are given out one by one. ``portion`` villages are given out together;
    for ``arrival`` seconds scheduler and workers are waited for. ``tell`` is told of what goes wrong;
    ``deliver`` is what a worker does with each village that it has built.
    """

    scheduler: str
    remote: str = ""
    patience: float = 600
    portion: int = LARGEST
    arrival: float = 30
    tell: Callable[[str], None] = field(default=lambda text: None)
    deliver: Delivery | None = None

    def begin(self, tasks: Sequence[Task], order: Order) -> None:
        """Wait for the other tasks: villages are given out many at a time."""

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        """Yield what came of each task; raises SetupError where the cluster cannot be used, or is lost.

        What was built before that stands: the next build goes on from there.
        """
        if not tasks:
            return
        brief = self._brief(order)
        with self._client() as client, client.as_current():
            yield from _Work(client, brief, self.patience, self.tell).carry_out(
                shards_of(tasks, self.portion)
            )

    def _client(self) -> Any:
        try:
            from distributed import Client
        except ImportError as error:
            raise SetupError(_("要用多台机器，请先安装：pip install 'cunwu[cluster]'")) from error
        try:
            client: Any = cast(Any, Client)(self.scheduler, timeout=self.arrival, set_as_default=False)
        except (OSError, ValueError) as error:
            raise SetupError(
                _("连不上调度器 {scheduler}：看看它是不是开着，地址写得对不对").format(
                    scheduler=self.scheduler
                )
            ) from error
        try:
            client.wait_for_workers(1, timeout=self.arrival)
        except TimeoutError as error:
            client.close()
            raise SetupError(
                _("调度器 {scheduler} 那里一台工作机也没有").format(scheduler=self.scheduler)
            ) from error
        return client

    def _brief(self, order: Order) -> Brief:
        if not self.remote:
            return brief_of(order, deliver=self.deliver)
        root, settings = order.promises.root, order.promises.settings
        top = ask_git(root, "rev-parse", "--show-toplevel")
        commit = ask_git(root, "rev-parse", "--verify", "--quiet", "HEAD")
        if not top or not commit or ask_git(settings.content, "rev-parse", "--show-toplevel") != top:
            raise SetupError(_("用 --content-from，县的整个文件夹要在同一个 git 仓库里"))
        private = settings.private_content
        if private is not None and private.is_relative_to(root) and private.parent != root:
            raise SetupError(_("用 --content-from，私密目录要直接放在县的文件夹里，或者放在它外面"))
        read = [str(settings.content), *(str(root / name) for name in SETUP)]
        if ask_git(root, "status", "--porcelain", "--untracked-files=all", "--", *read):
            raise SetupError(_("有改动还没有提交：工作机取的是仓库里的，请先提交，再生成"))
        place = str(root.relative_to(top))
        return brief_of(order, remote=self.remote, commit=commit, place=place, deliver=self.deliver)


@dataclass(slots=True)
class _Work:
    """One build on a cluster: what was given out and has not come back."""

    client: Any
    brief: Brief
    patience: float
    tell: Callable[[str], None]
    out: dict[Any, _Shard] = field(default_factory=dict)

    def carry_out(self, shards: Iterable[tuple[Task, ...]]) -> Iterator[Result]:
        import distributed

        wait = cast(Any, distributed.wait)
        build = secrets.token_hex(4)
        for number, shard in enumerate(shards):
            self._give_out(_Shard(f"cunwu-{build}-{number}", shard))
        try:
            while self.out:
                try:
                    done = wait(list(self.out), timeout=self.patience, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    yield from self._shake()
                    continue
                for future in sorted(done, key=lambda future: future.key):
                    yield from self._take_back(future)
        finally:
            self.client.cancel(list(self.out), force=True)

    def _give_out(self, shard: _Shard) -> None:
        future = self.client.submit(
            work_here, self.brief, shard.tasks, key=f"{shard.name}-{shard.strikes}", pure=False
        )
        self.out[future] = shard

    def _take_back(self, future: Any) -> Iterator[Result]:
        from distributed.scheduler import KilledWorker

        shard = self.out.pop(future)
        try:
            yield from future.result()
        except SetupError:
            raise
        except KilledWorker:
            reason = _("做这个村的工作进程一再中断，可能是内存不足")
            yield from self._again(shard, reason, shard.strikes + _KILLED)
        except CancelledError as error:
            raise SetupError(_("和调度器断开了：已经做好的都在，再运行一次，从断开的地方接着做")) from error

    def _again(self, shard: _Shard, reason: str, strikes: int) -> Iterator[Result]:
        """Give the villages of a shard out one by one; a single one that failed too often is a failure."""
        if len(shard.tasks) > 1:
            for number, task in enumerate(shard.tasks):
                self._give_out(_Shard(f"{shard.name}-{number}", (task,)))
        elif strikes >= _STRIKES:
            village = shard.tasks[0].village
            yield Failure(village.slug, village.name, reason)
        else:
            self._give_out(_Shard(shard.name, shard.tasks, strikes))

    def _shake(self) -> Iterator[Result]:
        """Start those workers anew that have something in hand, and give that out again."""
        held = {str(key): worker for worker, keys in self.client.processing().items() for key in keys}
        stuck = [(future, held[future.key]) for future in self.out if future.key in held]
        if not stuck:
            self._await_hands()
            return
        hosts = sorted({worker for _future, worker in stuck})
        self.tell(
            _("{seconds:.0f} 秒没有动静，重新启动：{workers}").format(
                seconds=self.patience, workers=_("、").join(hosts)
            )
        )
        again = [self.out.pop(future) for future, _worker in stuck]
        self.client.cancel([future for future, _worker in stuck], force=True)
        self.client.restart_workers(hosts, timeout=_RESTART, raise_for_error=False)
        reason = _("做了 {seconds:.0f} 秒还没有做完").format(seconds=self.patience)
        for shard in again:
            yield from self._again(shard, reason, shard.strikes + 1)

    def _await_hands(self) -> None:
        if self.client.scheduler_info()["workers"]:
            return
        raise SetupError(_("工作机都不在了：已经做好的都在，接上工作机再运行一次，接着做"))


def work_here(brief: Brief, tasks: Sequence[Task]) -> list[Result]:
    """Build a shard in the worker that is asked to, with its own folder for what it fetches."""
    from distributed import get_worker

    return work_shard(brief, tasks, str(Path(get_worker().local_directory) / "cunwu"))
