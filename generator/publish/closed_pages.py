"""Closed pages: the page of a list as it stood while the list hung becomes what it may say afterwards."""

from __future__ import annotations

import html
import re

from generator.model.references import row_keys
from generator.model.seal import totals_of
from generator.pages.closed_list import over_sentence, totals_sentence
from generator.pages.projection import Totals
from generator.pages.receipts import hidden_columns
from generator.pages.tables import RowForm, rows_html
from generator.pages.words import day as in_words
from generator.pages.wrapping import whole
from generator.publish.closing import Closed, personal_texts
from generator.wording import _, speaking
from generator.wording.languages import Language

_ARTICLE = re.compile(r"(<article[^>]*>\s*(?:<h1[^>]*>.*?</h1>)?)(.*)(</article>)", re.DOTALL)
_DESCRIPTION = re.compile(r'(<meta name="description" content=")[^"]*(")')
_SUBTITLE = re.compile(r'\s*<p class="sub"><span>.*?</p>\n', re.DOTALL)
_COUNTDOWN = re.compile(r' ?<span class="chip [a-z]+"><time [^>]*data-due[^>]*>[^<]*</time></span>')
_TABLE = re.compile(r'<table class="rows">.*?</table>', re.DOTALL)
_DOWNLOAD = re.compile(r'<p><a class="btn" href="([^"]*/)[^"/]*" download>[^<]*</a></p>\n')
_ROW_NUMBER = re.compile(r"(<strong data-ref>[^<]*</strong>)<br><small>[^<]*</small>")
_ROW_FIELD = re.compile(r'<p class="search"><label for="ask-row">.*?</p>\n?', re.DOTALL)
_PROOF = re.compile(r" · <code>sha256 [0-9a-f]{64}</code>")


def closed_page(page: str, closed: Closed, language: Language | None) -> bytes:
    """Return ``page`` as it may be seen after the display, with what it says in its own ``language``.

    What a page says besides its rows stays, as long as it names none of the persons; of one that is not
    printed as ours are nothing does.
    """
    with speaking(language):
        reasons = _reasons(closed)
        found = _ARTICLE.search(page)
        if found is None:
            said = _said(closed, reasons)
            return f'<!doctype html><html><meta charset="utf-8"><title>-</title>{said}</html>\n'.encode()
        head, tail = page[: found.start()] + found[1], found[3] + page[found.end() :]
        body = _with_masks(found[2], closed)
        if body is None:
            body = _with_totals(found[2], closed, reasons)
            why = html.escape(reasons[0])
            head = _DESCRIPTION.sub(lambda match: f"{match[1]}{why}{match[2]}", head)
    return f"{head}{body}{tail}".encode()


def _with_masks(body: str, closed: Closed) -> str | None:
    """Return the page with masks in the place of names; None where they may not stay, or names are left."""
    resource, table = closed.resource, closed.masked
    if resource is None or table is None:
        return None
    options = resource.item.laws.get("total", {})
    rows = rows_html(
        table,
        RowForm.of(table.schema, hidden_columns(table)),
        total=(str(options.get("label", "")), str(options.get("total", ""))),
        keys=row_keys(table, table.schema),
    )
    text, count = _TABLE.subn(lambda _found: f"{_swapped(closed)}{rows}", _COUNTDOWN.sub("", body))
    is_whole = count == 1 and not _names_someone(text, closed)
    return _PROOF.sub(_proof(closed), text) if is_whole else None


def _with_totals(body: str, closed: Closed, reasons: tuple[str, ...]) -> str:
    """Return why nobody is named and what the list added up to, before who reviewed it and where to ask."""
    said = _said(closed, reasons)
    subtitle = _SUBTITLE.match(body)
    _rows, mark, rest = body.rpartition(f"<h2>{_('谁审核的')}</h2>\n")
    if subtitle is None or not mark:
        return said
    rest = _ROW_FIELD.sub("", _ROW_NUMBER.sub(r"\1", rest))
    rest = _DOWNLOAD.sub(lambda found: _download(found[1], closed), rest, count=1)
    rest = _PROOF.sub(_proof(closed), rest)
    text = f"{_COUNTDOWN.sub('', subtitle[0])}{said}{mark}{rest}"
    return said if _names_someone(text, closed) else text


def _said(closed: Closed, reasons: tuple[str, ...]) -> str:
    sentences = "".join(f'<p class="say">{whole(reason)}</p>\n' for reason in reasons)
    return f"\n{sentences}{_swapped(closed)}"


def _reasons(closed: Closed) -> tuple[str, ...]:
    """Return why nobody is named, and what the list added up to where that is known."""
    if closed.resource is None or closed.start is None:
        why = _("公示期已满（到 {end} 为止），名单不再显示。").format(end=in_words(closed.end))
    else:
        why = over_sentence(closed.start, closed.end)
    if closed.resource is None:
        return (why,)
    table = closed.resource.table
    return (why, totals_sentence(closed.resource, Totals(len(table), totals_of(table))))


def _swapped(closed: Closed) -> str:
    how = _("这个网站以前的版本放回来过，这一页按 {day}的规定换成了公示期满以后的样子。").format(
        day=in_words(closed.day)
    )
    return f'<p class="sub">{html.escape(how)}</p>\n'


def _download(folder: str, closed: Closed) -> str:
    if closed.file is None:
        return ""
    name, title = closed.file.path.rpartition("/")[2], html.escape(_("下载名单的承诺（户数、合计和校验值）"))
    return f'<p><a class="btn" href="{folder}{name}" download>{title}</a></p>\n'


def _proof(closed: Closed) -> str:
    return f" · <code>sha256 {closed.file.sha256}</code>" if closed.file is not None else ""


def _names_someone(text: str, closed: Closed) -> bool:
    return closed.resource is None or any(
        html.escape(name) in text for name in personal_texts(closed.resource)
    )
