"""Receipt lists: what the records name, how each stands in the store, and what nobody names any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.checks.receipts import receipts_in, receipts_of
from generator.intake.package import Intake
from generator.intake.receipt_store import ReceiptStore, look_up, store_of
from generator.intake.walk import County, list_files
from generator.model.receipts import Receipt, Stored
from generator.model.resource import Resource
from generator.model.village import Village
from generator.promises.promises import Promises

_DIGEST = re.compile(rb" sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Named:
    """One receipt as a record names it: of a row (its ``key``), or with no key of its whole period."""

    village: Village
    item: str
    stem: str
    key: tuple[str, ...]
    receipt: Receipt
    stored: Stored


def named_receipts(promises: Promises, villages: Iterable[Village]) -> Iterator[Named]:
    """Yield every receipt that the records of ``villages`` name, village by village, in order of file."""
    store, intake = store_of(promises.settings), Intake(promises)
    for village in villages:
        package = intake.read_package(village)
        for resource in package.resources:
            for index, receipts in receipts_of(resource.table).items():
                key = _key_of(resource, index)
                for receipt in receipts:
                    stored = look_up(store, receipt.sha256)
                    yield Named(village, resource.item.name, resource.stem, key, receipt, stored)
        for line in package.publications:
            for receipt in receipts_in(line.receipts):
                stored = look_up(store, receipt.sha256)
                yield Named(village, line.item, line.stem, (), receipt, stored)


def unused_receipts(promises: Promises, county: County, store: ReceiptStore) -> Iterator[str]:
    """Yield the names of what lies in the store and stands in no record of today; nothing is removed.

    An older version of a record may still name it.
    """
    used = {digest for village in county.villages for digest in _digests(village, promises)}
    for name in store.names():
        if name.rpartition("/")[2].partition(".")[0] not in used:
            yield name


def _key_of(resource: Resource, index: int) -> tuple[str, ...]:
    table = resource.table
    return tuple(table.texts[name][index] for name in table.schema.primary_key if name in table.texts)


def _digests(village: Village, promises: Promises) -> Iterator[str]:
    listing = list_files(village, promises)
    for file in (*listing.files, *([listing.publications] if listing.publications else [])):
        with open(file.path, "rb") as content:  # noqa: PTH123 (tens of thousands of files)
            yield from (digest.decode() for digest in _DIGEST.findall(content.read()))
