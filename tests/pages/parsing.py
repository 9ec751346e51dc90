"""Parsing: what stands in a page, as a browser would take it apart."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Parsed(HTMLParser):
    """A page's tags with their attributes, its text, and the text of every kind of element."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.pieces: list[str] = []
        self.unbalanced: list[str] = []
        self._open: list[tuple[str, int]] = []
        self._texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        self.unbalanced += [tag for tag, _start in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append((tag, len(self.pieces)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.unbalanced.append(f"/{tag}")
            return
        _tag, start = self._open.pop()
        self._texts.setdefault(tag, []).append("".join(self.pieces[start:]))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    @property
    def text(self) -> str:
        """Return all text, as one piece."""
        return "".join(self.pieces)

    def texts(self, tag: str) -> list[str]:
        """Return the text of each element ``tag``, in order of their ends, white space as one blank."""
        return [" ".join(text.split()) for text in self._texts.get(tag, [])]

    def values(self, attribute: str) -> list[str]:
        """Return every value of ``attribute``."""
        return [attributes[attribute] for _tag, attributes in self.tags if attribute in attributes]

    def shape(self) -> Counter[tuple[str, tuple[str, ...]]]:
        """Return how often each tag stands there, with the names of its attributes."""
        return Counter((tag, tuple(sorted(attributes))) for tag, attributes in self.tags)

    def rows(self) -> list[list[str]]:
        """Return the body rows of all tables, cell by cell."""
        rows: list[list[str]] = []
        cells = iter(self.texts("td"))
        for tag, _attributes in self.tags:
            if tag == "tr":
                rows.append([])
            elif tag == "td":
                rows[-1].append(next(cells))
        return [row for row in rows if row]


def squeeze(text: str) -> str:
    """Return ``text`` without any white space."""
    return "".join(text.split())
