"""Forgetting: lists that are gone from their folder are not kept at the desk's home either."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator.desk.counter import State
from generator.desk.grounds import Grounds
from generator.desk.held import BRANCH, Shelf
from generator.desk.standing import find_standing
from generator.history.committing import Refused


def drop_forgotten(grounds: Grounds, shelf: Shelf, home: Path) -> None:
    """Drop what is kept at home of lists that landed in folders without git and were dropped there since.

    There the list itself is the only copy that git does not keep: when its display is over and
    ``cunwu privacy expire`` takes it away, the copies for taking it back go too.
    """
    plain = [ground for ground in grounds.all() if ground.repository is None]
    kept = home / "held"
    if not plain or not kept.is_dir():
        return
    for folder in sorted(kept.iterdir()):
        names = [path.relative_to(folder / "new") for path in (folder / "new").rglob("*") if path.is_file()]
        if any((ground.folder / name).exists() for ground in plain for name in names):
            continue
        try:
            standing = find_standing(grounds.carrier, shelf, f"{BRANCH}{folder.name}")
        except Refused:
            continue
        if standing.submission.state is State.LANDED:
            shutil.rmtree(folder)
