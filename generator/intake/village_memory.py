"""The memory of villages: village.yaml and township.yaml are read again only where their stamps tell so."""

from __future__ import annotations

import json
import sys
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generator.intake.kept_file import by_key, keep_parts, key_lines, recall_lines
from generator.intake.stamps import UntoldError, stamp_file
from generator.intake.village_file import read_township, read_village
from generator.model.finding import Finding
from generator.model.village import Contact, Township, Village
from generator.promises.promises import Promises


class VillageMemory:
    """What was read of the villages' own files, kept in the file ``path`` for the set-up ``setup``.

    A file that was changed later than ``before`` (ns) is not told by its stamp, nor is one that is wrong.
    """

    def __init__(self, path: Path, setup: str, before: int) -> None:
        self._path, self._setup, self._before = path, setup, before
        lines = recall_lines(path)
        is_ours = json.loads(next(lines, b"null")) == setup
        # By the path, as JSON writes it.
        self._known = by_key(lines) if is_ours else {}
        self._now: dict[bytes, bytes] = {}

    def village(self, folder: Path, promises: Promises, township: str) -> Village | Finding:
        """Return what ``read_village`` does."""
        path = f"{folder}/village.yaml"
        stamp = self._stamp(path)
        known = self._recalled(path, stamp)
        if known is not None:
            return _village(known, township, folder.name)
        found = read_village(folder, promises, township)
        if stamp is not None and isinstance(found, Village):
            self._remember(path, stamp, _facts(found))
        return found

    def township(self, folder: Path, promises: Promises) -> Township | Finding:
        """Return what ``read_township`` does."""
        path = f"{folder}/township.yaml"
        stamp = self._stamp(path)
        known = self._recalled(path, stamp)
        if known is not None:
            name, code, contacts = known
            return Township(folder.name, name, code, _contacts(contacts))
        found = read_township(folder, promises)
        if stamp is not None and isinstance(found, Township):
            self._remember(path, stamp, [found.name, found.code, _plain(found.contacts)])
        return found

    def save(self) -> None:
        """Keep what is known now, where that is not what was known."""
        if self._now != self._known:
            setup = json.dumps(self._setup).encode() + b"\n"
            keep_parts(self._path, chain([setup], key_lines(self._now)))

    def _recalled(self, path: str, stamp: list[int] | None) -> list[Any] | None:
        """Return what was read at ``path`` when its stamp was the same, and keep it in mind."""
        key = json.dumps(path).encode("ascii")
        told = self._known.get(key)
        if told is None:
            return None
        known, facts = json.loads(told)
        if known != stamp:
            return None
        self._now[key] = told
        found: list[Any] = facts
        return found

    def _remember(self, path: str, stamp: list[int], facts: list[Any]) -> None:
        self._now[json.dumps(path).encode("ascii")] = json.dumps([stamp, facts]).encode("ascii") + b"\n"

    def _stamp(self, path: str) -> list[int] | None:
        try:
            return list(stamp_file(path, self._before))
        except UntoldError:
            return None


def _facts(village: Village) -> list[Any]:
    return [
        *(village.slug, village.name, village.code, village.kind, _plain(village.contacts)),
        *(list(village.bodies), list(village.former_codes)),
        *(day and day.isoformat() for day in (village.valid_from, village.valid_to)),
        *(list(village.successors), village.households),
    ]


def _village(facts: list[Any], township: str, name: str) -> Village:
    slug, own, code, kind, contacts, bodies, former, since, until, successors, households = facts
    return Village(
        slug,
        own,
        code,
        sys.intern(kind),
        township,
        f"{township}/{name}",
        _contacts(contacts),
        tuple(map(sys.intern, bodies)),
        tuple(former),
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
        tuple(successors),
        households,
    )


def _plain(contacts: tuple[Contact, ...]) -> list[list[str]]:
    return [[contact.title, contact.phone, contact.hours] for contact in contacts]


def _contacts(kept: list[list[str]]) -> tuple[Contact, ...]:
    return tuple(Contact(sys.intern(title), phone, sys.intern(hours)) for title, phone, hours in kept)
