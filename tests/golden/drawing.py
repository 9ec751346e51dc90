"""The content of one page of each kind, drawn from ``county/`` with versions that never change."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from generator.history.repository import Version, Versions
from generator.intake.walk import walk_county
from generator.pages.portal_site import portal_site
from generator.pages.render import Renderer
from generator.pipeline.workshop import summary_of
from generator.promises.promises import load_promises
from tests.pages.drawing import draw, draw_audit, open_village, page_at
from tests.sample import AS_OF, ROOT

FOLDER = Path(__file__).parent
# Golden file: address below the village.
VILLAGE_PAGES = {
    "home": "",
    "category": "topics/finance/",
    "item": "finance/",
    "ledger": "finance/2026-09/",
    "held-back": "finance/2026-07/",
    "list-on-display": "subsidy/2026Q3--elderly/",
    "list-masked": "subsidy/2026Q1--farmland/",
    "election": "election/2026-04-18/",
    "document": "notice/2026-09-21--water/",
    "rules-in-force": "village_rules/2026/",
    "rules-replaced": "village_rules/2023/",
}
PORTAL_PAGES = {"portal": "", "dictionary-item": "dictionary/subsidy/"}


def golden_path(name: str) -> Path:
    """Return where the golden file ``name`` is kept."""
    return FOLDER / f"{name}.html"


def draw_all(root: Path) -> dict[str, str]:
    """Return the content of each kind of page; the county is put together in ``root``."""
    for folder in ("content", "content_private"):
        shutil.copytree(FOLDER / "county" / folder, root / folder)
    for folder in ("schemas", "site_config/profiles"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy2(FOLDER / "county" / "county.yaml", root / "site_config")
    promises = load_promises(root)
    files = sorted(path for path in (root / "content").rglob("*") if path.is_file())
    by_path = {path.relative_to(root).as_posix(): Version("0a1b2c3", date(2026, 10, 13)) for path in files}
    book = open_village(promises, "liuhe", AS_OF, Versions("0a1b2c3", by_path, frozenset()))
    renderer = Renderer(root / "site_config" / "theme")
    county = walk_county(promises)
    summaries = [summary_of(book.judgement)]
    village = draw(book)
    portal = portal_site(promises, county.townships, summaries, renderer)
    titles = {item.name: item.title for item in promises.catalogue.latest()}
    audit = draw_audit(county.townships, summaries, AS_OF, renderer, titles)
    return {
        **{name: page_at(village, url).content for name, url in VILLAGE_PAGES.items()},
        **{name: page_at(portal, url).content for name, url in PORTAL_PAGES.items()},
        "audit": page_at(audit, "").content,
    }
