"""Per-household comparisons: with names on the audit board, as unnamed dots on the portal; no ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.model.site import Page
from generator.pages.book import Book
from generator.pages.household_figures import (
    LEAST,
    Group,
    class_title,
    groups_of,
    household_facts,
    per_household,
)
from generator.pages.paging import part_url, parts_of
from generator.pages.render import Renderer
from generator.pages.words import amount
from generator.wording import N_, _

HOUSEHOLDS = "households/"
_WIDTH, _HEIGHT, _EDGE, _DOT = 320, 28, 8, 5
# From so many villages on there are columns instead of dots: how wide a stretch each is of, and how high.
DOTS, _COLUMN, _TALL = 60, 4, 48
# Rows of one page of the board, and where those stand whose households nobody told.
_MOST, _UNKNOWN = 500, f"{HOUSEHOLDS}unknown/"
_KINDS = {"village": N_("村"), "community": N_("社区")}


def own_lines(book: Book) -> tuple[str, ...]:
    """Return what a village's home says of its own figures per household; nothing of any other village."""
    households = book.village.households
    if not households:
        return ()
    newest: dict[tuple[str, str], dict[str, str]] = {}
    for fact in household_facts(book):
        newest[fact["figure"], fact["entity"]] = fact
    return tuple(
        _("{period} {what}每户 {amount} 元").format(
            period=fact["period"],
            what=f"{fact['entity']}{fact['figure']}",
            amount=amount(per_household(Decimal(fact["amount"]), households)),
        )
        for fact in newest.values()
    )


def households_page(summaries: Sequence[Mapping[str, Any]], renderer: Renderer) -> Page:
    """Return the portal's page: for each class and figure a strip of unnamed dots, and the same in words.

    It stands at the county's level: when one village changes, no page of another has to be made anew.
    """
    groups = groups_of(summaries)
    shown = [
        {"title": _title(group), "text": _text(group), "strip": _strip(group)}
        for group in groups
        if len(group.values) >= LEAST
    ]
    content = renderer.content(
        "households.html.j2",
        HOUSEHOLDS,
        shown=shown,
        few=len(groups) - len(shown),
        least=LEAST,
        crowded=DOTS if any(is_crowded(group) for group in groups) else 0,
    )
    title = _("每户多少钱")
    return Page(HOUSEHOLDS, title, _("户数相近的村，每户收入、支出、补贴各是多少"), content, section="")


def households_board(summaries: Sequence[Mapping[str, Any]], renderer: Renderer) -> Page:
    """Return the audit board's page, with names; villages stand in order of folder, never of merit."""
    groups = groups_of(summaries)
    shown = [
        (_title(group), _text(group), [(name, amount(value)) for name, value in group.values])
        for group in groups
        if len(group.values) >= LEAST
    ]
    few = [(_title(group), len(group.values)) for group in groups if len(group.values) < LEAST]
    unknown = [summary["name"] for summary in summaries if not summary.get("households")]
    content = renderer.content(
        "audit_households.html.j2", HOUSEHOLDS, shown=shown, few=few, unknown=unknown, least=LEAST
    )
    return Page(HOUSEHOLDS, _("每户比较"), _("每户比较"), content, section=HOUSEHOLDS)


def household_pages(
    summaries: Sequence[Mapping[str, Any]], renderer: Renderer
) -> Iterator[tuple[str, Callable[[], Page]]]:
    """Yield the board's pages of many villages, by address: the groups, then each with its villages."""
    found = groups_of(summaries)
    groups = [group for group in found if len(group.values) >= LEAST]
    few = [(_title(group), len(group.values)) for group in found if len(group.values) < LEAST]
    unknown = [summary["name"] for summary in summaries if not summary.get("households")]
    cut = [(group, list(parts_of(((one, 1) for one in group.values), _MOST))) for group in groups]
    bases = [f"{HOUSEHOLDS}{number}/" for number in range(1, len(cut) + 1)]
    shown = [(_title(group), _text(group), base) for (group, _parts), base in zip(cut, bases, strict=True)]
    missing = list(parts_of(((name, 1) for name in unknown), _MOST))
    front = partial(
        renderer.content,
        "audit_household_groups.html.j2",
        HOUSEHOLDS,
        shown=shown,
        few=few,
        unknown=(len(unknown), _UNKNOWN),
        least=LEAST,
    )
    title = _("每户比较")
    yield HOUSEHOLDS, lambda: Page(HOUSEHOLDS, title, title, front(), section=HOUSEHOLDS)
    for (group, parts), base in zip(cut, bases, strict=True):
        yield from _group_pages(_title(group), _text(group), parts, base, renderer)
    if missing:
        named = [[(name, None) for name in part] for part in missing]
        yield from _group_pages(_("没有填户数的"), "", named, _UNKNOWN, renderer)


