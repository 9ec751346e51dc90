"""Reviewing: a second person looks at what is new and signs it with a key of their own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.county import Known
from generator.desk.desk import desk_of_app
from generator.desk.forms import BadFormError, line_of
from generator.desk.office import State, Submission
from generator.desk.submission_view import (
    changes_in,
    clash_view,
    pictures_in,
    short_name,
    submission_named,
)
from generator.desk.views_home import Choice, Group
from generator.wording import _

review = Blueprint("review", __name__)
_PASSPHRASE_LIMIT = 200
_LEAST_PASSPHRASE = 8


@review.get("/review")
def show() -> str:
    """Return what waits for a second person."""
    desk = desk_of_app()
    office = desk.office
    waiting = [one for one in office.submissions() if one.state in (State.WAITING, State.STALE)]
    return render_template(
        "review.html.j2",
        waiting=[(short_name(one.name), one) for one in waiting],
        reviewers=[(one, _named(one.places, desk.known())) for one in office.reviewers()],
    )


def _named(places: Sequence[str], known: Known) -> str:
    """Return in words for which places somebody may sign off."""
    titles = {choice.value: choice.title for group in _places(known) for choice in group.choices}
    return "、".join(titles.get(place, place) for place in places)


@review.get("/review/<name>")
def one(name: str) -> str:
    """Return what one submission changes, and the form that signs it off."""
    desk = desk_of_app()
    submission = submission_named(desk, name)
    return render_template(
        "review_one.html.j2",
        name=name,
        submission=submission,
        is_waiting=submission.state in (State.WAITING, State.STALE),
        changes_found=changes_in(desk, submission),
        pictures=pictures_in(desk, submission),
        reviewers=desk.office.reviewers(),
    )


@review.post("/review/<name>")
def decide(name: str) -> AnyResponse:
    """Sign a submission off, or send it back."""
    desk = desk_of_app()
    submission = submission_named(desk, name)
    reviewer = line_of(request.form, "reviewer", 100)
    passphrase = request.form.get("passphrase", "")[:_PASSPHRASE_LIMIT]
    if not reviewer:
        raise BadFormError(_("请先选您是哪一位审核人。还没有登记的，先登记。"))
    if not passphrase:
        raise BadFormError(_("请输入您的审核口令。"))
    if request.form.get("act") == "return":
        reason = line_of(request.form, "reason")
        if not reason:
            raise BadFormError(_("退回要写原因，让编制的人知道改什么。"))
        desk.office.send_back(submission.name, reviewer, passphrase, reason, desk.clock())
        flash(_("已退回：{titles}。").format(titles="、".join(submission.titles)))
        return redirect(url_for("review.show"))
    answer = desk.office.sign_off(submission.name, reviewer, passphrase, desk.clock())
    if isinstance(answer, Submission):
        flash(_("审核通过，已写进公开的记录：{titles}。").format(titles="、".join(answer.titles)))
        return redirect(url_for("done.show"))
    clashes = [clash_view(desk, clash) for clash in answer]
    page = render_template("review_clash.html.j2", name=name, submission=submission, clashes=clashes)
    return Response(page, 409, mimetype="text/html")


@review.get("/reviewers/new")
def enrolment() -> str:
    """Return the form that makes somebody a reviewer."""
    desk = desk_of_app()
    return render_template(
        "enrol.html.j2",
        places=_places(desk.known()),
        reviewers=desk.office.reviewers(),
        least=_LEAST_PASSPHRASE,
    )


def _places(known: Known) -> list[Group]:
    """Return what a reviewer may be enrolled for: everything, a township, a village."""
    groups = [Group(_("全县"), (Choice(".", _("所有的村")),))]
    for township in known.county.townships:
        own = [village for village in known.county.villages if village.township == township.folder]
        villages = tuple(Choice(village.folder, village.name) for village in own)
        every = Choice(township.folder, _("{name}所有的村").format(name=township.name))
        groups.append(Group(township.name, (every, *villages)))
    return groups


@review.post("/reviewers/new")
def enrol() -> AnyResponse:
    """Enrol a reviewer."""
    desk = desk_of_app()
    role = line_of(request.form, "role", 60)
    places = [place for place in request.form.getlist("places") if place]
    passphrase = request.form.get("passphrase", "")
    if not role:
        raise BadFormError(_("请写审核人的身份，例如「村务监督委员会」。"))
    if not places:
        raise BadFormError(_("请选这位审核人管哪些村。"))
    if passphrase != request.form.get("again", ""):
        raise BadFormError(_("两次输入的口令不一样，请再输一次。"))
    if not _LEAST_PASSPHRASE <= len(passphrase) <= _PASSPHRASE_LIMIT:
        raise BadFormError(_("口令要有 {count} 个字以上。").format(count=_LEAST_PASSPHRASE))
    reviewer = desk.office.enrol(role, places, passphrase, desk.clock())
    flash(_("已登记审核人：{role}。口令只有本人知道，忘了就重新登记。").format(role=reviewer.role))
    return redirect(url_for("review.show"))
