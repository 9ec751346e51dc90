"""Sheets: what of a site is written together, and left alone while it would be the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from generator.model.site import File
from generator.pipeline.output import Stamp, Written, is_intact, stamp_of, write_files
from generator.pipeline.state import SiteState, StateFolder

# A file before it is made: its path, and what makes it.
Drawing: TypeAlias = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Files that are made from what ``key`` tells; no other sheet of the site has the ``name``."""

    name: str
    key: str
    make: Callable[[], Iterable[Drawing]]


@dataclass(frozen=True, slots=True)
class Target:
    """A site that is written sheet by sheet below ``folder``; its state is called ``name``."""

    name: str
    folder: Path
    states: StateFolder


def write_sheets(
    target: Target,
    sheets: Iterable[Sheet],
    state: SiteState,
    beside: Mapping[str, str],
    last: Callable[[Mapping[str, str]], File] | None = None,
) -> Written:
    """Write those of ``sheets`` that are not on disk as they would be made, and keep ``state`` with all.

    What lies ``beside`` them is on disk already, each with its SHA-256. ``last`` makes one file more, of the
    SHA-256 of all others.
    """
    former = target.states.load(target.name)
    parts, carried, drawings = {}, dict[str, Stamp](), list[Drawing]()
    for sheet in sheets:
        kept = _kept(former, sheet, target.folder)
        if kept is None:
            own = list(sheet.make())
            drawings += own
            parts[sheet.name] = [sheet.key, [path for path, _make in own]]
        else:
            parts[sheet.name] = [sheet.key, list(kept)]
            carried |= kept
    digests = {path: former.summary["files"][path] for path in carried} if former is not None and last else {}
    digests |= beside
    paths = [path for path, _make in drawings]
    left = target.states.begin(target.name, [*paths, *carried, *beside], target.folder)
    gone = (path for path in left if path not in beside and path not in carried)
    written = write_files(target.folder, _made(drawings, digests, last), gone)
    stamps = carried | written.stamps | {path: stamp_of(target.folder / path) for path in beside}
    summary = state.summary | {"parts": parts, "files": digests}
    target.states.save(target.name, replace(state, stamps=stamps, summary=summary))
    return written


def _kept(former: SiteState | None, sheet: Sheet, folder: Path) -> dict[str, Stamp] | None:
    """Return the stamps of a sheet that is on disk as it would be made; None for any other."""
    key, paths = former.summary.get("parts", {}).get(sheet.name, ("", ())) if former is not None else ("", ())
    if former is None or key != sheet.key or any(path not in former.stamps for path in paths):
        return None
    stamps = {path: former.stamps[path] for path in paths}
    return stamps if is_intact(folder, stamps) else None


def _made(
    drawings: Iterable[Drawing],
    digests: dict[str, str],
    last: Callable[[Mapping[str, str]], File] | None,
) -> Iterator[File]:
    for path, make in drawings:
        content = make()
        if last is not None:
            digests[path] = hashlib.sha256(content).hexdigest()
        yield File(path, content)
    if last is not None:
        yield last(digests)
