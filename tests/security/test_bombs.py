"""Small files that would unfold without an end: refused before they do."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from generator.privacy.carriers.piece import DAMAGED
from generator.privacy.carriers.xml_parts import read_xml
from generator.privacy.carriers.zipped import Unpacking
from generator.promises.strict_yaml import read_yaml
from generator.sheets.opening import open_workbook
from tests.sheets.making import xlsx

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEGABYTE = 1 << 20
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">'
CELL = "<row r='1'><c r='A1' t='inlineStr'><is><t>{}</t></is></c></row>"


def sheet(inside: str, declared: str = "") -> str:
    return f"{declared}<worksheet {NAMESPACE}>{inside}</worksheet>"


def rows(inside: str) -> str:
    return f"<sheetData>{inside}</sheetData>"


ATTACKS: dict[str, tuple[str, Callable[[], str], set[str]]] = {
    "laughs in a sheet": (SHEET, lambda: sheet(rows(CELL.format("&j;")), f"{LAUGHS}]>"), {"sheet-damaged"}),
    "laughs in the texts": (
        STRINGS,
        lambda: f"{LAUGHS}]><sst {NAMESPACE}><si><t>&j;</t></si></sst>",
        {"sheet-damaged"},
    ),
    "laughs in the book": (
        BOOK,
        lambda: f"{LAUGHS}]><workbook {NAMESPACE}>&j;</workbook>",
        {"sheet-damaged"},
    ),
    "a file of this machine": (
        SHEET,
        lambda: sheet(rows(CELL.format("&j;")), f"{OUTSIDE}]>"),
        {"sheet-damaged"},
    ),
    "a tower of tags": (SHEET, lambda: f"<worksheet {NAMESPACE}>" + "<a>" * 500_000, {"sheet-damaged"}),
    "columns that nobody sees": (
        SHEET,
        lambda: sheet(f"<cols><col min='-99999999' max='1' hidden='1'/></cols>{rows(CELL.format('甲'))}"),
        set(),
    ),
    "two cells a world apart": (
        SHEET,
        lambda: sheet(rows(CELL.format("甲") + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")),
        {"sheet-too-large"},
    ),
    "a number without an end": (
        SHEET,
        lambda: sheet(rows(f"<row r='{'9' * 100_000}'><c r='A1'><v>1</v></c></row>")),
        {"sheet-damaged"},
    ),
    "nothing, two hundred million times": (SHEET, lambda: sheet(rows(" " * 210_000_000)), {"sheet-bomb"}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_workbook_that_would_fill_the_memory_is_refused_in_little_of_it(name: str):
    part, make, codes = ATTACKS[name]
    content = _with_part(part, make())
    assert len(content) < MEGABYTE
    tracemalloc.start()
    try:
        _book, remarks = open_workbook(content, "表.xlsx")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert {remark.finding.code for remark in remarks} == codes
    assert peak < 24 * MEGABYTE


def test_the_guard_does_not_climb_a_tower_of_tags():
    with pytest.raises(Unpacking) as told:
        list(read_xml(b"<a>" * 100_000))

    assert told.value.args == (DAMAGED,)
    assert list(read_xml(b"<a>" * 100 + b"<p>text</p>" + b"</a>" * 100))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml-anchor"),
        ("a: !!python/object/apply:os.system ['touch PWNED']\n", "yaml-tag"),
        ("a: !!python/name:os.system\n", "yaml-tag"),
        ("a: !<tag:yaml.org,2002:python/object/new:os.system> [x]\n", "yaml-tag"),
        ("%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system x\n", "yaml-tag"),
        ("a: !!binary aGk=\n", "yaml-tag"),
        ("a: 1\n---\nb: 2\n", "yaml-documents"),
        ("<<: {a: 1}\n", "yaml-key"),
        ("a: " + "[" * 100_000, "yaml-depth"),
        ("a: " + "{a: " * 100_000, "yaml-depth"),
    ],
)
def test_a_document_makes_no_object_and_no_tower(text: str, code: str):
    assert code in {problem.code for problem in read_yaml(text).problems}


def _with_part(name: str, content: str) -> bytes:
    packed, sound = io.BytesIO(), io.BytesIO(xlsx([["日期", "摘要"], ["2026-01-01", "甲"]]))
    with zipfile.ZipFile(sound) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for other in whole.namelist():
            if other != name:
                target.writestr(other, whole.read(other))
        target.writestr(name, content)
    return packed.getvalue()
