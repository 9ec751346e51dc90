"""Handing in: who prepared it, why it is corrected, where it hangs; and what if somebody was faster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.changing import Form, change
from generator.desk.desk import Desk, desk_of_app
from generator.desk.forms import BadFormError, handing_form
from generator.desk.handing_in import asks_why, handover_of, open_columns
from generator.desk.office import Submission
from generator.desk.reading import Read
from generator.desk.spots import spot_of
from generator.desk.submission_view import clash_view, submission_named
from generator.desk.work_view import tables_of
from generator.desk.works import Says, StaleError, Work
from generator.wording import _

submit = Blueprint("submit", __name__)


@submit.get("/works/<key>/submit")
def show(key: str) -> str:
    """Return the form that hands a work in."""
    desk = desk_of_app()
    return _form(desk, desk.read(desk.works.load(key)), "")


def _form(desk: Desk, read: Read, problem: str, said: Mapping[str, str] | None = None) -> str:
    form = dict(read.work.form) if said is None else dict(said)
    if not form.get("role"):
        form["role"] = next((one.role for one in desk.handed_in()[0]), "")
    kinds = {placed.target.shown for placed in read.tables}
    return render_template(
        "submit.html.j2",
        work=read.work,
        form=form,
        tables=[
            view
            for view, placed in zip(tables_of(read), read.report.placed, strict=True)
            if placed.target.shown in kinds
        ],
        others=len(read.report.placed) - len(read.tables),
        has_errors=any(remark.finding.is_error for placed in read.tables for remark in placed.remarks),
        asks_why=any(map(asks_why, read.tables)),
        open_columns=open_columns(read.tables),
        problem=problem,
    )


@submit.post("/works/<key>/submit")
def hand_in(key: str) -> AnyResponse:
    """Hand a work in; what clashes is shown row by row, and nothing is lost."""
    desk = desk_of_app()
    read = desk.read(desk.works.load(key))
    form = handing_form(request.form)
    if request.form.get("version", "") != str(read.work.version):
        return change(desk, key, _with_form, url_for("submit.show", key=key))
    if request.form.get("act") == "look":
        return change(desk, key, _with_form, url_for("preview.show", key=key))
    problem = _lacking(read, form)
    if problem:
        return Response(_form(desk, read, problem, form), 422, mimetype="text/html")
    try:
        work = desk.works.save(replace(read.work, form=form))
    except StaleError:
        return redirect(url_for("submit.show", key=key))
    read = desk.read(work)
    over = request.form.getlist("over")
    answer = desk.office.hand_in(handover_of(read, form), desk.clock(), over=over)
    if not isinstance(answer, Submission):
        clashes = [clash_view(desk, clash) for clash in answer]
        page = render_template("clash.html.j2", work=work, clashes=clashes, over=over, form=form)
        return Response(page, 409, mimetype="text/html")
    if read.is_all_handed_in:
        desk.works.drop(key)
        flash(
            _("已提交，等第二个人审核：{titles}。放进来的原表已从本程序删去。").format(
                titles="、".join(answer.titles)
            )
        )
    else:
        _leave_rest(desk, read)
        flash(_("已提交，等第二个人审核：{titles}。其余的还在这里。").format(titles="、".join(answer.titles)))
    return redirect(url_for("home.show"))


def _with_form(work: Work, form: Form) -> Work:
    return replace(work, form=handing_form(form))


def _lacking(read: Read, form: Mapping[str, str]) -> str:
    if not read.tables:
        return _("没有可以提交的表：先把错误改好。")
    if not form["role"]:
        return _("请写是谁编制的，例如「报账员」。")
    if any(map(asks_why, read.tables)) and not form["reason"]:
        return _("换掉已公开的内容，要写为什么更正，村民看得到。")
    return ""


def _leave_rest(desk: Desk, read: Read) -> None:
    """Keep what could not be handed in, without what was."""
    handed_in = tuple(placed.target.shown for placed in read.tables)
    work = desk.works.load(read.work.key)
    desk.works.save(replace(work, given_up=(*work.given_up, *handed_in)))


@submit.post("/submissions/<name>/take-up")
def take_up(name: str) -> AnyResponse:
    """Begin a new work with the tables of a submission that came back."""
    desk = desk_of_app()
    known = desk.known()
    submission = submission_named(desk, name)
    files, sheets = [], {}
    for shown, _today, brings in desk.office.tables_of(submission.name):
        spot = spot_of(shown, known)
        if spot is not None:
            files.append((f"{spot.title}.csv", brings))
            says = Says(spot.village.slug, spot.item.name, spot.period.text, spot.slug)
            sheets[f"{spot.title}.csv", spot.title] = says
    if not files:
        raise BadFormError(_("这一份里没有表，不能在这里接着改。"))
    work = desk.works.begin(files, Says(), desk.clock())
    desk.works.save(replace(work, sheets=sheets, form={"role": submission.role}))
    return redirect(url_for("sheet.show", key=work.key))


@submit.post("/works/<key>/give-up")
def give_up(key: str) -> AnyResponse:
    """Leave the tables to those who were faster; the rest of the work stays."""
    desk = desk_of_app()
    paths = tuple(request.form.getlist("paths"))

    def edit(work: Work, _form: Form) -> Work:
        return replace(work, given_up=tuple(dict.fromkeys((*work.given_up, *paths))))

    answer = change(desk, key, edit, url_for("submit.show", key=key))
    if not desk.read(desk.works.load(key)).tables:
        flash(_("没有别的要交了。您的表还在首页「没交完的」里，不要了再丢弃。"))
        return redirect(url_for("home.show"))
    return answer
