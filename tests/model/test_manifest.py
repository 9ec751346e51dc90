"""Manifests: one root that changes with every byte of what it covers, and covers not itself."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.manifest import Manifest, ManifestError, manifest_of, merkle_root, read_manifest
from generator.model.site import File

HASHES = st.binary(max_size=8).map(lambda content: hashlib.sha256(content).hexdigest())
PATHS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
TABLES = st.dictionaries(PATHS, HASHES, max_size=9)


def plain_root(entries: dict[str, str]) -> bytes:
    """Return the root as one would write it down: split at the largest power of two, join the halves."""
    leaves = [hashlib.sha256(f"\0{p}\0{d}".encode()).digest() for p, d in sorted(entries.items())]

    def root(part: list[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        cut = 1
        while cut * 2 < len(part):
            cut *= 2
        return hashlib.sha256(b"\1" + root(part[:cut]) + root(part[cut:])).digest()

    return root(leaves) if leaves else hashlib.sha256(b"\0").digest()


@given(TABLES)
def test_the_root_is_that_of_the_plain_tree(entries: dict[str, str]):
    assert merkle_root(entries.items()) == plain_root(entries).hex()


@given(TABLES, st.permutations(range(9)))
def test_the_order_of_the_files_does_not_matter(entries: dict[str, str], order: list[int]):
    pairs = list(entries.items())
    shuffled = [pairs[i] for i in order if i < len(pairs)]

    assert merkle_root(shuffled) == merkle_root(pairs)


@given(TABLES, TABLES)
def test_other_files_have_another_root(one: dict[str, str], other: dict[str, str]):
    assert (merkle_root(one.items()) == merkle_root(other.items())) == (one == other)


@given(TABLES, TABLES, st.dictionaries(PATHS, PATHS, max_size=3))
def test_a_manifest_is_read_as_it_was_written(files, parts, facts):
    manifest = Manifest(files, parts, facts)

    assert read_manifest(manifest.content()) == manifest
    assert read_manifest(manifest.content()).content() == manifest.content()


def test_the_files_stand_with_the_hash_that_sha256sum_prints():
    manifest = manifest_of([File("a/index.html", b"<p>"), File("b.csv", b"")])

    assert manifest.files == {
        "a/index.html": hashlib.sha256(b"<p>").hexdigest(),
        "b.csv": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }


@pytest.mark.parametrize("key", ["files", "parts", "made", "root"])
def test_a_manifest_that_was_touched_is_none(key: str):
    manifest = Manifest({"a": "0" * 64}, {"b": "1" * 64}, {"as_of": "2026-10-20"})
    kept = json.loads(manifest.content())
    kept[key] = "2" * 64 if key == "root" else dict.fromkeys(kept[key], "2" * 64)

    with pytest.raises(ManifestError):
        read_manifest(json.dumps(kept).encode())


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"form": 1, "root": "", "files": []}'])
def test_what_is_no_manifest_is_refused(content: bytes):
    with pytest.raises(ManifestError):
        read_manifest(content)
