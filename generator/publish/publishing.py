"""Publishing: a site that holds is put out, and the log tells of it; or nothing happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.history.repository import loose_paths
from generator.history.signing import Signer
from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import Entry, next_entry
from generator.model.finding import Finding, Place, SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import Manifest, ManifestError, read_manifest
from generator.privacy.leaks import Leak
from generator.promises.promises import Promises
from generator.publish.displays import Registers, lists_shown
from generator.publish.inspecting import Inspection, Scan, inspect, pack
from generator.publish.locking import locked
from generator.publish.logbook import Logbook, open_logbook, purge_lines
from generator.publish.records import records_of
from generator.publish.releases import (
    KEEP,
    current_release,
    name_of,
    open_target,
    prepare_switch,
    remove_older,
    switch,
)
from generator.publish.serving import passing_lists
from generator.publish.staging import Change, Each, Staged, change_between, place, stage
from generator.publish.trees import collect
from generator.publish.withdrawing import withdraw
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a site is put out.

    ``signer`` signs the new line of the log, ``authority`` (an address) is asked to stamp it. ``rules`` name
    those by which ``scan`` looks for personal data: what they passed before is not looked at again, unless
    they are "". ``day`` is today: which lists may be seen. ``keep`` releases are kept to go back to.
    ``is_whole`` trusts nothing of before. ``each`` does what is to be done with many villages. ``waiting`` is
    called where another publisher is at work.
    """

    scan: Scan
    each: Each
    day: date
    rules: str = ""
    signer: Signer | None = None
    authority: str = ""
    keep: int = KEEP
    is_whole: bool = False
    waiting: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Publication:
    """What was put out: the line of the log, what changed, and where it is served from.

    ``signer`` is who signed the line, "" when nobody did; ``unstamped`` says why an authority that was asked
    for the time did not give it.
    """

    entry: Entry
    change: Change
    folder: Path
    signer: str = ""
    unstamped: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was put out: what does not match, and what must not get out."""

    findings: tuple[Finding, ...]
    leaks: tuple[Leak, ...] = ()


def publish(
    promises: Promises, site: Path, target: Path, moment: datetime, terms: Terms
) -> Publication | Refusal:
    """Put ``site`` out below ``target`` and append to the log below the county's root.

    What is looked at is the copy that will be served, before it is. Raises SetupError when the log does not
    hold, the target is not ours or the key does not sign, OSError when a disk is full or does not let us
    write; what is served is then what it was.
    """
    if promises.settings.requires_signatures and terms.signer is None:
        return Refusal((Finding.of("log-unsigned", Place(LOG)),))
    manifest = _manifest_of(site)
    open_target(target)
    with locked(target, terms.waiting):
        book = open_logbook(promises.root, current_release(target))
        for purge in list(purge_lines(promises.root, book, moment, manifest)):
            book = book.with_line(purge)
        content = promises.settings.content
        loose = loose_paths(content, promises.shown(content))
        if loose:
            # What is in no history could later be proved by nobody.
            return Refusal(tuple(Finding.of("record-loose", Place(path)) for path in loose))
        entry = next_entry(
            book.log,
            records_of(promises, moment),
            moment=moment,
            as_of=date.fromisoformat(manifest.facts["as_of"]),
            engine=manifest.facts["engine"],
            site=manifest.root,
        )
        draft = name_of(entry.number, entry.site)
        staged = stage(site, manifest, target, draft, terms.each, is_whole=terms.is_whole)
        try:
            found = inspect(staged, terms.scan, terms.rules, terms.each)
            if found != Inspection():
                return Refusal(found.findings, found.leaks)
            pack(staged, terms.each)
            change = change_between(staged.former, site)
            registers = Registers(promises, book.records)
            _write_down_lists(staged, registers, entry.as_of, terms.rules)
            folder, unstamped = put_out(promises, staged, book, entry, terms)
        finally:
            staged.drop()
        tidy(target, book, terms, registers)
    name = terms.signer.name if terms.signer is not None else ""
    return Publication(entry, change, folder, name, unstamped)


def put_out(
    promises: Promises, staged: Staged, book: Logbook, entry: Entry, terms: Terms
) -> tuple[Path, str]:
    """Serve a staged release of which ``entry`` tells; return its folder, and why it was not stamped."""
    book, unstamped = book.with_line(entry).signed(entry, terms.signer).stamped(entry, terms.authority)
    book.write(staged.folder)
    folder = place(staged, terms.rules)
    link = prepare_switch(staged.target, folder)
    # The log first: what is served without a line in it could never be proved. After it one name moves.
    book.write(promises.root)
    switch(staged.target, link)
    return folder, unstamped


def tidy(target: Path, book: Logbook, terms: Terms, registers: Registers) -> None:
    """Remove the releases that are too old, and from those that are kept whom nobody may see any more.

    What was purged from the history is in none of them.
    """
    served = current_release(target)
    for folder in remove_older(target, terms.keep, after=book.last_purge):
        if folder != served:
            withdraw(target, folder, terms.day, registers)
    collect(target)


def _write_down_lists(staged: Staged, registers: Registers, as_of: date, rules: str) -> None:
    """Write down of each new tree until when it shows which list, and by which rules it was looked at."""
    items = passing_lists(registers.promises)
    for tree in staged.fresh:
        lists = lists_shown(tree, items, as_of, registers)
        register = registers.digest(tree.about.part.rpartition("/")[0])
        tree.knowing(mark=rules, lists=lists, register=register)


def _manifest_of(site: Path) -> Manifest:
    try:
        manifest = read_manifest((site / MANIFEST).read_bytes())
    except (OSError, ManifestError):
        raise SetupError(
            _("没有生成好的网站，请先运行 cunwu build"), file=f"{site.name}/{MANIFEST}"
        ) from None
    if not {"as_of", "engine"} <= set(manifest.facts):
        raise SetupError(_("清单不完整，请重新运行 cunwu build"), file=MANIFEST)
    return manifest
