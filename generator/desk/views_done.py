"""What is done: landed submissions and taking them back, sending them on, and carrying them by hand."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.desk import desk_of_app
from generator.desk.forms import BadFormError, line_of
from generator.desk.office import State
from generator.desk.submission_view import short_name, submission_named
from generator.desk.views_home import download
from generator.wording import _

done = Blueprint("done", __name__)
_BUNDLE_LIMIT = 256 * 1024 * 1024


@done.get("/done")
def show() -> str:
    """Return what has landed, and how to send it on."""
    desk = desk_of_app()
    submissions = [(short_name(one.name), one) for one in desk.office.submissions()]
    folder = desk.home / "bundles"
    return render_template(
        "done.html.j2",
        landed=[pair for pair in submissions if pair[1].state is State.LANDED],
        others=[pair for pair in submissions if pair[1].state in (State.UNDONE, State.RETURNED)],
        bundles=sorted((path.name for path in folder.glob("*.bundle")), reverse=True),
    )


@done.post("/done/<name>/undo")
def undo(name: str) -> AnyResponse:
    """Take a submission back."""
    desk = desk_of_app()
    submission = submission_named(desk, name)
    role, reason = line_of(request.form, "role"), line_of(request.form, "reason")
    if not role or not reason:
        raise BadFormError(_("撤回要写是谁撤回的、为什么。撤回也会留下记录。"))
    desk.office.undo(submission.name, role, reason, desk.clock())
    flash(_("已撤回：{titles}。原来的内容都还在记录里。").format(titles="、".join(submission.titles)))
    return redirect(url_for("done.show"))


@done.post("/send")
def send() -> AnyResponse:
    """Send everything on."""
    flash(desk_of_app().office.push())
    return redirect(url_for("done.show"))


@done.post("/bundles")
def pack() -> AnyResponse:
    """Write what the far side lacks as files to carry."""
    desk = desk_of_app()
    folder = desk.home / "bundles"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = desk.office.bundle(folder, desk.clock().date())
    if written:
        flash(_("已存成 {count} 个文件，在下面下载，拷到 U 盘带走。").format(count=len(written)))
    else:
        flash(_("对方已经有全部内容，没有要带走的。"))
    return redirect(url_for("done.show"))


@done.get("/bundles/<name>")
def bundle(name: str) -> Response:
    """Return a file to carry."""
    folder = desk_of_app().home / "bundles"
    path = next((path for path in folder.glob("*.bundle") if path.name == name), None)
    if path is None:
        raise NotFound
    return download(path.read_bytes(), path.name)


@done.post("/receive")
def receive() -> AnyResponse:
    """Take in a file that was carried here."""
    desk = desk_of_app()
    upload = request.files.get("bundle")
    if upload is None or not upload.filename:
        raise BadFormError(_("还没有选文件。请选带来的 .bundle 文件。"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "carried.bundle"
        upload.save(path)
        if path.stat().st_size > _BUNDLE_LIMIT:
            raise BadFormError(_("文件太大，不像是带来的记录。"))
        flash(desk.office.receive(path))
    return redirect(url_for("done.show"))
