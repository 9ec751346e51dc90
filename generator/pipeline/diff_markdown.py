"""The comment for a merge request: what a proposed change does to the records, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from generator.history.changes import TableChange
from generator.pipeline.comparing import Compared, Comparison
from generator.pipeline.diff_lines import summary_lines, table_summary
from generator.pipeline.reports import quoted
from generator.rows.words import column_lines, filled_cells, refusal_text, row_label
from generator.wording import _

# By this line a bot finds its own comment again.
MARKER = "<!-- cunwu-diff -->"
# Code hosts cut comments at 65,536 letters.
_MOST = 60_000


def markdown_comparison(comparison: Comparison) -> str:
    """Return a comparison as Markdown; what a code host would cut off is counted instead."""
    lines = [MARKER, f"## {quoted(_('记录的变动'))}", ""]
    lines += [f"{quoted(line)}  " for line in summary_lines(comparison)]
    length = sum(len(line) + 1 for line in lines)
    for shown, file in enumerate(comparison.files):
        told = ["", *_file(file)]
        length += sum(len(line) + 1 for line in told)
        if length > _MOST:
            rest = len(comparison.files) - shown
            lines += ["", _("还有 {count} 个文件没有列出，请运行 cunwu diff 查看").format(count=rest)]
            break
        lines += told
    return "\n".join(lines).rstrip() + "\n"


def _file(file: Compared) -> Iterator[str]:
    yield f"### {quoted(file.title)}"
    yield ""
    words = {"added": _("新文件"), "removed": _("已删去的文件"), "changed": ""}[file.kind]
    former = _("原来是 {former}").format(former=file.former) if file.former else ""
    yield " ".join(filter(None, (f"{quoted(file.subject.path)}", quoted(words or former))))
    if file.changes.refusal is not None:
        yield ""
        reason = refusal_text(file.changes.refusal, file.changes.unread)
        yield f"⚠️ {quoted(_('没有比较：{reason}').format(reason=reason))}"
    for table in file.changes.tables:
        yield ""
        if table.part:
            yield f"**{quoted(table.part)}**  "
        for line in table_summary(table, file.followed_by):
            yield f"{quoted(line)}  "
        if file.kind == "changed":
            yield from _rows(table)


def _rows(table: TableChange) -> Iterator[str]:
    difference, entered = table.difference, table.entered
    for line in column_lines(difference.columns):
        yield f"- {quoted(line)}"
    if not entered:
        return
    yield ""
    head = (_("行"), _("列"), _("原来"), _("现在"))
    yield f"| {' | '.join(map(quoted, head))} |"
    yield "|---|---|---|---|"
    for row in entered.removed:
        label = row_label(row, difference, table.schema)
        yield f"| ➖ {quoted(label)} | {quoted(_('整行'))} | {quoted(filled_cells(row, difference))} | |"
    for change in entered.changed:
        label = row_label(change.after, difference, table.schema)
        for cell in change.cells:
            told = (label, cell.column, cell.before, cell.after)
            yield f"| {' | '.join(map(quoted, told))} |"
    for row in entered.added:
        label = row_label(row, difference, table.schema)
        yield f"| ➕ {quoted(label)} | {quoted(_('整行'))} | | {quoted(filled_cells(row, difference))} |"
