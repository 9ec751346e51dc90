"""Memory: what one process of a build keeps grows by little with each village, and the rest waits on disk."""

from __future__ import annotations

import gc
import json
import shutil
import tracemalloc
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.pipeline import build, crew, inspection, processes
from generator.pipeline.build import Places, run_build
from generator.pipeline.inspection import inspect_county
from generator.pipeline.orders import Order, Outcome, Result, Task
from generator.pipeline.setup import load_setup
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.summaries import Reader, Summary, packed
from tests import counties
from tests.pages.test_city import summary_of
from tests.pipeline import furnished
from tests.sample import AS_OF, copy_sample

# A village of forty pages may cost a process so many bytes: a city has 4,338 of them.
MOST_KEPT, MOST_SUMMED = 4_500, 500
PAGES = [f"finance/2026-{n:02}/{name}" for n in range(40) for name in ("index.html", "data.csv", "data.xlsx")]


class _Measured(Exception):
    """A build has come as far as it was to be looked at."""


class Weighing:
    """A crew whose villages are done at once, and that weighs what the process keeps when all are."""

    def __init__(self) -> None:
        self.kept = 0

    def begin(self, tasks: Sequence[Task], order: Order) -> None:
        """Wait for all tasks."""

    def carry_out(self, tasks: Sequence[Task], order: Order) -> Iterator[Result]:
        states = StateFolder(order.states)
        for task in tasks:
            slug = task.village.slug
            stamps = {f"{slug}/{page}": (1, 1) for page in PAGES}
            summary = summary_of(int(slug[1:]), task.village.name, task.village.township)
            states.save(slug, SiteState(task.fingerprint.text, AS_OF, None, stamps, summary, root="0" * 64))
            yield Outcome(slug, len(stamps), len(stamps), 0)
        gc.collect()
        self.kept = tracemalloc.get_traced_memory()[0] if tracemalloc.is_tracing() else 0
        raise _Measured


def add_villages(root: Path, numbers: range) -> None:
    """Give the county such villages with nothing in them yet, in townships without an office of their own."""
    for number in numbers:
        township = root / "content" / f"t{number // 17:03}"
        own = township / f"v{number:04}"
        own.mkdir(parents=True)
        code = f"9999{number // 17:05}"
        (township / "township.yaml").write_text(f'name: 第{number // 17}镇\ncode: "{code}000"\n', "utf-8")
        told = f'slug: v{number:04}\nname: 第{number}村\ncode: "{code}{number % 17 + 200}"\nkind: village\n'
        (own / "village.yaml").write_text(told, "utf-8")


def kept_by_build(root: Path) -> int:
    """Return how many bytes a build keeps once all villages of the county at ``root`` were built anew."""
    shutil.rmtree(root / "build" / "state", ignore_errors=True)
    weighing = Weighing()
    with pytest.raises(_Measured):
        run_build(root, Places.below(root), as_of=AS_OF, crew=weighing)
    return weighing.kept


def test_a_village_that_is_built_costs_the_first_process_a_few_kilobytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    root = copy_sample(tmp_path / "county")
    shutil.rmtree(root / "content")
    add_villages(root, range(20))
    # What is loaded once is no village's.
    setup = load_setup(root, tmp_path / "setup", 0)
    monkeypatch.setattr(build, "load_setup", lambda *_told: setup)
    kept_by_build(root)
    tracemalloc.start()
    try:
        few = kept_by_build(root)
        add_villages(root, range(20, 220))
        many = kept_by_build(root)
    finally:
        tracemalloc.stop()

    assert 0 < (many - few) / 200 < MOST_KEPT


def test_a_summary_stays_packed_while_the_portal_asks_one_village_after_the_other():
    told = [json.dumps(summary_of(number, f"第{number}村", "t001")) for number in range(300)]
    contents = [packed(text) for text in told]
    tracemalloc.start()
    reader = Reader()
    summaries = [Summary(content, reader) for content in contents]
    asked = {tuple(summary["newest"]["item7"]) for summary in summaries for _again in range(2)}
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()

    assert asked == {("2026年9月", "on-time")}
    assert [dict(summary) for summary in summaries] == [json.loads(text) for text in told]
    assert kept / len(told) < MOST_SUMMED


class Counted(Executor):
    """Does each task when it is waited for; knows the most that ever waited."""

    def __init__(self) -> None:
        self.waiting: list[Future[Any]] = []
        self.most = 0

    def submit(self, *_told: Any, **_more: Any) -> Future[Any]:
        self.waiting = [future for future in self.waiting if not future.done()]
        future: Future[Any] = Future()
        self.waiting.append(future)
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == MOST_WAITING:
            self.waiting[0].set_result(date.min)
        return future


MOST_WAITING = 8


def test_no_more_tasks_wait_in_the_pool_than_keep_its_processes_busy():
    pool = Counted()
    done = crew._worked(pool, range(100), MOST_WAITING)  # type: ignore[arg-type]

    assert [next(done) for _result in range(92)] == [date.min] * 92
    assert pool.most == MOST_WAITING


def test_processes_that_are_begun_afresh_do_what_one_process_does(
    copied: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(processes, "_MANY", 0)
    monkeypatch.setattr(inspection, "_FEW", 0)
    monkeypatch.setattr(crew, "_FEW", 0)
    before = furnished.pages(copied)
    looked = [inspect_county(copied, as_of=counties.AS_OF, workers=n) for n in (1, 2)]
    alone, together = ((list(found.findings), found.villages, found.rows) for found in looked)
    shutil.rmtree(copied / "site")
    shutil.rmtree(copied / "build")

    assert together == alone
    assert run_build(copied, Places.below(copied), as_of=counties.AS_OF, workers=2).failures == []
    assert furnished.pages(copied) == before
