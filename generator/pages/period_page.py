"""Period pages: one resource becomes one view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from generator.checks.calendar import Duty, basis_of
from generator.model.finding import Finding
from generator.model.item import TableSchema
from generator.model.references import row_keys
from generator.model.resource import Resource
from generator.model.table import Table
from generator.pages.accounts import LedgerSummary, told_until
from generator.pages.asking import period_asking
from generator.pages.book import Book
from generator.pages.cells import shown
from generator.pages.closed_list import closed_sentences
from generator.pages.corrections import period_corrections
from generator.pages.election import rounds_of
from generator.pages.groups import groups_of
from generator.pages.home_page import closing_notice, resource_title
from generator.pages.notes import notes_of
from generator.pages.period_charts import period_charts
from generator.pages.receipts import drawn_receipts, hidden_columns, period_receipts
from generator.pages.sentences import ledger_sentence, list_sentence
from generator.pages.states import chip_of
from generator.pages.tables import RowForm, heading, rows_html, unfilled_columns
from generator.pages.views import Block, Equation, Held, Line, PeriodView, Proof
from generator.pages.words import amount, day, month_day
from generator.wording import _, said
from generator.wording.words import said_once, spoken_language

_FORMS: dict[tuple[int, tuple[str, ...], str], tuple[TableSchema, RowForm]] = {}


def period_view(book: Book, resource: Resource, *, digest: str, download: str) -> PeriodView:
    """Return the view of one resource; ``digest`` and ``download`` are of what is published of it."""
    duty = book.duties.get(resource.path)
    table = book.tables.get(resource.path)
    summary = book.summaries.get(resource.path)
    before, after = _neighbours(book, resource)
    # What is compared is the period before, not what was disclosed before: months may be missing.
    is_next = before is not None and before.period.end + timedelta(days=1) == resource.period.start
    earlier = book.summaries.get(before.path) if before is not None and is_next else None
    is_shown = table is not None
    is_rows = is_shown and not resource.item.is_document
    keys = row_keys(table, table.schema) if table is not None and is_rows else ()
    title = resource_title(resource)
    return PeriodView(
        title=title,
        subtitle=_subtitle(resource, summary, is_named=title != resource.title),
        question=said(resource.item.question),
        chip=chip_of(duty) if duty is not None else None,
        remark=_remark(book, resource),
        held=_held(book, resource) if resource.is_held_back else None,
        equations=tuple(_equations(summary, resource, book.judgement.as_of)),
        sentences=tuple(_sentences(resource, table, summary, earlier)) or closed_sentences(book, resource),
        corrections=_corrections(duty),
        notes=notes_of(resource) if is_shown else (),
        charts=tuple(period_charts(resource, table, summary)) if table is not None else (),
        facts=_facts(resource) if is_shown and resource.item.is_document else (),
        texts=_texts(resource) if is_shown else (),
        rounds=rounds_of(resource, book.promises.law) if is_shown else (),
        blocks=tuple(_blocks(resource)) if is_shown else (),
        table=_rows(book, resource, table, keys) if table is not None and is_rows else None,
        sign_off=_sign_off(duty),
        basis=tuple(
            a.citation
            for a in basis_of(resource.item, resource.village.kind, book.promises, resource.period.end)
        ),
        downloads=((_download_title(book, resource, is_rows=is_rows), download),) if download else (),
        proof=_proof(book, resource, digest),
        older=_line(book, before),
        newer=_line(book, after),
        item_title=said(resource.item.title),
        item_url=book.item_url(resource.item.name),
        closed=closing_notice(book),
        home_url=book.url,
        receipts=period_receipts(book, resource),
        asking=period_asking(book, resource, title, keys),
        corrected=period_corrections(book, resource.path),
        groups=groups_of(table, keys) if table is not None and is_rows else None,
    )


def _download_title(book: Book, resource: Resource, *, is_rows: bool) -> str:
    if resource.path in book.closed:
        return _("下载名单的承诺（户数、合计和校验值）")
    return _("下载表格（CSV）") if is_rows else _("下载原文件")


def _form(schema: TableSchema, hidden: tuple[str, ...] = ()) -> RowForm:
    # Keyed by identity, with the schema kept alive beside it: schemas live as long as the process.
    language = spoken_language()
    key = (id(schema), hidden, language.code if language is not None else "")
    known = _FORMS.get(key)
    if known is None or known[0] is not schema:
        known = _FORMS[key] = (schema, RowForm.of(schema, hidden))
    return known[1]


def _neighbours(book: Book, resource: Resource) -> tuple[Resource | None, Resource | None]:
    """Return what was disclosed before ``resource`` and after it."""
    siblings = [r for r in book.items[resource.item.name] if r.slug == resource.slug]
    position = next(place for place, sibling in enumerate(siblings) if sibling is resource)
    before = siblings[position - 1] if position else None
    return before, siblings[position + 1] if position + 1 < len(siblings) else None


def _line(book: Book, resource: Resource | None) -> Line | None:
    if resource is None:
        return None
    return Line(resource_title(resource), "", None, book.resource_url(resource))


def _subtitle(resource: Resource, summary: LedgerSummary | None, *, is_named: bool) -> str:
    if is_named:
        return f"{resource.period.title} · {said(resource.item.title)}"
    if summary is not None and summary.income_count + summary.expense_count:
        return _("{income} {incomes} 笔，{expense} {expenses} 笔 · 单位：{unit}").format(
            income=said(summary.income),
            incomes=summary.income_count,
            expense=said(summary.expense),
            expenses=summary.expense_count,
            unit=said(summary.unit),
        )
    return said(resource.item.question)


def _remark(book: Book, resource: Resource) -> str:
    """Return a warning over a standing text of which there is a later version."""
    if resource.item.cadence != "standing":
        return ""
    siblings = [r for r in book.items[resource.item.name] if r.slug == resource.slug]
    if siblings[-1] is resource or siblings[-1].is_held_back:
        return ""
    return _("这是以前的版本，现在的是「{title}」").format(title=resource_title(siblings[-1]))


def _rows(book: Book, resource: Resource, table: Table, keys: Sequence[str]) -> Markup:
    options = resource.item.laws.get("total", {})
    total = (str(options.get("label", "")), str(options.get("total", "")))
    form = _form(table.schema, hidden_columns(table))
    return rows_html(table, form, total=total, drawn=drawn_receipts(book, resource, table), keys=keys)


def _equations(summary: LedgerSummary | None, resource: Resource, as_of: date) -> Iterator[Equation]:
    if summary is None:
        return
    last, before = told_until(resource, as_of), month_day(resource.period.start - timedelta(days=1))
    closing = _("＝ 本期结余（{day}）").format(day=month_day(last)) if last else _("＝ 本期结余")
    for account in summary.accounts:
        rows = [
            (_("上期结余（{day}）").format(day=before), amount(account.opening)),
            (_("＋ 本期{side}").format(side=said(summary.income)), amount(account.income)),
            (_("－ 本期{side}").format(side=said(summary.expense)), amount(account.expense)),
        ]
        if account.moved:
            rows.append((_("＋ 内部转账净额"), amount(account.moved)))
        yield Equation(said(account.entity), tuple(rows), (closing, amount(account.closing)))


def _sentences(
    resource: Resource, table: Table | None, summary: LedgerSummary | None, earlier: LedgerSummary | None
) -> Iterator[str]:
    if table is None:
        return
    if summary is not None:
        known = {account.entity: account for account in earlier.accounts} if earlier is not None else {}
        for account in summary.accounts:
            yield ledger_sentence(summary, account, known.get(account.entity))
    elif (
        not resource.item.is_document and table.schema.name_of("amount") and table.schema.name_of("quantity")
    ):
        yield list_sentence(resource, table)


def _corrections(duty: Duty | None) -> tuple[tuple[str, str], ...]:
    if duty is None:
        return ()
    return tuple(
        (day(line.posted_from or line.reviewed_on), line.note or _("未说明原因")) for line in duty.corrections
    )


def _facts(resource: Resource) -> tuple[tuple[str, str], ...]:
    record = next(resource.table.records(), {})
    facts = []
    for field in resource.item.schema.fields:
        value: Any = record.get(field.name)
        if value is None or field.role in ("text", "lead"):
            continue
        facts.append((heading(field), day(value) if field.type == "date" else shown(field, value)))
    return tuple(facts)


def _texts(resource: Resource) -> tuple[str, ...]:
    name = resource.item.schema.name_of("text")
    if name is None or not resource.item.is_document or not len(resource.table):
        return ()
    return paragraphs(resource.table.column(name)[0] or "")


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, blank lines left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _blocks(resource: Resource) -> Iterator[Block]:
    for name, table in resource.parts.items():
        title = said(table.schema.title or name)
        if not len(table):
            continue
        number, text = table.schema.name_of("number"), table.schema.name_of("text")
        if number is not None and text is not None:
            yield Block(title, None, articles=tuple(_articles(table, number, text)))
        elif table.schema.name_of("stage") is not None:
            yield Block(title, None, stages=tuple(_stages(table)))
        else:
            hidden = unfilled_columns(table) if "ballots" in resource.item.laws else ()
            yield Block(title, rows_html(table, _form(table.schema, hidden)))


def _articles(table: Table, number: str, text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    lead = table.schema.name_of("lead")
    for record in table.records():
        title = str(record[lead] or "") if lead else ""
        heading = _("第 {number} 条").format(number=record[number]) if record[number] is not None else ""
        yield heading, title, paragraphs(record[text] or "")


def _stages(table: Table) -> Iterator[tuple[str, str, str]]:
    stage, when = table.schema.name_of("stage"), table.schema.name_of("date")
    others = [field for field in table.schema.fields if field.name not in (stage, when)]
    for record in table.records():
        notes = [shown(field, record[field.name]) for field in others if record[field.name] is not None]
        yield said(str(record[stage or ""] or "")), day(record[when]) if when else "", _("，").join(notes)


def _held(book: Book, resource: Resource) -> Held:
    version = book.versions.of(resource.path)
    return Held(
        version=version.commit if version else _("尚未入库的修改"),
        since=day(version.day) if version else "",
        findings=tuple(_held_line(finding) for finding in resource.findings if finding.is_error),
    )


def _held_line(finding: Finding) -> tuple[str, str, str]:
    where = []
    if finding.place.line is not None:
        where.append(_("第 {line} 行").format(line=finding.place.line))
    if finding.place.column:
        where.append(_("「{column}」").format(column=said(finding.place.column)))
    return " ".join(where), *finding.told()


def _sign_off(duty: Duty | None) -> tuple[str, ...]:
    if duty is None or duty.publication is None:
        return (_("没有登记审核和张贴。"),)
    line = duty.publication
    return _signed(
        line.prepared_by, line.reviewed_by, line.reviewed_on, line.posted_from, line.posted_to, line.location
    )


@said_once(4_096)
def _signed(
    prepared_by: str,
    reviewed_by: str,
    reviewed_on: date | None,
    posted_from: date | None,
    posted_to: date | None,
    location: str,
) -> tuple[str, ...]:
    parts = [_("{role}编制").format(role=said(prepared_by))]
    parts.append(_("{role} {day}审核").format(role=said(reviewed_by), day=day(reviewed_on)))
    if posted_from is not None:
        posted = _("{start}张贴").format(start=day(posted_from))
        if posted_to is not None:
            posted = _("{start}至 {end}张贴").format(start=day(posted_from), end=day(posted_to))
        parts.append(posted + (_("（{place}）").format(place=location) if location else ""))
    return tuple(parts)


def _proof(book: Book, resource: Resource, digest: str) -> Proof:
    version = None if resource.item.is_private else book.versions.of(resource.path)
    return Proof(
        path=_("公开部分，原始名单不公开") if resource.item.is_private else resource.path,
        commit=version.commit if version else (_("不公开") if resource.item.is_private else _("尚未入库")),
        day=day(version.day) if version else "",
        sha256=digest,
    )
