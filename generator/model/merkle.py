"""Merkle trees: one hash over many leaves, from which none can be left out or put elsewhere unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from operator import add

# A copy of a hash that has begun costs half of a new one.
_new_leaf, _new_inner = hashlib.sha256(b"\0").copy, hashlib.sha256(b"\1").copy


def leaf_of(content: bytes) -> bytes:
    """Return the hash of one leaf; no leaf can pass for a node above others, nor the other way round."""
    leaf = _new_leaf()
    leaf.update(content)
    return leaf.digest()


def root_over(leaves: Iterable[bytes], empty: bytes = b"") -> str:
    """Return the root (hex) over ``leaves`` in their order; of none, the hash of the leaf ``empty``.

    Two by two they make the level above; one that is left over goes up as it is.
    """
    level = list(leaves) or [leaf_of(empty)]
    while len(level) > 1:
        joined = []
        for pair in map(add, level[::2], level[1::2]):
            inner = _new_inner()
            inner.update(pair)
            joined.append(inner.digest())
        level = joined + level[len(level) - len(level) % 2 :]
    return level[0].hex()
