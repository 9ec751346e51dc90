"""The portal: written beside the villages' sites, with the theme's files and the audit board."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.intake.walk import County
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File, Page, Site, page_path
from generator.pages.downloads_page import DOWNLOADS, NO_DOWNLOADS, Downloads
from generator.pipeline.downloads import write_downloads
from generator.pipeline.output import Written, is_intact, stamp_of, write_files
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.workshop import manifest_path, print_sites
from generator.privacy.allow import load_allowances
from generator.promises.promises import Promises

if TYPE_CHECKING:
    from generator.engine.shell import Shell
    from generator.pages.audit_site import AuditPlan
    from generator.pages.render import Renderer

PORTAL, AUDIT = "_portal", "_audit"


def write_portal(
    promises: Promises,
    county: County,
    summaries: list[dict[str, Any]],
    *,
    setup: str,
    site: Path,
    audit: Path,
    states: StateFolder,
    as_of: date,
    head: str,
    work: Path,
    cache: Path,
) -> Written:
    """Write the portal, the theme's assets and the audit board, unless nothing in them changed.

    The villages' sites must stand below ``site`` already: what can be found in them is read from there.
    ``head`` is the commit that the public records stand at, "" where there is none; ``work`` a folder of
    no worth, in which large files are drafted; ``cache`` one for compiled templates.
    """
    facts = {"as_of": as_of.isoformat(), "engine": version("cunwu"), "commit": head}
    told = (json.dumps(part) for part in chain((setup, repr(county.townships), facts), summaries))
    inputs = _digest_of(told)
    targets = {PORTAL: site, AUDIT: audit}
    kept = {name: states.load(name) for name in targets}
    total = Written({}, 0, 0)
    if all(
        s is not None and s.fingerprint == inputs and is_intact(targets[n], s.stamps) for n, s in kept.items()
    ):
        return total
    downloads = NO_DOWNLOADS
    if promises.settings.has_downloads:
        downloads = write_downloads(promises, site, work, as_of)
    beside = {PORTAL: {f"{DOWNLOADS}{file.name}": file.sha256 for file in downloads.files}, AUDIT: {}}
    # The engine is loaded only when something has to be printed.
    from generator.engine.assets import theme_files
    from generator.engine.shell import Shell
    from generator.pages.render import Renderer

    shell = Shell(promises.root, promises.settings, cache)
    renderer = Renderer(promises.root / "site_config" / "theme", cache)
    assets = theme_files(promises.root, promises.settings, shell)
    made = _portal_files(promises, county, summaries, site, downloads, shell, renderer, assets)
    made.append(File(MANIFEST, _manifest(made, beside[PORTAL], summaries, facts).content()))
    plan = _audit_plan(promises, county, summaries, as_of, renderer)
    boards = {page_path(url): partial(_printed, shell, plan.site, make) for url, make in plan.pages}
    outputs: dict[str, tuple[list[str], Iterable[File]]] = {
        PORTAL: ([file.path for file in made], made),
        AUDIT: (
            [*boards, *(file.path for file in assets)],
            chain((File(path, board()) for path, board in boards.items()), assets),
        ),
    }
    for name, (paths, files) in outputs.items():
        left = states.begin(name, chain(paths, beside[name]), targets[name])
        written = write_files(targets[name], files, (path for path in left if path not in beside[name]))
        stamps = written.stamps | {path: stamp_of(targets[name] / path) for path in beside[name]}
        states.save(name, SiteState(inputs, as_of, None, stamps))
        total = Written({}, total.changed + written.changed, total.removed + written.removed)
    return total


def _digest_of(parts: Iterable[str]) -> str:
    """Return a hash over texts: what many villages come to is too long to be kept and compared as it is."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _manifest(
    files: Sequence[File],
    beside: Mapping[str, str],
    summaries: Sequence[Mapping[str, Any]],
    facts: Mapping[str, str],
) -> Manifest:
    """Return the manifest of the whole site: the portal's files, and the roots of the villages' own.

    ``beside`` are the files that are on disk already, with their SHA-256.
    """
    own = manifest_of((file.path, file.content) for file in files)
    parts = {manifest_path(summary["slug"]): summary["root"] for summary in summaries}
    return replace(own, files=own.files | dict(beside), parts=parts, facts=facts)


def _portal_files(
    promises: Promises,
    county: County,
    summaries: Sequence[Mapping[str, Any]],
    site: Path,
    downloads: Downloads,
    shell: Shell,
    renderer: Renderer,
    assets: Sequence[File],
) -> list[File]:
    from generator.engine.assets import public_files
    from generator.pages.portal_site import portal_sites

    titles = _Titles(site, summaries)
    portals = portal_sites(promises, county.townships, summaries, renderer, titles, downloads)
    return [*print_sites(shell, portals), *assets, *public_files(shell, assets, promises.languages)]


def _audit_plan(
    promises: Promises,
    county: County,
    summaries: Sequence[Mapping[str, Any]],
    as_of: date,
    renderer: Renderer,
) -> AuditPlan:
    from generator.pages.audit_site import audit_plan

    titles = {item.name: item.title for item in promises.catalogue.latest()}
    allowed = load_allowances(promises.root).entries
    return audit_plan(county.townships, summaries, as_of, renderer, titles, allowed)


def _printed(shell: Shell, site: Site, make: Callable[[], Page]) -> bytes:
    return shell.render(site, make()).encode("utf-8")


class _Titles(Mapping[str, Mapping[str, Any]]):
    """The list of titles that each village's site holds, read when it is asked for and not kept.

    A village whose site has none is left out.
    """

    def __init__(self, site: Path, summaries: Sequence[Mapping[str, Any]]) -> None:
        from generator.pages.search import TITLES, search_url

        paths = {summary["slug"]: site / search_url(f"{summary['slug']}/") / TITLES for summary in summaries}
        self._paths = {slug: path for slug, path in paths.items() if path.is_file()}

    def __getitem__(self, slug: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self._paths[slug].read_bytes())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
