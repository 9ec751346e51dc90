"""The portal's home where there are many villages: townships by letter, each the door to its villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.model.village import Township
from generator.pages.paging import township_titles, villages_of
from generator.pages.pinyin import letter_of, order_of, typed
from generator.pages.views import Line


@dataclass(frozen=True, slots=True)
class TownshipDoor:
    """One township: how many villages it has and what is typed for its name.

    ``villages`` are listed here only where the township has no page that lists them.
    """

    title: str
    url: str
    count: int
    typed: str
    villages: Sequence[Line] = ()


def township_doors(
    townships: Sequence[Township],
    summaries: Sequence[Mapping[str, Any]],
    lines_of: Mapping[str, Sequence[Line]],
) -> tuple[tuple[str, tuple[TownshipDoor, ...]], ...]:
    """Return the townships below the letters that their names begin with.

    ``lines_of`` are the villages of each township, by folder, as lines of a list.
    """
    slugs = {summary["slug"] for summary in summaries}
    counts = Counter(summary["township"] for summary in villages_of(summaries))
    titles = township_titles(townships)
    doors = []
    for township in sorted(townships, key=lambda one: order_of(one.name)):
        has_page = township.folder in slugs
        doors.append(
            TownshipDoor(
                titles[township.folder],
                f"{township.folder}/",
                counts[township.folder],
                typed(township.name),
                () if has_page else lines_of.get(township.folder, ()),
            )
        )
    return tuple(
        (letter, tuple(found)) for letter, found in groupby(doors, key=lambda door: letter_of(door.title))
    )
