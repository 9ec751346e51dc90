"""Words of scripts: what the pages' scripts say in another language, in a file that is loaded before them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.engine.theme_folder import content_of, with_digest
from generator.model.site import File
from generator.wording import _

if TYPE_CHECKING:
    from mkdocs.theme import Theme

# The scripts that say something by themselves; the search page hands its words to its script.
SPEAKING_SCRIPTS = ("assets/cunwu.js", "assets/reader.js", "assets/qr.js")
_MESSAGE = re.compile(r'\b_\("((?:[^"\\]|\\.)*)"')


def script_messages(theme: Theme) -> tuple[str, ...]:
    """Return every message of the scripts."""
    texts = (content_of(theme, name).decode() for name in SPEAKING_SCRIPTS)
    return tuple(
        dict.fromkeys(json.loads(f'"{found}"') for text in texts for found in _MESSAGE.findall(text))
    )


def words_file(theme: Theme, code: str) -> File:
    """Return the file for the language being spoken, whose tag is ``code``."""
    words = {message: told for message in script_messages(theme) if (told := _(message)) != message}
    content = f"self.cunwuWords = {json.dumps(words, ensure_ascii=False, indent=0)};\n".encode()
    return File(with_digest(f"assets/words.{code}.js", content), content)
