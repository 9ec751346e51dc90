"""What the set-up may hold: the keys for which our readers ask, noted while they read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from generator.promises.section import Section

# Below these stand names of people's own choosing.
_OWN_NAMES = ("categories", "thresholds", "due", "items", "privacy", "schemes", "parts", "articles")


@contextmanager
def noted() -> Iterator[set[str]]:
    """Yield the keys that are asked for within the block, dotted, with * for a name of one's own choosing."""
    found: set[tuple[str, ...]] = set()
    contains, take, section = Section.__contains__, Section._take, Section.section

    def note(self: Section, key: str) -> None:
        found.add(tuple(step for step in (*self._path, key) if isinstance(step, str)))

    def noting_contains(self: Section, key: str) -> bool:
        note(self, key)
        return contains(self, key)

    def noting_take(self: Section, key: str) -> object:
        note(self, key)
        return take(self, key)

    def noting_section(self: Section, key: str) -> Section:
        note(self, key)
        return section(self, key)

    keys: set[str] = set()
    with (
        patch.object(Section, "__contains__", noting_contains),
        patch.object(Section, "_take", noting_take),
        patch.object(Section, "section", noting_section),
    ):
        yield keys
    general = {_general(path) for path in found}
    leaves = {path for path in general if not any(other[: len(path)] == path for other in general - {path})}
    keys.update(".".join(path) for path in leaves)


def _general(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("*" if at and path[at - 1] in _OWN_NAMES else step for at, step in enumerate(path))
