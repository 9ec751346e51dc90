"""Layouts: each draws a schema it has never seen, from the file of records to the page."""

from __future__ import annotations

import pytest

from generator.model.item import LAYOUTS
from generator.pages.data_package import schema_descriptor
from tests.pages.drawing import SmallCounty, page_at
from tests.pages.parsing import Parsed

COLUMNS = """\
  - {name: 编号, type: string, example: N-1, constraints: {required: true, unique: true}}
  - {name: 日期, type: date, example: "2026-07-03", role: date}
  - {name: 名称, type: string, example: 村口水渠, role: lead, constraints: {required: true}}
  - {name: 状态, type: string, example: 已办结, constraints: {enum: [已办结, 办理中]}}
  - {name: 数量, type: integer, unit: 件, example: "1200"}
  - {name: 费用, type: number, unit: 元, step: "0.01", example: "1234.50", role: amount}
  - {name: 说明, type: string}
"""
TABLE = "name: thing\ntitle: 某事\nfields:\n" + COLUMNS
DOCUMENT = (
    "name: thing\ntitle: 某事\nfields:\n"
    "  - {name: 标题, type: string, example: 水渠的事, role: lead, constraints: {required: true}}\n"
    "parts:\n  明细:\n    title: 各项明细\n    fields:\n"
    + "".join(f"    {line}\n" for line in COLUMNS.splitlines())
)
DISCLOSURE = """\
disclosure:
  category: services
  question: 办了哪些事？
  layout: {layout}
  document: "{document}"
  cadence: quarterly
  applies_to: [village]
"""
ROW = {
    "编号": "N-1",
    "日期": "2026-07-03",
    "名称": "村口水渠",
    "状态": "已办结",
    "数量": "1200",
    "费用": "1234.50",
    "说明": "",
}
SHOWN = ["村口水渠", "N-1", "2026-07-03", "已办结", "1,200", "1,234.50", ""]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_draws_the_rows_of_a_new_schema(county: SmallCounty, layout: str):
    is_document = layout in ("document", "election")
    schema = (DOCUMENT if is_document else TABLE) + DISCLOSURE.format(
        layout=layout, document=str(is_document).lower()
    )
    county.write("schemas/thing.yaml", schema)
    if is_document:
        row = ", ".join(f'{name}: "{value}"' for name, value in ROW.items())
        county.put("thing/2026Q3.yaml", f"标题: 水渠的事\n明细:\n  - {{{row}}}\n")
    else:
        county.put("thing/2026Q3.csv", f"{','.join(ROW)}\n{','.join(ROW.values())}\n")
    book = county.book()
    found = Parsed(page_at(county.site(), "thing/2026Q3/").content)

    assert book.judgement.package.resources[0].findings == ()
    assert found.rows() == [SHOWN]
    assert found.texts("h1") == (["水渠的事"] if is_document else ["2026年第三季度 某事"])
    assert found.unbalanced == []


def test_a_published_schema_is_the_plain_table_schema_of_the_file(promises):
    item = promises.catalogue.versions["finance"][-1]

    assert schema_descriptor(item.schema)["primaryKey"] == ["序号"]
    assert set(schema_descriptor(item.schema)["fields"][8]["constraints"]) == {"minimum"}
