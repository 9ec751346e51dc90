"""Views: everything that a page's template prints, decided beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.pages.asking import AskingView
from generator.pages.charts import BarChart
from generator.pages.correction_views import CorrectionsView
from generator.pages.election import Round
from generator.pages.groups import GroupsView
from generator.pages.states import Chip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: where it leads, a remark below it, a state beside it."""

    title: str
    note: str
    chip: Chip | None
    url: str


@dataclass(frozen=True, slots=True)
class Equation:
    """Opening + income − expense = closing, of one entity; ``rows`` are (label, figure)."""

    title: str
    rows: tuple[tuple[str, str], ...]
    total: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """One list of a document: a heading and its rows, or numbered articles."""

    title: str
    table: Markup | None
    articles: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    stages: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Why a table is held back: which version, since when, and each finding as (place, message, hint)."""

    version: str
    since: str
    findings: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Where the figures come from: path, commit, the day of the commit, and the SHA-256 of the download."""

    path: str
    commit: str
    day: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PeriodView:
    """One resource's page; ``remark`` warns a reader of a text that is no longer in force.

    ``closed`` says that the village is no more; its page at ``home_url`` names those that go on.
    ``notes`` say what of a published table still asks for an explanation; ``receipts`` are those of the
    whole period, not of a row.
    """

    title: str
    subtitle: str
    question: str
    chip: Chip | None
    remark: str
    held: Held | None
    equations: tuple[Equation, ...]
    sentences: tuple[str, ...]
    corrections: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    charts: tuple[BarChart, ...]
    facts: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    rounds: tuple[Round, ...]
    blocks: tuple[Block, ...]
    table: Markup | None
    sign_off: tuple[str, ...]
    basis: tuple[str, ...]
    downloads: tuple[tuple[str, str], ...]
    proof: Proof
    older: Line | None
    newer: Line | None
    item_title: str
    item_url: str
    home_url: str
    closed: str = ""
    receipts: Markup | None = None
    asking: AskingView | None = None
    groups: GroupsView | None = None
    corrected: CorrectionsView | None = None


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """Charts that are looked at together, such as those of one accounting entity."""

    title: str
    charts: tuple[BarChart, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item's page: what it answers, its periods, how it went over time.

    ``remarks`` say which periods the charts leave out.
    """

    title: str
    question: str
    description: str
    lines: tuple[Line, ...]
    charts: tuple[ChartGroup, ...]
    remarks: tuple[str, ...]
    basis: tuple[tuple[str, str], ...]
    dictionary_url: str
    asking: AskingView | None = None


@dataclass(frozen=True, slots=True)
class MoneyCard:
    """One entity's year so far, in large figures."""

    entity: str
    income: str
    expense: str
    closing: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A door on the home page."""

    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """A village's home page; ``ledger`` leads to the rows behind the newest of its money."""

    name: str
    heading: str
    subtitle: str
    cards: tuple[MoneyCard, ...]
    ledger: Line | None
    remarks: tuple[str, ...]
    recent: tuple[Line, ...]
    open: tuple[Line, ...]
    menu: tuple[MenuEntry, ...]
    contacts: tuple[tuple[str, str, str], ...]
    closed: str
    findings: int
    package_url: str
    zip_url: str
    zip_size: str
    calendar_url: str
    digest: str
    villages: tuple[Line, ...] = ()
    household: tuple[str, ...] = ()
