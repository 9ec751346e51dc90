"""Neighbours: what the villages of a county say of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model.finding import Finding, Place
from generator.model.village import Village
from generator.promises.promises import Promises


def neighbour_findings(villages: Sequence[Village], promises: Promises) -> Iterator[Finding]:
    """Yield findings where villages that exist side by side bear one code, or a successor is not there."""
    owners: dict[str, Village] = {}
    slugs = {village.slug for village in villages}
    for village in villages:
        if village.kind not in ("village", "community"):
            continue
        other = owners.setdefault(village.code, village)
        if other is not village and _side_by_side(other, village):
            place = _place(village, promises, "code")
            yield Finding.of("code-duplicate", place, number=village.code, other=other.name)
        for successor in village.successors:
            if successor not in slugs or successor == village.slug:
                yield Finding.of("successor-unknown", _place(village, promises, "successors"), slug=successor)


def _side_by_side(first: Village, second: Village) -> bool:
    """Return whether there was a day on which both existed."""
    ends = [village.valid_to for village in (first, second)]
    starts = [village.valid_from for village in (first, second)]
    return all(
        start is None or end is None or start <= end
        for start, end in ((starts[0], ends[1]), (starts[1], ends[0]))
    )


def _place(village: Village, promises: Promises, key: str) -> Place:
    path = promises.settings.content / village.folder / "village.yaml"
    return Place(promises.shown(path), None, key)
