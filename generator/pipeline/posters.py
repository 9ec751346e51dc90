"""Posters: from a county's root folder to the sheets that one village hangs out for one period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.engine.poster_pdf import pdf_of
from generator.history.repository import read_versions
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import read_log
from generator.model.finding import Finding, SetupError
from generator.model.site import File
from generator.pages.book import Book, open_book
from generator.pages.poster import MOST_ROWS, poster_html, poster_view, resources_for
from generator.pages.render import Renderer
from generator.pipeline.guard import Guard, finding_of
from generator.promises.promises import load_promises
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Poster:
    """One printed sheet: its title, the PDF and what is to be said of it.

    ``is_closed`` tells that the names of a list are not on it; ``missing`` are characters without a font.
    """

    title: str
    file: File
    pages: int
    is_held_back: bool
    is_closed: bool
    is_cut: bool
    missing: str


@dataclass(frozen=True, slots=True)
class Posters:
    """What can be printed for a village; nothing while its records hold what must not get out."""

    book: Book
    leaks: tuple[Finding, ...]
    renderer: Renderer
    guard: Guard
    log_head: str = ""

    def print(
        self, stem: str, items: Sequence[str] = (), *, paper: str = "a4", most_rows: int = MOST_ROWS
    ) -> Iterator[Poster]:
        """Yield a PDF for each disclosure of the period; raises SetupError where no PDF can be made."""
        for resource in resources_for(self.book, stem, items):
            view = poster_view(self.book, resource, most_rows=most_rows, log_head=self.log_head)
            html = poster_html(view, self.renderer, paper)
            name = f"{self.book.village.slug}-{resource.item.name}-{resource.stem}-{paper}"
            leaks = self.guard.leaks_of_files(self.book.village, [File(f"{name}.html", html.encode("utf-8"))])
            if leaks:
                raise SetupError(_("{title}含有不该公开的个人信息，没有印").format(title=view.page.title))
            pdf = pdf_of(html)
            yield Poster(
                title=view.page.title,
                file=File(f"{name}.pdf", pdf.content),
                pages=pdf.pages,
                is_held_back=resource.is_held_back,
                is_closed=resource.path in self.book.closed,
                is_cut=bool(view.left_out),
                missing=pdf.missing,
            )


def open_posters(root: Path, village: str, as_of: date) -> Posters:
    """Return what can be printed for ``village`` (slug, code or name) on a day; raises SetupError."""
    promises = load_promises(root)
    require_laws(promises.catalogue)
    county = walk_county(promises)
    chosen = county.village_named(village)
    if chosen is None:
        raise SetupError(_("找不到村「{village}」").format(village=village))
    guard = Guard(promises, county.townships, as_of)
    leaks = [leak for leak in guard.leaks_of_records(chosen) if leak.is_error]
    versions = read_versions(promises.settings.content, promises.shown(promises.settings.content))
    package, stored = read_with_receipts(Intake(promises), chosen, promises)
    book = open_book(judge(package, promises, as_of), promises, versions, stored)
    renderer = Renderer(root / "site_config" / "theme")
    return Posters(book, tuple(map(finding_of, leaks)), renderer, guard, _log_head(root))


def _log_head(root: Path) -> str:
    """Return the SHA-256 of the log's newest line; "" where there is no log, or one that does not hold."""
    try:
        entries, faults = read_log((root / LOG).read_bytes())
    except OSError:
        return ""
    return entries[-1].digest if entries and not faults else ""
