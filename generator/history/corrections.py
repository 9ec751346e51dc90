"""Corrections: what was changed in a record after it was first published, version by version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.history.changes import MISSING, FileChanges, Subject, Tables, compare_read, tables_of
from generator.history.following import count_followers, is_entered
from generator.history.timeline import FileVersion
from generator.intake.stem import read_stem
from generator.rows.text_table import Refusal

Read = Callable[[str], bytes | None]
CHANGED, REMOVED, RESTORED = "changed", "removed", "restored"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of a published file: when, by which role, why, and what became of its rows.

    ``kind`` tells whether the file was changed, taken away or put back. ``since`` is ``day``, but never
    before an earlier commit's. ``followed_by`` counts the later periods that only carry on its balance.
    """

    path: str
    subject: Subject
    day: date
    role: str
    reason: str
    reviewed: str
    commit: str
    kind: str
    changes: FileChanges
    since: date
    followed_by: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """All corrections of one village, newest first; ``is_shallow`` tells that older ones cannot be seen.

    ``logged`` is by path the day on which the publication log first tells of a record.
    """

    entries: tuple[Correction, ...] = ()
    has_history: bool = False
    is_shallow: bool = False
    logged: Mapping[str, date] = field(default_factory=dict)


NO_CORRECTIONS = Corrected()


@dataclass(frozen=True, slots=True)
class Published:
    """A file that was published: where its page's record lies, its versions, and since when it hung."""

    path: str
    subject: Subject
    versions: Sequence[FileVersion]
    posted: date


def corrections_of(published: Iterable[Published], read: Read) -> tuple[Correction, ...]:
    """Return the corrections of one village's files, newest first.

    What was committed until the day on which a file was posted was drafting; where its history begins
    later, its first version is what was published. Periods that merely follow another are left out.
    """
    found = [correction for file in published for correction in reversed(list(_of_file(file, read)))]
    groups: dict[tuple[str, str, str], list[Correction]] = {}
    for correction in found:
        groups.setdefault(_group(correction), []).append(correction)
    kept = [correction for group in groups.values() for correction in _told(group)]
    kept.sort(key=lambda correction: correction.path)
    # The sort is stable: of one file the newest stays first, even where a clock was wrong.
    return tuple(sorted(kept, key=lambda correction: correction.since, reverse=True))


def _group(correction: Correction) -> tuple[str, str, str]:
    """Return what the files have in common of which one may follow from the other."""
    subject = correction.subject
    slug = read_stem(subject.stem)[1] if subject.item is not None else correction.path
    return correction.commit, subject.name, slug


def _told(group: list[Correction]) -> Iterator[Correction]:
    group.sort(key=lambda correction: correction.subject.stem)
    counts = count_followers([correction.changes for correction in group])
    told_until = -1
    for position, (correction, count) in enumerate(zip(group, counts, strict=True)):
        if position > told_until or is_entered(correction.changes):
            yield replace(correction, followed_by=count)
        told_until = max(told_until, position + count)


def _of_file(file: Published, read: Read) -> Iterator[Correction]:
    first = 0
    for position, version in enumerate(file.versions):
        if version.since <= file.posted:
            first = position
    later = file.versions[first + 1 :]
    if not later:
        return
    baseline = file.versions[first]
    before, was_there = _tables(baseline, file.subject, read), bool(baseline.blob)
    for version in later:
        if not version.blob:
            if was_there:
                yield _correction(file, version, REMOVED, FileChanges())
            was_there = False
            continue
        after = _tables(version, file.subject, read, before)
        changes = MISSING if after is None or before is None else compare_read(before, after, file.subject)
        if changes or not was_there:
            yield _correction(file, version, CHANGED if was_there else RESTORED, changes)
        was_there = True
        # A version that cannot be read is passed over: the next one is held against the last sound one.
        if after is not None and (before is None or changes.unread != "after"):
            before = after


def _tables(
    version: FileVersion, subject: Subject, read: Read, near: Tables | Refusal | None = None
) -> Tables | Refusal | None:
    """Return the tables of one version, none where it takes the file away; None where its bytes are lost."""
    if not version.blob:
        return {}
    content = read(version.blob)
    return None if content is None else tables_of(content, subject, near)


def _correction(file: Published, version: FileVersion, kind: str, changes: FileChanges) -> Correction:
    trailers = version.trailers
    return Correction(
        path=file.path,
        subject=file.subject,
        day=version.commit.day,
        role=version.role,
        reason=trailers.reason or trailers.withdrawn,
        reviewed=trailers.reviewed,
        commit=version.commit.short,
        kind=kind,
        changes=changes,
        since=version.since,
    )
