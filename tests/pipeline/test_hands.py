"""The same work on many villages, spread over processes, comes back as if one had done it."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest

from generator.model.finding import SetupError
from generator.pipeline.hands import on_all_cores

MANY = tuple(range(40))


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def squared_here(number: int) -> tuple[int, int]:
    return number * number, os.getpid()


def refused(number: int) -> int:
    if number == 7:
        raise SetupError("7", file="v7")
    return number


def full(number: int) -> int:
    raise OSError(28, "No space left on device", f"v{number}")


def ended(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def results(tasks: Sequence[int]) -> tuple[list[int], set[int]]:
    done = [*on_all_cores(squared_here, tasks)]
    return [result for result, _process in done], {process for _result, process in done}


def test_what_comes_of_many_stands_in_their_order_and_was_done_elsewhere():
    found, processes = results(MANY)

    assert found == [number * number for number in MANY]
    assert os.getpid() not in processes


def test_a_few_are_done_where_they_are_asked_for():
    assert results(MANY[:4]) == ([0, 1, 4, 9], {os.getpid()})


def test_what_is_wrong_with_one_is_raised_with_its_words():
    with pytest.raises(SetupError, match="7") as caught:
        [*on_all_cores(refused, MANY)]

    assert caught.value.file == "v7"


def test_a_full_disk_is_raised_with_the_file_that_found_it_full():
    with pytest.raises(OSError, match="No space left") as caught:
        [*on_all_cores(full, MANY)]

    assert (caught.value.errno, caught.value.filename) == (28, "v0")


def test_a_process_that_is_ended_from_outside_is_one_clear_error():
    with pytest.raises(SetupError, match="工作进程中断"):
        [*on_all_cores(ended, MANY)]
