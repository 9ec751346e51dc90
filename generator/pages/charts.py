"""Charts: bars drawn at build time, each with its figure in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model.table import ZERO
from generator.pages.words import amount


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, its figure as printed, and its length in per cent of the longest."""

    label: str
    figure: str
    percent: int
    link: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A titled list of bars; ``tone`` is "in", "out" or "plain".

    It is "pairs" where each second bar answers the one before it.
    """

    title: str
    tone: str
    bars: tuple[Bar, ...]
    note: str = ""


def bar_chart(
    title: str,
    entries: Sequence[tuple[str, Decimal]],
    *,
    tone: str = "plain",
    places: int = 2,
    note: str = "",
) -> BarChart | None:
    """Return a chart of ``entries`` in the order given, or None when there is nothing to compare."""
    longest = max((abs(value) for _label, value in entries), default=ZERO)
    if not longest:
        return None
    bars = tuple(Bar(label, amount(value, places), _percent(abs(value), longest)) for label, value in entries)
    return BarChart(title, tone, bars, note)


def _percent(value: Decimal, longest: Decimal) -> int:
    """Return a bar's length; what is not nothing stays to be seen."""
    return max(1, int(value * 100 / longest)) if value else 0
