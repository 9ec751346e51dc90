"""Reading HTML back: what a person sees and where links lead."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin


class _Reader(HTMLParser):
    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag, self.depth = tag, 0
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.tag:
            self.depth += 1
        if self.depth:
            self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data.split()


def words_in(html: str, tag: str = "body") -> list[str]:
    """Return the visible words below ``tag``."""
    reader = _Reader(tag)
    reader.feed(html)
    return reader.words


def links_in(html: str, url: str, tag: str = "html") -> list[str]:
    """Return where the links below ``tag`` lead, as paths from the output folder."""
    reader = _Reader(tag)
    reader.feed(html)
    return [urljoin(f"http://site/{url}", link) for link in reader.links]
