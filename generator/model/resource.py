"""Resources: one file of one disclosure item for one period; packages: all of a village."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.model.finding import Finding
from generator.model.item import DisclosureItem
from generator.model.period import Period
from generator.model.seal import Seal
from generator.model.table import Table
from generator.model.village import Village
from generator.wording import _, said
from generator.wording.words import said_once


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of records, read and judged.

    ``path`` is relative to the root folder. ``table`` holds the rows (of a document: its head, one
    row), ``parts`` the lists of a document. ``committed`` is None for a private resource, whose bytes
    never leave its root; its ``seal`` stands in the public root, its ``salt`` beside its rows. Of a list
    that ``is_forgotten`` only the seal is left.
    """

    village: Village
    item: DisclosureItem
    period: Period
    slug: str
    path: str
    sha256: str
    table: Table
    parts: Mapping[str, Table] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    committed: bytes | None = None
    seal: Seal | None = None
    salt: str = ""
    is_forgotten: bool = False

    @property
    def stem(self) -> str:
        """Return the file name without its suffix: the period, and the slug when there is one."""
        return f"{self.period.text}--{self.slug}" if self.slug else self.period.text

    @property
    def is_held_back(self) -> bool:
        """Return whether an error keeps this resource off the pages."""
        # Asked a dozen times of each resource, and hardly any has a finding.
        return bool(self.findings) and any(finding.is_error for finding in self.findings)

    @property
    def scheme(self) -> str:
        """Return what that is called which the slug tells apart, or ""."""
        return said(self.item.schemes.get(self.slug, self.slug)) if self.slug else ""

    @property
    def title(self) -> str:
        """Return what a villager calls this page: period, scheme or item."""
        return _titled(self.period.title, self.scheme or said(self.item.title))


@said_once(4_096)
def _titled(period: str, what: str) -> str:
    return _("{period} {what}").format(period=period, what=what)


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the village's register of publications (publications.csv).

    ``receipts`` is the cell that names the receipts of the whole period, as it is written.
    """

    item: str
    stem: str
    attempt: int
    kind: str
    prepared_by: str
    reviewed_by: str
    reviewed_on: date | None
    posted_from: date | None
    posted_to: date | None
    location: str
    note: str
    line: int
    receipts: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """All that one village discloses, read and judged."""

    village: Village
    resources: tuple[Resource, ...]
    publications: tuple[Publication, ...]
    findings: tuple[Finding, ...]
    publications_path: str = ""

    def of_item(self, item: str) -> list[Resource]:
        """Return the item's resources, oldest first."""
        return [r for r in self.resources if r.item.name == item]
