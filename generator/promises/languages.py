"""Languages of a county: catalogues in gettext's form, the package's own and those of site_config/locale."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model.finding import SetupError
from generator.promises.placeholders import problem_of
from generator.wording import N_, _
from generator.wording.languages import SOURCE, Language

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

PACKAGE = Path(__file__).parents[1] / "locale"
MESSAGES, TERMS = "cunwu", "schemas"
COUNTY = "site_config/locale"
# Entries of a county's own file with this context are words of schemas and settings alone.
TERM_CONTEXT = "schemas"
_RULES_TRIED = 400
_OWN_LINE = re.compile(r'^"(X-[A-Za-z-]+): (.*?)\\n"$', re.MULTILINE)


def load_languages(root: Path, codes: Sequence[str]) -> tuple[Language, ...]:
    """Return the languages called ``codes``, the county's main one first; none for a county of one language.

    What a language lacks is filled in from the main one, and that from the source language. Raises
    SetupError naming file and line or message where a catalogue is broken.
    """
    found: list[Language] = []
    for code in codes:
        language = _source() if code == SOURCE else load_language(root, code)
        if found:
            main = found[0]
            language = Language(
                code=language.code,
                name=language.name,
                messages={**main.messages, **language.messages},
                terms={**main.terms, **language.terms},
                plurals=language.plurals,
                plural_of=language.plural_of,
                is_rtl=language.is_rtl,
            )
        found.append(language)
    return tuple(found) if len(codes) > 1 or (codes and codes[0] != SOURCE) else ()


def load_language(root: Path, code: str) -> Language:
    """Return the language ``code`` as far as it is translated; raises SetupError where nobody began to."""
    paths = [path for path in _paths(root, code) if path.is_file()]
    if not paths:
        problem = _("没有「{code}」的译文：先用 cunwu words {code} 写出 {file}，译好再写进 languages")
        raise SetupError(
            problem.format(code=code, file=f"{COUNTY}/{code}.po"),
            file="site_config/county.yaml",
            key="languages",
        )
    return _read(code, root, tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


def folder_of(code: str) -> Path:
    """Return where the package keeps its own catalogues of the language ``code``."""
    return PACKAGE / code.replace("-", "_")


def read_catalogue(path: Path, shown: str) -> Catalog:
    """Return the .po file at ``path``, which messages call ``shown``; raises SetupError."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        line = getattr(error, "lineno", None)
        raise SetupError(_("不是完好的 .po 文件：{why}").format(why=error), file=shown, line=line) from error
    except (OSError, ValueError) as error:
        raise SetupError(_("读不出来，请存为 UTF-8 编码的文本"), file=shown) from error
    return catalogue


def own_header(path: Path) -> dict[str, str]:
    """Return the lines X-… of a catalogue's header, which Babel passes over, by their small names."""
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    return {name.lower(): value for name, value in _OWN_LINE.findall(head)}


def translated(catalogue: Catalog) -> Iterator[tuple[Message, str, tuple[str, ...]]]:
    """Yield the entries that are translated, each with its message and its forms; doubtful ones are not."""
    for entry in catalogue:
        message = entry.id[0] if isinstance(entry.id, tuple | list) else entry.id
        forms = tuple(entry.string) if isinstance(entry.string, tuple | list) else (str(entry.string or ""),)
        if message and all(forms) and not entry.fuzzy:
            yield entry, str(message), tuple(str(form) for form in forms)


def name_and_direction(code: str, header: Mapping[str, str]) -> tuple[str, bool]:
    """Return what the readers of ``code`` call it, and whether it is written from right to left.

    The header of a catalogue may say so (X-Native-Name, X-Direction), for a language that CLDR lacks.
    """
    from babel.core import Locale, UnknownLocaleError

    name, direction = header.get("x-native-name", ""), header.get("x-direction", "")
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return name or code, direction == "rtl"
    own = name or locale.get_display_name(locale) or code
    return own, (direction or locale.text_direction) == "rtl"


def _source() -> Language:
    return Language(SOURCE, N_("简体"), {}, {})


def _paths(root: Path, code: str) -> tuple[Path, ...]:
    """Return where catalogues of ``code`` may be; the last one has the last word."""
    own = folder_of(code)
    return (own / f"{MESSAGES}.po", own / f"{TERMS}.po", root / COUNTY / f"{code}.po")


@lru_cache(maxsize=32)
def _read(code: str, root: Path, stamped: tuple[tuple[Path, int, int], ...]) -> Language:
    """Return what the files say together; kept as long as they stay what they are."""
    messages: dict[str, str] = {}
    terms: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    header: dict[str, str] = {}
    plural_of: tuple[int, ...] = (0,)
    for path, _time, _size in stamped:
        base = root if path.is_relative_to(root) else PACKAGE.parents[1]
        shown = path.relative_to(base).as_posix()
        catalogue = read_catalogue(path, shown)
        header |= own_header(path)
        plural_of = _plural_table(catalogue, shown)
        for entry, message, forms in translated(catalogue):
            for form in forms:
                problem = problem_of(message, form)
                if problem:
                    raise SetupError(problem, file=shown, line=entry.lineno, key=message)
            is_term = path.stem == TERMS or entry.context == TERM_CONTEXT
            if not is_term:
                messages[message] = forms[0]
                if len(forms) > 1:
                    plurals[message] = forms
            if is_term or path.parent.name == "locale":
                terms[message] = forms[0]
    name, is_rtl = name_and_direction(code, header)
    return Language(code, name, messages, terms, plurals, plural_of, is_rtl)


def _plural_table(catalogue: Catalog, shown: str) -> tuple[int, ...]:
    try:
        rule = gettext.c2py(catalogue.plural_expr)
        return tuple(int(rule(number)) for number in range(_RULES_TRIED))
    except (ValueError, ZeroDivisionError) as error:
        raise SetupError(_("文件头里的 Plural-Forms 看不懂"), file=shown, key="Plural-Forms") from error
