"""The guard: what goes into a village's site, and what comes out of it, looked through for personal data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.intake.walk import County
from generator.model.finding import Finding, Place
from generator.model.site import File
from generator.model.village import Contact, Township, Village
from generator.privacy.allow import Allowances, load_allowances
from generator.privacy.carriers.reading import read_file
from generator.privacy.detectors import office_lines
from generator.privacy.judging import Judge
from generator.privacy.leaks import Leak
from generator.privacy.scan import scan_entries
from generator.promises.promises import Promises
from generator.wording import WORDING, _
from generator.wording.privacy import place_words

_SETUP = ("site_config", "schemas")
# Pages and tables that we print ourselves: no tag splits a number in them, so a long run of digits, or
# digits of another script, is what any identifier needs. Everything else is read whole.
_OWN_TEXTS = (".html", ".csv", ".json", ".yaml", ".ics", ".xml")
_RUN = b"0" * 11
_DIGITS = bytes(48 if 48 <= code <= 57 else code for code in range(256))
# A mobile number, or as many digits as the shortest old identity number, not inside a hash.
_LONG_RUN = re.compile(
    rb"(?<![0-9A-Fa-f.])(?:1[ -]?[3-9](?:[ -]?[0-9]){9}(?![0-9])|[0-9](?:[ -]?[0-9]){13,})(?![0-9A-Fa-f])"
)
# Digits and what may part them made one mark, where a number may stand is found by its length alone.
_PLACES = bytes(48 if 48 <= code <= 57 or code in b" -" else 126 for code in range(256))
_PLACE = re.compile(_RUN + b"0*")
_WIDE_DIGIT = re.compile(rb"\xef\xbc[\x90-\x99]")


class Guard:
    """Looks through villages one by one; knows the telephones that the county and its townships publish."""

    def __init__(self, promises: Promises, townships: Iterable[Township], day: date) -> None:
        self._promises = promises
        self._allowances: Allowances = load_allowances(promises.root)
        self._day = day
        self._contacts = {township.folder: township.contacts for township in townships}

    def leaks_of_records(self, village: Village) -> list[Leak]:
        """Return what stands in the village's own files, in both roots, that must not get out."""
        folders = [root / village.folder for root in self._roots()]
        return self._scanned([folder for folder in folders if folder.is_dir()], self._offices(village))

    def leaks_of_setup(self) -> list[Leak]:
        """Return what stands in the county's settings, theme and schemas that must not get out."""
        folders = [self._promises.root / name for name in _SETUP]
        return self._scanned([folder for folder in folders if folder.is_dir()], self._offices(None))

    def leaks_beside(self, county: County) -> list[Leak]:
        """Return what must not get out of the files that lie in the content roots but in no village."""
        known = {village.folder for village in county.villages}
        beside: list[Path] = []
        for root in self._roots():
            for path in sorted(root.glob("*")):
                if path.name == ".git":
                    continue
                if path.is_dir():
                    inner = path.relative_to(root).as_posix()
                    beside += (
                        []
                        if inner in known
                        else sorted(p for p in path.glob("*") if p.relative_to(root).as_posix() not in known)
                    )
                else:
                    beside.append(path)
        return self._scanned(beside, self._offices(None))

    def leaks_of_files(self, village: Village | None, files: Iterable[File]) -> list[Leak]:
        """Return what finished files show that must not get out; ``village`` None for the portal."""
        judge = Judge(self._offices(village))
        contacts = self._contacts_of(village)
        links = list(dict.fromkeys(link for contact in contacts for link in _links_to(contact)))
        found: list[Leak] = []
        for file in files:
            if _may_leak(file.path, file.content, links):
                found += judge.judge(file.path, read_file(file.path, file.content), is_content=False)
        return [leak for leak in self._kept(found) if leak.is_error]

    def leaking_files(self, village: Village, folder: Path, names: Sequence[str]) -> list[str]:
        """Return those of ``names`` below ``folder`` that show what must not get out."""
        paths = [(name, folder / name) for name in names]
        files = (File(name, path.read_bytes()) for name, path in paths if path.is_file())
        return [file.path for file in files if self.leaks_of_files(village, [file])]

    def _roots(self) -> list[Path]:
        settings = self._promises.settings
        return [root for root in (settings.content, settings.private_content) if root is not None]

    def _scanned(self, paths: Iterable[Path], offices: frozenset[str]) -> list[Leak]:
        named = [(path, self._promises.shown(path)) for path in paths]
        return self._kept(scan_entries(named, offices=offices))

    def _kept(self, leaks: Iterable[Leak]) -> list[Leak]:
        return list(self._allowances.keep(leaks, self._day))

    def _offices(self, village: Village | None) -> frozenset[str]:
        return office_lines([contact.phone for contact in self._contacts_of(village)])

    def _contacts_of(self, village: Village | None) -> list[Contact]:
        contacts: list[Contact] = [*self._promises.settings.contacts]
        if village is None:
            contacts += [contact for known in self._contacts.values() for contact in known]
        else:
            contacts += [*village.contacts, *self._contacts.get(village.township, ())]
        return contacts


def finding_of(leak: Leak) -> Finding:
    """Return a leak as a finding: its place, its kind, what to do; never the value."""
    wording = WORDING[f"private-{leak.kind}"]
    place = Place(leak.file, leak.line, leak.cell or leak.column)
    message = f"{place_words(leak.sheet, leak.where)}{_(wording.message)}"
    return Finding(f"private-{leak.kind}", place, message, _(wording.hint), leak.severity)


@dataclass(frozen=True, slots=True)
class _Link:
    """An office's number as our pages print it, with signs at both ends; ``runs`` are those it counts for."""

    text: bytes
    runs: int


def _links_to(contact: Contact) -> tuple[_Link, _Link]:
    digits = "".join(mark for mark in contact.phone if mark.isdigit() or mark == "+")
    runs = len(digits.removeprefix("+")) // len(_RUN)
    return _Link(f'"tel:{digits}"'.encode(), runs), _Link(f"> {contact.phone}<".encode(), runs)


def _may_leak(path: str, content: bytes, links: Sequence[_Link]) -> bool:
    if not path.endswith(_OWN_TEXTS):
        return True
    runs = _count_runs(content)
    # Every page names an office to ask: where there is no run but its number, there is nothing to search.
    is_strange = runs and runs != sum(content.count(link.text) * link.runs for link in links)
    if is_strange and _has_long_run(_without(content, links)):
        return True
    return _WIDE_DIGIT.search(content) is not None


def _count_runs(content: bytes) -> int:
    return content.translate(_DIGITS, b" -").count(_RUN)


def _has_long_run(content: bytes) -> bool:
    places = _PLACE.finditer(content.translate(_PLACES))
    return any(_LONG_RUN.search(content, place.start(), place.end() + 1) for place in places)


def _without(content: bytes, links: Sequence[_Link]) -> bytes:
    for link in links:
        content = content.replace(link.text, b"")
    return content
