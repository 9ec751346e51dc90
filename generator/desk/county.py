"""Counties: the promises and villages of a root folder, read again only when one of their files changed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.intake.walk import County, list_files, walk_county
from generator.model.village import Village
from generator.promises.promises import Promises, load_promises

Stamps = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a county: ``stamp`` differs when it was read again."""

    promises: Promises
    county: County
    stamp: int


class Counties:
    """Knows the county below one root."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._stamps: Stamps = ()
        self._known: Known | None = None

    def now(self) -> Known:
        """Return the county as it stands; raises SetupError."""
        with self._lock:
            stamps = tuple(self._stamps_now())
            if self._known is None or stamps != self._stamps:
                promises = load_promises(self._root)
                number = self._known.stamp + 1 if self._known else 1
                self._known = Known(promises, walk_county(promises), number)
                self._stamps = tuple(self._stamps_now())
            return self._known

    def _stamps_now(self) -> Iterator[tuple[str, int, int]]:
        for name in ("schemas", "site_config"):
            for folder, _folders, files in os.walk(self._root / name):
                yield from _stamps(folder, sorted(files))
        if self._known is not None:
            content = self._known.promises.settings.content
            for township in [".", *(one.folder for one in self._known.county.townships)]:
                yield from _stamps(str(content), [township, f"{township}/township.yaml"])
            for village in self._known.county.villages:
                yield from _stamps(str(content), [f"{village.folder}/village.yaml"])


def _stamps(folder: str, names: list[str]) -> Iterator[tuple[str, int, int]]:
    # Paths stay text: a county has hundreds of villages, and this is asked with every press.
    for name in names:
        try:
            stat = os.stat(f"{folder}/{name}")  # noqa: PTH116
            yield (f"{folder}/{name}", stat.st_mtime_ns, stat.st_size)
        except OSError:
            yield (f"{folder}/{name}", 0, 0)


def village_stamps(village: Village, promises: Promises) -> Stamps:
    """Return what changes when a file of ``village`` does."""
    listing = list_files(village, promises)
    files = [*listing.files, *listing.seals]
    files += [file for file in (listing.publications, listing.village_file) if file is not None]
    return tuple(stamp for file in files for stamp in _stamps(*_parted(file.path)))


def _parted(path: str) -> tuple[str, list[str]]:
    folder, _slash, name = path.replace(os.sep, "/").rpartition("/")
    return folder, [name]
