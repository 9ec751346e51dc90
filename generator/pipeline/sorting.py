"""Sorting out: which villages' sites are what their records would make today, and which must be built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.intake.receipt_store import stamp_of, store_of
from generator.intake.stamps import mark_of
from generator.intake.walk import County, list_files
from generator.model.village import Village
from generator.pages.relatives import Kin, Relatives
from generator.pipeline.fingerprint import Fingerprint, village_fingerprint
from generator.pipeline.intactness import Intactness
from generator.pipeline.orders import Order, Task, manifest_path
from generator.pipeline.output import is_intact
from generator.pipeline.overview import Known, Overview
from generator.pipeline.past import KeptPart, Part, Parts, Past, mark_of_part
from generator.pipeline.restoring import restored
from generator.pipeline.sources import Sources
from generator.pipeline.state import SiteState, StateFolder


@dataclass(frozen=True, slots=True)
class Ready:
    """A village to be built, and what is to be known of it afterwards."""

    task: Task
    identity: str
    sources: str
    past: str


@dataclass(slots=True)
class Sorted:
    """The villages in two heaps: ``known`` by slug, whose sites are right, and those to build."""

    known: dict[str, Known] = field(default_factory=dict)
    tasks: list[Ready] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A village of which the overview does not tell that its site is right.

    A state with the ``fingerprint`` remembers the history as it is now; "" where none does. The state itself
    is loaded when it is asked for: after an upgrade all villages are in doubt.
    """

    village: Village
    neighbours: tuple[Kin, ...]
    identity: str
    sources: str
    fingerprint: str


def sort_out(
    county: County,
    order: Order,
    past: Past,
    states: StateFolder,
    overview: Overview,
    sources: Sources,
    begin: Callable[[Sequence[Task]], None],
) -> Sorted:
    """Return which villages must be built; files are read only where stamps do not tell they are the same.

    ``begin`` is given what the records alone tell must be built, before the pages are looked at.
    Raises SetupError where git fails.
    """
    found = Sorted()
    # What was committed since is nothing to most villages.
    moved = (
        None if overview.history == past.mark else past.read(village.folder for village in county.villages)
    )
    with Intactness(county.villages, overview.villages, sources, str(order.output)) as stands:
        doubts, rest = _looked_at(county, order, past, overview, sources, moved, stands)
        _judge(doubts, order, moved if moved is not None else _parts(doubts, past, states), states, found)
        begin([ready.task for ready in found.tasks])
        doubts = []
        for number, (doubt, known) in rest.items():
            if stands.of_pages(number):
                found.known[doubt.village.slug] = known
            else:
                doubts.append(doubt)
    if doubts:
        _judge(doubts, order, moved if moved is not None else _parts(doubts, past, states), states, found)
    return found


def _judge(
    doubts: Iterable[_Doubt], order: Order, parts: Mapping[str, Part], states: StateFolder, found: Sorted
) -> None:
    """Put each village in doubt where it belongs, by what its files hold and how its pages stand."""
    store = store_of(order.promises.settings)
    for doubt in doubts:
        village, (own, timeline) = doubt.village, parts[doubt.village.folder]
        beside = f"{doubt.neighbours!r}{timeline.mark}"
        listing = list_files(village, order.promises)
        made = village_fingerprint(village, listing, order.setup, own, beside, store)
        state = states.load(village.slug)
        whole = _whole(state, village, made, order)
        if whole is None:
            task = Task(village, made, doubt.neighbours, KeptPart.of((own, timeline)))
            found.tasks.append(Ready(task, doubt.identity, doubt.sources, mark_of_part((own, timeline))))
            continue
        if whole is not state:
            states.save(village.slug, whole)
        known = Known.of(whole, doubt.identity, doubt.sources, mark_of_part((own, timeline)), own.changed)
        found.known[village.slug] = replace(known, receipts=made.receipts)


def _looked_at(
    county: County,
    order: Order,
    past: Past,
    overview: Overview,
    sources: Sources,
    moved: Parts | None,
    stands: Intactness,
) -> tuple[list[_Doubt], dict[int, tuple[_Doubt, Known]]]:
    """Return the villages in doubt, and by number those that their pages alone can bring there.

    ``moved`` is the history of each where HEAD is not where it was.
    """
    store, relatives = store_of(order.promises.settings), Relatives(county)
    changed: Mapping[str, frozenset[str]] | None = None
    if moved is not None:
        changed = moved.changed
    elif overview.index != past.index:
        changed = past.changed([village.folder for village in county.villages])
    doubts: list[_Doubt] = []
    rest: dict[int, tuple[_Doubt, Known]] = {}
    for number, village in enumerate(county.villages):
        neighbours = relatives.of(village)
        identity = mark_of((village, neighbours))
        known = overview.villages.get(village.slug)
        is_read = known is not None and stands.of_records(number)
        mark = known.sources if known is not None and is_read else sources.mark(village)
        fingerprint = known.fingerprint if known is not None else ""
        doubt = _Doubt(village, neighbours, identity, mark, fingerprint)
        if (
            known is not None
            and is_read
            and known.identity == identity
            and known.holds_on(order.as_of)
            and (moved is None or known.past == mark_of_part(moved[village.folder]))
            and all(stamp_of(store, receipt) == stamp for receipt, stamp in known.receipts.items())
            and (changed is None or known.changed == tuple(sorted(changed[village.folder])))
        ):
            rest[number] = doubt, known
        else:
            doubts.append(doubt)
    return doubts, rest


def _parts(doubts: Sequence[_Doubt], past: Past, states: StateFolder) -> Mapping[str, Part]:
    """Return the history of the villages in doubt: as their states remember it, or read through for all."""
    folders = [doubt.village.folder for doubt in doubts]
    changed = past.changed(folders) if folders else {}
    parts = {}
    for doubt in doubts:
        state = states.load(doubt.village.slug)
        if state is None or state.fingerprint != doubt.fingerprint:
            return past.read(folders)
        parts[doubt.village.folder] = past.part_of(state, changed[doubt.village.folder])
    return parts


def _whole(state: SiteState | None, village: Village, made: Fingerprint, order: Order) -> SiteState | None:
    """Return the state of a site that is what its records make, its stamps as they are; None to build it."""
    if state is None or state.fingerprint != made.text or not state.holds_on(order.as_of):
        return None
    if is_intact(order.output, state.stamps):
        return state
    stamps = restored(order.output, manifest_path(village.slug), state)
    return None if stamps is None else replace(state, stamps=stamps)
