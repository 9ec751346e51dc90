"""The report as one page of HTML: for a phone, for paper, with nothing to load and no script."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from generator.wording import _

# What XML cannot hold, and lone surrogates of file names that are no UTF-8.
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 50rem; color: #1c1c1c; background: #fff;
  font: 18px/1.7 "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.35; margin: 0 0 .4rem; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; padding-top: .6rem; border-top: 2px solid #999; }
ol, ul { list-style: none; margin: 0; padding: 0; }
li { margin: .6rem 0; padding: .6rem .8rem; border: 1px solid #bbb; border-left: .4rem solid #8a6100; }
li.error { border-left-color: #a4161a; }
p { margin: 0; }
b { white-space: nowrap; color: #6b4b00; }
li.error b { color: #a4161a; }
small { color: #555; }
@media print {
  @page { size: A4; margin: 15mm; }
  body { font-size: 11pt; max-width: none; padding: 0; }
  li { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""


def html_report(findings: Collection[Mapping[str, Any]], title: str, summary: str) -> str:
    """Return a page that lists ``findings`` file by file, each with what to write instead."""
    page = Element("html", lang="zh-CN")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", name="robots", content="noindex")
    SubElement(head, "title").text = printable_text(title)
    SubElement(head, "style").text = _STYLE
    body = SubElement(page, "body")
    SubElement(body, "h1").text = printable_text(title)
    SubElement(body, "p").text = printable_text(summary)
    file, listed = None, body
    for finding in findings:
        if finding["file"] != file:
            file = finding["file"]
            SubElement(body, "h2").text = printable_text(str(file))
            listed = SubElement(body, "ul")
        _entry(listed, finding)
    indent(page, "")
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html") + "\n"


def _entry(listed: Element, finding: Mapping[str, Any]) -> None:
    entry = SubElement(listed, "li", {"class": str(finding["severity"])})
    first = SubElement(entry, "p")
    word = SubElement(first, "b")
    word.text = severity_word(finding)
    where = where_of(finding)
    word.tail = printable_text(f" {where} {finding['message']}" if where else f" {finding['message']}")
    SubElement(entry, "p").text = printable_text(finding["hint"])
    SubElement(SubElement(entry, "p"), "small").text = printable_text(finding["code"])


def severity_word(finding: Mapping[str, Any]) -> str:
    """Return whether a finding is an error or asks for attention, in a word."""
    return _("错误") if finding["severity"] == "error" else _("提醒")


def where_of(finding: Mapping[str, Any]) -> str:
    """Return where in its file a finding is: the sheet and cell of a clerk, else line and column."""
    column = _("「{column}」").format(column=finding["column"]) if finding["column"] else ""
    if finding.get("sheet") or finding.get("cell"):
        return f"{finding['sheet']} {finding['cell']}{column}".strip()
    line = _("第 {line} 行").format(line=finding["line"]) if finding["line"] else ""
    return f"{line}{column}"


def printable_text(text: str) -> str:
    """Return text that XML and every viewer can hold."""
    return _UNPRINTABLE.sub("\ufffd", text)
