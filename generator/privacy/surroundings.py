"""Surroundings: what a county's own files say about those beside them: public telephones, content roots."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.privacy.carriers.decoding import decode
from generator.privacy.detectors import office_lines
from generator.promises.strict_yaml import read_yaml

SETTINGS = "site_config/county.yaml"
# Files whose contacts are telephones of offices.
NAMES = frozenset(("village.yaml", "township.yaml", "county.yaml"))
_PHONES = ("phone", "office_phone")
_ROOTS = {"content": "content", "private_content": ""}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The telephones that are public, and the folders that hold records."""

    offices: frozenset[str]
    roots: tuple[str, ...]

    def holds(self, file: str) -> bool:
        """Return whether a file is one of the county's records."""
        return any(file.startswith(root) for root in self.roots)


def read_surroundings(files: Iterable[tuple[str, bytes]]) -> Surroundings:
    """Return what ``files`` (those called as in NAMES, with their paths) say; what is broken says nothing."""
    phones: list[str] = []
    roots: list[str] = []
    for path, content in files:
        value = read_yaml(decode(content) or "").value
        if not isinstance(value, dict):
            continue
        phones.extend(_phones(value))
        if path == SETTINGS or path.endswith(f"/{SETTINGS}"):
            roots.extend(_roots(path.removesuffix(SETTINGS), value))
    return Surroundings(office_lines(phones), tuple(roots))


def _phones(value: dict[str, Any]) -> Iterator[str]:
    contacts = value.get("contacts")
    for entry in (value, *(contacts if isinstance(contacts, list) else ())):
        if isinstance(entry, dict):
            yield from (entry[key] for key in _PHONES if isinstance(entry.get(key), str))


def _roots(top: str, value: dict[str, Any]) -> Iterator[str]:
    for key, usual in _ROOTS.items():
        folder = value.get(key) or usual
        if isinstance(folder, str) and folder:
            yield posixpath.normpath(f"{top}{folder}") + "/"
