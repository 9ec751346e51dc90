"""Receipts on a page: closed until somebody opens them, so that nobody pays for pictures unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from generator.checks.receipts import receipts_in, receipts_of
from generator.model.receipts import ROLE, Receipt, Stored
from generator.model.resource import Resource
from generator.model.table import Table
from generator.pages.book import Book
from generator.pages.render import linker
from generator.wording import _, counted


def hidden_columns(table: Table) -> tuple[str, ...]:
    """Return the optional columns of which a page has nothing to show: absent, or receipts of no row."""
    return tuple(
        field.name
        for field in table.schema.fields
        if field.is_optional
        and (field.name not in table.texts or (field.role == ROLE and not any(table.texts[field.name])))
    )


def drawn_receipts(book: Book, resource: Resource, table: Table) -> Mapping[str, list[str]]:
    """Return the cells of the column of receipts as HTML; nothing for a table without any."""
    found = receipts_of(table)
    name = table.schema.name_of(ROLE)
    if not found or name is None:
        return {}
    url = book.resource_url(resource)
    cells = [""] * len(table)
    for index, receipts in found.items():
        cells[index] = str(receipts_html(book, receipts, url))
    return {name: cells}


def period_receipts(book: Book, resource: Resource) -> Markup | None:
    """Return the receipts of a whole period, or None where the register names none."""
    receipts = tuple(dict.fromkeys(_of_lines(book, resource)))
    return receipts_html(book, receipts, book.resource_url(resource)) if receipts else None


def receipts_html(book: Book, receipts: Iterable[Receipt], url: str) -> Markup:
    """Return receipts for the page at ``url``, one below the other, behind a line that counts them."""
    shown = list(receipts)
    title = escape(counted("票据 {count} 张", len(shown)).format(count=len(shown)))
    entries = "".join(_entry(book, receipt, linker(url, book.prefix)) for receipt in shown)
    shown_html = f'<details class="receipts"><summary>{title}</summary>{entries}</details>'
    return Markup(shown_html)  # noqa: S704 (title and entries are escaped)


def receipt_paths(book: Book) -> dict[str, Stored]:
    """Return what of the store is published with a village, by its path below the output, in order.

    That is what the shown tables of public items name; of a table held back, nothing.
    """
    if not book.receipts:
        return {}
    shown: dict[str, Stored] = {}
    for resource in book.judgement.package.resources:
        table = book.tables.get(resource.path)
        if table is None or resource.item.is_private:
            continue
        named = [receipt for receipts in receipts_of(table).values() for receipt in receipts]
        for receipt in (*named, *_of_lines(book, resource)):
            stored = book.receipts.get(receipt.sha256)
            if stored is not None and stored.is_sound:
                shown[_path_of(book, stored)] = stored
    return dict(sorted(shown.items()))


def _of_lines(book: Book, resource: Resource) -> list[Receipt]:
    """Return the receipts that the register names for a period; none of persons, none of one held back."""
    if resource.item.is_private or resource.path not in book.tables:
        return []
    return [
        receipt
        for line in book.judgement.package.publications
        if line.receipts and (line.item, line.stem) == (resource.item.name, resource.stem)
        for receipt in receipts_in(line.receipts)
    ]


def _path_of(book: Book, stored: Stored) -> str:
    # Below the village, not beside it: what one village no longer names must not be taken from another.
    return f"{book.url}receipts/{stored.name}"


def _entry(book: Book, receipt: Receipt, link: Callable[[str], str]) -> str:
    stored = book.receipts.get(receipt.sha256, Stored(receipt.sha256))
    caption = escape(receipt.caption)
    if not stored.is_sound:
        why = _("与登记的指纹不符，未展示") if stored.is_changed else _("票据图像暂缺")
        return f'<p class="sub">{caption}{escape(_("："))}{escape(why)}</p>'
    target = link(_path_of(book, stored))
    if stored.kind == "pdf":
        size = _("PDF，{size} kB").format(size=max(1, round(stored.size / 1000)))
        named = escape(_("{caption}（{size}）").format(caption=receipt.caption, size=size))
        return f'<p><a href="{target}">{named}</a></p>'
    return (
        f'<figure><a href="{target}"><img src="{target}" alt="{caption}" loading="lazy" decoding="async" '
        f'width="{stored.width}" height="{stored.height}"></a><figcaption>{caption}</figcaption></figure>'
    )
