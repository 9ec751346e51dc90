"""Placing: where a draft belongs, and how it differs from what is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.promises.promises import Promises
from generator.sheets.canonical import NO_DIFFERENCE, Difference, csv_content, difference, header_of, rows_of
from generator.sheets.drafts import Draft

NEW, SAME, DIFFERENT = "new", "same", "different"


@dataclass(frozen=True, slots=True)
class Target:
    """The file of a draft: absolute ``path``, ``shown`` as findings name it, its new ``content``.

    ``state`` is new, same (nothing to write) or different (rows would be replaced).
    """

    path: Path
    shown: str
    content: bytes
    state: str
    difference: Difference = NO_DIFFERENCE


def path_of(draft: Draft, promises: Promises) -> Path | None:
    """Return the file of ``draft``; None for a list of persons in a county without a private root."""
    settings = promises.settings
    base = settings.private_content if draft.item.is_private else settings.content
    return None if base is None else base / draft.village.folder / draft.item.name / f"{draft.stem}.csv"


def target_of(draft: Draft, promises: Promises) -> Target | None:
    """Return where ``draft`` goes; None for a list of persons in a county without a private root."""
    path = path_of(draft, promises)
    if path is None:
        return None
    there = path.read_bytes() if path.is_file() else None
    header = {name for places in draft.columns for name in places} | set(header_of(there or b""))
    content = csv_content(draft.item.schema, draft.rows, header)
    shown = promises.shown(path)
    if there is None:
        return Target(path, shown, content, NEW)
    before = rows_of(there, draft.item.schema)
    changes = difference(draft.item.schema, before or [], draft.rows)
    if before is not None and not changes:
        return Target(path, shown, content, SAME)
    return Target(path, shown, content, DIFFERENT, changes)


def leads_astray(path: Path, base: Path) -> bool:
    """Return whether a link on the way from ``base`` to ``path`` could lead out of it."""
    step = path
    while step != base and step != step.parent:
        if step.is_symlink():
            return True
        step = step.parent
    return step != base
