"""Registers: the lines of publications.csv that a landing adds, and that an undoing takes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from generator.desk.grounds import Grounds
from generator.desk.held import Held
from generator.desk.slips import REASON, csv_cells, csv_line
from generator.desk.standing import Standing
from generator.history.committing import Refused
from generator.pipeline.registering import CORRECTION, FIRST, with_line
from generator.wording import _


def registered(
    grounds: Grounds,
    standing: Standing,
    tables: Sequence[Held],
    reviewer: str,
    day: date,
    committed: Callable[[Path], bytes | None],
) -> dict[Path, bytes]:
    """Return the registers with the lines of ``tables``, signed off by the role ``reviewer`` on ``day``."""
    schema = grounds.open().catalogue.register.schema
    names = [column.name for column in schema.columns_of(())]
    found: dict[Path, bytes] = {}
    for held in tables:
        if not held.sheet.register:
            continue
        path = grounds.register_of(held.spot)
        before = found.get(path, committed(path))
        cells = dict(zip(names, csv_cells(held.sheet.register), strict=False))
        if len(cells) != len(names):
            raise Refused(_("{path} 这一行不完整，没有收下").format(path=grounds.shown(path)))
        own = (held.spot.item.title, held.spot.item.name)
        attempts = [
            int(line["次"])
            for line in _lines(before)
            if line.get("项目") in own
            and line.get("期间") == held.spot.stem
            and (line.get("次") or "").isdecimal()
        ]
        kind = cells.get("类型", "")
        cells["次"] = str(max(attempts, default=0) + 1)
        if kind in ("", FIRST, CORRECTION):
            cells["类型"] = CORRECTION if attempts else FIRST
        cells["审核"], cells["审核日"] = reviewer, day.isoformat()
        if attempts and not cells.get("说明"):
            cells["说明"] = standing.slip.get(REASON)
        content = with_line(before, csv_line([cells[name] for name in names]), schema)
        if content is None:
            shown = grounds.shown(path)
            raise Refused(_("{path} 的表头和规定的不一样，加不上这一行，请管理员先改正").format(path=shown))
        found[path] = content
    return found


def _lines(content: bytes | None) -> Iterator[dict[str, str]]:
    text = (content or b"").decode("utf-8-sig", "replace")
    yield from csv.DictReader(io.StringIO(text.replace("\0", ""), newline=""))


def without_lines(now: bytes, before: bytes, after: bytes) -> bytes | None:
    """Return a register without the lines by which ``after`` differs from ``before``.

    None where one of them stands there no more as it was written.
    """
    lines = now.splitlines(keepends=True)
    known = before.splitlines()
    added = [line for line in after.splitlines() if line not in known]
    for line in added:
        place = next((i for i, own in enumerate(lines) if own.rstrip(b"\r\n") == line), None)
        if place is None:
            return None
        del lines[place]
    return b"".join(lines)
