"""The first page: put sheets in, take up what was begun, fetch blank forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.county import Known
from generator.desk.desk import desk_of_app
from generator.desk.forms import BadFormError, line_of, says_of, uploads_of
from generator.desk.office import State, Submission
from generator.desk.submission_view import short_name
from generator.desk.works import KEPT_DAYS, Work
from generator.intake.stem import read_stem
from generator.model.item import DisclosureItem
from generator.pages.guide_page import guide_url
from generator.pages.qr import qr_svg
from generator.sheets.writing.template import template_bytes
from generator.wording import _

home = Blueprint("home", __name__)
_LATEST = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a drop-down list."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a drop-down list under a heading."""

    title: str
    choices: tuple[Choice, ...]


def village_choices(known: Known) -> list[Group]:
    """Return the villages and offices to choose from, by township."""
    names = {township.folder: township.name for township in known.county.townships}
    groups: dict[str, list[Choice]] = {}
    for village in known.county.villages:
        title = names.get(village.township, known.promises.settings.county_name)
        groups.setdefault(title, []).append(Choice(village.slug, village.name))
    return [Group(title, tuple(choices)) for title, choices in groups.items()]


def item_choices(known: Known) -> list[Group]:
    """Return the tables that can be handed over, by category."""
    categories = known.promises.settings.categories
    groups: dict[str, list[Choice]] = {name: [] for name in categories}
    for item in _tables(known):
        groups[item.category].append(Choice(item.name, item.title))
    return [Group(categories[name], tuple(choices)) for name, choices in groups.items() if choices]


def _tables(known: Known) -> Iterator[DisclosureItem]:
    versions = known.promises.catalogue.versions
    register = known.promises.catalogue.register.name
    yield from (
        found[-1] for name, found in versions.items() if not found[-1].is_document and name != register
    )


@home.get("/")
def show() -> str:
    """Return the first page."""
    desk = desk_of_app()
    known = desk.known()
    submissions, trouble = desk.handed_in()
    invitation = desk.gate.invitation if desk.gate.is_own(request.remote_addr) else ""
    return render_template(
        "home.html.j2",
        county=known.promises.settings.title,
        is_demo=known.promises.settings.is_demo,
        villages=village_choices(known),
        items=item_choices(known),
        works=[_told(work) for work in desk.works.listed(desk.clock())],
        waiting=_named(submissions, State.WAITING, State.STALE),
        returned=_named(submissions, State.RETURNED)[:_LATEST],
        landed=[one for one in submissions if one.state is State.LANDED][:_LATEST],
        kept_days=KEPT_DAYS,
        trouble=trouble,
        invitation=invitation,
        code=qr_svg(invitation, _("用手机扫的二维码")) if invitation else "",
    )


def _named(submissions: Sequence[Submission], *states: State) -> list[tuple[str, Submission]]:
    return [(short_name(one.name), one) for one in submissions if one.state in states]


def _told(work: Work) -> tuple[str, str, str]:
    names = list(work.files)
    more = _(" 等 {count} 个文件").format(count=len(names)) if len(names) > 1 else ""
    return work.key, names[0] + more, f"{work.begun:%Y-%m-%d %H:%M}"


@home.post("/works")
def begin() -> AnyResponse:
    """Keep what was handed over and go to its sheets."""
    desk = desk_of_app()
    says = says_of(request.form, desk.known())
    files = uploads_of(request.files.getlist("files"))
    work = desk.works.begin(files, says, desk.clock())
    return redirect(url_for("sheet.show", key=work.key))


@home.get("/forms")
def forms() -> str:
    """Return the list of blank forms."""
    known = desk_of_app().known()
    chosen = line_of(request.args, "village", 60)
    village = known.county.village_named(chosen) if chosen else None
    period = line_of(request.args, "period", 40)
    categories = known.promises.settings.categories
    listed: dict[str, list[DisclosureItem]] = {title: [] for title in categories.values()}
    for item in _tables(known):
        if village is None or village.kind in item.applies_to:
            listed[categories[item.category]].append(item)
    return render_template(
        "forms.html.j2",
        groups={title: items for title, items in listed.items() if items},
        guide_url=guide_url,
        villages=village_choices(known),
        village=village,
        period=period,
    )


@home.get("/forms/<item>.xlsx")
def form(item: str) -> Response:
    """Return the blank form of an item, its village and period filled in where they are given."""
    known = desk_of_app().known()
    chosen = next((one for one in _tables(known) if one.name == item), None)
    if chosen is None:
        raise BadFormError(_("没有这个公开项目，请在单子里选。"))
    name = line_of(request.args, "village", 60)
    village = known.county.village_named(name) if name else None
    text, when = line_of(request.args, "period", 40), ""
    if text:
        try:
            period = read_stem(text)[0]
        except ValueError:
            raise BadFormError(_("期间请写成 2026-03、2026Q1、2026 或 2026-03-15。")) from None
        chosen = known.promises.catalogue.governing(item, period) or chosen
        when = period.title
    owner = village.name if village else ""
    content = template_bytes(chosen, village=owner, period=when)
    return download(content, f"{owner}{when}{chosen.title}.xlsx")


def download(content: bytes, name: str) -> Response:
    """Return a file to be saved under a Chinese name."""
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer
