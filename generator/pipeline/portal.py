"""The portal: written beside the villages' sites, with the theme's files and the audit board."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from generator.intake.walk import County
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, manifest_of
from generator.model.site import File
from generator.pages.downloads_page import DOWNLOADS, NO_DOWNLOADS, Downloads
from generator.pipeline.downloads import write_downloads
from generator.pipeline.output import Written, is_intact, stamp_of, write_files
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.workshop import manifest_path, print_site, print_sites
from generator.privacy.allow import load_allowances
from generator.promises.promises import Promises

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
    inputs = json.dumps([setup, summaries, repr(county.townships), facts], ensure_ascii=False)
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
    made = _portal_files(promises, county, summaries, site, as_of, downloads, cache)
    manifest = _manifest(made[PORTAL], beside[PORTAL], summaries, facts)
    made[PORTAL].append(File(MANIFEST, manifest.content()))
    for name, files in made.items():
        paths = chain((file.path for file in files), beside[name])
        left = states.begin(name, paths, targets[name])
        written = write_files(targets[name], files, (path for path in left if path not in beside[name]))
        stamps = written.stamps | {path: stamp_of(targets[name] / path) for path in beside[name]}
        states.save(name, SiteState(inputs, as_of, None, stamps))
        total = Written({}, total.changed + written.changed, total.removed + written.removed)
    return total


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
    summaries: list[dict[str, Any]],
    site: Path,
    as_of: date,
    downloads: Downloads,
    cache: Path,
) -> dict[str, list[File]]:
    # The engine is loaded only when something has to be printed.
    from generator.engine.assets import public_files, theme_files
    from generator.engine.manual import reading_pages
    from generator.engine.shell import Shell
    from generator.pages.audit_site import audit_site
    from generator.pages.portal_site import portal_sites
    from generator.pages.render import Renderer

    root = promises.root
    shell = Shell(root, promises.settings, cache)
    renderer = Renderer(root / "site_config" / "theme", cache)
    titled = _titles(summaries, site)
    readings = reading_pages()
    portals = portal_sites(promises, county.townships, summaries, renderer, titled, downloads, readings)
    titles = {item.name: item.title for item in promises.catalogue.latest()}
    allowed = load_allowances(root).entries
    board = audit_site(county.townships, summaries, as_of, renderer, titles, allowed)
    assets = list(theme_files(root, promises.settings, shell))
    return {
        PORTAL: [*print_sites(shell, portals), *assets, *public_files(shell, assets, promises.languages)],
        AUDIT: [*print_site(shell, board), *assets],
    }


def _titles(summaries: Sequence[Mapping[str, Any]], site: Path) -> dict[str, Mapping[str, Any]]:
    """Return the list of titles that each village's site holds; a site that has none is left out."""
    from generator.pages.search import TITLES, search_url

    found: dict[str, Mapping[str, Any]] = {}
    for summary in summaries:
        path = site / search_url(f"{summary['slug']}/") / TITLES
        try:
            found[summary["slug"]] = json.loads(path.read_bytes())
        except FileNotFoundError:
            continue
    return found
