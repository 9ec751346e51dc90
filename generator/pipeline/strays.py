"""Strays: what must not get out of the set-up and of files of no village, looked at when they change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from generator.intake.kept_file import keep, recall
from generator.intake.stamps import UntoldError, mark_of, stamp_file
from generator.intake.walk import County
from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.setup import Setup


def errors_around(setup: Setup, county: County, day: date, memory: Path, before: int) -> list[dict[str, Any]]:
    """Return what personal data stands around the villages: it concerns every one of them.

    What was clean is not looked at again while the set-up, the stamps of those files and the day are those
    that the file ``memory`` knows.
    """
    seen = _seen(setup, county, day, before)
    if seen and recall(memory) == seen:
        return []
    from generator.pipeline.guard import Guard, finding_of

    guard = Guard(setup.promises, county.townships, day)
    leaks = [*guard.leaks_beside(county), *guard.leaks_of_setup()]
    errors = [finding_facts(finding_of(leak)) for leak in leaks if leak.is_error]
    if seen and not errors:
        keep(memory, seen)
    return errors


def _seen(setup: Setup, county: County, day: date, before: int) -> bytes:
    """Return what changes whenever a file around the villages does; b"" where its stamp does not tell."""
    settings = setup.promises.settings
    roots = (settings.content, settings.private_content)
    known = {village.folder for village in county.villages}
    told: list[object] = [setup.fingerprint, day.isoformat(), repr(county.townships)]
    try:
        for root in roots:
            if root is not None:
                told += [(path, stamp_file(path, before)) for path in _beside(str(root), known)]
    except (OSError, UntoldError):
        return b""
    return mark_of(told).encode()


def _beside(root: str, known: Iterable[str]) -> Iterator[str]:
    """Yield what lies in a content root, or in the folder of a township, and is no village."""
    for entry in _listed(root):
        if entry.name == ".git":
            continue
        if entry.is_dir():
            if entry.name not in known:
                for inner in _listed(entry.path):
                    if f"{entry.name}/{inner.name}" not in known:
                        yield inner.path
        else:
            yield entry.path


def _listed(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        return sorted(listing, key=lambda entry: entry.name)
