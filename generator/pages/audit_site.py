"""The audit board: which villages were late, for those who supervise and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from generator.model.site import NavEntry, Page, Site
from generator.model.village import Township
from generator.pages.audit_boards import BOARD, Place, items_board, timeliness_board
from generator.pages.audit_townships import township_boards
from generator.pages.correction_flags import CORRECTIONS, corrections_board
from generator.pages.households_page import HOUSEHOLDS, households_board
from generator.pages.paging import is_paged, villages_of
from generator.pages.parts import Made, Part, Remember, Summary, make_anew
from generator.pages.render import Renderer
from generator.privacy.allow import Allowance
from generator.wording import _
from generator.wording.privacy import KINDS

ALLOWED = "allowed/"


@dataclass(frozen=True, slots=True)
class AuditPlan:
    """The audit site before its pages are made: of many villages no more than one page need be at hand.

    ``site`` has none yet: they are made by the ``parts``.
    """

    site: Site
    parts: tuple[Part, ...]


def audit_plan(
    townships: Sequence[Township],
    summaries: Sequence[Summary],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
    allowances: Sequence[Allowance] = (),
    remember: Remember = make_anew,
) -> AuditPlan:
    """Return the boards; villages stand in order of folder, never of merit.

    ``titles`` are those of the items, by name; ``allowances`` are what the privacy guard lets stand: the
    set-up says both. Where there are many villages, each township has boards of its own.
    """
    villages = villages_of(summaries)
    nav = (
        NavEntry(_("公开时效"), ""),
        NavEntry(_("各项公开情况"), BOARD),
        NavEntry(_("更正情况"), CORRECTIONS),
        NavEntry(_("每户比较"), HOUSEHOLDS),
        NavEntry(_("放行清单"), ALLOWED),
    )
    if is_paged(summaries):
        boards = tuple(township_boards(townships, villages, as_of, renderer, titles, remember))
    else:
        make = partial(_boards, townships, villages, as_of, renderer, titles)
        boards = (Part("boards", (as_of.isoformat(), townships), make, villages),)
    allowed = Part(ALLOWED, allowances, partial(_allowed, allowances, renderer))
    return AuditPlan(Site(_("公开时效（内部）"), "", nav, (), is_public=False), (*boards, allowed))


def _boards(
    townships: Sequence[Township],
    villages: Sequence[Summary],
    as_of: date,
    renderer: Renderer,
    titles: Mapping[str, str],
) -> Iterator[Made]:
    names = {township.folder: township.name for township in townships}
    yield "", partial(timeliness_board, villages, names, as_of, renderer, Place("", ""))
    yield BOARD, partial(items_board, villages, titles, renderer, Place(BOARD, BOARD))
    yield CORRECTIONS, partial(corrections_board, villages, names, renderer, Place(CORRECTIONS, CORRECTIONS))
    yield HOUSEHOLDS, partial(households_board, villages, renderer)


def _allowed(allowances: Sequence[Allowance], renderer: Renderer) -> Iterator[Made]:
    """Yield the list of what may stand although it looks personal: why, and who answers for it."""
    rows = [
        (
            entry.file,
            entry.column or "",
            str(KINDS[entry.kind].message),
            entry.reason,
            entry.role,
            entry.until.isoformat() if entry.until else _("不限"),
        )
        for entry in allowances
    ]

    def make() -> Page:
        content = renderer.content("audit_allowed.html.j2", ALLOWED, rows=rows)
        return Page(ALLOWED, _("放行清单"), _("放行清单"), content, section=ALLOWED)

    yield ALLOWED, make
