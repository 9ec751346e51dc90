"""Walks: which villages there are and which files each discloses, told from paths alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.intake.neighbours import neighbour_findings
from generator.intake.seal_file import SALT_SUFFIX, SEAL_SUFFIX
from generator.intake.village_file import read_township, read_village
from generator.intake.village_memory import VillageMemory
from generator.model.finding import Finding, Place
from generator.model.village import Township, Village
from generator.promises.promises import Promises, printable, starred

COUNTY = "_county"
TOWNSHIP = "_township"
RESERVED_SLUGS = frozenset(
    {
        *("about-qr", "assets", "corrections", "county", "dictionary", "downloads", "households"),
        *("offline", "villages", "search", "404"),
    }
)
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One content file: where it is, how findings name it, and what its path says."""

    path: str
    shown: str
    item: str
    name: str
    is_private: bool

    @property
    def stem(self) -> str:
        """Return the file name up to its suffix."""
        for suffix in (SEAL_SUFFIX, SALT_SUFFIX):
            if self.name.endswith(suffix):
                return self.name.removesuffix(suffix)
        return self.name.rpartition(".")[0] or self.name

    @property
    def is_seal(self) -> bool:
        """Return whether this file binds a private list: its seal, or the salt of that."""
        return self.name.endswith((SEAL_SUFFIX, SALT_SUFFIX))

    @property
    def suffix(self) -> str:
        """Return "csv", "yaml" or whatever follows the last dot."""
        return self.name.rpartition(".")[2] if "." in self.name else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of one village; ``findings`` are about its folders, not about what the files hold.

    ``seals`` are the seals of its private lists and their salts; ``village_file`` is its village.yaml.
    """

    files: tuple[SourceFile, ...]
    publications: SourceFile | None
    findings: tuple[Finding, ...] = ()
    seals: tuple[SourceFile, ...] = ()
    village_file: SourceFile | None = None


@dataclass(frozen=True, slots=True)
class County:
    """All villages and offices, in order of folder; ``findings`` belong to none of them.

    Their files are listed one village at a time (``list_files``): memory does not grow with them.
    """

    townships: tuple[Township, ...]
    villages: tuple[Village, ...]
    findings: tuple[Finding, ...]

    def village_named(self, name: str) -> Village | None:
        """Return the village with this slug, code or unambiguous Chinese name."""
        for match in (
            lambda village: village.slug == name,
            lambda village: name in (village.code, *village.former_codes),
            lambda village: village.name == name,
        ):
            found = [village for village in self.villages if match(village)]
            if len(found) > 1:
                # A village that was merged may have left its code, or its name, to the one that goes on.
                found = [village for village in found if village.valid_to is None]
            if len(found) == 1:
                return found[0]
        return None


def walk_county(promises: Promises, memory: VillageMemory | None = None) -> County:
    """Return every village below the content roots; what fits nowhere is a finding.

    ``memory`` knows what was read of the villages' own files before.
    """
    findings: list[Finding] = []
    townships: list[Township] = []
    villages: list[Village] = []
    settings = promises.settings
    for entry in _entries(settings.content, promises, findings):
        if not entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
        elif entry.name == COUNTY:
            villages.append(
                Village(
                    "county",
                    settings.county_name,
                    settings.county_code,
                    "county",
                    "",
                    COUNTY,
                    settings.contacts,
                )
            )
        else:
            _walk_township(promises, Path(entry.path), townships, villages, findings, memory)
    findings.extend(_private_strays(promises, villages))
    unique = tuple(_unique_slugs(promises, villages, findings))
    findings.extend(neighbour_findings(unique, promises))
    return County(tuple(townships), unique, tuple(findings))


def _walk_township(
    promises: Promises,
    path: Path,
    townships: list[Township],
    villages: list[Village],
    findings: list[Finding],
    memory: VillageMemory | None,
) -> None:
    township = memory.township(path, promises) if memory else read_township(path, promises)
    if isinstance(township, Finding):
        findings.append(township)
        return
    if not _FOLDER.fullmatch(path.name) or _is_taken(path.name, promises):
        findings.append(Finding.of("folder-name", Place(promises.shown(path)), name=starred(path.name)))
        return
    townships.append(township)
    own = Village(
        path.name,
        township.name,
        township.code,
        "township",
        path.name,
        f"{path.name}/{TOWNSHIP}",
        township.contacts,
    )
    villages.append(own)
    for entry in _entries(path, promises, findings):
        if entry.name in (TOWNSHIP, "township.yaml"):
            continue
        if not entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
            continue
        folder = Path(entry.path)
        if memory is not None:
            village = memory.village(folder, promises, township.folder)
        else:
            village = read_village(folder, promises, township.folder)
        if isinstance(village, Finding):
            findings.append(village)
        elif not _FOLDER.fullmatch(village.slug) or _is_taken(village.slug, promises):
            place = Place(promises.shown(Path(entry.path) / "village.yaml"), 1, "slug")
            findings.append(Finding.of("folder-name", place, name=village.slug))
        else:
            villages.append(village)


def list_files(village: Village, promises: Promises) -> Listing:
    """Return the village's files from both content roots, in order of name."""
    findings: list[Finding] = []
    files: list[SourceFile] = []
    publications: SourceFile | None = None
    village_file: SourceFile | None = None
    roots = [(promises.settings.content / village.folder, False)]
    if promises.settings.private_content is not None:
        roots.append((promises.settings.private_content / village.folder, True))
    for base, is_private in roots:
        if not base.is_dir():
            continue
        for entry in _entries(base, promises, findings):
            if entry.is_dir(follow_symlinks=False):
                files.extend(_item_files(Path(entry.path), promises, is_private, findings))
            elif entry.name == "publications.csv" and not is_private:
                publications = SourceFile(entry.path, promises.shown(Path(entry.path)), "", entry.name, False)
            elif entry.name == "village.yaml" and not is_private:
                village_file = SourceFile(entry.path, promises.shown(Path(entry.path)), "", entry.name, False)
            else:
                findings.append(_stray(entry.path, promises))
    seals = tuple(file for file in files if file.is_seal)
    kept = tuple(file for file in files if not file.is_seal)
    return Listing(kept, publications, tuple(findings), seals, village_file)


