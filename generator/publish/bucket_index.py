"""Bucket index: what a bucket says of itself, in a small root and one part for each village."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model.manifest import NAME as MANIFEST
from generator.publish.objects import OWN

INDEX = f"{OWN}objects.json"
_PARTS = f"{OWN}objects/"
# In the second form the root held the objects of all villages.
_WHOLE_FORM, _FORM = 2, 3


@dataclass(frozen=True, slots=True)
class Held:
    """What a bucket holds of a village: its seal, "" while it is being changed, and how many objects."""

    seal: str
    count: int


@dataclass(frozen=True, slots=True)
class Root:
    """What a bucket says it holds: the mark of each object of no village, and the villages by their parts.

    A mark, and a seal, is "" where it is not sure.
    """

    objects: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Held] = field(default_factory=dict)

    def content(self) -> bytes:
        """Return what is kept of it."""
        parts = {part: [held.seal, held.count] for part, held in sorted(self.parts.items())}
        return _bytes({"form": _FORM, "objects": dict(sorted(self.objects.items())), "parts": parts})


def read_root(content: bytes) -> Root | None:
    """Return what ``content``, the root of an index, says; None when it is none of today's form."""
    try:
        kept = json.loads(content)
        if kept["form"] != _FORM:
            return None
        parts = {str(part): Held(str(seal), int(count)) for part, (seal, count) in kept["parts"].items()}
        return Root(_marks(kept["objects"]), parts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_whole(content: bytes) -> dict[str, str] | None:
    """Return the marks in an index of the form that had all in one; None when it is none."""
    return _read(content, _WHOLE_FORM)


def index_of_part(marks: Mapping[str, str]) -> bytes:
    """Return what is kept of the objects of one village: their marks, "" while they are being changed."""
    return _bytes({"form": _FORM, "objects": dict(sorted(marks.items()))})


def read_part(content: bytes) -> dict[str, str] | None:
    """Return the marks of a village's objects; None when they cannot be read."""
    return _read(content, _FORM)


def place_of_part(part: str) -> str:
    """Return the key below which the index of the village is kept whose manifest is ``part``."""
    return f"{_PARTS}{part.removesuffix(f'/{MANIFEST}')}.json"


def by_parts(
    marks: Mapping[str, str], parts: Mapping[str, Iterable[str]]
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return ``marks`` apart: those of no village, and those of each of ``parts``, which name their keys.

    What nobody names any more is of no village: it is taken away with what that no longer has.
    """
    part_of = {key: part for part, keys in parts.items() for key in keys}
    found: dict[str, dict[str, str]] = {part: {} for part in parts}
    own: dict[str, str] = {}
    for key, mark in marks.items():
        if not key.startswith(OWN):
            (found[part_of[key]] if key in part_of else own)[key] = mark
    return own, found


def _read(content: bytes, form: int) -> dict[str, str] | None:
    try:
        kept = json.loads(content)
        return _marks(kept["objects"]) if kept["form"] == form else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _marks(table: Mapping[str, str]) -> dict[str, str]:
    return {str(key): str(mark) for key, mark in table.items()}


def _bytes(kept: Mapping[str, object]) -> bytes:
    return json.dumps(kept, indent=0).encode("ascii") + b"\n"
