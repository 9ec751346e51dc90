"""Inspection: all findings of a county, without drawing or writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.village import Village
from generator.pipeline.processes import process_context
from generator.pipeline.workshop import finding_facts
from generator.promises.promises import Promises, load_promises

_FEW = 8
_desk: tuple[Promises, Intake, date] | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found, in order of file and line, and how much was looked at."""

    findings: tuple[dict[str, Any], ...]
    villages: int
    rows: int


def inspect_county(root: Path, *, as_of: date, workers: int, below: Sequence[str] = ()) -> Inspection:
    """Return the findings of the county at ``root``; with ``below``, of those paths alone."""
    promises = load_promises(root)
    require_laws(promises.catalogue)
    county = walk_county(promises)
    villages = [village for village in county.villages if not below or _touches(village, promises, below)]
    results = list(_inspect_all(villages, promises, as_of, workers))
    findings = [finding_facts(finding) for finding in county.findings]
    for found, _rows in results:
        findings.extend(found)
    if below:
        findings = [finding for finding in findings if _is_below(finding["file"], below)]
    findings.sort(
        key=lambda finding: (finding["file"], finding["line"] or 0, finding["column"] or "", finding["code"])
    )
    return Inspection(tuple(findings), len(villages), sum(rows for _found, rows in results))


def _inspect_all(
    villages: Sequence[Village], promises: Promises, as_of: date, workers: int
) -> Iterable[tuple[list[dict[str, Any]], int]]:
    if workers <= 1 or len(villages) <= _FEW:
        _open_desk(promises, as_of)
        return map(_inspect, villages)
    with ProcessPoolExecutor(
        workers, mp_context=process_context(), initializer=_open_desk, initargs=(promises, as_of)
    ) as pool:
        return list(pool.map(_inspect, villages, chunksize=4))


def _open_desk(promises: Promises, as_of: date) -> None:
    global _desk  # noqa: PLW0603 (one desk per worker process is what the pool is for)
    _desk = (promises, Intake(promises), as_of)


def _inspect(village: Village) -> tuple[list[dict[str, Any]], int]:
    assert _desk is not None
    promises, intake, as_of = _desk
    judgement = judge(intake.read_package(village), promises, as_of)
    rows = sum(
        len(resource.table) + sum(map(len, resource.parts.values()))
        for resource in judgement.package.resources
    )
    return [finding_facts(finding) for finding in judgement.findings], rows


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
