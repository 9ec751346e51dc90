"""Patience: templates of a county's own that never come to an end are given up, and said so."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import filters, nodes
from jinja2.sandbox import MAX_RANGE

# Processor time: a page takes thousandths of a second, on a machine that is busy with others too.
SECONDS = 20.0
# What may stand in one number or in one text that a template makes of nothing.
_BITS, _MARKS, _PLACES = 100_000, 10_000_000, 100
_ROUNDS = "_rounds"
_EVERY = 256


class Patience:
    """Says when a page has been drawn for too long: it is asked in every loop and at every call."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = math.inf

    def begin(self) -> None:
        """Begin to wait for a page, or for what all pages need."""
        self._end = time.thread_time() + self._seconds

    def check(self) -> None:
        """Raise TimeoutError where the page has been drawn for too long."""
        if time.thread_time() > self._end:
            raise TimeoutError

    def rounds(self, iterable: Iterable[Any]) -> Iterator[Any]:
        """Yield what a loop goes through; raises TimeoutError."""
        for number, item in enumerate(iterable):
            if number % _EVERY == 0:
                self.check()
            yield item


def with_rounds(template: nodes.Template) -> nodes.Template:
    """Return a template whose loops ask the filter of ``bounds`` whether they may go on."""
    for loop in template.find_all(nodes.For):
        loop.iter = nodes.Filter(loop.iter, _ROUNDS, [], [], None, None, lineno=loop.lineno)
    return template


def bounds(patience: Patience) -> dict[str, Any]:
    """Return the filters that have no end of their own, with one."""
    return {_ROUNDS: patience.rounds, "batch": _batch, "round": _round, "slice": _slice}


def result_of(operator: str, left: Any, right: Any) -> Any:
    """Return ``left ** right`` or ``left * right``; raises OverflowError where that is out of all measure."""
    if operator == "**":
        if isinstance(left, int) and isinstance(right, int) and left.bit_length() * abs(right) > _BITS:
            raise OverflowError
        return left**right
    for held, times in ((left, right), (right, left)):
        if isinstance(held, str | bytes | list | tuple) and isinstance(times, int):
            _require(len(held) * times, _MARKS)
    if isinstance(left, int) and isinstance(right, int):
        _require(left.bit_length() + right.bit_length(), _BITS)
    return left * right


def _batch(value: Any, linecount: int, fill_with: Any = None) -> Iterator[Any]:
    _require(linecount, MAX_RANGE)
    return filters.do_batch(value, linecount, fill_with)


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    _require(abs(precision), _PLACES)
    return filters.do_round(value, precision, method)


def _slice(value: Any, slices: int, fill_with: Any = None) -> Iterator[Any]:
    _require(slices, MAX_RANGE)
    return filters.sync_do_slice(value, slices, fill_with)


def _require(size: int, most: int) -> None:
    if size > most:
        raise OverflowError