def _group_pages(
    title: str,
    text: str,
    parts: Sequence[Sequence[tuple[str, Decimal | None]]],
    base: str,
    renderer: Renderer,
) -> Iterator[tuple[str, Callable[[], Page]]]:
    urls = [part_url(base, number) for number in range(1, len(parts) + 1)]

    def make(url: str, part: Sequence[tuple[str, Decimal | None]]) -> Page:
        values = [(name, amount(value) if value is not None else "") for name, value in part]
        doors = [(str(number), other, other == url) for number, other in enumerate(urls, start=1)]
        content = renderer.content(
            "audit_household_group.html.j2", url, title=title, text=text, values=values, doors=doors
        )
        return Page(url, title, title, content, section=HOUSEHOLDS)

    for url, part in zip(urls, parts, strict=True):
        yield url, partial(make, url, part)


def _title(group: Group) -> str:
    return _("{kind}，{size}：{period} {what}").format(
        kind=_(_KINDS[group.kind]),
        size=class_title(group.size),
        period=group.period,
        what=f"{group.entity}{group.figure}",
    )


def _text(group: Group) -> str:
    amounts = group.amounts
    return _("全县 {count} 个户数相近的{kind}：每户最少 {least} 元，中间 {middle} 元，最多 {most} 元").format(
        count=len(amounts),
        kind=_(_KINDS[group.kind]),
        least=amount(amounts[0]),
        middle=amount(group.middle),
        most=amount(amounts[-1]),
    )


def _strip(group: Group) -> Markup:
    """Return a line with a dot for each village where its figure lies; which is whose cannot be told.

    Of many villages it returns a column for each stretch of the line, as high as they are many there.
    """
    amounts = group.amounts
    first, span = amounts[0], amounts[-1] - amounts[0]
    width = _WIDTH - 2 * _EDGE
    places = [_EDGE + (int((value - first) * width / span) if span else width // 2) for value in amounts]
    if is_crowded(group):
        return _columns(Counter(place - place % _COLUMN for place in places))
    middle = _HEIGHT // 2
    dots = "".join(
        f'<circle cx="{place}" cy="{middle}" r="{_DOT}" fill="currentColor" fill-opacity="0.45"/>'
        for place in places
    )
    return Markup(  # noqa: S704 (nothing but numbers is put in)
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="100%" height="{_HEIGHT}" aria-hidden="true">'
        f'<line x1="{_EDGE}" y1="{middle}" x2="{_WIDTH - _EDGE}" y2="{middle}" stroke="currentColor"/>'
        f"{dots}</svg>"
    )


def is_crowded(group: Group) -> bool:
    """Return whether a group has so many villages that their dots would lie upon each other."""
    return len(group.values) > DOTS


def _columns(counts: Mapping[int, int]) -> Markup:
    most = max(counts.values())
    foot = _TALL - 1
    columns = "".join(
        f"M{place + _COLUMN // 2} {foot}v-{max(1, counts[place] * (_TALL - 2) // most)}"
        for place in sorted(counts)
    )
    return Markup(  # noqa: S704 (nothing but numbers)
        f'<svg viewBox="0 0 {_WIDTH} {_TALL}" width="100%" height="{_TALL}" aria-hidden="true">'
        f'<path d="M{_EDGE} {foot}H{_WIDTH - _EDGE}" stroke="currentColor"/>'
        f'<path d="{columns}" stroke="currentColor" stroke-width="{_COLUMN - 1}" opacity="0.6"/></svg>'
    )
