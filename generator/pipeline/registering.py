"""Registering: the line of publications.csv that follows from a sheet's foot, proposed or appended."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.finding import Finding, Place
from generator.model.item import TableSchema
from generator.model.resource import Publication
from generator.promises.promises import Promises
from generator.sheets.drafts import Draft

FIRST, CORRECTION, NIL = "公开", "更正", "本期无"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line for the register: its cells by column; one ``missing`` something is proposed, not written."""

    cells: dict[str, str]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether nothing that the register asks for is missing."""
        return not self.missing


def register_path(draft: Draft, promises: Promises) -> Path:
    """Return the register of a draft's village."""
    return promises.settings.content / draft.village.folder / "publications.csv"


def entry_for(
    draft: Draft,
    lines: Sequence[Publication],
    *,
    is_correction: bool,
    promises: Promises,
    hides: Callable[[str], bool],
) -> Entry | None:
    """Return the line that a draft asks for, or None when the register knows of it.

    What ``hides`` says is personal is left open.
    """
    own = [line for line in lines if (line.item, line.stem) == (draft.item.name, draft.stem)]
    if own and not is_correction:
        return None
    footer = draft.footer
    cells = {
        "项目": draft.item.title,
        "期间": draft.stem,
        "次": str(max((line.attempt for line in own), default=0) + 1),
        "类型": CORRECTION if own else FIRST,
        "编制": footer.prepared_by,
        "审核": footer.reviewed_by,
        "审核日": _iso(footer.reviewed_on),
        "张贴起": _iso(footer.posted_from),
        "张贴止": _iso(footer.posted_to),
        "地点": "" if hides(footer.location) else footer.location,
        "说明": "",
    }
    columns = promises.catalogue.register.schema.columns_of(())
    asked = [column.name for column in columns if column.is_required]
    missing = [name for name in asked if not cells.get(name)]
    if own:
        # Why it was corrected only a person can say.
        missing.append("说明")
    return Entry({column.name: cells.get(column.name, "") for column in columns}, tuple(missing))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def line_of(entry: Entry) -> str:
    """Return the line as it stands in the file, without its end."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow(entry.cells.values())
    return buffer.getvalue()


def open_finding(entry: Entry, path: str) -> Finding:
    """Return the finding that a line is proposed and what it lacks."""
    missing = "、".join(entry.missing)
    return Finding.of("sheet-register-open", Place(path), missing=missing, path=path, line=line_of(entry))


def with_line(before: bytes | None, line: str, schema: TableSchema) -> bytes | None:
    """Return the register with one line more, or None when its header is not the one the county asks for."""
    header = ",".join(column.name for column in schema.columns_of(()))
    if before is None or not before.strip():
        return f"{header}\n{line}\n".encode()
    try:
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    first = text.splitlines()[0]
    if first != header:
        names = first.split(",")
        if names != [column.name for column in schema.columns_of(names)]:
            return None
        line = _widened(line, header.split(","), names)
    end = "\r\n" if "\r\n" in text else "\n"
    return before + (b"" if text.endswith("\n") else end.encode()) + f"{line}{end}".encode()


def _widened(line: str, header: Sequence[str], names: Sequence[str]) -> str:
    """Return a line with an empty cell for each optional column that the register has."""
    cells = dict(zip(header, next(csv.reader([line])), strict=True))
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="").writerow([cells.get(name, "") for name in names])
    return buffer.getvalue()
