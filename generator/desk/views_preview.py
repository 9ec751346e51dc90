"""Previews in the browser: the public pages as they will look, before anybody else sees them."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.desk import Desk, desk_of_app
from generator.desk.gate import PREVIEW_POLICY
from generator.desk.handing_in import changes_of
from generator.desk.preview import Change
from generator.desk.receipts import tables_with
from generator.desk.spots import spot_of
from generator.desk.submission_view import changes_of_submission, submission_named
from generator.wording import _

preview = Blueprint("preview", __name__)
_WORK, _SUBMISSION = "work", "submission"
# Where the guides to filling in stand: kind and key.
GUIDE = ("guide", "all")


@preview.get("/works/<key>/preview")
def show(key: str) -> str:
    """Return the page that shows a work's public pages in a frame as wide as a phone."""
    desk = desk_of_app()
    read = desk.read(desk.works.load(key))
    pages = _pages(desk, [placed.target.shown for placed in read.tables])
    return render_template(
        "preview.html.j2",
        work=read.work,
        pages=pages,
        base=f"/preview/{_WORK}/{key}/",
        errors=read.errors,
        has_receipts=bool(tables_with(read)),
    )


def _pages(desk: Desk, paths: Sequence[str]) -> list[tuple[str, str]]:
    """Return title and address of the pages that change: of each table, then the home of its village."""
    known = desk.known()
    spots = [spot for path in paths if (spot := spot_of(path, known)) is not None]
    homes = {spot.village.slug: spot.village for spot in spots}
    pages = [(spot.title, spot.address) for spot in spots]
    return pages + [(_("{village}首页").format(village=one.name), f"{one.slug}/") for one in homes.values()]


@preview.get("/review/<name>/preview")
def of_submission(name: str) -> str:
    """Return the page that shows a submission's public pages."""
    desk = desk_of_app()
    submission = submission_named(desk, name)
    pages = _pages(desk, submission.paths)
    base = f"/preview/{_SUBMISSION}/{name}/"
    return render_template("preview.html.j2", work=None, name=name, pages=pages, base=base, errors=0)


@preview.get("/preview/<kind>/<key>/")
def start(kind: str, key: str) -> AnyResponse:
    """Go to the first page of a preview that is worth looking at."""
    if kind == _WORK:
        return redirect(url_for("preview.show", key=key))
    return redirect(url_for("preview.of_submission", name=key))


@preview.get("/preview/<kind>/<key>/<path:path>")
def file(kind: str, key: str, path: str) -> Response:
    """Return one file of a previewed site."""
    desk = desk_of_app()
    known = desk.known()
    name = f"{path}index.html" if path.endswith("/") else path
    if (kind, key) == GUIDE:
        content = desk.previewer.guide(name, known)
    else:
        changes, kept_as = _changes(desk, kind, key)
        content = desk.previewer.files(changes, known, desk.day(known), kept_as).get(name)
    if content is None:
        page = render_template(
            "problem.html.j2",
            title=_("这里没有这一页"),
            advice=_("预览里只有这几个村；公开以后，别的村和县的页面照常能打开。请返回上一页。"),
        )
        return Response(page, 404, mimetype="text/html")
    kind_of_file = mimetypes.guess_type(name)[0] or "application/octet-stream"
    answer = Response(content, mimetype=kind_of_file)
    answer.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return answer


def _changes(desk: Desk, kind: str, key: str) -> tuple[Sequence[Change], object]:
    if kind == _WORK:
        read = desk.read(desk.works.load(key))
        return changes_of(read, read.work.form), (key, id(read.report), tuple(sorted(read.work.form.items())))
    return changes_of_submission(desk, submission_named(desk, key)), key
