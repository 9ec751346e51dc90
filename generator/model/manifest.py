"""Manifests: the SHA-256 of every published file, and one root over all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model.merkle import leaf_of, root_over
from generator.model.site import File

NAME = "manifest.json"
_FORM = 1


class ManifestError(ValueError):
    """A manifest that cannot be read, or that does not say what its own files say."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one part of a site holds: ``files`` by their path below the site's top, each with its SHA-256.

    ``facts`` say of the whole site from what it was made (as-of date, engine, source commit), and of a
    village's part which pages of lists were closed in it afterwards: their addresses, with the day. ``parts``
    are the roots of other manifests by their path. No manifest holds its own hash.
    """

    files: dict[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """Return the root (hex) of the Merkle tree over facts, parts and files, by their paths."""
        made = json.dumps(dict(sorted(self.facts.items())), ensure_ascii=False).encode()
        facts = [("", hashlib.sha256(made).hexdigest())] if self.facts else []
        return merkle_root([*facts, *self.parts.items(), *self.files.items()])

    def content(self, root: str = "") -> bytes:
        """Return the manifest's own bytes; ``root`` is its root where that was asked for before."""
        kept = {
            "form": str(_FORM),
            **({"made": _lines(self.facts)} if self.facts else {}),
            "root": json.dumps(root or self.root),
            **({"parts": _lines(self.parts)} if self.parts else {}),
            "files": _lines(self.files),
        }
        inside = ",\n".join(f'"{name}": {value}' for name, value in kept.items())
        return f"{{\n{inside}\n}}\n".encode()


def _lines(table: Mapping[str, str]) -> str:
    """Return ``table`` as JSON, by its keys and one to a line, which the library's own way does in Python."""
    text = json.dumps(dict(sorted(table.items())), ensure_ascii=False, separators=(",\n", ": "))
    return f"{{\n{text[1:-1]}\n}}" if table else text


def manifest_of(files: Iterable[File]) -> Manifest:
    """Return the manifest of one part, from its finished files."""
    return Manifest({file.path: file.sha256 or hashlib.sha256(file.content).hexdigest() for file in files})


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest in ``content``; raises ManifestError where it is none or its root is wrong."""
    try:
        kept = json.loads(content)
        form, stated = kept["form"], kept["root"]
        found = Manifest(kept["files"], kept.get("parts", {}), kept.get("made", {}))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ManifestError from None
    tables = (found.files, found.parts, found.facts)
    if form != _FORM or not all(isinstance(table, dict) and _is_plain(table) for table in tables):
        raise ManifestError
    if found.root != stated:
        raise ManifestError
    return found


def merkle_root(entries: Iterable[tuple[str, str]]) -> str:
    """Return the root (hex) over pairs of path and SHA-256; the order of the pairs does not matter."""
    return root_over(leaf_of(f"{path}\0{digest}".encode()) for path, digest in sorted(entries))


def _is_plain(table: Mapping[object, object]) -> bool:
    return all(isinstance(key, str) and isinstance(value, str) for key, value in table.items())
