"""Works: what a clerk has begun and not yet handed in, one folder each, kept outside the repository."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from generator.intake.whole_file import write_whole
from generator.model.receipts import Receipt
from generator.pipeline.new_receipts import ReceiptChange

KEPT_DAYS = 30
_KEY = re.compile(r"[0-9a-f]{16}")
_STATE = "work.json"


@dataclass(frozen=True, slots=True)
class Says:
    """What a clerk says of a sheet that does not say it: a village's slug, an item, a period, a slug."""

    village: str = ""
    item: str = ""
    period: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """One work: its files by the name they are known under, and everything that was said of them.

    ``mends`` are texts put into cells, by file, sheet and cell; ``seen`` the SHA-256 of what stood in each
    target when the work met it first; ``given_up`` are targets that are not handed in; ``receipts`` go beside
    rows; ``form`` is what was written on the last page. ``version`` grows by one with every change.
    """

    key: str
    begun: datetime
    files: Mapping[str, str]
    version: int = 1
    says: Says = field(default_factory=Says)
    sheets: Mapping[tuple[str, str], Says] = field(default_factory=dict)
    mends: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    given_up: tuple[str, ...] = ()
    receipts: tuple[ReceiptChange, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)

    def said_of(self, file: str, sheet: str) -> Says:
        """Return what is said of a sheet, its own words before those for all."""
        own = self.sheets.get((file, sheet), Says())
        names = ("village", "item", "period", "slug")
        return Says(*(getattr(own, name) or getattr(self.says, name) for name in names))


class NoWorkError(Exception):
    """There is no such work: it was handed in, thrown away or has run out."""


class StaleError(Exception):
    """A work was changed by somebody else since; ``current`` is how it stands now."""

    def __init__(self, current: Work) -> None:
        super().__init__(current.key)
        self.current = current


class Works:
    """All works below a folder; a change is written whole, and only onto the version it was made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def begin(self, files: Sequence[tuple[str, bytes]], says: Says, moment: datetime) -> Work:
        """Keep uploaded files, each under a name of our own, and return the new work."""
        key = secrets.token_hex(8)
        folder = self._folder / key
        folder.mkdir(parents=True, mode=0o700)
        names: dict[str, str] = {}
        for number, (name, content) in enumerate(files):
            stored = f"{number}.bin"
            (folder / stored).write_bytes(content)
            names[_free(name, names)] = stored
        work = Work(key, moment, names, says=says)
        self._write(work)
        return work

    def load(self, key: str) -> Work:
        """Return a work; raises NoWorkError."""
        if not _KEY.fullmatch(key):
            raise NoWorkError(key)
        try:
            return _read(key, json.loads((self._folder / key / _STATE).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            raise NoWorkError(key) from None

    def contents(self, work: Work) -> list[tuple[str, bytes]]:
        """Return the files of a work as they were handed over; raises NoWorkError."""
        folder = self._folder / work.key
        try:
            return [(name, (folder / stored).read_bytes()) for name, stored in work.files.items()]
        except OSError:
            raise NoWorkError(work.key) from None

    def save(self, work: Work) -> Work:
        """Keep a changed work as its next version; raises StaleError when it was changed meanwhile."""
        with self._lock:
            current = self.load(work.key)
            if current.version != work.version:
                raise StaleError(current)
            # Receipts are put beside rows by put_receipts alone, whoever mends the sheet meanwhile.
            changed = replace(work, version=work.version + 1, receipts=current.receipts)
            self._write(changed)
            return changed

    def note_seen(self, work: Work, seen: Mapping[str, str]) -> Work:
        """Remember what stood in targets that a work meets first; that is no change of the clerk's."""
        with self._lock:
            current = self.load(work.key)
            noted = replace(current, seen={**seen, **current.seen})
            self._write(noted)
        return replace(work, seen=noted.seen)

    def put_receipts(self, key: str, changes: Sequence[ReceiptChange]) -> Work:
        """Keep what is put beside rows or taken away, the last word on each; raises NoWorkError.

        It adds up with whatever else is done to the work, so that no open page becomes out of date.
        """
        met = {(change.shown, change.key, change.receipt.sha256) for change in changes}
        with self._lock:
            current = self.load(key)
            kept = [one for one in current.receipts if (one.shown, one.key, one.receipt.sha256) not in met]
            changed = replace(current, receipts=(*kept, *changes))
            self._write(changed)
            return changed

    def drop(self, key: str) -> None:
        """Remove a work and its files."""
        if _KEY.fullmatch(key):
            shutil.rmtree(self._folder / key, ignore_errors=True)

    def listed(self, moment: datetime) -> Iterator[Work]:
        """Yield the works that are open, newest first; those older than KEPT_DAYS are removed."""
        folders = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        works = []
        for folder in folders:
            try:
                works.append(self.load(folder.name))
            except NoWorkError:
                continue
        for work in sorted(works, key=lambda work: work.begun, reverse=True):
            if moment - work.begun > timedelta(days=KEPT_DAYS):
                self.drop(work.key)
            else:
                yield work

    def _write(self, work: Work) -> None:
        text = json.dumps(_facts(work), ensure_ascii=False, indent=1)
        write_whole(self._folder / work.key / _STATE, text.encode("utf-8"))


def _free(name: str, taken: Mapping[str, str]) -> str:
    """Return a name that no other file of the work has: findings tell files apart by their names."""
    stem, dot, suffix = name.rpartition(".")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}({number}){dot}{suffix}" if dot else f"{name}({number})"
    return free


def _facts(work: Work) -> dict[str, Any]:
    return {
        "version": work.version,
        "begun": work.begun.isoformat(),
        "files": dict(work.files),
        "says": _said(work.says),
        "sheets": [[*place, _said(says)] for place, says in work.sheets.items()],
        "mends": [[*place, text] for place, text in work.mends.items()],
        "columns": dict(work.columns),
        "values": [[*place, text] for place, text in work.values.items()],
        "constants": dict(work.constants),
        "seen": dict(work.seen),
        "given_up": list(work.given_up),
        "receipts": [_receipt_facts(change) for change in work.receipts],
        "form": dict(work.form),
    }


def _said(says: Says) -> list[str]:
    return [says.village, says.item, says.period, says.slug]


def _receipt_facts(change: ReceiptChange) -> list[Any]:
    receipt = change.receipt
    return [
        change.shown,
        list(change.key),
        list(change.words),
        receipt.caption,
        receipt.sha256,
        change.is_taken,
    ]


def _read(key: str, facts: dict[str, Any]) -> Work:
    return Work(
        key=key,
        begun=datetime.fromisoformat(facts["begun"]),
        files=facts["files"],
        version=facts["version"],
        says=Says(*facts["says"]),
        sheets={(file, sheet): Says(*said) for file, sheet, said in facts["sheets"]},
        mends={(file, sheet, cell): text for file, sheet, cell, text in facts["mends"]},
        columns=facts["columns"],
        values={(column, spelling): word for column, spelling, word in facts["values"]},
        constants=facts["constants"],
        seen=facts["seen"],
        given_up=tuple(facts["given_up"]),
        receipts=tuple(
            ReceiptChange(shown, tuple(place), tuple(words), Receipt(caption, sha256), is_taken)
            for shown, place, words, caption, sha256, is_taken in facts.get("receipts", [])
        ),
        form=facts["form"],
    )
