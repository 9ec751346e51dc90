"""Copies of folders that no test changes: read once, written as often as tests ask for one of their own."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def lay(source: Path, target: Path, *, without: str = "") -> Path:
    """Write the files of the folder ``source`` below ``target``, over what is there; return ``target``.

    A file called ``without`` stays behind. Neither times nor permissions are kept: no test asks for them.
    """
    made: set[str] = set()
    for name, content in _files_of(source):
        path = f"{target}/{name}"
        folder, _slash, own = path.rpartition("/")
        if own == without:
            continue
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (a copy has hundreds of paths, and stays text)
            made.add(folder)
        with open(path, "wb", buffering=0) as file:  # noqa: PTH123
            file.write(content)
    return target


@cache
def _files_of(source: Path) -> tuple[tuple[str, bytes], ...]:
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    return tuple((path.relative_to(source).as_posix(), path.read_bytes()) for path in paths)
