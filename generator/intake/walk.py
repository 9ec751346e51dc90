"""Walks: which villages there are and which files each discloses, told from paths alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.intake.village_file import read_township, read_village
from generator.model.finding import Finding, Place
from generator.model.village import Township, Village
from generator.promises.promises import Promises, printable

COUNTY = "_county"
TOWNSHIP = "_township"
RESERVED_SLUGS = frozenset({"assets", "county", "dictionary", "villages", "search", "404"})
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One content file: where it is, how findings name it, and what its path says."""

    path: Path
    shown: str
    item: str
    name: str
    is_private: bool

    @property
    def stem(self) -> str:
        """Return the file name up to its suffix."""
        return self.name.rpartition(".")[0] or self.name

    @property
    def suffix(self) -> str:
        """Return "csv", "yaml" or whatever follows the last dot."""
        return self.name.rpartition(".")[2] if "." in self.name else ""


@dataclass(frozen=True, slots=True)
class VillageFolder:
    """A village with its files; ``findings`` are about the folder, not about what the files hold."""

    village: Village
    files: tuple[SourceFile, ...]
    publications: SourceFile | None
    village_file: Path | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    """All villages below the content roots, in order of folder; ``findings`` belong to no village."""

    townships: tuple[Township, ...]
    folders: tuple[VillageFolder, ...]
    findings: tuple[Finding, ...]

    def folder_of(self, name: str) -> VillageFolder | None:
        """Return the folder of a village given by slug, code or unambiguous Chinese name."""
        for match in (
            lambda village: village.slug == name,
            lambda village: name in (village.code, *village.former_codes),
            lambda village: village.name == name,
        ):
            found = [folder for folder in self.folders if match(folder.village)]
            if len(found) == 1:
                return found[0]
        return None


def walk_county(promises: Promises) -> County:
    """Return every village and file below the content roots; what fits nowhere is a finding."""
    findings: list[Finding] = []
    townships: list[Township] = []
    folders: list[VillageFolder] = []
    settings = promises.settings
    for entry in _entries(settings.content, promises, findings):
        if not entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
        elif entry.name == COUNTY:
            county = Village(
                "county", settings.county_name, settings.county_code, "county", "", COUNTY, settings.contacts
            )
            folders.append(_folder(promises, county, Path(entry.path), None))
        else:
            _walk_township(promises, Path(entry.path), townships, folders, findings)
    findings.extend(_private_strays(promises, folders))
    return County(tuple(townships), tuple(_unique_slugs(promises, folders, findings)), tuple(findings))


def _walk_township(
    promises: Promises,
    path: Path,
    townships: list[Township],
    folders: list[VillageFolder],
    findings: list[Finding],
) -> None:
    township = read_township(path, promises)
    if isinstance(township, Finding):
        findings.append(township)
        return
    if not _FOLDER.fullmatch(path.name) or path.name in RESERVED_SLUGS:
        findings.append(Finding.of("folder-name", Place(promises.shown(path)), name=path.name))
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
    office = path / TOWNSHIP
    folders.append(_folder(promises, own, office, None))
    for entry in _entries(path, promises, findings):
        if entry.name in (TOWNSHIP, "township.yaml"):
            continue
        if not entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
            continue
        village = read_village(Path(entry.path), promises, township.folder)
        if isinstance(village, Finding):
            findings.append(village)
        elif not _FOLDER.fullmatch(village.slug) or village.slug in RESERVED_SLUGS:
            place = Place(promises.shown(Path(entry.path) / "village.yaml"), 1, "slug")
            findings.append(Finding.of("folder-name", place, name=village.slug))
        else:
            folders.append(_folder(promises, village, Path(entry.path), Path(entry.path) / "village.yaml"))


def _folder(promises: Promises, village: Village, path: Path, village_file: Path | None) -> VillageFolder:
    findings: list[Finding] = []
    files: list[SourceFile] = []
    publications: SourceFile | None = None
    roots = [(path, False)]
    if promises.settings.private_content is not None:
        roots.append((promises.settings.private_content / village.folder, True))
    for base, is_private in roots:
        if not base.is_dir():
            continue
        for entry in _entries(base, promises, findings):
            if entry.is_dir(follow_symlinks=False):
                files.extend(_item_files(Path(entry.path), promises, is_private, findings))
            elif entry.name == "publications.csv" and not is_private:
                publications = SourceFile(
                    Path(entry.path), promises.shown(Path(entry.path)), "", entry.name, False
                )
            elif entry.name != "village.yaml" or is_private:
                findings.append(_stray(entry.path, promises))
    return VillageFolder(village, tuple(files), publications, village_file, tuple(findings))


def _item_files(
    folder: Path, promises: Promises, is_private: bool, findings: list[Finding]
) -> Iterator[SourceFile]:
    item = folder.name
    versions = promises.catalogue.versions.get(item)
    if versions is None:
        findings.append(Finding.of("item-unknown", Place(promises.shown(folder)), item=item))
        return
    if versions[-1].is_private != is_private:
        code = "item-must-be-private" if versions[-1].is_private else "item-must-be-public"
        findings.append(Finding.of(code, Place(promises.shown(folder)), item=versions[-1].title))
        return
    shown = promises.shown(folder)
    for entry in _entries(folder, promises, findings):
        if entry.is_dir(follow_symlinks=False):
            findings.append(_stray(entry.path, promises))
        else:
            yield SourceFile(
                Path(entry.path), f"{shown}/{printable(entry.name)}", item, entry.name, is_private
            )


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


def _private_strays(promises: Promises, folders: list[VillageFolder]) -> Iterator[Finding]:
    private = promises.settings.private_content
    if private is None:
        return
    known = {folder.village.folder for folder in folders}
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


def _unique_slugs(
    promises: Promises, folders: list[VillageFolder], findings: list[Finding]
) -> Iterator[VillageFolder]:
    seen: dict[str, str] = {}
    for folder in sorted(folders, key=lambda folder: folder.village.folder):
        village = folder.village
        if village.slug in seen:
            place = Place(promises.shown(folder.village_file or promises.settings.content / village.folder))
            findings.append(Finding.of("slug-duplicate", place, slug=village.slug, other=seen[village.slug]))
            continue
        seen[village.slug] = promises.shown(promises.settings.content / village.folder)
        yield folder


def _stray(path: str, promises: Promises) -> Finding:
    return Finding.of("file-unexpected", Place(promises.shown(Path(path))))
