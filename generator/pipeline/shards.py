"""Shards: a build's tasks in portions, by township, and how a process far away carries one out."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Protocol

from generator.history.checkouts import checkout_of
from generator.model.finding import SetupError
from generator.model.village import Township
from generator.pipeline.fingerprint import setup_fingerprint
from generator.pipeline.orders import Order, Outcome, Result, Task
from generator.pipeline.workshop import Workshop
from generator.promises.promises import load_promises
from generator.wording import _

LARGEST = 24

_lock = threading.Lock()
_opened: dict[Brief, Workshop] = {}


class Delivery(Protocol):
    """Brings a finished village elsewhere; it travels to other machines, and tells briefs apart."""

    def __call__(self, site: Path, slug: str) -> int:
        """Return how many objects of the village below ``site`` were brought; raises SetupError."""
        ...


@dataclass(frozen=True, slots=True)
class Brief:
    """All that a process needs to open its own workshop: where the county is, and for which build.

    ``root`` is a folder that it can see, or, where ``remote`` is the address of a git repository, the
    county's place in that; ``commit`` is then what it fetches. ``private_content`` and ``receipts`` ("" for
    none) are never in that repository: those in ``needed`` it must see. ``private_place`` is the first as
    seen from the county's folder. ``setup`` is what it must find. ``deliver`` is what it does with each
    village that it has built.
    """

    root: str
    remote: str
    commit: str
    private_content: str
    private_place: str
    receipts: str
    needed: tuple[str, ...]
    setup: str
    as_of: date
    output: str
    states: str
    townships: tuple[Township, ...]
    deliver: Delivery | None = None


def brief_of(
    order: Order, *, remote: str = "", commit: str = "", place: str = "", deliver: Delivery | None = None
) -> Brief:
    """Return ``order`` as it is told to others; ``place`` is where the county lies in the repository."""
    settings = order.promises.settings
    shared = (settings.private_content, settings.receipts)
    return Brief(
        root=place if remote else str(order.promises.root),
        remote=remote,
        commit=commit,
        private_content=str(settings.private_content or ""),
        private_place=os.path.relpath(settings.private_content or "", order.promises.root),
        receipts=str(settings.receipts or ""),
        needed=tuple(str(folder) for folder in shared if folder is not None and folder.is_dir()),
        setup=order.setup,
        as_of=order.as_of,
        output=str(order.output),
        states=str(order.states),
        townships=order.townships,
        deliver=deliver,
    )


def shards_of(tasks: Sequence[Task], largest: int = LARGEST) -> Iterator[tuple[Task, ...]]:
    """Yield the tasks township by township, in portions of at most ``largest`` villages."""
    ordered = sorted(tasks, key=lambda task: task.village.folder)
    for _township, group in groupby(ordered, key=lambda task: task.village.folder.partition("/")[0]):
        own = tuple(group)
        for start in range(0, len(own), largest):
            yield own[start : start + largest]


def work_shard(brief: Brief, tasks: Sequence[Task], scratch: str) -> list[Result]:
    """Build the villages of one shard in this process; ``scratch`` is a folder that only it uses.

    A shard may come twice, when whoever had it first was lost: what is built is the same, and what was
    half written is known. Raises SetupError where this machine does not see what the brief tells of.
    """
    with _lock:
        workshop = _opened.get(brief)
        if workshop is None:
            workshop = _open(brief, Path(scratch))
            _opened.clear()
            _opened[brief] = workshop
        return [_delivered(workshop.attempt(task), brief) for task in tasks]


def _delivered(result: Result, brief: Brief) -> Result:
    """Return what came of a task once its village was brought where the brief wants it to be."""
    if brief.deliver is None or not isinstance(result, Outcome):
        return result
    return replace(result, staged=brief.deliver(Path(brief.output), result.slug))


def _open(brief: Brief, scratch: Path) -> Workshop:
    root = _root(brief, scratch)
    _require(root / "site_config")
    for folder in brief.needed:
        _require(Path(folder))
    promises = load_promises(root)
    setup = setup_fingerprint(root)
    if setup != brief.setup:
        raise SetupError(
            _("工作机 {host} 上的程序或者设置，和发出任务的机器不一样：两边装同一个版本，再运行一次").format(
                host=socket.gethostname()
            )
        )
    settings = replace(
        promises.settings,
        private_content=Path(brief.private_content) if brief.private_content else None,
        receipts=Path(brief.receipts) if brief.receipts else None,
    )
    return Workshop(
        Order(
            replace(promises, settings=settings),
            setup,
            brief.as_of,
            Path(brief.output),
            Path(brief.states),
            brief.townships,
            writer=f"{socket.gethostname()}-{os.getpid()}",
        )
    )


def _root(brief: Brief, scratch: Path) -> Path:
    if not brief.remote:
        return Path(brief.root)
    root = checkout_of(brief.remote, brief.commit, scratch) / brief.root
    if brief.private_content and not (root / brief.private_place).exists():
        # The settings name a place relative to the county's folder: there it must lead to the lists.
        place = Path(os.path.normpath(root / brief.private_place))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(brief.private_content)
    return root


def _require(folder: Path) -> None:
    if not folder.is_dir():
        raise SetupError(
            _("工作机 {host} 上看不到文件夹 {folder}：把它放在每台机器都能用同一路径打开的共享目录里").format(
                host=socket.gethostname(), folder=folder
            )
        )
