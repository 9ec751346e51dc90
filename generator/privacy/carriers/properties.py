"""Properties: who wrote an Office document, for whom, and whatever else its file says about itself."""

from __future__ import annotations

from collections.abc import Iterator

from generator.privacy.carriers.piece import Lifted, Piece
from generator.privacy.carriers.xml_parts import parse_xml


def read_properties(content: bytes) -> Iterator[Lifted]:
    """Yield each property of docProps/core.xml, app.xml or custom.xml under its own name."""
    found: list[Piece] = []
    path: list[str] = []
    parts: list[str] = []
    custom = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal custom
        path.append(name)
        parts.clear()
        if name == "property":
            custom = attributes.get("name", "")
            found.append(Piece(custom, where="property"))

    def end(name: str) -> None:
        value = "".join(parts).strip()
        parts.clear()
        path.pop()
        if value:
            # Lists (the titles of sheets, say) are named after the property that holds them.
            inside = path[1] if len(path) > 1 else name
            found.append(Piece(value, where=f"property:{custom or inside}"))

    parse_xml(content, start, end, parts.append)
    yield from found
