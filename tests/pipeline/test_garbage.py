"""Processes look after their memory."""

from __future__ import annotations

import gc
import weakref

import pytest

from generator.pipeline.garbage import garbage_at_the_end


class _Knot:
    def __init__(self) -> None:
        self.own = self


def test_what_refers_to_itself_is_gone_after_the_block_and_not_within_it():
    with garbage_at_the_end():
        left = weakref.ref(_Knot())
        for _number in range(100_000):
            _Knot.__new__(_Knot).own = []  # would have the collector look, were it not told to wait
        assert left() is not None
    assert left() is None


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_is_left_as_it_was_found_even_after_trouble(is_enabled: bool):
    was_enabled = gc.isenabled()
    try:
        (gc.enable if is_enabled else gc.disable)()
        with pytest.raises(ValueError, match="trouble"), garbage_at_the_end():
            raise ValueError("trouble")
        assert gc.isenabled() is is_enabled
    finally:
        (gc.enable if was_enabled else gc.disable)()
