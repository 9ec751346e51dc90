"""Words: how a text becomes one that a person reads, in the language being spoken, and how a finding is put."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, TypeVar

from generator.wording.languages import Language

# None is the source language, simplified Chinese: nothing is looked up, so a county of one language pays nothing.
_spoken: ContextVar[Callable[[str], str] | None] = ContextVar("spoken", default=None)
_language: ContextVar[Language | None] = ContextVar("language", default=None)
_Said = TypeVar("_Said", bound=Callable[..., Any])


def _(message: str) -> str:
    """Return ``message`` in the language being spoken.

    Call it where the words are used: at import nothing is spoken yet, there ``N_`` only marks a message.
    """
    say = _spoken.get()
    return message if say is None else say(message)


def N_(message: str) -> str:
    """Return ``message`` as it is: marks a message that is said later, by ``_``."""
    return message


def counted(message: str, number: int) -> str:
    """Return ``message`` in the form that ``number`` things ask for in the language being spoken."""
    language = _language.get()
    return _(message) if language is None else language.counted(message, number)


def said(text: str) -> str:
    """Return what schemas and settings say (a title, a column, a category) in the language being spoken."""
    language = _language.get()
    return text if language is None else language.terms.get(text, text)


def spoken_language() -> Language | None:
    """Return the language being spoken; None is the source language."""
    return _language.get()


def said_once(most: int) -> Callable[[_Said], _Said]:
    """Return a decorator: what a function says of the same facts is put together once in each language.

    It is for days, periods and the like, which all villages of a county have in common; the newest ``most``
    are kept. The facts are taken by place, and must be hashable.
    """

    def keeping(make: _Said) -> _Said:
        # What is said while remembering is another text, though it reads the same; so is one that is HTML.
        @lru_cache(maxsize=most, typed=True)
        def kept(_say: object, *facts: object) -> Any:
            return make(*facts)

        @wraps(make)
        def told(*facts: object) -> Any:
            return kept(_spoken.get(), *facts)

        return told  # type: ignore[return-value]

    return keeping


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """Speak ``language`` (None: the source language) until the end of the block, and then what was before."""
    saying = _spoken.set(language.say if language is not None else None)
    speaking_it = _language.set(language)
    try:
        yield
    finally:
        _language.reset(speaking_it)
        _spoken.reset(saying)


@contextmanager
def remembering() -> Iterator[None]:
    """Let every word said in the block be the source language's and remember what it was made of.

    What is judged once can then be told in several languages (``retold``).
    """
    saying = _spoken.set(Template)
    speaking_it = _language.set(None)
    try:
        yield
    finally:
        _language.reset(speaking_it)
        _spoken.reset(saying)


class Template(str):
    """A message of the source language that remembers itself when it is filled in."""

    __slots__ = ()

    def format(self, *places: object, **facts: object) -> Phrase:
        """Return the text, which knows its message and its facts."""
        return Phrase(str(self), facts, str.format(self, *places, **facts))

    def join(self, parts: object) -> str:
        """Return ``parts`` with this between them; they remember."""
        listed = list(parts)  # type: ignore[call-overload]
        return Joined(str(self), listed, str.join(self, listed))


class Phrase(str):
    """A text of the source language that knows the message and the facts that it was made of."""

    __slots__ = ("facts", "message")

    message: str
    facts: dict[str, object]

    def __new__(cls, message: str, facts: dict[str, object], text: str) -> Phrase:
        """Return ``text``, made of ``message`` and ``facts``."""
        made = super().__new__(cls, text)
        made.message, made.facts = message, facts
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Keep what is remembered when the text goes to another process."""
        return Phrase, (self.message, self.facts, str(self))


class Joined(str):
    """Several texts with one mark between them, each of which remembers what it was made of."""

    __slots__ = ("mark", "parts")

    mark: str
    parts: list[str]

    def __new__(cls, mark: str, parts: list[str], text: str) -> Joined:
        """Return ``text``, made of ``parts`` with ``mark`` between them."""
        made = super().__new__(cls, text)
        made.mark, made.parts = mark, parts
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Keep what is remembered when the text goes to another process."""
        return Joined, (self.mark, self.parts, str(self))


def retold(fact: object) -> object:
    """Return what was said while ``remembering``, or a word of the set-up, in the language being spoken."""
    if isinstance(fact, Phrase):
        return _(fact.message).format(**{name: retold(known) for name, known in fact.facts.items()})
    if isinstance(fact, Joined):
        return _(fact.mark).join(str(retold(part)) for part in fact.parts)
    if isinstance(fact, str):
        text = str(fact)
        return said(text) if (told := _(text)) == text else told
    return fact


@dataclass(frozen=True, slots=True)
class Wording:
    """How a finding is put: ``{facts}`` are filled in; severity is "error" (错误) or "warning" (提醒)."""

    message: str
    hint: str
    severity: str = "error"
