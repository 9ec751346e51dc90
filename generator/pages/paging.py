"""Paging: from how many villages on the portal and the boards are split, and how lists become parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from generator.model.village import Township

# More villages than this are no list that somebody scrolls through on a phone.
LISTED = 100
_VILLAGES = ("village", "community")
_COUNTY_DIGITS = 6

T = TypeVar("T")


def villages_of(summaries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the summaries of villages and communities, without offices."""
    return [summary for summary in summaries if summary["kind"] in _VILLAGES]


def is_paged(summaries: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether there are too many villages for one page."""
    return len(villages_of(summaries)) > LISTED


def parts_of(entries: Iterable[tuple[T, int]], most: int) -> Iterator[list[T]]:
    """Yield entries, each given with its weight, in parts of at most ``most``; what weighs more is alone."""
    part: list[T] = []
    size = 0
    for entry, weight in entries:
        if part and size + weight > most:
            yield part
            part, size = [], 0
        part.append(entry)
        size += weight
    if part:
        yield part


def part_url(base: str, number: int) -> str:
    """Return the address of a part, counted from 1: the first one is at ``base`` itself."""
    return base if number == 1 else f"{base}{number}/"


def township_titles(townships: Sequence[Township]) -> dict[str, str]:
    """Return what each township is called, by folder: of two with one name the county's code tells which."""
    known: dict[str, int] = {}
    for township in townships:
        known[township.name] = known.get(township.name, 0) + 1
    return {
        township.folder: f"{township.name}（{township.code[:_COUNTY_DIGITS]}）"
        if known[township.name] > 1
        else township.name
        for township in townships
    }
