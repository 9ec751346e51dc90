"""Rolling back: a release of before is served again, with what nobody may see any more taken out first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.model.disclosure_log import NAME as LOG
from generator.model.disclosure_log import ROLLBACK, next_entry, state_after
from generator.model.finding import Finding, Place, SetupError
from generator.promises.promises import Promises
from generator.publish.displays import Registers
from generator.publish.inspecting import leaks_of_known
from generator.publish.locking import locked
from generator.publish.logbook import Logbook, open_logbook
from generator.publish.publishing import Publication, Refusal, Terms, put_out, tidy
from generator.publish.releases import (
    PART,
    RELEASES,
    begin_release,
    current_release,
    kept_releases,
    name_of,
    number_of,
    open_target,
    remove_parts,
)
from generator.publish.staging import Staged, change_between, copy_release
from generator.publish.trees import TREES, trees_of
from generator.publish.withdrawing import Withdrawal, withdraw
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Return:
    """What was put back: which line of the log tells of that release, and what was taken out of it."""

    publication: Publication
    number: int
    withdrawal: Withdrawal


def roll_back(
    promises: Promises, target: Path, wanted: int | None, moment: datetime, terms: Terms
) -> Return | Refusal:
    """Serve below ``target`` the release of line ``wanted`` of the log (None: the one before) again.

    A line in the log tells of it. Raises SetupError where there is no such release, or personal data was
    purged since.
    """
    if promises.settings.requires_signatures and terms.signer is None:
        return Refusal((Finding.of("log-unsigned", Place(LOG)),))
    open_target(target)
    with locked(target, terms.waiting):
        served = current_release(target)
        book = open_logbook(promises.root, served)
        chosen = _chosen(target, served, wanted, book)
        for place in (RELEASES, TREES):
            remove_parts(target / place)
        number = len(book.entries) + 1
        draft = begin_release(target, "draft")
        copy_release(chosen, draft)
        registers = Registers(promises, book.records)
        withdrawal = withdraw(target, draft, terms.day, registers)
        manifest = withdrawal.manifest
        # Only now that the lists are out is its root known.
        folder = draft.rename(draft.with_name(f"{PART}{name_of(number, manifest.root)}"))
        known = tuple(trees_of(folder).values())
        staged = Staged(target, folder, manifest, (), known, frozenset(), frozenset(manifest.files), chosen)
        try:
            leaks = tuple(leaks_of_known(staged, terms.scan, terms.rules, terms.each))
            if leaks:
                return Refusal((), leaks)
            entry = next_entry(
                book.log,
                state_after(book.entries[: number_of(chosen)]),
                moment=moment,
                as_of=date.fromisoformat(manifest.facts["as_of"]),
                engine=manifest.facts["engine"],
                site=manifest.root,
                kind=ROLLBACK,
                record=book.entries[number_of(chosen) - 1].digest,
            )
            change = change_between(served, staged.folder)
            put, unstamped = put_out(promises, staged, book, entry, terms)
        finally:
            staged.drop()
        tidy(target, book, terms, registers)
    name = terms.signer.name if terms.signer is not None else ""
    return Return(Publication(entry, change, put, name, unstamped), number_of(chosen), withdrawal)


def _chosen(target: Path, served: Path | None, wanted: int | None, book: Logbook) -> Path:
    """Return the release to go back to; raises SetupError."""
    if served is None:
        raise SetupError(_("{folder} 里还没有发布过网站").format(folder=target))
    others = [folder for folder in kept_releases(target) if folder != served]
    if wanted is None:
        others = [folder for folder in others if number_of(folder) < _origin(served, book)]
    kept = "、".join(str(number_of(folder)) for folder in others)
    chosen = next((f for f in others if wanted is None or number_of(f) == wanted), None)
    if chosen is None and kept:
        raise SetupError(
            _("没有留着第 {wanted} 次公开的网站，可以退回到：{kept}").format(wanted=wanted, kept=kept)
        )
    if chosen is None:
        raise SetupError(_("没有留着以前的网站，不能退回（cunwu publish --keep 可以多留几次）"))
    if number_of(chosen) <= book.last_purge:
        raise SetupError(
            _("第 {wanted} 次公开以后清除过个人信息，不能退回到那以前").format(wanted=number_of(chosen))
        )
    return chosen


def _origin(served: Path, book: Logbook) -> int:
    """Return the line of the publication that is served: of one put back, the line that first told of it."""
    numbers = {entry.digest: entry.number for entry in book.entries}
    entry = book.entries[number_of(served) - 1]
    while entry.kind == ROLLBACK:
        entry = book.entries[numbers[entry.record] - 1]
    return entry.number
