"""The sheets of a work: what was understood of them, what is wrong, and mending it in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.changing import Form, change, sheet_url
from generator.desk.desk import desk_of_app
from generator.desk.forms import CELL_LIMIT, BadFormError, line_of, says_of
from generator.desk.receipts import tables_with
from generator.desk.sheet_view import Wanted, view_sheet
from generator.desk.views_home import download, item_choices, village_choices
from generator.desk.work_view import Tab, findings_of, mapping_view, place_view, tables_of, tabs_of
from generator.desk.works import Work
from generator.sheets.grid import Grid
from generator.sheets.mending import cell_place
from generator.sheets.opening import open_workbook
from generator.sheets.writing.marking import marked_copy
from generator.wording import _

sheet = Blueprint("sheet", __name__)


def _number(name: str, limit: int = 2_000_000) -> int:
    text = request.args.get(name, "")
    return min(int(text), limit) if text.isascii() and text.isdigit() else 0


@sheet.get("/works/<key>")
def show(key: str) -> str:
    """Return the page of one work at one of its sheets."""
    desk = desk_of_app()
    read = desk.read(desk.works.load(key))
    known, work = read.known, read.work
    tabs = tabs_of(read)
    asked = (request.args.get("file", ""), request.args.get("sheet", ""))
    tab = next((tab for tab in tabs if (tab.file, tab.sheet) == asked), None) or _worth_looking(tabs)
    view, placed = None, []
    if tab is not None and tab.grid is not None:
        placed = [one for one in read.report.placed if (one.file, one.draft.sheet) == (tab.file, tab.sheet)]
        left_out = {
            one.row: one.why
            for file, one in read.report.skipped
            if (file, one.sheet) == (tab.file, tab.sheet) and one.row is not None
        }
        wanted = Wanted(_number("rows"), _number("left"), request.args.get("cell", ""), _number("row"))
        mends = {cell: text for (f, s, cell), text in work.mends.items() if (f, s) == (tab.file, tab.sheet)}
        view = view_sheet(tab.grid, mends, tab.remarks, placed, left_out, wanted, desk.hides(known))
    return render_template(
        "sheet.html.j2",
        work=work,
        tabs=tabs,
        tab=tab,
        view=view,
        tables=tables_of(read),
        findings=findings_of(read, tab, _number("findings")),
        errors=read.errors,
        ready=len(read.tables),
        has_receipts=bool(tables_with(read)),
        place=place_view(read, tab) if tab else None,
        mapping=mapping_view(read, tab, placed, desk.hides(known)) if tab else None,
        villages=village_choices(known),
        items=item_choices(known),
    )


def _worth_looking(tabs: Sequence[Tab]) -> Tab | None:
    return next((tab for tab in tabs if tab.errors), tabs[0] if tabs else None)


@sheet.post("/works/<key>/cells")
def mend(key: str) -> AnyResponse:
    """Put texts into cells, or put back what stood there."""
    desk = desk_of_app()
    file, name = request.form.get("file", ""), request.form.get("sheet", "")
    grid = _grid(desk.works.load(key), file, name)
    onward = sheet_url(key, file, name, request.form.get("stay") or None)
    return change(desk, key, lambda work, form: _mended(work, form, grid, file, name), onward)


def _grid(work: Work, file: str, name: str) -> Grid:
    desk = desk_of_app()
    book = desk.read(work).report.books.get(file)
    grid = next((one for one in book.grids if one.name == name), None) if book else None
    if grid is None:
        raise BadFormError(_("没有这个工作表。请回到首页，从单子里进入。"))
    return grid


def _mended(work: Work, form: Form, grid: Grid, file: str, name: str) -> Work:
    mends = dict(work.mends)
    back = form.get("revert", "")
    empty = form.get("clear", "")
    for field, typed in form.items():
        kind, _dot, cell = field.partition(".")
        place = cell_place(cell)
        if kind != "cell" or place is None or place[0] >= len(grid.rows) or place[1] >= grid.width:
            continue
        text = typed.replace("\r", " ").replace("\n", " ").replace("\0", " ")
        if len(text) > CELL_LIMIT:
            raise BadFormError(
                _("{cell} 写得太长了，不超过 {limit} 个字。").format(cell=cell, limit=CELL_LIMIT)
            )
        if text == form.get(f"was.{cell}", ""):
            continue
        mends[file, name, cell] = text
        if text == grid.rows[place[0]][place[1]].text:
            del mends[file, name, cell]
    if cell_place(empty) is not None:
        mends[file, name, empty] = ""
    mends.pop((file, name, back), None)
    return replace(work, mends=mends)


@sheet.post("/works/<key>/place")
def place(key: str) -> AnyResponse:
    """Keep of which village, item and period a sheet is."""
    desk = desk_of_app()
    known = desk.known()
    file, name = request.form.get("file", ""), request.form.get("sheet", "")

    def edit(work: Work, form: Form) -> Work:
        said = says_of(form, known)
        if form.get("all"):
            return replace(work, says=said, sheets={})
        return replace(work, sheets={**work.sheets, (file, name): said})

    return change(desk, key, edit, sheet_url(key, file, name))


@sheet.post("/works/<key>/words")
def words(key: str) -> AnyResponse:
    """Keep which heading is which column, what stands in all rows, and which word is meant."""
    desk = desk_of_app()
    file, name = request.form.get("file", ""), request.form.get("sheet", "")

    def edit(work: Work, form: Form) -> Work:
        columns, constants, values = dict(work.columns), dict(work.constants), dict(work.values)
        for number in range(200):
            heading = form.get(f"heading.{number}")
            if heading is None:
                break
            chosen = line_of(form, f"column.{number}")
            columns.pop(heading, None)
            if chosen:
                columns[heading] = "" if chosen == "-" else chosen
        for field in form:
            kind, _dot, rest = field.partition(".")
            if kind == "set":
                constants.pop(rest, None)
                if line_of(form, field):
                    constants[rest] = line_of(form, field)
        for number in range(500):
            spelling, column = form.get(f"spelling.{number}"), form.get(f"of.{number}", "")
            if spelling is None:
                break
            values.pop((column, spelling), None)
            if line_of(form, f"word.{number}"):
                values[column, spelling] = line_of(form, f"word.{number}")
        return replace(work, columns=columns, constants=constants, values=values)

    return change(desk, key, edit, sheet_url(key, file, name))


@sheet.get("/works/<key>/marked/<int:number>")
def marked(key: str, number: int) -> Response:
    """Return a copy of a file with every cell to mend coloured and explained."""
    desk = desk_of_app()
    work = desk.works.load(key)
    contents = desk.works.contents(work)
    if number >= len(contents):
        raise BadFormError(_("没有这个文件。"))
    name, content = contents[number]
    book, _said = open_workbook(content, name)
    if not book.grids:
        raise BadFormError(_("这个文件读不出来，没有可以标的。"))
    own = [remark for file, remark in desk.read(work).remarks if file == name]
    copy = marked_copy(content, book, own)
    return download(copy, _("待修改-{name}.xlsx").format(name=name.rpartition(".")[0] or name))


@sheet.post("/works/<key>/drop")
def drop(key: str) -> AnyResponse:
    """Throw a work away."""
    desk_of_app().works.drop(key)
    return redirect(url_for("home.show"))
