"""The catalogues of words: extracts every message into generator/locale (``make catalogue``).

``cunwu.pot`` holds what the program says, ``schemas.pot`` what schemas, law and settings say. The
traditional characters are drawn from the simplified ones; translations are kept by hand.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "generator" / "locale"
POT = LOCALE / "cunwu.pot"
TERMS_POT = LOCALE / "schemas.pot"
TRADITIONAL = LOCALE / "zh_Hant"
READING = ROOT / "generator" / "manual" / "villagers.md"
# What a message in Python is marked by; ``counted`` has a form for each number.
MARKS = ("_", "N_", "counted")


def _in_python(fileobj: BinaryIO, keywords, comment_tags, options) -> Iterator[tuple]:
    """Yield the messages of a module, those inside f-strings too, which Babel's own reader passes over."""
    for node in ast.walk(ast.parse(fileobj.read())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        message = node.args[0]
        if node.func.id in MARKS and isinstance(message, ast.Constant) and isinstance(message.value, str):
            is_counted = node.func.id == "counted"
            forms = (message.value, message.value) if is_counted else message.value
            yield node.lineno, "ngettext" if is_counted else None, forms, []


_METHODS = [
    ("**.py", _in_python),
    ("**.j2", "jinja2.ext:babel_extract"),
    ("engine/theme/**.html", "jinja2.ext:babel_extract"),
    ("engine/theme/assets/**.js", "javascript"),
]
_OPTIONS = {"**.j2": {"trimmed": "true", "silent": "false"}}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
# Where the library takes 里, inside, for a neighbourhood.
_INSIDE = re.compile(r"(?<![鄰公])里")
# Characters within placeholders and tags are no words.
_KEPT = re.compile(r"(\{[^{}]*\}|%\(\w+\)s|<[^<>]*>|[A-Za-z][A-Za-z0-9_./:-]*)")


def extract_catalogue() -> bytes:
    """Return the template of all messages; without dates and line numbers it changes only with words."""
    return _written(_messages())


@cache
def _messages() -> Catalog:
    catalogue = _empty()
    found = extract_from_dir(ROOT / "generator", _METHODS, _OPTIONS, keywords=_KEYWORDS)
    for file, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(f"generator/{file}", 0)])
    return catalogue


@cache
def _terms() -> Catalog:
    from generator.promises.promises import load_promises
    from generator.promises.terms import terms_of

    catalogue = _empty()
    for text, file in terms_of(load_promises(ROOT)).items():
        catalogue.add(text, locations=[(file, 0)])
    return catalogue


def extract_terms() -> bytes:
    """Return the template of what schemas, law and settings say."""
    return _written(_terms())


def draw_traditional() -> dict[str, bytes]:
    """Return the catalogues in traditional characters by their file name."""
    return {f"{name}.po": _drawn(source) for name, source in (("cunwu", _messages()), ("schemas", _terms()))}


def _drawn(source: Catalog) -> bytes:
    catalogue = _empty("zh_Hant")
    for entry in source:
        if entry.id:
            # Chinese has one form for every number.
            one = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            drawn = (traditional(one),) if isinstance(entry.id, tuple) else traditional(one)
            catalogue.add(entry.id, drawn)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n"X-Native-Name: 繁體\\n"\n\n'
    )
    title = "Traditional characters, drawn from the simplified ones (make catalogue): do not edit."
    return f"# {title}\n{head}".encode() + _written(catalogue)


def draw_reading() -> bytes:
    """Return the villagers' chapter of the manual in traditional characters."""
    return traditional(READING.read_text(encoding="utf-8")).encode()


@cache
def _converter():
    import opencc

    return opencc.OpenCC("s2hk")


def traditional(text: str) -> str:
    """Return ``text`` in traditional characters, word by word; placeholders and Latin stay as they are.

    The forms of characters are those of schools and newspapers (群, 為), where OpenCC's own standard has
    rare ones (羣, 爲); no word is replaced by another, for the words are those of the law.
    """
    pieces = _KEPT.split(text)
    drawn = "".join(piece if place % 2 else _converter().convert(piece) for place, piece in enumerate(pieces))
    return _INSIDE.sub("裏", drawn)


def _empty(locale: str | None = None) -> Catalog:
    return Catalog(locale, project="cunwu", charset="utf-8", fuzzy=False)


def _written(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, sort_output=True, width=0, include_lineno=False)
    return buffer.getvalue()


def read_translation(path: Path) -> Catalog:
    """Return a catalogue that is kept by hand."""
    with path.open("rb") as file:
        return read_po(file)


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    TRADITIONAL.mkdir(exist_ok=True)
    POT.write_bytes(extract_catalogue())
    TERMS_POT.write_bytes(extract_terms())
    for name, content in draw_traditional().items():
        (TRADITIONAL / name).write_bytes(content)
    READING.with_name("villagers.zh-Hant.md").write_bytes(draw_reading())
    for path, content in ((POT, extract_catalogue()), (TERMS_POT, extract_terms())):
        print(f"{path.relative_to(ROOT)}: {content.count(b'msgid ')} messages")
