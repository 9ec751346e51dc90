"""Withdrawing: lists of persons whose display is over are taken out of a release made while they hung."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, read_manifest
from generator.promises.promises import Promises
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
from generator.wording import _, speaking

_PACKAGE, _HOME = "data/datapackage.json", "index.html"
_ARTICLE = re.compile(r"(<article[^>]*>\s*(?:<h1[^>]*>.*?</h1>)?).*(</article>)", re.DOTALL)
_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]*(")')


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was taken out of a release: how many lists, of which villages; and its manifest from then on."""

    lists: int
    villages: tuple[str, ...]
    manifest: Manifest


def withdraw(target: Path, release: Path, day: date, registers: Registers) -> Withdrawal:
    """Take out of ``release`` the lists that nobody may see on ``day`` any more.

    Their pages say so, their data is gone; everything else stays, and the manifests say what is there.
    """
    manifest, trees = manifest_in(release), list_trees(target)
    count, villages, parts = 0, [], dict(manifest.parts)
    for part, tree in trees_of(release).items():
        if not tree.about.lists:
            continue
        slug = part.rpartition("/")[0]
        now = {} if registers.digest(slug) == tree.about.register else registers.ends(slug, day)
        over = [one for one in tree.about.lists if one.is_over(day, now.get((one.item, one.stem)))]
        if over:
            less, root = _without(target, trees, tree, over, registers.promises)
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


def _without(
    target: Path, trees: Trees, tree: Tree, over: list[Shown], promises: Promises
) -> tuple[Tree, str]:
    """Return a tree like ``tree`` that shows none of ``over``, and the root of its manifest."""
    part = tree.about.part
    before = read_manifest((tree.files / part).read_bytes()).files
    changed = dict(_changed(tree.files, part, before, over, promises))
    gone = {path for one in over for path in one.paths} - changed.keys()
    files = {
        path: hashlib.sha256(changed[path]).hexdigest() if path in changed else digest
        for path, digest in before.items()
        if path not in gone
    }
    manifest = Manifest(files)
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
    made = made.knowing(mark=tree.about.mark, lists=left, register=tree.about.register)
    return place_tree(made), manifest.root


def _changed(
    files: Path, part: str, before: Mapping[str, str], over: list[Shown], promises: Promises
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that say something else without the lists ``over``."""
    for one in over:
        for path in one.paths:
            if path.endswith(".html"):
                yield path, _closed((files / path).read_text("utf-8"), path, one.end, promises)
    slug = part.rpartition("/")[0]
    package = f"{slug}/{_PACKAGE}"
    if package not in before:
        return
    names = {path.rpartition("/")[2].rpartition(".")[0] for one in over for path in one.paths}
    kept = json.loads((files / package).read_bytes())
    kept["resources"] = [entry for entry in kept["resources"] if entry["name"] not in names]
    entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in kept.pop("resources"))
    content = f'{json.dumps(kept, ensure_ascii=False)[:-1]}, "resources": [\n{entries}\n]}}\n'.encode()
    yield package, content
    was, now = before[package], hashlib.sha256(content).hexdigest()
    for top in (slug, *(f"{language.code}/{slug}" for language in promises.languages[1:])):
        home = f"{top}/{_HOME}"
        if home in before:
            text = (files / home).read_bytes().replace(was.encode(), now.encode())
            yield home, text.replace(f'"{was[:8]}"'.encode(), f'"{now[:8]}"'.encode())


def _closed(page: str, path: str, end: str, promises: Promises) -> bytes:
    """Return the page of a list as it may be seen after its display: its title, and why it is empty."""
    prefix = path.partition("/")[0]
    main = promises.languages[0] if promises.languages else None
    language = next((one for one in promises.languages[1:] if one.code == prefix), main)
    with speaking(language):
        why = html.escape(_("公示期已满（到 {end} 为止），名单不再显示。").format(end=end))
        how = html.escape(_("网站放回了以前的版本，这一页按今天的规定换成了这句话。"))
    said = f'\n<p class="say">{why}</p>\n<p class="sub">{how}</p>\n'
    text, count = _ARTICLE.subn(lambda found: f"{found[1]}{said}{found[2]}", page, count=1)
    if not count:
        # A page that is not as we print them is not kept in pieces.
        return f'<!doctype html><html><meta charset="utf-8"><title>-</title>{said}</html>\n'.encode()
    return _DESCRIPTION.sub(lambda found: f"{found[1]}{why}{found[2]}", text).encode()
