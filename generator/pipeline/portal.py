"""The portal: written beside the villages' sites, with the theme's files and the audit board."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.intake.walk import County
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File, page_path
from generator.pipeline.orders import manifest_path
from generator.pipeline.output import Written, is_intact, stamp_of, write_files
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.summaries import Reader, Summary
from generator.promises.promises import Promises

if TYPE_CHECKING:
    from generator.pages.audit_site import AuditPlan
    from generator.pages.downloads_page import Downloads

PORTAL, AUDIT = "_portal", "_audit"


@dataclass(frozen=True, slots=True)
class Told:
    """What the portal is told of one village: its summary as packed JSON, and the root of its manifest."""

    slug: str
    summary: bytes
    root: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the portal stands in: where it and the board are written, and for which day and commit.

    ``head`` is the commit that the public records stand at, "" where there is none; ``work`` a folder of no
    worth, in which large files are drafted; ``cache`` one for compiled templates.
    """

    site: Path
    audit: Path
    work: Path
    cache: Path
    as_of: date
    setup: str
    engine: str
    head: str

    def facts(self) -> dict[str, str]:
        """Return what the manifest says of the build."""
        return {"as_of": self.as_of.isoformat(), "engine": self.engine, "commit": self.head}


def write_portal(
    promises: Promises,
    county: County,
    told: Sequence[Told],
    around: Around,
    states: StateFolder,
    before_writing: Callable[[], None] = lambda: None,
) -> Written:
    """Write the portal, the theme's assets and the audit board, each unless nothing in it changed.

    The villages' sites must stand below the site already: what can be found in them is read from there.
    Where only what lies in the villages' files is another, the manifest alone is written anew.
    """
    own = _mark(around.setup, repr(county.townships), *(one.summary for one in told))
    roots = _mark(*(one.root for one in told))
    day = around.as_of.isoformat()
    # Downloads hold the records themselves.
    pages = _mark(own, roots, day) if promises.settings.has_downloads else own
    inputs = {PORTAL: _mark(pages, roots, json.dumps(around.facts())), AUDIT: _mark(own, day)}
    targets = {PORTAL: around.site, AUDIT: around.audit}
    kept = {name: states.load(name) for name in targets}
    stale = [name for name in targets if not _is_right(kept[name], inputs[name], targets[name])]
    if not stale:
        return Written({}, 0, 0)
    before_writing()
    portal = kept[PORTAL]
    if stale == [PORTAL] and portal is not None and portal.summary.get("pages") == pages:
        found = _with_manifest(portal, inputs[PORTAL], told, around, states)
        if found is not None:
            return found
    reader = Reader()
    summaries = [Summary(one.summary, reader) for one in told]
    total = Written({}, 0, 0)
    press = _Press(promises, county, summaries, around)
    if PORTAL in stale:
        files, beside = press.portal()
        own_files = manifest_of(files).files | dict(beside)
        files.append(File(MANIFEST, _manifest(own_files, told, around)))
        state = SiteState(inputs[PORTAL], around.as_of, None, {}, {"pages": pages, "files": dict(own_files)})
        total = _written(PORTAL, [file.path for file in files], files, beside, around.site, state, states)
    if AUDIT in stale:
        state = SiteState(inputs[AUDIT], around.as_of, None, {})
        paths, boards = press.board()
        board = _written(AUDIT, paths, boards, {}, around.audit, state, states)
        total = Written({}, total.changed + board.changed, total.removed + board.removed)
    return total


def _is_right(state: SiteState | None, inputs: str, target: Path) -> bool:
    return state is not None and state.fingerprint == inputs and is_intact(target, state.stamps)


def _with_manifest(
    state: SiteState, inputs: str, told: Sequence[Told], around: Around, states: StateFolder
) -> Written | None:
    """Write a new manifest about pages that are as they were; None where they are not."""
    if not is_intact(around.site, state.stamps):
        return None
    content = _manifest(state.summary["files"], told, around)
    written = write_files(around.site, [File(MANIFEST, content)], ())
    states.save(PORTAL, replace(state, fingerprint=inputs, stamps=state.stamps | written.stamps))
    return written


