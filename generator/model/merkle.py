"""Merkle trees: one hash over many leaves, from which none can be left out or put elsewhere unnoticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

_LEAF, _INNER = b"\0", b"\1"


def leaf_of(content: bytes) -> bytes:
    """Return the hash of one leaf; no leaf can pass for a node above others, nor the other way round."""
    return hashlib.sha256(_LEAF + content).digest()


def root_over(leaves: Iterable[bytes], empty: bytes = b"") -> str:
    """Return the root (hex) over ``leaves`` in their order; of none, the hash of the leaf ``empty``.

    Two by two they make the level above; one that is left over goes up as it is.
    """
    level = list(leaves) or [leaf_of(empty)]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [hashlib.sha256(_INNER + left + right).digest() for left, right in pairs]
        level = joined + level[len(level) - len(level) % 2 :]
    return level[0].hex()
