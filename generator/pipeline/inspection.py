"""Inspection: all findings of a county, without drawing or writing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generator.checks.flows import forget_flows
from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.village import Township, Village
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.found import Found
from generator.pipeline.guard import Guard, finding_of
from generator.pipeline.private_root import require_private_root
from generator.pipeline.processes import process_context
from generator.pipeline.receipt_store import require_receipt_store
from generator.promises.promises import Promises, load_promises
from generator.wording import speaking
from generator.wording.languages import Language
from generator.wording.words import spoken_language

_FEW = 8
_desk: Desk | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What all villages of an inspection have in common; it can be sent to another process."""

    promises: Promises
    townships: tuple[Township, ...]
    as_of: date
    language: Language | None = None


class Desk:
    """What one process needs to look through villages; made once per process."""

    def __init__(self, order: Order) -> None:
        self.promises, self.as_of, self.language = order.promises, order.as_of, order.language
        self.intake = Intake(order.promises)
        self.guard = Guard(order.promises, order.townships, order.as_of)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found, in order of file and line, and how much was looked at."""

    findings: Found
    villages: int
    rows: int


def inspect_county(root: Path, *, as_of: date, workers: int, below: Sequence[str] = ()) -> Inspection:
    """Return the findings of the county at ``root``; with ``below``, of those paths alone."""
    promises = load_promises(root)
    require_laws(promises.catalogue)
    require_private_root(promises)
    require_receipt_store(promises)
    county = walk_county(promises)
    villages = [village for village in county.villages if not below or _touches(village, promises, below)]
    guard = Guard(promises, county.townships, as_of)
    order = Order(promises, county.townships, as_of, spoken_language())
    leaks = map(finding_of, (*guard.leaks_of_setup(), *guard.leaks_beside(county)))
    around = ([finding_facts(finding) for finding in (*county.findings, *leaks)], 0)
    findings, rows = Found(), 0
    for found, own in chain([around], _inspect_all(villages, order, workers)):
        findings.add(finding for finding in found if not below or _is_below(finding["file"], below))
        rows += own
    return Inspection(findings, len(villages), rows)


def _inspect_all(
    villages: Sequence[Village], order: Order, workers: int
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    if workers <= 1 or len(villages) <= _FEW:
        desk = Desk(order)
        yield from (_look_through(village, desk) for village in villages)
        return
    context = process_context(len(villages))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_open_desk, initargs=(order,)) as pool:
        yield from pool.map(_inspect, villages, chunksize=4)


def _open_desk(order: Order) -> None:
    global _desk  # noqa: PLW0603 (one desk per worker process is what the pool is for)
    _desk = Desk(order)


def _inspect(village: Village) -> tuple[list[dict[str, Any]], int]:
    assert _desk is not None
    with speaking(_desk.language):
        return _look_through(village, _desk)


def _look_through(village: Village, desk: Desk) -> tuple[list[dict[str, Any]], int]:
    package, _stored = read_with_receipts(desk.intake, village, desk.promises)
    judgement = judge(package, desk.promises, desk.as_of)
    rows = sum(
        len(resource.table) + sum(map(len, resource.parts.values()))
        for resource in judgement.package.resources
    )
    forget_flows()
    leaks = map(finding_of, desk.guard.leaks_of_records(village))
    return [finding_facts(finding) for finding in (*judgement.findings, *leaks)], rows


def _touches(village: Village, promises: Promises, below: Sequence[str]) -> bool:
    """Return whether anything of the village lies below one of the paths, in either root."""
    roots = [promises.settings.content, promises.settings.private_content]
    places = [
        (root / village.folder).relative_to(promises.root).as_posix()
        for root in roots
        if root is not None and root.is_relative_to(promises.root)
    ]
    return any(_is_below(place, below) or _is_below(path, [place]) for place in places for path in below)


def _is_below(file: str, paths: Sequence[str]) -> bool:
    return any(file == path or file.startswith(path + "/") for path in paths)
