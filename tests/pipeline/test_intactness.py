"""Two processes look through a large county, and what either saw is the answer of both."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from generator.model.village import Village
from generator.pipeline import intactness
from generator.pipeline.intactness import Intactness
from generator.pipeline.overview import Known
from generator.pipeline.sources import Sources
from generator.pipeline.state import SiteState

VILLAGES = [Village(slug, slug, "", "village", "dong", f"dong/{slug}", ()) for slug in ("first", "last")]
KNOWN = Known.of(SiteState("", date.min, None, {}), "", "same", "", ())


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two villages be many, and no other test's thread stand in the way of the second process."""
    monkeypatch.setattr(intactness, "_MANY", 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


class Watched:
    """Sources that say who asked for the mark of which village, and then do what they are told."""

    def __init__(self, then: Callable[[bool], None]) -> None:
        self._then, self._first = then, os.getpid()
        self.told, self._tell = os.pipe()

    def mark(self, village: Village) -> str:
        """Return the mark that both villages have."""
        is_other = os.getpid() != self._first
        os.write(self._tell, f"{'other' if is_other else 'own'} {village.slug}\n".encode())
        self._then(is_other)
        return "same"


def looking(sources: Watched) -> Intactness:
    known = {village.slug: KNOWN for village in VILLAGES}
    return Intactness(VILLAGES, known, cast(Sources, sources), "nowhere")


def test_what_the_second_process_saw_is_not_looked_at_again() -> None:
    asked: list[str] = []

    def linger(is_other: bool) -> None:
        if is_other and len(asked) == 1:
            time.sleep(600)  # until it is ended: nobody waits for what was not asked
        asked.append("")

    sources = Watched(linger)
    with looking(sources) as stands, os.fdopen(sources.told) as told:
        assert [told.readline(), told.readline()] == ["other last\n", "other first\n"]
        assert stands.of_records(1)
        assert stands.of_records(0)
        assert told.readline() == "own first\n"


def test_where_the_second_process_ends_before_its_time_the_first_one_looks_itself() -> None:
    def end(is_other: bool) -> None:
        if is_other:
            os._exit(1)

    sources = Watched(end)
    with looking(sources) as stands, os.fdopen(sources.told) as told:
        assert told.readline() == "other last\n"
        assert stands.of_records(1)
        assert told.readline() == "own last\n"
        assert not stands.of_pages(1)


def test_a_village_that_nothing_is_known_of_is_not_as_it_was() -> None:
    stands = Intactness(VILLAGES, {"first": replace(KNOWN, sources="")}, cast(Sources, None), "nowhere")
    with stands:
        assert [stands.of_records(number) for number in range(2)] == [False, False]
        assert [stands.of_pages(number) for number in range(2)] == [False, False]
