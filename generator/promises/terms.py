"""Terms: every word of schemas, law and settings that pages print, for whoever translates them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.item import DisclosureItem, TableSchema
from generator.promises.promises import Promises

_CHINESE = re.compile(r"[\u3400-\u9fff]")


def terms_of(promises: Promises) -> dict[str, str]:
    """Return each word with the file where it first stands, in order of these."""
    found: dict[str, str] = {}
    for text, file in (
        *_of_settings(promises),
        *_of_items(promises),
        *_of_law(promises),
        *_of_codes(promises),
    ):
        if _CHINESE.search(text):
            found.setdefault(text, file)
    return found


def _of_settings(promises: Promises) -> Iterator[tuple[str, str]]:
    settings, file = promises.settings, "site_config/county.yaml"
    texts = [settings.title, settings.county_name, *settings.categories.values()]
    texts += [text for contact in settings.contacts for text in (contact.title, contact.hours)]
    yield from ((text, file) for text in texts)


def _of_items(promises: Promises) -> Iterator[tuple[str, str]]:
    every = [item for versions in promises.catalogue.versions.values() for item in versions]
    for item in (*every, promises.catalogue.register):
        yield from ((text, item.source) for text in _of_item(item))


def _of_item(item: DisclosureItem) -> Iterator[str]:
    yield from (item.title, item.description, item.question, *item.schemes.values())
    yield from _of_schema(item.schema)
    for name, part in item.parts.items():
        yield part.title or name
        yield from _of_schema(part)
    # A money table may call its two sides otherwise than its columns.
    sides = item.laws.get("period_balance", {})
    yield from (str(sides[side]) for side in ("income", "expense") if side in sides)


def _of_schema(schema: TableSchema) -> Iterator[str]:
    yield schema.title
    for field in schema.fields:
        yield from (field.name, field.unit, field.description, *field.constraints.get("enum", ()))


def _of_law(promises: Promises) -> Iterator[tuple[str, str]]:
    for article in promises.law.articles.values():
        yield from (
            (text, "schemas/law") for text in (article.act, article.short, article.title, article.summary)
        )
    yield from ((institution.title, "schemas/law") for institution in promises.institutions)


def _of_codes(promises: Promises) -> Iterator[tuple[str, str]]:
    codes, file = promises.codes, "schemas/codes"
    texts = [codes.disclosure_source, codes.account_source]
    texts += [*codes.disclosure_groups.values(), *codes.account_groups.values()]
    texts += [text for one in codes.disclosures for text in (one.title, *one.categories)]
    texts += [text for account in codes.accounts for text in (account.name, *account.formerly)]
    texts += [text for old in codes.retired for text in (old.name, old.note, *old.successors)]
    yield from ((text, file) for text in texts)
