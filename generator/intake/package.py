"""Packages: all files of one village, read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import FileIO

from generator.intake.csv_file import SIZE_LIMIT, read_csv
from generator.intake.document_file import read_document
from generator.intake.register import read_register
from generator.intake.seal_file import read_salt, read_seal
from generator.intake.stem import read_stem
from generator.intake.table_reader import TableReader
from generator.intake.walk import Listing, SourceFile, list_files
from generator.model.finding import Finding, Place
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.resource import Package, Publication, Resource
from generator.model.seal import Seal
from generator.model.table import Table
from generator.model.village import Village
from generator.promises.promises import Promises, starred


class Intake:
    """Reads villages; made once per process, so that each schema is compiled once."""

    def __init__(self, promises: Promises) -> None:
        self._promises = promises
        self._register = TableReader(promises.catalogue.register.schema)
        self._readers: dict[int, tuple[TableReader, dict[str, TableReader]]] = {}

    def read_package(self, village: Village) -> Package:
        """Return all that ``village`` discloses; nothing that is wrong in it stops the reading."""
        listing = list_files(village, self._promises)
        findings = list(listing.findings)
        resources: list[Resource] = []
        seen: dict[tuple[str, str], str] = {}
        # Of two files for one period, the one with the right ending is read.
        for file in sorted(listing.files, key=self._has_other_ending):
            other = seen.setdefault((file.item, file.stem), file.shown)
            if other != file.shown:
                findings.append(Finding.of("period-duplicate", Place(file.shown), other=other))
                continue
            resource = self._read_resource(village, file)
            if isinstance(resource, Finding):
                findings.append(resource)
            else:
                resources.append(resource)
        resources = self._sealed(village, resources, listing.seals, findings)
        publications, wrong = self._read_register(listing)
        findings.extend(wrong)
        resources.sort(key=lambda r: (r.item.name, r.period, r.slug))
        path = listing.publications.shown if listing.publications else ""
        return Package(village, tuple(resources), publications, tuple(findings), path)

    def read_publications(self, village: Village) -> tuple[Publication, ...]:
        """Return the lines of the village's register that can be used; nothing else is read."""
        return self._read_register(list_files(village, self._promises))[0]

    def read_lists(self, village: Village) -> list[Resource]:
        """Return the lists of persons that the private root still holds, with their seals; nothing else."""
        listing = list_files(village, self._promises)
        found = [self._read_resource(village, file) for file in listing.files if file.is_private]
        lists = [resource for resource in found if isinstance(resource, Resource)]
        return self._sealed(village, lists, listing.seals, []) if lists else []

    def _read_register(self, listing: Listing) -> tuple[tuple[Publication, ...], list[Finding]]:
        if listing.publications is None:
            return (), []
        content = read_bytes(listing.publications.path, listing.publications.shown)
        if isinstance(content, Finding):
            return (), [content]
        return read_register(content, listing.publications.shown, self._register, self._promises.catalogue)

    def _sealed(
        self,
        village: Village,
        resources: list[Resource],
        seals: Iterable[SourceFile],
        findings: list[Finding],
    ) -> list[Resource]:
        """Return the lists with their seals and salts; a seal without a list is one that was forgotten."""
        by_key = {(resource.item.name, resource.stem): resource for resource in resources}
        for file in seals:
            resource = by_key.get((file.item, file.stem))
            found = self._read_sealed(village, file, resource)
            if isinstance(found, Finding):
                findings.append(found)
            elif found is not None:
                by_key[file.item, file.stem] = found
        return list(by_key.values())

    def _read_sealed(
        self, village: Village, file: SourceFile, resource: Resource | None
    ) -> Resource | Finding | None:
        content = read_bytes(file.path, file.shown)
        if isinstance(content, Finding):
            return content
        if file.is_private:
            salt = read_salt(content, file.shown)
            # The salt of a list that is gone says nothing; expiring removes both.
            return salt if isinstance(salt, Finding) else resource and replace(resource, salt=salt)
        seal = read_seal(content, file.shown)
        if isinstance(seal, Finding):
            return seal
        return replace(resource, seal=seal) if resource else self._forgotten(village, file, content, seal)

    def _forgotten(
        self, village: Village, file: SourceFile, content: bytes, seal: Seal
    ) -> Resource | Finding:
        place = self._place_of(village, file, "csv")
        if isinstance(place, Finding):
            return place
        item, period, slug = place
        return Resource(
            village=village,
            item=item,
            period=period,
            slug=slug,
            path=file.shown,
            sha256=hashlib.sha256(content).hexdigest(),
            table=Table.empty(item.schema),
            committed=content,
            seal=seal,
            is_forgotten=True,
        )

    def _has_other_ending(self, file: SourceFile) -> bool:
        return file.suffix != suffix_of(self._promises.catalogue.versions[file.item][-1])

    def _place_of(
        self, village: Village, file: SourceFile, suffix: str
    ) -> tuple[DisclosureItem, Period, str] | Finding:
        """Return of which item, period and slug a file is, or the finding that it can be of none."""
        place = Place(file.shown)
        try:
            period, slug = read_stem(file.stem)
        except ValueError:
            return Finding.of("period-unknown", place, name=starred(file.name))
        item = self._promises.catalogue.governing(file.item, period)
        if item is None:
            title = self._promises.catalogue.versions[file.item][-1].title
            return Finding.of("schema-not-valid", place, item=title, period=period.title)
        wrong = next(_misfits(item, village, period, file, suffix), None)
        return (item, period, slug) if wrong is None else wrong

    def _read_resource(self, village: Village, file: SourceFile) -> Resource | Finding:
        place = self._place_of(village, file, file.suffix)
        if isinstance(place, Finding):
            return place
        item, period, slug = place
        content = read_bytes(file.path, file.shown)
        if isinstance(content, Finding):
            # The file is there: it is held back, not missing.
            table, parts, findings = self._unread(item, content)
            content = b""
        else:
            table, parts, findings = self._read_tables(item, content, file.shown)
        return Resource(
            village=village,
            item=item,
            period=period,
            slug=slug,
            path=file.shown,
            sha256=hashlib.sha256(content).hexdigest(),
            table=table,
            parts=parts,
            findings=tuple(findings),
            committed=None if item.is_private else content,
        )

    @staticmethod
    def _unread(item: DisclosureItem, finding: Finding) -> tuple[Table, dict[str, Table], list[Finding]]:
        return Table.empty(item.schema), {}, [finding]

    def _read_tables(
        self, item: DisclosureItem, content: bytes, shown: str
    ) -> tuple[Table, dict[str, Table], list[Finding]]:
        head, parts = self._readers_of(item)
        if item.is_document:
            return read_document(content, shown, head, parts)
        table, findings = read_csv(content, shown, head)
        return table, {}, findings

    def _readers_of(self, item: DisclosureItem) -> tuple[TableReader, dict[str, TableReader]]:
        readers = self._readers.get(id(item))
        if readers is None:
            hides = item.is_private
            head = TableReader(item.schema, hides_values=hides)
            parts = {name: TableReader(part, hides_values=hides) for name, part in item.parts.items()}
            readers = self._readers[id(item)] = (head, parts)
        return readers


