"""Templates of words: a .po file of everything that a county's pages can say, for one language."""

from __future__ import annotations

import io
from dataclasses import dataclass

from generator.model.finding import SetupError
from generator.promises.languages import (
    COUNTY,
    MESSAGES,
    PACKAGE,
    TERM_CONTEXT,
    TERMS,
    folder_of,
    name_and_direction,
    own_header,
    read_catalogue,
    translated,
)
from generator.promises.placeholders import problem_of
from generator.promises.promises import Promises
from generator.promises.terms import terms_of
from generator.wording import _

# Floors of the program whose words stand on no page: a translator of pages comes to these last.
_BEHIND = ("generator/commands/", "generator/desk/", "generator/cli.py")
_Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message: its context ("" or that of terms), its forms in the language, where it comes from."""

    message: str
    context: str
    forms: _Forms
    places: tuple[str, ...]
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """How far a language is: the entries of its file, what is missing, and what no message is like."""

    language: str
    path: str
    entries: tuple[Entry, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    header: tuple[tuple[str, str], ...]

    @property
    def known(self) -> int:
        """Return how many messages are translated."""
        return len(self.entries) - len(self.missing)


def state_of(promises: Promises, language: str) -> State:
    """Return how far ``language`` is; raises SetupError where its file cannot be used."""
    path = f"{COUNTY}/{language}.po"
    own, header = _own(promises, path)
    package = _package(language)
    entries = []
    for message, context, places, is_counted in _messages(promises):
        forms = own.get((message, context)) or own.get((message, "")) or package.get((message, context), ())
        entries.append(Entry(message, context, forms, places, is_counted))
    asked = {entry.message for entry in entries}
    missing = tuple(entry.message for entry in entries if not entry.forms)
    unknown = tuple(dict.fromkeys(message for message, _context in own if message not in asked))
    return State(language, path, tuple(entries), missing, unknown, header)


def sheet_of(state: State) -> str:
    """Return the .po file of a language: what is translated, and empty lines for what is not."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(charset="utf-8", fuzzy=False)
    catalogue.mime_headers = list(state.header)  # so that counted messages have as many forms as it says
    for entry in state.entries:
        places = [(place, 0) for place in entry.places]
        identity = (entry.message, entry.message) if entry.is_counted else entry.message
        said = entry.forms if entry.is_counted else (entry.forms[0] if entry.forms else "")
        catalogue.add(identity, said or None, locations=places, context=entry.context or None)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, omit_header=True, width=0, include_lineno=False)
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in state.header)
    title = _("把每一条的 msgstr 写成译文；大括号、%(…)s 和网页标签照抄。没有译的，网页上用主要语言。")
    return f'# {title}\nmsgid ""\nmsgstr ""\n{lines}\n{buffer.getvalue().decode()}'


def _messages(promises: Promises) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Return every message with its context and places: what pages say first, then what verbs do."""
    template = read_catalogue(PACKAGE / f"{MESSAGES}.pot", f"{MESSAGES}.pot")
    found = []
    for entry in template:
        if entry.id:
            is_counted = isinstance(entry.id, tuple | list)
            message = str(entry.id[0] if is_counted else entry.id)
            found.append((message, "", tuple(str(place) for place, _line in entry.locations), is_counted))
    pages = [one for one in found if not all(place.startswith(_BEHIND) for place in one[2])]
    behind = [one for one in found if all(place.startswith(_BEHIND) for place in one[2])]
    terms = [(text, TERM_CONTEXT, (file,), False) for text, file in terms_of(promises).items()]
    return [*pages, *terms, *behind]


def _own(promises: Promises, path: str) -> tuple[dict[tuple[str, str], _Forms], tuple[tuple[str, str], ...]]:
    """Return what the county's own file says, and its header."""
    language = path.rpartition("/")[2].removesuffix(".po")
    file = promises.root / path
    if not file.is_file():
        return {}, _header(language)
    catalogue = read_catalogue(file, path)
    found: dict[tuple[str, str], _Forms] = {}
    for entry, message, forms in translated(catalogue):
        for form in forms:
            problem = problem_of(message, form)
            if problem:
                raise SetupError(problem, file=path, line=entry.lineno, key=message)
        found[message, entry.context or ""] = forms
    names = {name.lower(): name for name in ("X-Native-Name", "X-Direction")}
    own = {names[name]: value for name, value in own_header(file).items() if name in names}
    rule = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    return found, tuple((dict(_header(language)) | {"Plural-Forms": rule} | own).items())


def _header(language: str) -> tuple[tuple[str, str], ...]:
    from babel.core import UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        rule = str(get_plural(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        rule = "nplurals=2; plural=(n != 1);"
    name, is_rtl = name_and_direction(language, {})
    return (
        ("Language", language),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Plural-Forms", rule),
        ("X-Native-Name", name),
        ("X-Direction", "rtl" if is_rtl else "ltr"),
    )


def _package(language: str) -> dict[tuple[str, str], _Forms]:
    found: dict[tuple[str, str], _Forms] = {}
    for name, context in ((MESSAGES, ""), (TERMS, TERM_CONTEXT)):
        path = folder_of(language) / f"{name}.po"
        if path.is_file():
            for _entry, message, forms in translated(read_catalogue(path, path.name)):
                found[message, context] = forms
    return found
