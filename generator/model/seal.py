"""Seals: what stays of a list of persons when it is forgotten, and what binds it to the list."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from json.encoder import encode_basestring

from generator.model.merkle import leaf_of, root_over
from generator.model.table import ZERO, Table

_COUNTED_UNITS = ("人", "户")


@dataclass(frozen=True, slots=True)
class Seal:
    """How many ``rows`` a list had, what its columns added up to, and the salted hash of its rows.

    ``root`` is the root of a Merkle tree (hex) whose leaves are salted: who knows it alone learns nothing
    of any row; who also has the list and its salt can show that they are those that were on display.
    """

    rows: int
    totals: Mapping[str, Decimal]
    root: str


def seal_of(table: Table, salt: str) -> Seal:
    """Return the seal of ``table`` under ``salt`` (64 hexadecimal digits)."""
    return Seal(len(table), totals_of(table), root_of(table, bytes.fromhex(salt)))


def totals_of(table: Table) -> dict[str, Decimal]:
    """Return the sums of the columns that can be added up: amounts, and counts of people and households."""
    columns = [f for f in table.schema.fields if f.is_numeric]
    summed = [f for f in columns if f.role == "amount" or f.unit in _COUNTED_UNITS]
    return {f.name: sum(map(Decimal, table.amounts(f.name)), ZERO) for f in summed}


def root_of(table: Table, salt: bytes) -> str:
    """Return the root over all rows in their order, each cell as written."""
    names = [field.name for field in table.schema.fields if field.name in table.texts]
    rows = zip(*(table.texts[name] for name in names), strict=True) if names else iter(())
    return root_over((_leaf(salt, index, row) for index, row in enumerate(rows)), empty=salt)


def _leaf(salt: bytes, index: int, row: Sequence[str]) -> bytes:
    own_salt = hmac.digest(salt, index.to_bytes(8, "big"), "sha256")
    # What json.dumps writes of a list of texts, without its encoder for anything else.
    text = f"[{','.join(map(encode_basestring, row))}]"
    return leaf_of(own_salt + text.encode("utf-8"))