def _item_files(
    folder: Path, promises: Promises, is_private: bool, findings: list[Finding]
) -> Iterator[SourceFile]:
    item = folder.name
    versions = promises.catalogue.versions.get(item)
    if versions is None:
        findings.append(Finding.of("item-unknown", Place(promises.shown(folder)), item=item))
        return
    shown = promises.shown(folder)
    entries = _entries(folder, promises, findings)
    if versions[-1].is_private != is_private:
        if versions[-1].is_private:
            for entry in (e for e in entries if e.name.endswith(SEAL_SUFFIX)):
                yield SourceFile(entry.path, f"{shown}/{printable(entry.name)}", item, entry.name, is_private)
            if all(entry.name.endswith(SEAL_SUFFIX) for entry in entries):
                return
        code = "item-must-be-private" if versions[-1].is_private else "item-must-be-public"
        findings.append(Finding.of(code, Place(shown), item=versions[-1].title))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
        else:
            yield SourceFile(entry.path, f"{shown}/{printable(entry.name)}", item, entry.name, is_private)


def _entries(folder: Path, promises: Promises, findings: list[Finding]) -> list[os.DirEntry[str]]:
    """Return the visible entries in order of name; links are refused, since they can lead out of the tree."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        findings.append(Finding.of("file-unreadable", Place(promises.shown(folder))))
        return []
    kept = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            findings.append(Finding.of("file-link", Place(promises.shown(Path(entry.path)))))
        elif entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False):
            kept.append(entry)
        else:
            # A pipe or a device: reading it might never end.
            findings.append(Finding.of("file-unreadable", Place(promises.shown(Path(entry.path)))))
    return kept


def _private_strays(promises: Promises, villages: list[Village]) -> Iterator[Finding]:
    private = promises.settings.private_content
    if private is None:
        return
    known = {village.folder for village in villages}
    findings: list[Finding] = []
    for township in _entries(private, promises, findings):
        if township.name == COUNTY and COUNTY in known:
            continue
        if not township.is_dir(follow_symlinks=False):
            yield _stray(township.path, promises)
            continue
        for entry in _entries(Path(township.path), promises, findings):
            if f"{township.name}/{entry.name}" not in known:
                yield _stray(entry.path, promises)
    yield from findings


def _unique_slugs(promises: Promises, villages: list[Village], findings: list[Finding]) -> Iterator[Village]:
    seen: dict[str, str] = {}
    for village in sorted(villages, key=lambda village: village.folder):
        folder = promises.settings.content / village.folder
        if village.slug in seen:
            is_office = village.kind in ("township", "county")
            place = Place(promises.shown(folder if is_office else folder / "village.yaml"))
            findings.append(Finding.of("slug-duplicate", place, slug=village.slug, other=seen[village.slug]))
            continue
        seen[village.slug] = promises.shown(folder)
        yield village


def _is_taken(name: str, promises: Promises) -> bool:
    """Return whether the site itself has a folder of this name: a page of its own, or a language."""
    return name in RESERVED_SLUGS or name in promises.settings.languages


def _stray(path: str, promises: Promises) -> Finding:
    return Finding.of("file-unexpected", Place(promises.shown(Path(path))))
