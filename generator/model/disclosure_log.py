"""The disclosure log: one line for each publication, each holding the hash of the line before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

NAME = "disclosure-log.jsonl"
# Where the time stamps of its lines lie, beside it: NNNNNN.tsr.
STAMPS = "disclosure-log.tsr"
START = "0" * 64
PUBLICATION, PURGE, ROLLBACK = "publication", "purge", "rollback"
_KINDS = (PUBLICATION, PURGE, ROLLBACK)
# What a villager's calendar showed.
_CHINA = timezone(timedelta(hours=8))
_DIGITS = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``before`` is the SHA-256 of the line before it, without its line break.

    ``moment`` is when it was put out (UTC), ``as_of`` the day on which the site was judged, ``site`` the
    root of its manifest. ``changes`` are the records that are new, changed (their SHA-256) or gone (None)
    since the line before: content hashes, never commit ids, so that a purge leaves the chain as it was. Of
    a list of persons the public seal is recorded. A purge names the SHA-256 of its signed ``record``. A
    rollback put out again what a line before told of, less the lists that nobody may see any more, and names
    the SHA-256 of that line as its ``record``.
    """

    number: int
    before: str
    kind: str
    moment: datetime
    as_of: date
    engine: str
    site: str
    changes: Mapping[str, str | None] = field(default_factory=dict)
    record: str = ""

    def line(self) -> bytes:
        """Return the line as it stands in the log, without its line break."""
        kept = {
            "number": self.number,
            "before": self.before,
            "kind": self.kind,
            "moment": self.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "as_of": self.as_of.isoformat(),
            "engine": self.engine,
            "site": self.site,
            "changes": dict(sorted(self.changes.items())),
            **({"record": self.record} if self.record else {}),
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the line: the head of the log when it is the last."""
        return hashlib.sha256(self.line()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a log: at which line (counted from 1), and the code of the words for it."""

    line: int
    code: str


def read_log(content: bytes) -> tuple[list[Entry], list[Fault]]:
    """Return the entries of a log and everything that is wrong with it.

    A line that cannot be read, or is not written as the log writes it, is a fault and no entry; the chain
    is followed over it.
    """
    entries: list[Entry] = []
    faults: list[Fault] = []
    if content and not content.endswith(b"\n"):
        faults.append(Fault(content.count(b"\n") + 1, "log-cut"))
    before, moment = START, ""
    for position, line in enumerate(content.split(b"\n")[: content.count(b"\n")], start=1):
        entry = _read_line(line)
        if entry is None:
            faults.append(Fault(position, "log-line"))
        else:
            entries.append(entry)
            if entry.before != before:
                faults.append(Fault(position, "log-chain"))
            if entry.number != position:
                faults.append(Fault(position, "log-number"))
            stamp = entry.moment.isoformat()
            if stamp < moment:
                faults.append(Fault(position, "log-time"))
            moment = stamp
        before = hashlib.sha256(line).hexdigest()
    return entries, faults


def _read_line(line: bytes) -> Entry | None:
    try:
        kept = json.loads(line)
        entry = Entry(
            number=kept["number"],
            before=kept["before"],
            kind=kept["kind"],
            moment=datetime.strptime(kept["moment"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
            as_of=date.fromisoformat(kept["as_of"]),
            engine=kept["engine"],
            site=kept["site"],
            changes=kept["changes"],
            record=kept.get("record", ""),
        )
        # Written anew it must be the same bytes: nothing rides along unseen.
        return entry if entry.kind in _KINDS and _is_sound(entry) and entry.line() == line else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _is_sound(entry: Entry) -> bool:
    hashes = [entry.before, entry.site, *(value for value in entry.changes.values() if value is not None)]
    return isinstance(entry.number, int) and all(len(h) == 64 and set(h) <= _DIGITS for h in hashes)


def state_after(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the records that were public after the last of ``entries``, each with its SHA-256."""
    state: dict[str, str] = {}
    for entry in entries:
        for path, digest in entry.changes.items():
            if digest is None:
                state.pop(path, None)
            else:
                state[path] = digest
    return state


def first_days(entries: Iterable[Entry]) -> dict[str, date]:
    """Return for each record the day (in China) on which it was first put out."""
    days: dict[str, date] = {}
    for entry in entries:
        for path in entry.changes:
            days.setdefault(path, entry.moment.astimezone(_CHINA).date())
    return days


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """Return what leads from one state of the records to another."""
    gone: dict[str, str | None] = {path: None for path in before if path not in after}
    return gone | {path: digest for path, digest in after.items() if before.get(path) != digest}


def next_entry(
    content: bytes,
    records: Mapping[str, str],
    *,
    moment: datetime,
    as_of: date,
    engine: str,
    site: str,
    kind: str = PUBLICATION,
    record: str = "",
) -> Entry:
    """Return the entry that follows a sound log; raises ValueError where the log is not sound."""
    entries, faults = read_log(content)
    if faults:
        raise ValueError(faults[0].code)
    return Entry(
        number=len(entries) + 1,
        before=entries[-1].digest if entries else START,
        kind=kind,
        moment=moment,
        as_of=as_of,
        engine=engine,
        site=site,
        changes=changes_between(state_after(entries), records),
        record=record,
    )


def only_grew(older: bytes, newer: bytes) -> bool:
    """Return whether ``newer`` is ``older`` with nothing but whole lines added."""
    whole = older.endswith(b"\n") or not older
    return whole and newer.startswith(older)


def stamp_path(number: int) -> str:
    """Return where the time stamp of line ``number`` lies, beside the log."""
    return f"{STAMPS}/{number:06}.tsr"
