"""Seals: what stays of a list of persons when it is forgotten, and what binds it to the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring

from generator.model.merkle import leaf_of, root_over
from generator.model.table import ZERO, Table

_BLOCK = 64  # bytes of one block of SHA-256, to which HMAC fills up its key
_INNER_PAD, _OUTER_PAD = bytes(code ^ 0x36 for code in range(256)), bytes(code ^ 0x5C for code in range(256))
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
    rows = list(zip(*(table.texts[name] for name in names), strict=True)) if names else []
    return root_over(_leaves(salt, _written(rows)), empty=salt)


def _leaves(salt: bytes, rows: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the hash of each row under its own salt: HMAC-SHA-256 of its place, keyed with ``salt``."""
    # Written out, since a county has a hundred thousand rows: hmac.digest sets up its key anew each time,
    # and a copy of a hash that has begun costs half of a new one.
    key = (salt if len(salt) <= _BLOCK else sha256(salt).digest()).ljust(_BLOCK, b"\0")
    new_inner, new_outer = sha256(key.translate(_INNER_PAD)).copy, sha256(key.translate(_OUTER_PAD)).copy
    for index, row in enumerate(rows):
        place, own_salt = new_inner(), new_outer()
        place.update(index.to_bytes(8, "big"))
        own_salt.update(place.digest())
        yield leaf_of(own_salt.digest() + row)


def _written(rows: Sequence[Sequence[str]]) -> list[bytes]:
    """Return what json.dumps writes of each list of texts, without its encoder for anything else."""
    joined = list(map('","'.join, rows))
    whole = "".join(joined)
    # Of marks that can be seen, JSON writes only these two in another way.
    marks = 2 * sum(map(len, rows)) - 2 * len(rows)
    if whole.isprintable() and "\\" not in whole and whole.count('"') == marks:
        return [f'["{text}"]'.encode() for text in joined]
    return [f"[{','.join(map(encode_basestring, row))}]".encode() for row in rows]
