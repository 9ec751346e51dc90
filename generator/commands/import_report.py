"""The report of an import: for a program as facts, for a clerk as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.pipeline.finding_facts import finding_facts
from generator.pipeline.importing import Placed, Report
from generator.sheets.canonical import Row
from generator.sheets.remark import Remark
from generator.wording import N_, _

_SHOWN_ALIKE = 20
_SHOWN_ROWS = 10
_SEVERITIES = {"error": N_("错误"), "warning": N_("提醒")}
_STATES = {
    "new": N_("新写 {path}，{rows} 行"),
    "same": N_("{path} 没有变化，{rows} 行"),
    "replaced": N_("换写 {path}，{rows} 行"),
    "different": N_("没有写 {path}：已有的内容不同"),
    "held": N_("没有写 {path}：先改正上面的错误"),
}
_DRY_STATES = {
    "new": N_("将新写 {path}，{rows} 行"),
    "replaced": N_("将换写 {path}，{rows} 行"),
}


def report_facts(report: Report) -> dict[str, Any]:
    """Return what ``--format json`` prints."""
    return {
        "rows": [row for placed in report.placed for row in placed.rows()],
        "findings": [_finding_facts(file, remark) for file, remark in report.all_remarks()],
        "skipped": [
            {
                "file": file,
                "sheet": skipped.sheet,
                "row": skipped.row,
                "column": skipped.column,
                "why": skipped.why,
                "amounts": dict(skipped.amounts),
            }
            for file, skipped in report.skipped
        ],
        "files": [{"file": file, "form": form} for file, form in report.forms.items()],
        "tables": [_table_facts(placed) for placed in report.placed],
    }


def _finding_facts(file: str, remark: Remark) -> dict[str, Any]:
    return {
        "file": file,
        "sheet": remark.sheet,
        "cell": remark.cell,
        **{key: value for key, value in finding_facts(remark.finding).items() if key != "file"},
    }


def _table_facts(placed: Placed) -> dict[str, Any]:
    draft = placed.draft
    changes = placed.target.difference
    return {
        "file": placed.file,
        "sheet": draft.sheet,
        "village": draft.village.slug,
        "item": draft.item.name,
        "period": draft.period.text,
        "slug": draft.slug,
        "path": placed.target.shown,
        "state": placed.state,
        "rows": len(draft.records),
        "added": len(changes.added),
        "removed": len(changes.removed),
        "changed": len(changes.changed),
        "register": placed.register,
        "registered": placed.is_registered,
    }


def report_lines(report: Report, *, is_dry: bool) -> Iterator[str]:
    """Yield what was found file by file, what was left out, and what became of each table."""
    remarks = report.all_remarks()
    files = dict.fromkeys([file for file, _remark in remarks] + [file for file, _skip in report.skipped])
    for file in files:
        form = report.forms.get(file, "")
        yield _("{file}（按 {form} 读）").format(file=file, form=form) if form else file
        yield from _finding_lines([remark for own, remark in remarks if own == file])
        yield from _skipped_lines(report, file)
    for placed in report.placed:
        words = _DRY_STATES if is_dry and placed.state in _DRY_STATES else _STATES
        draft = placed.draft
        title = f"{draft.village.name} {draft.item.title} {draft.period.title}"
        text = words[placed.state].format(path=placed.target.shown, rows=len(draft.records))
        yield _("{title}：{text}").format(title=title, text=text)
        if placed.state in ("different", "replaced"):
            yield from _difference_lines(placed)
        if placed.is_registered:
            yield "  " + _("公开登记簿：{line}").format(line=placed.register)
    errors = sum(1 for _file, remark in remarks if remark.finding.is_error)
    if not remarks:
        yield _("没有发现问题")
    else:
        yield _("错误 {errors} 处，提醒 {warnings} 处").format(errors=errors, warnings=len(remarks) - errors)


def _finding_lines(remarks: Sequence[Remark]) -> Iterator[str]:
    shown: dict[str, int] = {}
    for remark in remarks:
        finding = remark.finding
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if shown[finding.code] <= _SHOWN_ALIKE:
            column = _("「{column}」").format(column=finding.place.column) if finding.place.column else ""
            where = f"{remark.sheet} {remark.cell}{column}".strip()
            severity = _(_SEVERITIES[finding.severity.value])
            yield f"  {where} {severity}：{finding.message}。{finding.hint} [{finding.code}]"
    for code, count in shown.items():
        if count > _SHOWN_ALIKE:
            text = _("同类的还有 {count} 处没有列出 [{code}]，用 --format json 全部列出")
            yield "  " + text.format(count=count - _SHOWN_ALIKE, code=code)


def _skipped_lines(report: Report, file: str) -> Iterator[str]:
    alike: dict[tuple[str, str], list[str]] = {}
    for own, skipped in report.skipped:
        if own == file:
            if skipped.row is not None:
                where = str(skipped.row)
            else:
                where = _("{column} 列").format(column=skipped.column) if skipped.column else ""
            alike.setdefault((skipped.sheet, skipped.why), []).append(where)
    for (sheet, why), places in alike.items():
        if places[0].isdigit():
            listed = _("第 {rows} 行").format(rows=_ranges(sorted(set(map(int, places)))))
        else:
            listed = "、".join(place for place in places if place)
        yield "  " + _("未收 {sheet} {where}：{why}").format(sheet=sheet, where=listed, why=why)


def _ranges(rows: Sequence[int]) -> str:
    """Return 1–3、5 for rows in order: a form may end in a thousand blank ones."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], row]
        else:
            parts.append([row])
    return "、".join("–".join(map(str, part)) for part in parts)


def _difference_lines(placed: Placed) -> Iterator[str]:
    """Yield the rows that differ; of a list of persons only which, not what stands there."""
    changes = placed.target.difference
    schema = placed.draft.item.schema
    names = [column.name for column in schema.fields]

    def told(row: Row) -> str:
        keys = schema.primary_key or (names[0],)
        if placed.draft.item.is_private:
            return "，".join(row[names.index(key)] for key in keys)
        return ",".join(row)

    for sign, rows in (("+", changes.added), ("-", changes.removed)):
        yield from (f"  {sign} {told(row)}" for row in rows[:_SHOWN_ROWS])
        if len(rows) > _SHOWN_ROWS:
            yield "  " + _("{sign} 还有 {count} 行").format(sign=sign, count=len(rows) - _SHOWN_ROWS)
    for before, after in changes.changed[:_SHOWN_ROWS]:
        columns = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
        if placed.draft.item.is_private:
            yield "  ~ " + told(after) + "：" + "、".join(columns)
        else:
            pairs = zip(names, before, after, strict=True)
            yield "  ~ " + "，".join(f"{name} {old}→{new}" for name, old, new in pairs if old != new)
    if len(changes.changed) > _SHOWN_ROWS:
        yield "  " + _("{sign} 还有 {count} 行").format(sign="~", count=len(changes.changed) - _SHOWN_ROWS)
    if changes.is_reordered:
        yield "  " + _("各行相同，先后不同")
