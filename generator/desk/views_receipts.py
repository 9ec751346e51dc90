"""Receipts: photographs and papers put beside the rows of a table, before it is handed in or afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.desk import Desk, desk_of_app
from generator.desk.forms import BadFormError, file_name, line_of
from generator.desk.hints import hint_of
from generator.desk.reading import Read
from generator.desk.receipts import (
    ReceiptRow,
    published_tables,
    row_of,
    rows_page,
    tables_with,
    trouble_of,
)
from generator.desk.views_home import download, village_choices
from generator.desk.work_view import tables_of
from generator.desk.works import NoWorkError, Says
from generator.intake.receipt_store import look_up, store_of
from generator.model.receipts import CAPTION_LIMIT, SHA256, Receipt
from generator.pipeline.attaching import FILE_LIMIT, Offer, Outcome, Spot, attach_files, detach_receipt
from generator.pipeline.importing import Placed
from generator.pipeline.new_receipts import ReceiptChange
from generator.wording import _

receipts = Blueprint("receipts", __name__)
# Pictures that are put beside one row with one press.
_AT_ONCE = 4


def _chosen(read: Read, shown: str) -> Placed:
    """Return the table of a work that is meant, the first where none is named."""
    tables = tables_with(read)
    found = [one for one in tables if one.target.shown == shown] or (tables if not shown else [])
    if not found:
        raise BadFormError(_("这里没有可以附票据的表。名单和文书不能附；请回到「整理」看看。"))
    return found[0]


def _address(key: str, placed: Placed, row: Sequence[str] = (), anchor: str | None = None) -> str:
    table = placed.target.shown
    return url_for("receipts.show", key=key, table=table, key_=list(row) or None, _anchor=anchor)


@receipts.get("/works/<key>/receipts")
def show(key: str) -> str:
    """Return the rows of a table with their receipts; of a chosen row the form that takes more."""
    desk = desk_of_app()
    read = desk.read(desk.works.load(key))
    return _page(desk, read, _chosen(read, request.args.get("table", "")), request.args.getlist("key_"))


def _page(
    desk: Desk,
    read: Read,
    placed: Placed,
    row: Sequence[str],
    outcome: Outcome | None = None,
    captions: Sequence[str] = (),
) -> str:
    promises = read.known.promises
    store = store_of(promises.settings)
    titles = {
        one.target.shown: view.title for one, view in zip(read.report.placed, tables_of(read), strict=True)
    }
    words, first = line_of(request.args, "words", 60), request.args.get("first", "")
    findings = [(one, hint_of(one)) for one in outcome.findings] if outcome else []
    shown = placed.target.shown
    return render_template(
        "receipts.html.j2",
        work=read.work,
        shown=shown,
        title=titles[shown],
        tables=[
            (titles[one.target.shown], _address(read.work.key, one), one is placed)
            for one in tables_with(read)
        ],
        row=row_of(placed, store, row) if row else None,
        page=rows_page(placed, words, int(first) if first.isdecimal() and len(first) < 8 else 0),
        words=words,
        address=lambda one: _address(read.work.key, placed, one.key, "row"),
        whole=_address(read.work.key, placed),
        findings=findings,
        captions=[*captions, *[""] * _AT_ONCE][:_AT_ONCE],
        trouble=trouble_of(promises),
        store=promises.settings.receipts,
        limit=FILE_LIMIT // 1_000_000,
        caption_limit=CAPTION_LIMIT,
        ready=any(one.target.shown == shown for one in read.tables),
    )


def _asked(key: str) -> tuple[Desk, Read, Placed, ReceiptRow]:
    """Return what a form is about; raises BadFormError for a row that is not there."""
    desk = desk_of_app()
    read = desk.read(desk.works.load(key))
    placed = _chosen(read, request.form.get("table", ""))
    row = row_of(placed, store_of(read.known.promises.settings), request.form.getlist("key_"))
    if row is None:
        raise BadFormError(
            _("这一行现在没有了，或者同一个编号有两行。请先在「整理」里改好，再从列出的行里选。")
        )
    return desk, read, placed, row


@receipts.post("/works/<key>/receipts")
def attach(key: str) -> AnyResponse:
    """Clean, look through and store what was chosen, and put it beside the row; or say what is wrong."""
    desk, read, placed, row = _asked(key)
    promises = read.known.promises
    trouble = trouble_of(promises)
    if trouble:
        raise BadFormError(f"{trouble}。")
    captions = [line_of(request.form, f"caption.{number}") for number in range(_AT_ONCE)]
    offers = _offers(captions)
    if not offers:
        raise BadFormError(_("还没有选照片或 PDF。请返回，拍照或选文件。"))
    outcome = attach_files(
        promises,
        _spot(placed, row),
        offers,
        has_looked=bool(request.form.get("looked")),
        as_of=desk.day(read.known),
        county=read.known.county,
        before=placed.target.content,
    )
    if outcome.has_errors:
        page = _page(desk, read, placed, row.key, outcome, captions)
        return Response(page, 422, mimetype="text/html")
    desk.works.put_receipts(key, [_change(placed, row, one, False) for one in outcome.added])
    left = len(offers) - len(outcome.added)
    if outcome.added:
        flash(_("附好 {count} 张，下面是留下的样子。请再看一眼。").format(count=len(outcome.added)))
    if left:
        flash(_("有 {count} 张这一行已经附过，没有重复附。").format(count=left))
    for finding in outcome.findings:
        flash(f"{finding.place.file}：{finding.message}。{hint_of(finding)}")
    return redirect(_address(key, placed, row.key, "row"))


def _offers(captions: Sequence[str]) -> list[Offer]:
    offers = []
    for number, caption in enumerate(captions):
        file = request.files.get(f"file.{number}")
        if file is not None and file.filename:
            # One byte more than may be taken is enough to refuse it.
            content = file.stream.read(FILE_LIMIT + 1)
            offers.append(Offer(file_name(file.filename), content, caption))
    return offers


def _spot(placed: Placed, row: ReceiptRow) -> Spot:
    draft = placed.draft
    return Spot(draft.village, draft.item, draft.stem, row.key)


def _change(placed: Placed, row: ReceiptRow, receipt: Receipt, is_taken: bool) -> ReceiptChange:
    return ReceiptChange(placed.target.shown, row.key, row.words, receipt, is_taken)


@receipts.post("/works/<key>/receipts/remove")
def remove(key: str) -> AnyResponse:
    """Take one receipt from its row; the picture stays in the store, as other rows may name it."""
    desk, read, placed, row = _asked(key)
    digest = line_of(request.form, "digest", 64)
    outcome = detach_receipt(read.known.promises, _spot(placed, row), digest, placed.target.content)
    if outcome.has_errors:
        raise BadFormError(" ".join(f"{one.message}。{hint_of(one)}。" for one in outcome.findings))
    desk.works.put_receipts(key, [_change(placed, row, one, True) for one in outcome.added])
    flash(_("拿掉了「{caption}」。").format(caption="、".join(one.caption for one in outcome.added)))
    return redirect(_address(key, placed, row.key, "row"))


@receipts.get("/receipts")
def choose() -> str:
    """Return the public tables whose rows may have receipts, village by village."""
    desk = desk_of_app()
    known = desk.known()
    chosen = line_of(request.args, "village", 60)
    village = known.county.village_named(chosen) if chosen else None
    return render_template(
        "receipts_choose.html.j2",
        villages=village_choices(known),
        village=village,
        tables=published_tables(desk, village.folder) if village else [],
        trouble=trouble_of(known.promises),
    )


@receipts.post("/receipts")
def begin() -> AnyResponse:
    """Begin a work with a public table, so that its rows can have receipts; it is handed in as any other."""
    desk = desk_of_app()
    chosen = desk.known().county.village_named(line_of(request.form, "village", 60))
    wanted = request.form.get("table", "")
    tables = published_tables(desk, chosen.folder) if chosen is not None else []
    spot = next((one.spot for one in tables if one.spot.shown == wanted), None)
    if spot is None:
        raise BadFormError(_("没有这张表。请回到上一页，从单子里选。"))
    settings = desk.known().promises.settings
    content = (settings.content / spot.village.folder / spot.item.name / f"{spot.stem}.csv").read_bytes()
    says = Says(spot.village.slug, spot.item.name, spot.period.text, spot.slug)
    work = desk.works.begin([(f"{spot.title}.csv", content)], says, desk.clock())
    return redirect(url_for("receipts.show", key=work.key))


@receipts.get("/receipts/<sha256>")
def file(sha256: str) -> Response:
    """Return what the store keeps of a receipt, as it will be public."""
    store = store_of(desk_of_app().known().promises.settings)
    stored = look_up(store, sha256) if SHA256.fullmatch(sha256) else None
    content = store.get(stored.name) if store is not None and stored is not None and stored.is_sound else None
    if stored is None or content is None:
        raise NoWorkError(sha256)
    if stored.kind == "pdf":
        return download(content, f"{sha256[:8]}.pdf")
    return Response(content, mimetype="image/jpeg")
