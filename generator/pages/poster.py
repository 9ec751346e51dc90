"""Posters: one disclosure as a sheet for the notice board, with room for signatures and seals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from markupsafe import Markup

from generator.checks.calendar import Duty
from generator.model.period import Period
from generator.model.references import reference_of
from generator.model.resource import Publication, Resource
from generator.model.table import ZERO, Table
from generator.pages.book import Book
from generator.pages.data_package import publish_resource
from generator.pages.period_page import period_view
from generator.pages.qr import qr_svg
from generator.pages.render import Renderer
from generator.pages.tables import RowForm, rows_html
from generator.pages.views import PeriodView
from generator.pages.village_site import site_name
from generator.pages.words import amount, day
from generator.wording import _

PAPERS = ("a4", "a3")
# What hangs together on a wall and can be read standing: some five A4 pages, printed in under two seconds.
MOST_ROWS = 120
_WIDE = 8
# More than any two lines of a log will ever share, and still copied by hand.
_HEAD_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Signature:
    """One field of the box that is signed: what, as registered ("" to be filled in by hand), what to put."""

    label: str
    filled: str
    blank: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The SHA-256 of what is published of the records, and its beginning in groups of four."""

    digest: str
    short: str


@dataclass(frozen=True, slots=True)
class PosterView:
    """One sheet, or several: the page's own view, cut down to what hangs on a wall.

    ``left_out`` says what is not printed and where it is; ``address`` and ``code`` are "" in a county
    without an address on the web. ``log_head`` begins the hash of the log's line before this sheet.
    """

    page: PeriodView
    heading: str
    foot: str
    is_demo: bool
    is_wide: bool
    totals: tuple[str, ...]
    left_out: str
    signatures: tuple[Signature, ...]
    display: str
    proof: Proof | None
    address: str
    explained: str
    code: Markup
    reference: str
    contacts: tuple[tuple[str, str, str], ...]
    log_head: str = ""


def resources_for(book: Book, stem: str, items: Sequence[str] = ()) -> Iterator[Resource]:
    """Yield what the village disclosed in the period or under the stem ``stem``, in the menu's order.

    A quarter holds its months and days. ``items`` are names or titles; none stands for all.
    """
    asked = _period_of(stem)
    for item in book.shown_items():
        if items and not {item.name, item.title} & set(items):
            continue
        for resource in book.items.get(item.name, ()):
            if resource.stem == stem or (asked is not None and _holds(asked, resource.period)):
                yield resource


def _period_of(stem: str) -> Period | None:
    try:
        return Period.parse(stem)
    except ValueError:
        return None


def _holds(outer: Period, inner: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def poster_view(
    book: Book, resource: Resource, *, most_rows: int = MOST_ROWS, log_head: str = ""
) -> PosterView:
    """Return the sheet of one resource; a list of more than ``most_rows`` is left to the page on the web.

    ``log_head`` is the SHA-256 of the newest line of the publication log, "" in a county without one.
    """
    published = publish_resource(book, resource)
    page = period_view(book, resource, digest=published.digest, download=published.download)
    table = book.tables.get(resource.path)
    rows = _rows_of(resource) if table is not None else 0
    fits = rows <= most_rows
    listed = None if resource.item.is_document else table
    form = RowForm.of_filled(listed) if listed is not None and fits else None
    settings = book.promises.settings
    site = f"{settings.site_url.rstrip('/')}/" if settings.site_url else ""
    address = f"{site}{book.resource_url(resource)}" if site else ""
    contacts = book.village.contacts or settings.contacts
    return PosterView(
        page=replace(
            page,
            table=_printed(resource, listed, form) if listed is not None and form is not None else None,
            blocks=page.blocks if fits else (),
        ),
        heading=site_name(book),
        foot=f"{book.village.name} {page.title}",
        is_demo=settings.is_demo,
        is_wide=form is not None and len(form.fields) > _WIDE,
        totals=tuple(_totals(resource, listed)) if listed is not None else (),
        left_out="" if fits else _left_out(rows, address),
        signatures=tuple(_signatures(book.duties.get(resource.path))),
        display=_display(book, resource),
        proof=_proof(published.digest),
        address=address,
        explained=f"{site}about-qr/" if site else "",
        code=qr_svg(address, _("本页网址的二维码")) if address else Markup(""),
        reference=reference_of(resource),
        contacts=tuple((c.title, c.phone, c.hours) for c in contacts[:1]),
        log_head=_grouped(log_head[:_HEAD_DIGITS]),
    )


def poster_html(view: PosterView, renderer: Renderer, paper: str) -> str:
    """Return the sheet as a document of its own, for the printer of ``paper`` (one of PAPERS)."""
    return renderer.content("poster.html.j2", "", view=view, paper=paper)


def _rows_of(resource: Resource) -> int:
    if resource.item.is_document:
        return sum(len(part) for part in resource.parts.values())
    return len(resource.table)


def _printed(resource: Resource, table: Table, form: RowForm) -> Markup:
    options = resource.item.laws.get("total", {})
    return rows_html(table, form, total=(str(options.get("label", "")), str(options.get("total", ""))))


def _left_out(rows: int, address: str) -> str:
    if address:
        return _("共 {count} 条，纸上列不下，这里只印合计；{count} 条都在网页上，扫二维码看。").format(
            count=rows
        )
    return _("共 {count} 条，纸上列不下，这里只印合计；{count} 条都在村务公开的网页上。").format(count=rows)


def _totals(resource: Resource, table: Table) -> Iterator[str]:
    """Yield the sums of a list's amounts, where the list has no sums of its own and one payer."""
    schema, laws = resource.item.schema, resource.item.laws
    if not len(table) or schema.name_of("entity") or {"total", "of_which"} & set(laws):
        return
    if "running_balance" in laws or "period_balance" in laws:
        return
    for field in schema.fields:
        if field.role == "amount" and field.is_numeric:
            total = sum(map(Decimal, table.amounts(field.name)), ZERO)
            shown = _("{name}合计 {total} {unit}").format(
                name=field.name, total=amount(total), unit=field.unit or _("元")
            )
            yield shown


def _newest(duty: Duty | None) -> Publication | None:
    """Return the line of the register by which the sheet hangs: the last correction, else the first."""
    if duty is None:
        return None
    lines = [line for line in (duty.publication, *duty.corrections) if line is not None]
    return max(lines, key=lambda line: line.attempt, default=None)


def _signatures(duty: Duty | None) -> Iterator[Signature]:
    line = _newest(duty)
    prepared = line.prepared_by if line else ""
    reviewed = f"{line.reviewed_by} {day(line.reviewed_on)}".strip() if line else ""
    start = day(line.posted_from) if line else ""
    end = day(line.posted_to) if line else ""
    yield Signature(_("编制"), prepared, _("签字"))
    yield Signature(_("审核"), reviewed, _("签字"))
    yield Signature(_("张贴起"), start, _("张贴人签字"))
    yield Signature(_("张贴止"), end, _("揭下人签字"))


def _display(book: Book, resource: Resource) -> str:
    """Return what is said of the names on a sheet that may hang for some days only."""
    duty = book.duties.get(resource.path)
    if not resource.item.is_private or resource.path not in book.tables:
        return ""
    if duty is None or duty.display is None:
        return ""
    return _("本名单公示到 {end}，到期揭下收回，不得拍照转发。").format(end=day(duty.display.end))


def _proof(digest: str) -> Proof | None:
    if not digest:
        return None
    return Proof(digest, _grouped(digest[:12]))


def _grouped(digits: str) -> str:
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))
