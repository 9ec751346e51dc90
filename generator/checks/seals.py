"""Seals: whether what the public root says of a private list is true of the list."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.finding import Finding, Place
from generator.model.resource import Resource
from generator.model.seal import seal_of


def seal_findings(resource: Resource) -> Iterator[Finding]:
    """Yield findings where a private list is not sealed, or no longer what was sealed."""
    if not resource.item.is_private:
        return
    if resource.seal is None or not resource.salt:
        yield Finding.of("seal-missing", Place(resource.path))
    elif seal_of(resource.table, resource.salt) != resource.seal:
        yield Finding.of("seal-stale", Place(resource.path))
