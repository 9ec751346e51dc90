"""Judging: pieces of text become leaks; what is masked is compared over all files of one scan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.model.finding import Severity
from generator.privacy.carriers.piece import Lifted, Notice, Piece, Row
from generator.privacy.detectors import MaskStyles, detect, detect_row
from generator.privacy.hit import Hit
from generator.privacy.leaks import UNREADABLE, Leak
from generator.privacy.names import is_person, is_person_heading

# Not the 某 of 张某: it stands for a name in every example and newspaper, and hides no number.
_MASK = re.compile("[*＊×xX•●]")
_SOLID = re.compile(r"\W+")
_FILENAME = "filename"
_MOST = 100_000


class Judge:
    """Says what is personal in the files of one scan; ``offices`` are telephones that are public."""

    def __init__(self, offices: frozenset[str] = frozenset()) -> None:
        self._offices = offices
        self._styles: MaskStyles[Leak] = MaskStyles()
        self._idle: set[int] = set()
        # Headings come again with every file.
        self._shown = lru_cache(maxsize=4_096)(self._starred)

    def judge(self, file: str, lifted: Iterable[Lifted], *, is_content: bool) -> list[Leak]:
        """Return the leaks in what was lifted from ``file``, in reading order.

        What could not be checked is an error among the county's records and a warning elsewhere.
        """
        shown = self.shown(file)
        found: list[Leak] = []
        known: set[tuple[str, str]] = set()
        raw: list[Piece] = []
        for one in lifted:
            if isinstance(one, Notice):
                is_grave = one.kind != UNREADABLE or is_content
                severity = Severity.ERROR if is_grave else Severity.WARNING
                found.append(Leak(shown, one.kind, severity, where=self._shown(one.where)))
            elif isinstance(one, Piece) and one.is_raw:
                raw.append(one)
            elif isinstance(one, Row):
                self._judge_one(one, shown, found, known)
            else:
                # A schema says the same of a hundred tables.
                told = hash((one.column, one.text))
                if told not in self._idle and not self._judge_one(one, shown, found, known):
                    self._idle.add(told)
        if len(self._idle) > _MOST:
            self._idle.clear()
        for piece in raw:
            for hit in detect(piece.text, offices=self._offices):
                mark = (hit.kind, _marks(piece, hit))
                # Bytes of unknown meaning: words among them are chance, whole numbers are not.
                if hit.is_error and mark not in known:
                    known.add(mark)
                    found.append(self._leak(shown, piece, hit))
        return found

    def judge_name(self, file: str, where: str | None = None) -> Iterator[Leak]:
        """Yield what the name of a file and of its folders gives away."""
        for part in file.split("/"):
            for hit in _name_hits(part, self._offices):
                place = f"{where};{_FILENAME}" if where else _FILENAME
                yield Leak(self.shown(file), hit.kind, hit.severity, where=place)

    def shown(self, file: str) -> str:
        """Return a file's name as it may be shown."""
        return "/".join(map(self._shown, file.split("/")))

    def judge_styles(self) -> Iterator[Leak]:
        """Yield the masks that differ from the others or that together show what none shows alone."""
        for leak, hit in self._styles.hits():
            yield Leak(
                leak.file, hit.kind, hit.severity, leak.line, leak.column, leak.cell, leak.sheet, leak.where
            )

    def _judge_one(
        self, one: Piece | Row, shown: str, found: list[Leak], known: set[tuple[str, str]]
    ) -> bool:
        """Add the leaks in a piece or a row to ``found``; return whether it holds anything, or a mask."""
        before = len(found)
        for piece, hit in self._hits(one):
            known.add((hit.kind, _marks(piece, hit)))
            found.append(self._leak(shown, piece, hit))
        is_masked = self._collect(shown, one.pieces if isinstance(one, Row) else (one,))
        return is_masked or len(found) > before

    def _hits(self, one: Piece | Row) -> Iterator[tuple[Piece, Hit]]:
        if isinstance(one, Piece):
            for hit in detect(one.text, one.column or "", offices=self._offices):
                yield one, hit
            return
        cells = [(piece.column or "", piece.text) for piece in one.pieces]
        for index, hit in detect_row(cells, offices=self._offices):
            yield one.pieces[index], hit

    def _collect(self, file: str, pieces: Sequence[Piece]) -> bool:
        """Keep the masks in some pieces, to be compared; return whether there are any."""
        person: str | None = None
        is_masked = False
        for piece in pieces:
            if _MASK.search(piece.text) is None:
                continue
            if person is None:
                person = _person_among(pieces)
            place = self._leak(file, piece, None)
            is_masked |= self._styles.collect(place, piece.text, heading=piece.column or "", person=person)
        return is_masked

    def _leak(self, file: str, piece: Piece, hit: Hit | None) -> Leak:
        return Leak(
            file,
            hit.kind if hit else "",
            hit.severity if hit else Severity.ERROR,
            piece.line_at(hit.start if hit else 0),
            self._shown(piece.column) if piece.column else None,
            piece.cell,
            self._shown(piece.sheet) if piece.sheet else None,
            self._shown(piece.where) if piece.where else None,
        )

    def _starred(self, text: str) -> str:
        """Return a name as it may be shown: with stars where it holds what must not be repeated."""
        for hit in reversed(_name_hits(text, self._offices)):
            if hit.is_error:
                text = text[: hit.start] + "*" * (hit.end - hit.start) + text[hit.end :]
        return text


# Folders and periods are called alike in every village.
@lru_cache(maxsize=16_384)
def _name_hits(name: str, offices: frozenset[str]) -> tuple[Hit, ...]:
    return tuple(detect(name, offices=offices))


def _person_among(pieces: Sequence[Piece]) -> str:
    for piece in pieces:
        if piece.column and is_person_heading(piece.column) and is_person(piece.text):
            return piece.text.strip()
    return ""


def _marks(piece: Piece, hit: Hit) -> str:
    return _SOLID.sub("", piece.text[hit.start : hit.end]).upper()
