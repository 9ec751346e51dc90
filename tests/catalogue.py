"""The catalogue of words: extracts every message into generator/locale/cunwu.pot (``make catalogue``)."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[1]
POT = ROOT / "generator" / "locale" / "cunwu.pot"
_METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
_OPTIONS = {"**.j2": {"trimmed": "true", "silent": "false"}}


def extract_catalogue() -> bytes:
    """Return the template of all messages; without dates and line numbers it changes only with words."""
    catalogue = Catalog(project="cunwu", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT / "generator", _METHODS, _OPTIONS, keywords={"_": None, "gettext": None})
    for file, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(f"generator/{file}", 0)])
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, sort_output=True, width=0, include_lineno=False)
    return buffer.getvalue()


if __name__ == "__main__":
    POT.parent.mkdir(exist_ok=True)
    POT.write_bytes(extract_catalogue())
    print(f"{POT.relative_to(ROOT)}: {extract_catalogue().count(b'msgid ')} messages")
