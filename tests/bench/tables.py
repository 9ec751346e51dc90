"""Tables: what the peers are to show, read again from the county's files, and whether a page shows it."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.bench.measure import RunFailed

TITLES = {
    "finance": "财务收支",
    "subsidy": "补贴发放",
    "election": "换届选举",
    "village_rules": "村规民约",
    "notice": "通知公告",
}
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the county's content: its village's slug, its item and its path."""

    slug: str
    item: str
    path: Path

    @property
    def title(self) -> str:
        """Return the heading of the page."""
        return f"{self.path.stem} {TITLES[self.item]}"


def village_files(county: Path) -> list[Path]:
    """Return every village.yaml in order of the slugs."""
    return sorted(county.glob("content/t*/v*/village.yaml"), key=lambda path: path.parent.name)


def sources_of(county: Path, village: Path) -> Iterator[Source]:
    """Yield the files of the village whose village.yaml is given, public ones first."""
    township, slug = village.parent.parts[-2:]
    for root in ("content", "content_private"):
        for path in sorted((county / root / township / slug).glob("*/*")):
            if not path.name.endswith((".sealed.yaml", ".salt")):
                yield Source(slug, path.parent.name, path)


def rows_of(path: Path) -> list[list[str]]:
    """Return the rows of a CSV file, the header first."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def mapping_of(path: Path) -> dict[str, Any]:
    """Return a YAML document whose scalars are text."""
    document: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return document


def require_rows(source: Source, page: Path) -> None:
    """Raise RunFailed unless ``page`` shows every row of a table, or every value of a document, in order."""
    is_table = source.path.suffix == ".csv"
    rows = rows_of(source.path)[1:] if is_table else list(_values(mapping_of(source.path)))
    _require(rows, page, in_order=is_table)


def require_columns(source: Source, page: Path, columns: Sequence[str]) -> None:
    """Raise RunFailed unless ``page`` shows every cell that the table has in ``columns``."""
    header, *rows = rows_of(source.path)
    places = [header.index(column) for column in columns]
    _require([[row[place] for place in places] for row in rows], page, in_order=False)


def _require(rows: Sequence[Sequence[str]], page: Path, *, in_order: bool) -> None:
    try:
        shown = _plain(page.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunFailed(f"{page} was not written") from None
    at = 0
    for cell in (cell for row in rows for cell in row if cell):
        found = shown.find(_plain(cell), at)
        if found < 0:
            raise RunFailed(f"{page} does not show {cell}")
        at = found if in_order else 0


def _plain(text: str) -> str:
    """Return text without tags, spaces and thousands separators."""
    return re.sub(r"[\s,]+", "", html.unescape(_TAG.sub("", text)))


def _values(document: dict[str, Any]) -> Iterator[list[str]]:
    for value in document.values():
        if isinstance(value, str):
            yield [value]
            continue
        for row in value:
            yield list(row.values())
