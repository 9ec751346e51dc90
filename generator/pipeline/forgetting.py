"""Forgetting: lists of persons are sealed in the public root while they are there, and then dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.checks.calendar import NIL
from generator.checks.judgement import judge
from generator.intake.package import Intake
from generator.intake.seal_file import SALT_SUFFIX, SEAL_SUFFIX, seal_text
from generator.intake.walk import County
from generator.model.resource import Package, Resource
from generator.model.seal import seal_of
from generator.model.village import Village
from generator.promises.promises import Promises


@dataclass(frozen=True, slots=True)
class Sealed:
    """A list whose seal was written to ``path`` (below the content root)."""

    title: str
    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A list that was dropped: how many rows, and the last day on which it hung."""

    title: str
    path: str
    rows: int
    shown_until: date


def seal_lists(promises: Promises, county: County, new_salt: Callable[[], str]) -> Iterator[Sealed]:
    """Seal every readable private list that is not sealed as it stands; yield each seal written.

    ``new_salt`` returns 64 random hexadecimal digits; a list keeps its salt when it is corrected.
    """
    intake = Intake(promises)
    for village in county.villages:
        for resource in intake.read_package(village).resources:
            if resource.item.is_private and not resource.is_forgotten and not resource.is_held_back:
                sealed = _seal(promises, village, resource, new_salt)
                if sealed is not None:
                    yield sealed


def _seal(
    promises: Promises, village: Village, resource: Resource, new_salt: Callable[[], str]
) -> Sealed | None:
    salt = resource.salt or new_salt()
    seal = seal_of(resource.table, salt)
    if seal == resource.seal and resource.salt:
        return None
    if not resource.salt:
        # The salt first: a seal whose salt is lost binds nothing.
        _private_file(promises, village, resource, SALT_SUFFIX).write_bytes(f"{salt}\n".encode("ascii"))
    path = promises.settings.content / village.folder / resource.item.name / f"{resource.stem}{SEAL_SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(seal_text(seal).encode())
    return Sealed(f"{village.name} {resource.title}", promises.shown(path), seal.rows)


def expire_lists(
    promises: Promises, county: County, as_of: date, *, keeps_files: bool = False
) -> Iterator[Forgotten]:
    """Drop the rows and the salt of every sealed list whose last display is over; yield each one dropped.

    Lists whose schema keeps masked names, that are not sealed, whose seal is not theirs, or that never hung
    are left alone: ``cunwu check`` speaks of them. With ``keeps_files`` nothing is dropped, only told.
    """
    intake = Intake(promises)
    for village in county.villages:
        package = judge(intake.read_package(village), promises, as_of).package
        for resource in package.resources:
            until = _shown_until(package, resource, as_of)
            if until is None or not _may_be_dropped(resource):
                continue
            for suffix in () if keeps_files else (".csv", SALT_SUFFIX):
                _private_file(promises, village, resource, suffix).unlink()
            title = f"{village.name} {resource.title}"
            yield Forgotten(title, resource.path, len(resource.table), until)


def _may_be_dropped(resource: Resource) -> bool:
    is_ripe = resource.item.is_private and resource.item.names_after == "totals"
    is_bound = resource.seal is not None and bool(resource.salt) and not resource.is_held_back
    return is_ripe and is_bound and not resource.is_forgotten


def _shown_until(package: Package, resource: Resource, as_of: date) -> date | None:
    """Return the last day of display of a list that hung and will not hang again, as far as is registered."""
    lines = [
        line
        for line in package.publications
        if (line.item, line.stem) == (resource.item.name, resource.stem) and line.kind != NIL
    ]
    ends = [line.posted_to for line in lines]
    if not ends or any(end is None or end >= as_of for end in ends):
        return None
    return max(end for end in ends if end is not None)


def _private_file(promises: Promises, village: Village, resource: Resource, suffix: str) -> Path:
    root = promises.settings.private_content
    assert root is not None  # a private list was read from it
    return root / village.folder / resource.item.name / f"{resource.stem}{suffix}"
