"""The portal: written beside the villages' sites, with the theme's files and the audit board."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from generator.intake.walk import County
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest
from generator.model.site import File
from generator.pipeline.notes import Notes
from generator.pipeline.orders import manifest_path
from generator.pipeline.output import Written, is_intact, write_files
from generator.pipeline.sheets import Target, write_sheets
from generator.pipeline.state import SiteState, StateFolder
from generator.pipeline.summaries import Reader, Summary, digest_of, mark_of_villages
from generator.promises.promises import Promises

PORTAL, AUDIT = "_portal", "_audit"


@dataclass(frozen=True, slots=True)
class Told:
    """What the portal is told of one village: its summary as packed JSON, and the root of its manifest.

    Where the site is of before, since it could not be built now, ``doubt`` tells what of it was left.
    """

    slug: str
    summary: bytes
    root: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the portal stands in: where it and the board are written, and for which day and commit.

    ``head`` is the commit that the public records stand at, "" where there is none; ``work`` a folder of no
    worth, in which large files are drafted; ``cache`` one for compiled templates; ``notes`` the file of what
    was summed up of the villages before.
    """

    site: Path
    audit: Path
    work: Path
    cache: Path
    notes: Path
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
    own = digest_of(around.setup, repr(county.townships), *(one.summary for one in told), *_doubtful(told))
    roots = digest_of(*(one.root for one in told))
    day = around.as_of.isoformat()
    # Downloads hold the records themselves.
    pages = digest_of(own, roots, day) if promises.settings.has_downloads else own
    inputs = {PORTAL: digest_of(pages, roots, json.dumps(around.facts())), AUDIT: digest_of(own, day)}
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
    from generator.pipeline.portal_press import PortalPress

    reader = Reader()
    summaries = [Summary(one.summary, reader, one.doubt) for one in told]
    notes = Notes(around.notes, partial(mark_of_villages, around.setup))
    press = PortalPress(promises, county.townships, summaries, around, notes.remember)
    total = Written({}, 0, 0)
    if PORTAL in stale:
        sheets, beside = press.portal()
        state = SiteState(inputs[PORTAL], around.as_of, None, {}, {"pages": pages})
        target = Target(PORTAL, around.site, states)
        total = write_sheets(
            target, sheets, state, beside, lambda files: File(MANIFEST, _manifest(files, told, around))
        )
    if AUDIT in stale:
        state = SiteState(inputs[AUDIT], around.as_of, None, {})
        board = write_sheets(Target(AUDIT, around.audit, states), press.board(), state, {})
        total = Written({}, total.changed + board.changed, total.removed + board.removed)
    press.keep()
    notes.save(is_all=len(stale) == len(targets))
    return total


def _doubtful(told: Iterable[Told]) -> Iterator[str]:
    yield from (f"{one.slug} {one.doubt}" for one in told if one.doubt)


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


def _manifest(files: Mapping[str, str], told: Iterable[Told], around: Around) -> bytes:
    """Return the manifest of the whole site: the portal's files, and the roots of the villages' own."""
    parts = {manifest_path(one.slug): one.root for one in told}
    return Manifest(dict(files), parts, around.facts()).content()
