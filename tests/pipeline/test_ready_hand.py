"""A process that is ready builds what few villages changed, and nothing depends on its coming to an end."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from generator.model.finding import HaltError
from generator.pipeline.build import Places, Report, run_build
from generator.pipeline.crew import LocalCrew
from generator.pipeline.orders import Order, Result, Task
from generator.pipeline.ready_hand import ReadyHand
from generator.pipeline.workshop import Workshop
from tests.counties import AS_OF, changed
from tests.pipeline.furnished import LEDGER, NOTE, pages

Attempt = Callable[[Workshop, Task], Result]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no other test's thread stand in the way of the process."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.fixture
def hand_that(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Attempt], ReadyHand]]:
    """Return a hand that attempts its villages in a way of its own."""
    attempt, begun = Workshop.attempt, list[ReadyHand]()

    def begin(its_attempt: Attempt) -> ReadyHand:
        monkeypatch.setattr(Workshop, "attempt", its_attempt)
        hand = ReadyHand.begin()
        monkeypatch.setattr(Workshop, "attempt", attempt)
        assert hand is not None
        begun.append(hand)
        return hand

    yield begin
    for hand in begun:
        hand.end()


def built_with(hand: ReadyHand, root: Path) -> Report:
    return run_build(root, Places.below(root), as_of=AS_OF, crew=LocalCrew(2, hand))


def test_a_changed_village_is_built_by_the_hand_as_this_process_would(copied, noted, hand_that, monkeypatch):
    hand = hand_that(Workshop.attempt)
    monkeypatch.setattr(Workshop, "attempt", None)
    changed(copied, LEDGER, NOTE)

    report = built_with(hand, copied)

    assert (report.built, report.failures) == (1, [])
    assert pages(copied) == noted


def test_what_a_hand_leaves_undone_when_it_is_killed_this_process_builds(copied, noted, hand_that):
    def die(workshop: Workshop, task: Task) -> Result:
        (copied / "site/xi/index.html").unlink()
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError

    hand = hand_that(die)
    changed(copied, LEDGER, NOTE)

    report = built_with(hand, copied)

    assert (report.built, report.failures) == (1, [])
    assert pages(copied) == noted


def test_a_hand_that_died_before_it_was_given_anything_is_done_without(copied, noted, hand_that):
    hand = hand_that(Workshop.attempt)
    os.kill(hand.process, signal.SIGKILL)
    os.waitid(os.P_PID, hand.process, os.WEXITED | os.WNOWAIT)
    changed(copied, LEDGER, NOTE)

    built_with(hand, copied)

    assert pages(copied) == noted


def test_what_stops_the_hand_stops_the_build_and_says_so_in_the_same_words(copied, hand_that):
    def refuse(workshop: Workshop, task: Task) -> Result:
        raise HaltError("磁盘满了", file=task.village.slug)

    hand = hand_that(refuse)
    changed(copied, LEDGER, NOTE)

    with pytest.raises(HaltError, match="xi：磁盘满了") as told:
        built_with(hand, copied)

    assert (told.value.problem, told.value.file) == ("磁盘满了", "xi")


def test_a_page_that_is_gone_is_made_again_though_the_hand_was_let_go(copied, built, hand_that):
    hand = hand_that(Workshop.attempt)
    (copied / "site/xi/finance/2026-01/index.html").unlink()

    report = built_with(hand, copied)

    assert report.built == 1
    assert pages(copied) == pages(built)


def test_a_hand_is_let_go_where_nothing_is_to_be_built(copied, hand_that):
    hand = hand_that(Workshop.attempt)
    process = hand.process

    built_with(hand, copied)

    with pytest.raises(ChildProcessError):
        os.waitpid(process, 0)


def test_a_hand_is_let_go_where_more_is_to_be_built_than_one_does_best(copied, hand_that):
    hand = hand_that(Workshop.attempt)
    process = hand.process

    LocalCrew(2, hand).begin(cast(list[Task], [None] * 5), cast(Order, None))

    with pytest.raises(ChildProcessError):
        os.waitpid(process, 0)


def test_a_hand_ends_with_the_process_that_began_it_even_while_it_builds(copied):
    told, tell = os.pipe()
    attempt = Workshop.attempt

    def dawdle(workshop: Workshop, task: Task) -> Result:
        os.write(tell, f"{os.getpid()}\n".encode())
        time.sleep(600)
        return attempt(workshop, task)

    changed(copied, LEDGER, NOTE)
    first = os.fork()
    if not first:
        try:
            Workshop.attempt = dawdle  # type: ignore[method-assign]
            hand = ReadyHand.begin()
            assert hand is not None
            built_with(hand, copied)
        finally:
            os._exit(1)
    os.close(tell)
    with os.fdopen(told) as line:
        assert int(line.readline()) != first
        os.kill(first, signal.SIGKILL)
        os.waitpid(first, 0)
        # Whoever could still write there is gone once the end of it is read.
        assert line.read() == ""


def test_no_hand_is_begun_in_a_process_with_threads(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)

    assert ReadyHand.begin() is None
