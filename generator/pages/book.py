"""Books: one judged village with what its pages look up again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.checks.calendar import Duty
from generator.checks.judgement import Judgement
from generator.history.corrections import NO_CORRECTIONS, Corrected
from generator.history.repository import Versions
from generator.model.item import CADENCES, DisclosureItem
from generator.model.receipts import Stored
from generator.model.resource import Resource
from generator.model.table import Table
from generator.model.village import Village
from generator.pages.accounts import LedgerSummary, is_money_table, summarise
from generator.pages.projection import Totals, public_table, totals_of_closed
from generator.pages.replies import Reply, replies_in
from generator.promises.promises import Promises


@dataclass(frozen=True, slots=True)
class Book:
    """A judged village: duties and public tables by path, summaries of its money tables, items by name.

    A list that may not be shown today has no table here; what it added up to is in ``closed``. ``receipts``
    says by SHA-256 what is stored of the receipts that the tables name, ``replies`` by path what was
    answered. ``prefix`` is where the pages of this language stand ("en/"); addresses do not hold it.
    """

    judgement: Judgement
    promises: Promises
    versions: Versions
    duties: Mapping[str, Duty]
    summaries: Mapping[str, LedgerSummary]
    tables: Mapping[str, Table]
    closed: Mapping[str, Totals]
    items: Mapping[str, tuple[Resource, ...]]
    receipts: Mapping[str, Stored] = field(default_factory=dict)
    replies: Mapping[str, tuple[Reply, ...]] = field(default_factory=dict)
    corrections: Corrected = NO_CORRECTIONS
    prefix: str = ""

    @property
    def village(self) -> Village:
        """Return whose book it is."""
        return self.judgement.package.village

    @property
    def url(self) -> str:
        """Return the address of the village's home."""
        return f"{self.village.slug}/"

    def item_url(self, item: str) -> str:
        """Return the address of an item's page."""
        return f"{self.url}{item}/"

    def category_url(self, category: str) -> str:
        """Return the address of a category's page."""
        return f"{self.url}topics/{category}/"

    def resource_url(self, resource: Resource) -> str:
        """Return the address of a resource's page."""
        return f"{self.url}{resource.item.name}/{resource.stem}/"

    def latest_item(self, name: str) -> DisclosureItem:
        """Return the newest version of an item."""
        return self.promises.catalogue.versions[name][-1]

    def shown_items(self) -> list[DisclosureItem]:
        """Return the items that this village discloses or owes: by category, the most frequent first."""
        order = list(self.promises.settings.categories)
        owed = {duty.item.name for duty in self.judgement.duties} | set(self.items)
        items = [self.latest_item(name) for name in owed]
        return sorted(
            items, key=lambda item: (order.index(item.category), CADENCES.index(item.cadence), item.name)
        )


def open_book(
    judgement: Judgement,
    promises: Promises,
    versions: Versions,
    receipts: Mapping[str, Stored] | None = None,
    corrections: Corrected = NO_CORRECTIONS,
) -> Book:
    """Return the book of a judged village; ``receipts`` says what is stored, by SHA-256."""
    resources = judgement.package.resources
    duties = {duty.resource.path: duty for duty in judgement.duties if duty.resource is not None}
    items: dict[str, list[Resource]] = {}
    for resource in resources:
        items.setdefault(resource.item.name, []).append(resource)
    projected = {r.path: public_table(r, duties.get(r.path)) for r in resources if not r.is_held_back}
    tables = {path: table for path, table in projected.items() if table is not None}
    return Book(
        judgement=judgement,
        promises=promises,
        versions=versions,
        duties=duties,
        summaries={r.path: summarise(r) for r in resources if is_money_table(r)},
        tables=tables,
        closed={
            r.path: totals_of_closed(r) for r in resources if r.path in projected and r.path not in tables
        },
        items={name: tuple(found) for name, found in items.items()},
        receipts=receipts or {},
        replies=replies_in(resources, tables),
        corrections=corrections,
    )