def read_bytes(path: str, shown: str) -> bytes | Finding:
    """Return the bytes of a content file, or the finding that it cannot be read."""
    try:
        # Paths stay text here: a county has tens of thousands of files.
        with FileIO(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > SIZE_LIMIT:
                return Finding.of("file-too-large", Place(shown), size=size >> 20, limit=SIZE_LIMIT >> 20)
            content = file.read(size)
            # A file that is read whole at once is not asked for more.
            return content if len(content) == size else content + file.readall()
    except OSError:
        return Finding.of("file-unreadable", Place(shown))


def suffix_of(item: DisclosureItem) -> str:
    """Return how the item's files end."""
    return "yaml" if item.is_document else "csv"


def _misfits(
    item: DisclosureItem, village: Village, period: Period, file: SourceFile, ending: str
) -> Iterator[Finding]:
    place = Place(file.shown)
    suffix = suffix_of(item)
    if ending != suffix:
        yield Finding.of("file-type", place, item=item.title, suffix=suffix)
    if village.kind not in item.applies_to:
        yield Finding.of("item-not-applicable", place, item=item.title, village=village.name)
    if item.period_kind is not None and period.kind != item.period_kind:
        example = Period.holding(period.start, item.period_kind).text
        facts = {"item": item.title, "name": starred(file.name), "example": f"{example}.{suffix}"}
        yield Finding.of("period-kind", place, **facts)
