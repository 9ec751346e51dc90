"""Export tables: which tables a county's export has, with their columns, keys and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model.item import DisclosureItem, Field, TableSchema
from generator.promises.schemas import Catalogue
from generator.wording import N_, _

STRING, INTEGER, NUMBER, DATE = "string", "integer", "number", "date"
_KINDS = (INTEGER, NUMBER, DATE)
VILLAGES, TABLES, PERIODS, PUBLICATIONS = "villages", "tables", "periods", "publications"
CORRECTIONS, LOG, LOG_CHANGES = "corrections", "log", "log_changes"
_SLUG = "村标识"
# A column of the record's own that is called like one of ours.
_OWN = "（表内）"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells read (string, integer, number, date); ``places`` are a number's decimals."""

    name: str
    kind: str = STRING
    unit: str = ""
    places: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportTable:
    """One table; ``key`` is never empty, ``refers`` says which column names a row of which table's column."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()
    item: str = ""
    part: str = ""


_OF_VILLAGE = (
    Column(_SLUG, note=N_("村在网站上的固定地址，永不改变")),
    Column("村代码", note=N_("行政区划代码，12 位；合并后的新村可能沿用旧村的代码，所以不作主键")),
    Column("村名"),
)
_TO_VILLAGE = ((_SLUG, VILLAGES, "标识"),)
_OF_RECORD = (
    *_OF_VILLAGE,
    Column("期间"),
    Column("分表", note=N_("同一期间有几张表时，文件名里 -- 后面的代号")),
    Column("行号", INTEGER, note=N_("在文件里的第几行；文档写第几条")),
)


def own_tables() -> tuple[ExportTable, ...]:
    """Return the tables that every export has, whatever a county discloses."""
    of_period = (*_OF_VILLAGE, Column("项目"), Column("期间"), Column("分表"))
    return (
        ExportTable(
            VILLAGES,
            _("村"),
            (
                *(Column(name) for name in ("标识", "代码", "村名", "类别", "乡镇", "曾用代码")),
                *(Column(name, DATE) for name in ("起", "止")),
                Column("后继"),
            ),
            ("标识",),
        ),
        ExportTable(
            TABLES, _("各表说明"), tuple(map(Column, ("表", "名称", "项目", "部分", "说明"))), ("表",)
        ),
        ExportTable(
            PERIODS,
            _("各期"),
            (
                *of_period,
                Column("名称"),
                *(Column(name, DATE) for name in ("起", "止")),
                Column("状态", note=_("待更正的表，内容不导出")),
                Column("行数", INTEGER),
                *(Column(name) for name in ("文件", "校验值", "网页")),
            ),
            (_SLUG, "项目", "期间", "分表"),
            _TO_VILLAGE,
        ),
        ExportTable(
            PUBLICATIONS,
            _("公开登记簿"),
            (
                *of_period,
                Column("行号", INTEGER),
                Column("次", INTEGER),
                *(Column(name) for name in ("类型", "编制", "审核")),
                *(Column(name, DATE) for name in ("审核日", "张贴起", "张贴止")),
                *(Column(name) for name in ("地点", "备注")),
            ),
            (_SLUG, "行号"),
            _TO_VILLAGE,
        ),
        ExportTable(
            CORRECTIONS,
            _("更正记录"),
            (
                *of_period,
                Column("序号", INTEGER),
                Column("更正日", DATE),
                *(Column(name) for name in ("种类", "角色", "审核", "原因", "版本", "文件", "部分")),
                Column("行号", INTEGER),
                *(Column(name) for name in ("变化", "列", "原来", "现在")),
            ),
            (_SLUG, "序号"),
            _TO_VILLAGE,
        ),
        ExportTable(
            LOG,
            _("公开日志"),
            (
                Column("序号", INTEGER),
                *(Column(name) for name in ("类别", "时间")),
                Column("判断日", DATE),
                *(Column(name) for name in ("程序版本", "网站", "上一条", "校验值", "清除记录")),
            ),
            ("序号",),
        ),
        ExportTable(
            LOG_CHANGES,
            _("公开日志登记的改动"),
            (Column("序号", INTEGER), Column("文件"), Column("校验值")),
            ("序号", "文件"),
            (("序号", LOG, "序号"),),
        ),
    )


def item_tables(catalogue: Catalogue) -> dict[tuple[str, str], ExportTable]:
    """Return by item and part ("" for the file's own rows) one table for all versions of the item.

    Items that list persons have none.
    """
    taken = {table.name for table in own_tables()}
    tables: dict[tuple[str, str], ExportTable] = {}
    for name, versions in catalogue.versions.items():
        if any(item.is_private for item in versions):
            continue
        own = f"{name}_item" if name in taken else name
        newest_first = versions[::-1]
        for number, part in enumerate(("", *_parts_of(newest_first))):
            schemas = [item.parts.get(part) if part else item.schema for item in newest_first]
            table = _table(newest_first[0], part, [schema for schema in schemas if schema is not None])
            tables[name, part] = replace(table, name=f"{own}_{number}" if part else own)
    return tables


def _parts_of(versions: Sequence[DisclosureItem]) -> Iterable[str]:
    return dict.fromkeys(part for item in versions for part in item.parts)


def _table(item: DisclosureItem, part: str, schemas: Sequence[TableSchema]) -> ExportTable:
    columns: dict[str, Column] = {}
    for schema in schemas:
        for field in schema.fields:
            found = _column(field)
            known = columns.setdefault(field.name, found)
            if (known.kind, known.unit) != (found.kind, found.unit):
                # What was counted otherwise at another time is not to be added up.
                columns[field.name] = replace(known, kind=STRING, unit="", places=None)
            elif known.places != found.places:
                columns[field.name] = replace(known, places=None)
    return ExportTable(
        item.name,
        f"{item.title} {schemas[0].title or part}".strip() if part else item.title,
        (*_OF_RECORD, *columns.values()),
        (_SLUG, "期间", "分表", "行号"),
        _TO_VILLAGE,
        item=item.name,
        part=part,
    )


def _column(field: Field) -> Column:
    kind = field.type if field.type in _KINDS else STRING
    places = None
    if kind == NUMBER and field.step is not None:
        places = max(0, -int(field.step.as_tuple().exponent))
    return Column(column_name(field.name), kind, field.unit, places, field.description)


def column_name(name: str) -> str:
    """Return what a record's column is called in the export, where ours stand before it."""
    return f"{name}{_OWN}" if name in {column.name for column in _OF_RECORD} else name


def columns_by_field(table: ExportTable) -> Mapping[str, Column]:
    """Return the columns of a record's table that come from its schema, by their name there."""
    return {column.name.removesuffix(_OWN): column for column in table.columns[len(_OF_RECORD) :]}
