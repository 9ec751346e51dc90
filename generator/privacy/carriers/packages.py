"""Packages: zip files, and the office documents that are zip files with parts inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.privacy.carriers.decoding import decode, raw_runs
from generator.privacy.carriers.piece import Lifted, Limits, Piece, unreadable, within
from generator.privacy.carriers.properties import read_properties
from generator.privacy.carriers.word_text import read_word
from generator.privacy.carriers.workbook import read_workbook
from generator.privacy.carriers.xml_parts import read_xml
from generator.privacy.carriers.zipped import Package, Unpacking

# Reads a member as the file it is, by name and bytes.
ReadMember = Callable[[str, bytes], Iterator[Lifted]]

_OFFICE = ("[Content_Types].xml", "mimetype")
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml", "meta.xml")
# Settings of the printer beside a clerk's desk: no document text.
_IDLE = ("printerSettings",)
_XML = (".xml", ".rels", ".vml", ".rdf")


def read_package(content: bytes, limits: Limits, read_member: ReadMember) -> Iterator[Lifted]:
    """Yield the pieces of a zip file or of the office document that it is."""
    try:
        package = Package(content, limits)
    except Unpacking as problem:
        yield unreadable(problem.reason)
        yield from raw_runs(content)
        return
    if package.comment:
        yield Piece(decode(package.comment) or "", where="comment")
    if any(name in package for name in _OFFICE):
        yield from _read_office(package, read_member)
    else:
        for name, member in package.members():
            shown = package.shown(name)
            yield Piece(shown, where="member-name")
            if isinstance(member, str):
                yield from within(f"member:{shown}", [unreadable(member)])
            else:
                yield from within(f"member:{shown}", read_member(shown, member))


def _read_office(package: Package, read_member: ReadMember) -> Iterator[Lifted]:
    done: set[str] = set()
    for name in _PROPERTIES:
        if name in package:
            done.add(name)
            yield from _guarded(name, partial(_property_part, package, name))
    if "xl/workbook.xml" in package:
        yield from _guarded("xl/workbook.xml", lambda: read_workbook(package, done))
    if "word/document.xml" in package:
        yield from _guarded("word/document.xml", lambda: read_word(package))
    for name in package.names:
        if name in done or any(mark in name for mark in _IDLE):
            continue
        if name.lower().endswith(_XML):
            yield from _guarded(name, partial(_quiet_part, package, name))
        else:
            yield from _guarded(name, partial(_member_part, package, name, read_member))


def _property_part(package: Package, name: str) -> Iterator[Lifted]:
    return read_properties(package.read(name))


def _member_part(package: Package, name: str, read_member: ReadMember) -> Iterator[Lifted]:
    return within(f"part:{name}", read_member(name, package.read(name)))


def _quiet_part(package: Package, name: str) -> Iterator[Lifted]:
    """Yield the text of a part that is only read to be sure; what its betters showed is not news."""
    for piece in read_xml(package.read(name)):
        if isinstance(piece, Piece):
            yield Piece(piece.text, where=f"part:{name}", is_raw=True)


def _guarded(name: str, read: Callable[[], Iterator[Lifted]]) -> Iterator[Lifted]:
    """Yield what ``read`` lifts; a part that is broken is named, and the others are read all the same."""
    try:
        yield from read()
    except Unpacking as problem:
        yield from within(f"part:{name}", [unreadable(problem.reason)])
