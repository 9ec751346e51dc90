"""Parts: the pages of a site that are made together, and what they are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from generator.model.site import File, Page

Summary: TypeAlias = Mapping[str, Any]
# A page before it is made: its address, and what makes it.
Made: TypeAlias = tuple[str, Callable[[], Page]]
# Returns what the function makes of some villages, which is told as JSON: it may be known by its name from
# before, where all that is told of these villages is the same.
Remember: TypeAlias = Callable[[str, Sequence[Summary], Callable[[Sequence[Summary]], Any]], Any]


@dataclass(frozen=True, slots=True)
class Part:
    """Pages and files of a site which stay as they are while what they are made from does.

    They are made from the set-up, from what is told of ``villages``, and from ``told``, whose ``repr`` tells
    all the rest. No two parts of a site have one ``name``, nor a page or file of one path.
    """

    name: str
    told: object
    make: Callable[[], Iterable[Made | File]]
    villages: Sequence[Summary] = ()


def make_anew(_name: str, villages: Sequence[Summary], make: Callable[[Sequence[Summary]], Any]) -> Any:
    """Remember nothing."""
    return make(villages)


def made_of(pages: Iterable[Page]) -> Iterator[Made]:
    """Yield pages that are made already."""
    for page in pages:
        yield page.url, partial(_itself, page)


def _itself(page: Page) -> Page:
    return page


def by_township(summaries: Iterable[Summary]) -> dict[str, list[Summary]]:
    """Return villages and offices by the folder of their township, in their order; "" is the county's."""
    found: dict[str, list[Summary]] = {}
    for summary in summaries:
        found.setdefault(summary["township"], []).append(summary)
    return found