def _written(
    name: str,
    paths: Sequence[str],
    files: Iterable[File],
    beside: Mapping[str, str],
    target: Path,
    state: SiteState,
    states: StateFolder,
) -> Written:
    """Write ``files``, which stand at ``paths``; those ``beside`` them are on disk already."""
    left = states.begin(name, [*paths, *beside], target)
    written = write_files(target, files, (path for path in left if path not in beside))
    stamps = written.stamps | {path: stamp_of(target / path) for path in beside}
    states.save(name, replace(state, stamps=stamps))
    return written


def _manifest(files: Mapping[str, str], told: Iterable[Told], around: Around) -> bytes:
    """Return the manifest of the whole site: the portal's files, and the roots of the villages' own."""
    parts = {manifest_path(one.slug): one.root for one in told}
    return Manifest(dict(files), parts, around.facts()).content()


def _mark(*told: str | bytes) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in told:
        content = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        # What is packed may hold any byte: its length tells where it ends.
        digest.update(f"{len(content)}\0".encode() + content)
    return digest.hexdigest()


class _Press:
    """Prints the portal and the board; the engine is loaded only when something has to be printed."""

    def __init__(
        self, promises: Promises, county: County, summaries: Sequence[Summary], around: Around
    ) -> None:
        from generator.engine.assets import theme_files
        from generator.engine.shell import Shell
        from generator.pages.render import Renderer

        root = promises.root
        self._promises, self._county, self._summaries, self._around = promises, county, summaries, around
        self._shell = Shell(root, promises.settings, around.cache, around.setup)
        self._renderer = Renderer(root / "site_config" / "theme", around.cache)
        self._assets = list(theme_files(root, promises.settings, self._shell))

    def portal(self) -> tuple[list[File], dict[str, str]]:
        """Return the files of the portal, and those that are on disk already, with their SHA-256."""
        from generator.engine.assets import public_files
        from generator.engine.manual import reading_pages
        from generator.pages.downloads_page import DOWNLOADS
        from generator.pages.portal_site import portal_sites
        from generator.pipeline.workshop import print_sites

        promises, shell = self._promises, self._shell
        downloads = self._downloads()
        site, summaries = self._around.site, self._summaries
        readings = reading_pages()
        portals = portal_sites(
            promises,
            self._county.townships,
            summaries,
            self._renderer,
            lambda prefix: _Titles(site, summaries, prefix),
            downloads,
            readings,
        )
        public = public_files(shell, self._assets, promises.languages)
        made = [*print_sites(shell, portals), *self._assets, *public]
        shell.keep()
        beside = {f"{DOWNLOADS}{file.name}": file.sha256 for file in downloads.files}
        return made, beside

    def board(self) -> tuple[list[str], Iterator[File]]:
        """Return the paths of the audit board's files, and the files, each made when it is asked for."""
        from generator.pages.audit_site import audit_plan
        from generator.privacy.allow import load_allowances

        promises = self._promises
        titles = {item.name: item.title for item in promises.catalogue.latest()}
        allowed = load_allowances(promises.root).entries
        plan = audit_plan(
            self._county.townships, self._summaries, self._around.as_of, self._renderer, titles, allowed
        )
        paths = [*(page_path(url) for url, _make in plan.pages), *(file.path for file in self._assets)]
        return paths, chain(self._boards(plan), self._assets)

    def _boards(self, plan: AuditPlan) -> Iterator[File]:
        for url, make in plan.pages:
            yield File(page_path(url), self._shell.print(plan.site, make()))
        self._shell.keep()

    def _downloads(self) -> Downloads:
        from generator.pages.downloads_page import NO_DOWNLOADS

        if not self._promises.settings.has_downloads:
            return NO_DOWNLOADS
        from generator.pipeline.downloads import write_downloads

        around = self._around
        return write_downloads(self._promises, around.site, around.work, around.as_of)


class _Titles(Mapping[str, Mapping[str, Any]]):
    """The list of titles that each village's site holds, read when it is asked for and not kept.

    A village whose site has none is left out. ``prefix`` is the folder of the language's pages.
    """

    def __init__(self, site: Path, summaries: Sequence[Summary], prefix: str) -> None:
        from generator.pages.search import TITLES, search_url

        slugs = [summary["slug"] for summary in summaries]
        paths = {slug: site / prefix / search_url(f"{slug}/") / TITLES for slug in slugs}
        self._paths = {slug: path for slug, path in paths.items() if path.is_file()}

    def __getitem__(self, slug: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self._paths[slug].read_bytes())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
