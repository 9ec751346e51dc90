"""Made-up languages: a county's own catalogue in which every word can be told from Chinese."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.catalogue import POT, TERMS_POT, read_translation

_HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_KEPT = re.compile(r"(\{[^{}]*\}|%\(\w+\)s|%|<[^<>]*>)")


def speak(root: Path, *codes: str) -> None:
    """Let the county at ``root`` have ``codes`` as the languages of its pages; none: as it was born."""
    settings = root / "site_config" / "county.yaml"
    kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if line[:10] != "languages:"]
    lines = [f"languages: [{', '.join(codes)}]", *kept] if codes else kept
    settings.write_text("\n".join(lines) + "\n", encoding="utf-8")


def make_up(root: Path, code: str, word: str, *, without: tuple[str, ...] = ()) -> Path:
    """Write the county's catalogue of ``code``: ``word`` for every run of Chinese, but not in ``without``."""
    catalogue = Catalog(code, charset="utf-8", fuzzy=False)
    for template in (POT, TERMS_POT):
        for entry in read_translation(template):
            message = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            if not message or message in without or "{{" in message:
                continue
            told = made_up(message, word)
            counted = isinstance(entry.id, tuple)
            catalogue.add(entry.id, (told,) * catalogue.num_plurals if counted else told)
    path = root / "site_config" / "locale" / f"{code}.po"
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)
    return path


def made_up(message: str, word: str) -> str:
    """Return ``message`` with ``word`` for every run of Chinese."""
    pieces = _KEPT.split(message)
    return "".join(piece if place % 2 else _HAN.sub(word, piece) for place, piece in enumerate(pieces))
