"""Asking: the panel by which one asks about a page or a row of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.item import DisclosureItem
from generator.model.references import reference_in, reference_of
from generator.model.resource import Resource
from generator.model.village import Contact
from generator.pages.book import Book
from generator.wording import _, said


@dataclass(frozen=True, slots=True)
class AskingView:
    """The panel on which a page can be asked about.

    ``row`` is an example of a row's number and ``column`` where it stands ("": no rows to ask about).
    ``message`` is to be copied; ``replies`` are (title, note, address).
    """

    reference: str
    column: str
    row: str
    contact: tuple[str, str, str] | None
    sms: str
    email: str
    form: str
    message: str
    replies: tuple[tuple[str, str, str], ...]


def period_asking(book: Book, resource: Resource, title: str, keys: Sequence[str]) -> AskingView:
    """Return the panel of one resource's page, whose rows are called ``keys``."""
    reference, item = reference_of(resource), resource.item
    replies = tuple(
        (
            _("问第 {row} 号：{title}").format(row=reply.row, title=reply.title)
            if reply.row
            else reply.title,
            reply.note,
            f"{book.resource_url(reply.resource)}#{reply.anchor}",
        )
        for reply in book.replies.get(resource.path, ())
    )
    return _panel(book, reference, title, _key_column(item, keys), keys, replies)


def item_asking(book: Book, item: DisclosureItem) -> AskingView:
    """Return the panel of an item's page."""
    return _panel(book, reference_in(book.village.slug, item.name), said(item.title), "", (), ())


def _key_column(item: DisclosureItem, keys: Sequence[str]) -> str:
    if not keys:
        return ""
    # Rows without a key of their own are counted from the top.
    is_counted = keys[0] == "1" and list(keys) == [str(number) for number in range(1, len(keys) + 1)]
    return _("从上往下数") if is_counted or not item.schema.primary_key else said(item.schema.primary_key[0])


def _panel(
    book: Book,
    reference: str,
    title: str,
    column: str,
    keys: Sequence[str],
    replies: tuple[tuple[str, str, str], ...],
) -> AskingView:
    asking = book.promises.settings.asking
    contact = next(iter(book.village.contacts or book.promises.settings.contacts), None)
    return AskingView(
        reference=reference,
        column=column,
        row=keys[-1] if keys else "",
        contact=(said(contact.title), contact.phone, said(contact.hours)) if contact else None,
        sms=f"sms:{_dialled(asking.sms)}?body={quote(_('问'))}%20{reference}%20" if asking.sms else "",
        email=f"mailto:{asking.email}?subject={reference}" if asking.email else "",
        form=asking.form_for(reference),
        message=_message(book, contact, title, reference),
        replies=replies,
    )


def _message(book: Book, contact: Contact | None, title: str, reference: str) -> str:
    text = _("我想问{village}的「{title}」，编号 {reference}。").format(
        village=book.village.name, title=title, reference=reference
    )
    return f"{said(contact.title)}{_('：')}{text}" if contact else text


def _dialled(phone: str) -> str:
    return "".join(mark for mark in phone if mark.isdigit() or mark == "+")
