"""Withdrawing: lists of persons whose display is over are taken out of a release made while they hung."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, read_manifest
from generator.pages.data_package import entry_line, package_text, schema_text
from generator.pages.editions import spoken_of
from generator.promises.promises import Promises
from generator.publish.closed_pages import closed_page
from generator.publish.closing import Closed, close_list
from generator.publish.compressing import BROTLI, GZIP, compress
from generator.publish.displays import Registers
from generator.publish.staging import link_or_copy, manifest_in
from generator.publish.trees import (
    Shown,
    Tree,
    Trees,
    begin_tree,
    link_tree,
    list_trees,
    place_tree,
    trees_of,
)
from generator.wording.languages import Language

_PACKAGE, _HOME = "data/datapackage.json", "index.html"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out of a release: how many lists, of which villages; and its manifest from then on."""

    lists: int
    villages: tuple[str, ...]
    manifest: Manifest


def withdraw(target: Path, release: Path, day: date, registers: Registers) -> Withdrawal:
    """Take out of ``release`` the lists that nobody may see on ``day`` any more.

    Their pages say what they may say afterwards, and their data holds no more; everything else stays, and
    the manifests say what is there and which pages were changed on which day.
    """
    manifest, trees = manifest_in(release), list_trees(target)
    count, villages, parts = 0, [], dict(manifest.parts)
    for part, tree in trees_of(release).items():
        if not tree.about.lists:
            continue
        slug = part.rpartition("/")[0]
        is_known = registers.digest(slug) == tree.about.register
        spans = {} if is_known else registers.spans(slug, day)
        over = [one for one in tree.about.lists if one.is_over(day, _last(one, spans))]
        if over:
            spans = spans or registers.spans(slug, day)
            closed = {
                one: close_list(one, tree.files, slug, _span(one, spans), day, registers) for one in over
            }
            less, root = _without(target, trees, tree, closed, registers.promises)
            link_tree(release, less)
            parts[part] = root
            count += len(over)
            villages.append(slug)
    if not count:
        return Withdrawal(0, (), manifest)
    manifest = Manifest(manifest.files, parts, manifest.facts)
    for path in (MANIFEST, f"{MANIFEST}{GZIP}", f"{MANIFEST}{BROTLI}"):
        # Other releases may hold the same file under their name.
        (release / path).unlink(missing_ok=True)
    (release / MANIFEST).write_bytes(manifest.content())
    compress(release, [MANIFEST], None)
    return Withdrawal(count, tuple(villages), manifest)


def _last(one: Shown, spans: Mapping[tuple[str, str], tuple[date, date]]) -> date | None:
    span = spans.get((one.item, one.stem))
    return span[1] if span is not None else None


def _span(one: Shown, spans: Mapping[tuple[str, str], tuple[date, date]]) -> tuple[date | None, date]:
    """Return the first day of a list's display, where it is known, and the earlier of its last days."""
    end = date.fromisoformat(one.end)
    first, last = spans.get((one.item, one.stem), (None, end))
    return first, min(last, end)


def _without(
    target: Path, trees: Trees, tree: Tree, over: Mapping[Shown, Closed], promises: Promises
) -> tuple[Tree, str]:
    """Return a tree like ``tree`` that shows of ``over`` what may stay, and the root of its manifest."""
    part = tree.about.part
    before = read_manifest((tree.files / part).read_bytes())
    changed = dict(_changed(tree.files, part, before.files, over, promises))
    gone = {path for one in over for path in one.paths} - changed.keys()
    files = {path: digest for path, digest in before.files.items() if path not in gone}
    files |= {path: hashlib.sha256(content).hexdigest() for path, content in changed.items()}
    slug = part.rpartition("/")[0]
    days = {f"{slug}/{one.item}/{one.stem}/": closed.day.isoformat() for one, closed in over.items()}
    manifest = Manifest(files, facts={**before.facts, **days})
    made = trees.find(part, manifest.root)
    if made is not None:
        return made, manifest.root
    made = begin_tree(target, part, manifest.root, files, trees.next_turn(part, manifest.root))
    for path in files:
        goal = made.files / path
        if path in changed:
            goal.parent.mkdir(parents=True, exist_ok=True)
            goal.write_bytes(changed[path])
        else:
            link_or_copy(tree.files / path, goal)
    (made.files / part).write_bytes(manifest.content())
    compress(made.files, [part, *files], tree.files)
    left = tuple(one for one in tree.about.lists if one not in over)
    # Nobody looked yet at what is new in it.
    made = made.knowing(mark="", lists=left, register=tree.about.register)
    return place_tree(made), manifest.root


def _changed(
    files: Path, part: str, before: Mapping[str, str], over: Mapping[Shown, Closed], promises: Promises
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that say something else once the lists ``over`` are closed."""
    for one, closed in over.items():
        for path in one.paths:
            if path.endswith(".html"):
                language = _language_of(path, promises)
                yield path, closed_page((files / path).read_text("utf-8"), closed, language)
        if closed.file is not None:
            yield closed.file.path, closed.file.content
    slug = part.rpartition("/")[0]
    package = f"{slug}/{_PACKAGE}"
    if package not in before:
        return
    content = _package((files / package).read_bytes(), over)
    yield package, content
    was, now = before[package], hashlib.sha256(content).hexdigest()
    for top in (slug, *(f"{language.code}/{slug}" for language in promises.languages[1:])):
        home = f"{top}/{_HOME}"
        if home in before:
            text = (files / home).read_bytes().replace(was.encode(), now.encode())
            yield home, text.replace(f'"{was[:8]}"'.encode(), f'"{now[:8]}"'.encode())


def _package(before: bytes, over: Mapping[Shown, Closed]) -> bytes:
    """Return a village's Data Package with what is published of the lists ``over`` now."""
    package = json.loads(before)
    names = {path.rpartition("/")[2].rpartition(".")[0] for one in over for path in one.paths}
    files = {closed.file.path.rpartition("/")[2]: closed.file for closed in over.values() if closed.file}
    lines = []
    for entry in package.pop("resources"):
        file = files.get(entry["path"])
        if file is not None:
            entry |= {"bytes": len(file.content), "hash": f"sha256:{file.sha256}"}
        if file is not None or entry["name"] not in names:
            schema = entry.pop("schema")
            lines.append(entry_line(entry, schema_text(schema)))
    return package_text(package, lines).encode()


def _language_of(path: str, promises: Promises) -> Language | None:
    """Return the language of a page by the folder that it stands in."""
    prefix = path.partition("/")[0]
    main = promises.languages[0] if promises.languages else None
    language = next((one for one in promises.languages[1:] if one.code == prefix), main)
    return spoken_of(language) if language is not None else None
