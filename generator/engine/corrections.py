"""Corrections: those of one judged village, from its timeline and the blobs behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.checks.calendar import PUBLISHED
from generator.checks.judgement import Judgement
from generator.history.blobs import BlobReader
from generator.history.changes import subject_of
from generator.history.corrections import Corrected, Published, corrections_of
from generator.history.timeline import Timeline
from generator.intake.seal_file import SEAL_SUFFIX
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import first_days, read_log
from generator.model.resource import Resource
from generator.promises.promises import Promises


def with_log(timeline: Timeline, promises: Promises) -> Timeline:
    """Return ``timeline`` with what the county's publication log tells of; a broken line tells nothing."""
    try:
        content = (promises.root / LOG).read_bytes()
    except OSError:
        return timeline
    return replace(timeline, logged=first_days(read_log(content)[0]))


def read_corrections(judgement: Judgement, timeline: Timeline, promises: Promises) -> Corrected:
    """Return what was changed after it was published; blobs are read only of what was."""
    if not timeline.head:
        return Corrected()
    published = list(_published(judgement, timeline, promises))
    with BlobReader(promises.settings.content) as reader:
        entries = corrections_of(published, reader.read)
    return Corrected(entries, has_history=True, is_shallow=timeline.is_shallow, logged=timeline.logged)


def _published(judgement: Judgement, timeline: Timeline, promises: Promises) -> Iterator[Published]:
    """Yield what was put out until today and has more than one version, what is gone by now too."""
    posted = _posted(judgement)
    # A demonstration is judged on a fixed day: what was committed later has not happened yet.
    last = judgement.as_of if promises.settings.as_of is not None else date.max
    present = set()
    for resource in judgement.package.resources:
        path = _public_path(resource, promises)
        present.add(path)
        versions = tuple(version for version in timeline.of(path) if version.since <= last)
        days = (posted.get((resource.item.name, resource.stem)), timeline.logged.get(path))
        day = min((day for day in days if day is not None), default=None)
        if day is not None and len(versions) > 1:
            yield Published(resource.path, subject_of(path, promises), versions, day)
    for path, versions in timeline.by_path.items():
        if path in present or len(versions) < 2 or versions[-1].blob or path.endswith(SEAL_SUFFIX):
            continue
        if versions[-1].since > last:
            continue
        subject = subject_of(path, promises)
        day = posted.get((subject.name, subject.stem))
        if day is not None and subject.item is not None:
            yield Published(path, subject, versions, day)


def _posted(judgement: Judgement) -> dict[tuple[str, str], date]:
    """Return by item and stem the first day on which the register says that something hung."""
    posted: dict[tuple[str, str], date] = {}
    for line in judgement.package.publications:
        day = line.posted_from
        if line.kind == PUBLISHED and day is not None and day <= judgement.as_of:
            known = posted.get((line.item, line.stem), day)
            posted[line.item, line.stem] = min(known, day)
    return posted


def _public_path(resource: Resource, promises: Promises) -> str:
    """Return where the public root keeps a record; of a list of persons it keeps only the seal."""
    if not resource.item.is_private:
        return resource.path
    shown = promises.shown(promises.settings.content)
    return f"{shown}/{resource.village.folder}/{resource.item.name}/{resource.stem}{SEAL_SUFFIX}"
