"""One village on its own: from the root folder to its finished site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.engine.corrections import read_corrections, with_log
from generator.engine.receipt_files import receipt_file
from generator.history.repository import read_versions
from generator.history.timeline import read_timeline
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.finding import SetupError
from generator.model.site import Site
from generator.pages.book import open_book
from generator.pages.editions import spoken_of
from generator.pages.receipts import receipt_paths
from generator.pages.render import Renderer
from generator.pages.village_site import village_site
from generator.promises.promises import load_promises
from generator.wording import _, speaking


def load_site(root: Path, village: str | None) -> Site:
    """Return the site of ``village`` (slug, code or name; None: the first), judged on the county's own day.

    Without an ``as_of`` in the settings the day is that of the newest record, so that no clock is asked.
    """
    promises = load_promises(root)
    require_laws(promises.catalogue)
    county = walk_county(promises)
    own = [known for known in county.villages if known.kind in ("village", "community")]
    chosen = county.village_named(village) if village else (own[0] if own else None)
    if chosen is None:
        raise SetupError(_("找不到村「{village}」").format(village=village or ""))
    package, stored = read_with_receipts(Intake(promises), chosen, promises)
    as_of = promises.settings.as_of
    if as_of is None:
        as_of = max((r.period.end for r in package.resources), default=promises.settings.disclosure_start)
    content = promises.settings.content
    shown = promises.shown(content)
    versions = read_versions(content, shown)
    judgement = judge(package, promises, as_of)
    history = with_log(read_timeline(content, shown), promises)
    timeline = history.parted([chosen.folder], shown)[chosen.folder]
    corrections = read_corrections(judgement, timeline, promises)
    book = open_book(judgement, promises, versions, stored, corrections)
    main = spoken_of(promises.languages[0]) if promises.languages else None
    with speaking(main):
        site = village_site(book, Renderer(root / "site_config" / "theme"))
    receipts = [receipt_file(promises, path, stored) for path, stored in receipt_paths(book).items()]
    return replace(site, files=(*site.files, *receipts))
