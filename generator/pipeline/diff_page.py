"""The page of a comparison: for a browser and for paper, with nothing to load and no script."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.history.changes import TableChange
from generator.pipeline.comparing import Compared, Comparison
from generator.pipeline.diff_lines import summary_lines, table_summary
from generator.pipeline.report_page import printable_text
from generator.rows.difference import RowAt, RowChange
from generator.rows.words import column_lines, refusal_text, row_label
from generator.wording import _

_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 64rem; color: #1c1c1c; background: #fff;
  font: 17px/1.7 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.35; margin: 0 0 .4rem; }
h2 { font-size: 1.15rem; margin: 1.8rem 0 .2rem; padding-top: .6rem; border-top: 2px solid #999; }
h3 { font-size: 1rem; margin: .8rem 0 .2rem; }
p { margin: 0; }
small { color: #555; }
.held { border-left: .4rem solid #a4161a; padding: .3rem .8rem; margin: .4rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0; }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
th { background: #f2f2f2; }
tr.new td { background: #e8f5e9; }
tr.gone td { background: #fbe9e7; }
del { color: #a4161a; }
ins { color: #14532d; text-decoration: none; font-weight: bold; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { font-size: 10pt; max-width: none; padding: 0; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""


def html_comparison(comparison: Comparison) -> str:
    """Return a page that shows every row and cell that differs, the old value struck out before the new."""
    page = Element("html", lang="zh-CN")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="robots", content="noindex")
    SubElement(head, "title").text = _("记录的变动")
    SubElement(head, "style").text = _STYLE
    body = SubElement(page, "body")
    SubElement(body, "h1").text = _("记录的变动")
    for line in summary_lines(comparison):
        _say(body, line)
    for file in comparison.files:
        _file(body, file)
    indent(page, "")
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def _say(parent: Element, text: str, tag: str = "p") -> Element:
    element = SubElement(parent, tag)
    element.text = printable_text(text)
    return element


def _file(body: Element, file: Compared) -> None:
    _say(body, file.title, "h2")
    words = {"added": _("新文件"), "removed": _("已删去的文件"), "changed": ""}[file.kind]
    former = _("原来是 {former}").format(former=file.former) if file.former else ""
    _say(SubElement(body, "p"), " · ".join(filter(None, (file.subject.path, words, former))), "small")
    if file.changes.refusal is not None:
        reason = refusal_text(file.changes.refusal, file.changes.unread)
        _say(body, _("没有比较：{reason}").format(reason=reason)).set("class", "held")
    for table in file.changes.tables:
        if table.part:
            _say(body, table.part, "h3")
        for line in (*table_summary(table, file.followed_by), *column_lines(table.difference.columns)):
            _say(body, line)
        if table.entered and file.kind == "changed":
            _rows(SubElement(body, "div", {"class": "wide"}), table)


def _rows(parent: Element, table: TableChange) -> None:
    """Write the rows that were entered under all columns in which any of them says something."""
    entered, names = table.entered, table.difference.columns.names
    rows: list[tuple[int, int, RowAt | RowChange]] = [(row.line, 0, row) for row in entered.removed]
    rows += [(change.after.line, 1, change) for change in entered.changed]
    rows += [(row.line, 2, row) for row in entered.added]
    rows.sort(key=lambda entry: entry[:2])
    told = [place for place in range(len(names)) if any(_says(row, place, names) for _l, _o, row in rows)]
    grid = SubElement(parent, "table")
    line = SubElement(SubElement(grid, "thead"), "tr")
    for title in (_("哪一行"), *(names[place] for place in told)):
        _say(line, title, "th").set("scope", "col")
    body = SubElement(grid, "tbody")
    for _line, order, row in rows:
        own = SubElement(body, "tr", {"class": ("gone", "changed", "new")[order]})
        place_of = row.after if isinstance(row, RowChange) else row
        _say(own, row_label(place_of, table.difference, table.schema), "td")
        for place in told:
            _cell(SubElement(own, "td"), row, place, names)


def _says(row: RowAt | RowChange, place: int, names: tuple[str, ...]) -> bool:
    if isinstance(row, RowAt):
        return bool(row.cells[place])
    return bool(row.after.cells[place]) or any(cell.column == names[place] for cell in row.cells)


def _cell(parent: Element, row: RowAt | RowChange, place: int, names: tuple[str, ...]) -> None:
    if isinstance(row, RowAt):
        parent.text = printable_text(row.cells[place])
        return
    changed = next((cell for cell in row.cells if cell.column == names[place]), None)
    if changed is None:
        parent.text = printable_text(row.after.cells[place])
        return
    old = _say(parent, changed.before or _("（空）"), "del")
    old.tail = " → "
    _say(parent, changed.after or _("（空）"), "ins")
