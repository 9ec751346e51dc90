"""Passing files: what of a published site came from lists of persons that lie in no public history."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection
from typing import Any

from generator.model.site import file_name

Read = Callable[[str], bytes]
_PACKAGE, _HOME = "datapackage.json", "index.html"


def is_of_a_list(path: str, lists: Collection[str]) -> bool:
    """Return whether a file of a site shows or describes a list; ``lists`` are the items that are lists."""
    *folders, name = path.split("/")
    if set(folders) & set(lists):
        return True
    return folders[1:] == ["data"] and _names_of(lists).match(name) is not None


def _names_of(lists: Collection[str]) -> re.Pattern[str]:
    """Return what matches the files of lists: after the item's name a period begins."""
    items = "|".join(re.escape(file_name(item, "")[:-1]) for item in sorted(lists))
    return re.compile(rf"(?:{items})-[0-9]")


def differs_by_lists(path: str, lists: Collection[str], published: Read, anew: Read) -> bool:
    """Return whether a file that is not the same in both sites is, but for what it says of lists.

    A village's package lists the files of lists; its home tells the package's hash. All else must be equal.
    """
    slug, _slash, name = path.partition("/")
    if name == f"data/{_PACKAGE}":
        return bool(_less_lists(published(path), lists) == _less_lists(anew(path), lists))
    package = f"{slug}/data/{_PACKAGE}"
    if name != _HOME:
        return False
    try:
        was, now = (hashlib.sha256(read(package)).hexdigest() for read in (published, anew))
    except OSError:
        return False  # the portal and the county's pages have no package of their own
    home = published(path).replace(was.encode(), now.encode())
    return home.replace(f'"{was[:8]}"'.encode(), f'"{now[:8]}"'.encode()) == anew(path)


def _less_lists(package: bytes, lists: Collection[str]) -> Any:
    kept, names = json.loads(package), _names_of(lists)
    kept["resources"] = [entry for entry in kept["resources"] if names.match(entry["name"]) is None]
    return kept
