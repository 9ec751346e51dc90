"""Names of many villages: files by the letter that is typed first, and pages of them from A to Z."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.intake.stamps import mark_of
from generator.model.site import File, Page
from generator.model.village import Township
from generator.pages.paging import part_url, parts_of, township_titles
from generator.pages.parts import Summary
from generator.pages.pinyin import letter_of, order_of, spelling
from generator.pages.render import Renderer
from generator.pages.search import compact, search_url
from generator.pages.views import Line
from generator.wording import _

# What is told of a village where nothing but its name is.
_NAMED = ("slug", "name", "kind", "township", "closed")
# Lines of one page of names.
MOST = 200
# A character in more than so many of the names, one in COMMON of them, tells nobody from another.
_COMMON = 8
# What is spelled with no letter.
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class NamesPart:
    """One page of names: those that begin with ``letter``, cut into parts where there are many."""

    title: str
    url: str
    lines: tuple[Line, ...]


def names_mark(summaries: Sequence[Summary]) -> str:
    """Return what changes with the names of villages and offices, and with where they belong."""
    return mark_of([tuple(summary[key] for key in _NAMED) for summary in summaries])


def names_parts(townships: Sequence[Township], summaries: Sequence[Summary]) -> tuple[NamesPart, ...]:
    """Return all villages and offices in order of their spelling, in parts that a phone can scroll."""
    titles = township_titles(townships)
    found = sorted(summaries, key=lambda summary: order_of(summary["name"]))
    parts = []
    for letter, group in groupby(found, key=lambda summary: letter_of(summary["name"])):
        cut = list(parts_of(((summary, 1) for summary in group), MOST))
        base = f"{search_url('')}{_folder(letter)}/"
        for number, some in enumerate(cut, start=1):
            title = letter if len(cut) == 1 else f"{letter} {number}"
            lines = tuple(Line(s["name"], titles.get(s["township"], ""), None, f"{s['slug']}/") for s in some)
            parts.append(NamesPart(title, part_url(base, number), lines))
    return tuple(parts)


def names_pages(parts: Sequence[NamesPart], renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each part, which leads to those before and after it."""
    for place, part in enumerate(parts):
        near = [(_("前一页"), parts[place - 1])] if place else []
        near += [(_("后一页"), parts[place + 1])] if place + 1 < len(parts) else []
        doors = tuple(Line(word, other.title, None, other.url) for word, other in near)
        title = _("村和单位：{letter}").format(letter=part.title)
        content = renderer.content("search_names.html.j2", part.url, title=title, part=part, doors=doors)
        yield Page(part.url, title, title, content, section=search_url(""))


def names_files(townships: Sequence[Township], summaries: Sequence[Summary]) -> tuple[File, ...]:
    """Return for each letter the names in which a character that tells something is spelled with it.

    A phone loads the one file whose letter begins what was typed, or the spelling of its first character
    that is not ``common``.
    """
    places = {township.folder: place for place, township in enumerate(townships)}
    common = frozenset(common_marks(summaries))
    entries: dict[str, list[tuple[str, str, int]]] = {}
    for summary in summaries:
        entry = (summary["slug"], summary["name"], places.get(summary["township"], -1))
        for letter in _letters(summary["name"], common):
            entries.setdefault(letter, []).append(entry)
    return tuple(
        File(f"{search_url('')}names-{letter}.json", compact(found))
        for letter, found in sorted(entries.items())
    )


def names_index(townships: Sequence[Township], summaries: Sequence[Summary]) -> dict[str, Any]:
    """Return what the script must know beforehand: letters, how characters are spelled, the common ones."""
    titles = township_titles(townships)
    common = frozenset(common_marks(summaries))
    marks = {mark for summary in summaries for mark in summary["name"] if not mark.isspace()}
    return {
        "letters": sorted({letter for s in summaries for letter in _letters(s["name"], common)}),
        "readings": {mark: spelling(mark) for mark in sorted(marks)},
        "common": "".join(sorted(common)),
        "townships": [[township.folder, titles[township.folder]] for township in townships],
    }


def common_marks(summaries: Sequence[Summary]) -> list[str]:
    """Return the characters that so many names have that a file of them would be nearly all names."""
    counts = Counter(mark for summary in summaries for mark in set(summary["name"]))
    return sorted(mark for mark, count in counts.items() if count * _COMMON > len(summaries))


def _letters(name: str, common: frozenset[str]) -> set[str]:
    """Return under which letters a name is kept: those of each reading of its telling characters."""
    telling = [mark for mark in name if mark not in common and not mark.isspace()]
    return {_letter(reading) for mark in telling for reading in spelling(mark).split("/")} or {_OTHER}


def _letter(reading: str) -> str:
    return reading[0] if "a" <= reading[0] <= "z" else _OTHER


def _folder(letter: str) -> str:
    return letter.lower() if letter.isalpha() else _OTHER
