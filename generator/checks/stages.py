"""The law of stages: steps that must all be taken, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.checks.context import Context
from generator.model.finding import Finding, Place
from generator.model.resource import Resource


def stages(resource: Resource, options: Mapping[str, Any], context: Context) -> Iterator[Finding]:
    """Yield a warning for each stage that is missing or dated before the stage it should follow.

    A missing stage is to be written behind the one before it: that is where the finding points.
    """
    table = resource.parts[options["part"]]
    dates: dict[str, tuple[date, int]] = {}
    for stage, day, line in zip(
        table.column(options["stage"]), table.column(options["date"]), table.lines, strict=True
    ):
        if stage is not None and day is not None:
            dates.setdefault(stage, (day, line))
    previous: str | None = None
    for stage in options["order"]:
        if stage not in dates:
            line = dates[previous][1] if previous is not None else table.lines[0] if len(table) else 1
            yield Finding.of("stage-missing", Place(resource.path, line, options["stage"]), stage=stage)
            continue
        day, line = dates[stage]
        if previous is not None and day < dates[previous][0]:
            yield Finding.of(
                "stage-order",
                Place(resource.path, line, options["date"]),
                stage=stage,
                date=day.isoformat(),
                previous=previous,
                previous_date=dates[previous][0].isoformat(),
            )
        previous = stage
