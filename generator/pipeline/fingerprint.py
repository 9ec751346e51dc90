"""Fingerprints: a hash of everything that a village's site is made from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.history.repository import Versions
from generator.intake.receipt_store import ReceiptStore, stamp_of
from generator.intake.walk import Listing
from generator.model.village import Village

_LIBRARIES = ("mkdocs", "mkdocs-material", "jinja2", "frictionless", "pyyaml", "markupsafe")
SETUP = ("schemas", "site_config", "mkdocs.yml")
ENGINE = Path(__file__).parents[1]
_RECEIPT = b" sha256:"
_DIGEST = re.compile(rb" sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The hash of what a village's site is made from; ``receipts`` are those its files name, with stamps."""

    text: str
    receipts: dict[str, str] = field(default_factory=dict)


def setup_fingerprint(root: Path) -> str:
    """Return the hash of schemas, settings, theme, mkdocs.yml, the engine itself and its libraries."""
    # Reading what is installed takes longer than a build in which nothing changed.
    from importlib.metadata import version

    digest = hashlib.blake2b(digest_size=16)
    _feed_tree(digest, ENGINE, (path for path in ENGINE.rglob("*") if "__pycache__" not in path.parts))
    for name in SETUP:
        _feed_tree(digest, root, [root / name, *(root / name).rglob("*")])
    for library in _LIBRARIES:
        digest.update(f"{library}={version(library)}\n".encode())
    return digest.hexdigest()


def engine_version() -> str:
    """Return the version of this program."""
    from importlib.metadata import version

    return version("cunwu")


def _feed_tree(digest: hashlib.blake2b, base: Path, paths: Iterable[Path]) -> None:
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(path.relative_to(base).as_posix().encode() + b"\0")
        digest.update(hashlib.blake2b(path.read_bytes()).digest())


def village_fingerprint(
    village: Village,
    listing: Listing,
    setup: str,
    versions: Versions,
    neighbours: str = "",
    store: ReceiptStore | None = None,
) -> Fingerprint:
    """Return the hash of one village: its set-up, its files from both roots, and their versions.

    Of the receipts that its files name, ``store`` is asked only whether they are what they were.
    """
    digest = hashlib.blake2b(f"{setup}\0{village!r}\0{neighbours}\0".encode(), digest_size=16)
    single = [file for file in (listing.publications, listing.village_file) if file is not None]
    files = [*listing.files, *listing.seals, *single]
    receipts: dict[str, str] = {}
    for file in files:
        digest.update(f"{file.shown}\0{versions.of(file.shown)!r}\0".encode())
        try:
            with open(file.path, "rb", buffering=0) as content:  # noqa: PTH123 (tens of thousands of files)
                read = content.read()
                digest.update(hashlib.blake2b(read).digest())
            if store is not None and _RECEIPT in read:
                for found in _DIGEST.findall(read):
                    receipts[found.decode()] = stamp = stamp_of(store, found.decode())
                    digest.update(stamp.encode())
        except OSError:
            digest.update(b"unreadable")
    digest.update(repr(listing.findings).encode())
    return Fingerprint(digest.hexdigest(), receipts)
