"""Sealed lists: whether what is still said of a list of persons is what was bound while it hung."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape

from generator.intake.package import Intake
from generator.intake.seal_file import SEAL_SUFFIX, read_seal
from generator.intake.walk import County
from generator.model.disclosure_log import Entry
from generator.model.finding import Finding, Place
from generator.model.seal import Seal, seal_of
from generator.model.site import file_name
from generator.pages.closed_list import seal_words

Read = Callable[[str], bytes | None]
_PAGE = "/index.html"
_TAG = re.compile(r"<[^>]*>")


def sealed_paths(paths: Iterable[str]) -> list[str]:
    """Return those of a site's files that are seals of lists whose names are not shown any more."""
    return [path for path in paths if path.endswith(SEAL_SUFFIX)]


def verify_seals(read: Read, paths: Sequence[str], entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the closed lists of a site whose page does not say what their seal does, or whose seal is new.

    ``paths`` are the site's files. Each seal must be one that the log registered: the first time it did so
    the list was still there, so the totals shown today are those of then.
    """
    sealed = sealed_paths(paths)
    if not sealed:
        return
    pages = _pages(paths)
    logged = {digest for entry in entries for digest in entry.changes.values()}
    for path in sealed:
        content = read(path)
        if content is None:
            continue  # that it is missing was said of the manifest
        seal = read_seal(content, path)
        if isinstance(seal, Finding):
            yield seal
            continue
        if entries and hashlib.sha256(content).hexdigest() not in logged:
            yield Finding.of("seal-not-logged", Place(path))
        page = pages.get(path.removesuffix(SEAL_SUFFIX))
        text = (read(page) if page is not None else None) or b""
        if not _says(text.decode("utf-8", "replace"), seal):
            yield Finding.of("seal-page-differs", Place(page or path))


def _pages(paths: Iterable[str]) -> dict[str, str]:
    """Return the page of each record by the name, without its suffix, of the file that publishes it."""
    found = {}
    for path in paths:
        parts = path.split("/")
        if path.endswith(_PAGE) and len(parts) == 4:
            slug, item, stem, _page = parts
            found[f"{slug}/data/{file_name(item, stem)}"] = path
    return found


def _says(page: str, seal: Seal) -> bool:
    # What is kept on one line stands in an element of its own, in the middle of a sentence.
    text = unescape(_TAG.sub("", page))
    return all(any(words in text for words in ways) for ways in seal_words(seal))


def verify_lists(intake: Intake, county: County) -> Iterator[Finding | None]:
    """Yield for each private list that is still held None, or the finding that its seal is not its own."""
    for village in county.villages:
        for resource in intake.read_lists(village):
            if resource.is_forgotten or resource.seal is None or not resource.salt:
                continue
            is_own = seal_of(resource.table, resource.salt) == resource.seal
            yield None if is_own else Finding.of("seal-stale", Place(resource.path))
