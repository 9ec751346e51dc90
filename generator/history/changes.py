"""Changes: what became of one content file between two versions, table by table, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from generator.intake.seal_file import SEAL_SUFFIX, read_seal
from generator.intake.stem import read_stem
from generator.model.finding import Finding
from generator.model.item import DisclosureItem, TableSchema
from generator.promises.promises import Promises
from generator.promises.strict_yaml import read_yaml
from generator.rows.difference import Difference, compare_tables
from generator.rows.entered import Entered, entered_of
from generator.rows.numbers import ZERO, number_of
from generator.rows.text_table import EMPTY, Refusal, Row, TextTable, read_table, table_of
from generator.sheets.text_file import TextProblem, decode
from generator.wording import N_, WORDING, _

# The tables of one version by part.
Tables = Mapping[str, TextTable]
_NO_SCHEMA = TableSchema(())
_REGISTER = "publications.csv"
_COUNTED_UNITS = ("人", "户")
_SHOWN_OF_ROOT = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """What a path in a content root is about: the folder of its village, and its item where that is known.

    ``name`` is the item's folder ("" for the village's own files), ``stem`` the file's name without suffix.
    """

    path: str
    village: str
    name: str
    stem: str
    item: DisclosureItem | None
    schema: TableSchema

    @property
    def title(self) -> str:
        """Return what the file is called: 2026年5月 财务收支; its path where no item is known."""
        if self.item is None:
            return _("公开登记簿") if self.path.endswith(_REGISTER) else self.path
        period, slug = read_stem(self.stem)
        return f"{period.title} {self.item.schemes.get(slug, '') or self.item.title}"


@dataclass(frozen=True, slots=True)
class TableChange:
    """What became of one table of a file: ``part`` is "" for a CSV, else the list of a document.

    ``after`` is the later version, whole.
    """

    part: str
    schema: TableSchema
    difference: Difference
    entered: Entered
    after: TextTable = field(default=EMPTY, repr=False)


@dataclass(frozen=True, slots=True)
class FileChanges:
    """What became of a file: its tables that changed, or why they were not compared.

    ``unread`` tells which version could not be read ("before", "after" or ""); the other may be sound.
    """

    tables: tuple[TableChange, ...] = ()
    refusal: Refusal | None = None
    unread: str = ""

    def __bool__(self) -> bool:
        return bool(self.tables or self.refusal)


# Said of a version whose bytes a clone does not hold.
MISSING = FileChanges(refusal=Refusal(N_("这份克隆里没有这一版的内容")), unread="after")


def subject_of(path: str, promises: Promises) -> Subject:
    """Return what the file at ``path`` (as findings name it) is about."""
    parts = path.split("/")
    name = parts[-1]
    suffix = SEAL_SUFFIX if name.endswith(SEAL_SUFFIX) else "." + name.rpartition(".")[2]
    stem = name.removesuffix(suffix)
    if name == _REGISTER:
        schema = promises.catalogue.register.schema
        return Subject(path, "/".join(parts[1:-1]), "", stem, None, schema)
    folder = parts[-2] if len(parts) > 1 else ""
    item = None
    if folder in promises.catalogue.versions:
        try:
            item = promises.catalogue.governing(folder, read_stem(stem)[0])
        except ValueError:
            item = None
    schema = item.schema if item is not None else _NO_SCHEMA
    return Subject(path, "/".join(parts[1:-2]), folder if item else "", stem, item, schema)


def compare_versions(before: bytes | None, after: bytes | None, subject: Subject) -> FileChanges:
    """Return what became of a file; None stands for a version in which it is not there.

    Its encoding, line ends, quoting and the order of its rows and columns make no difference. Of a list of
    persons only its length and its sums are compared.
    """
    old = tables_of(before, subject)
    return compare_read(old, tables_of(after, subject, old), subject)


def compare_read(old: Tables | Refusal, new: Tables | Refusal, subject: Subject) -> FileChanges:
    """Return what became of a file whose versions are read already, as ``compare_versions`` does."""
    if isinstance(old, Refusal):
        return FileChanges(refusal=old, unread="before")
    if isinstance(new, Refusal):
        return FileChanges(refusal=new, unread="after")
    found = []
    for part, schema in _schemas(old, new, subject).items():
        earlier, later = old.get(part, EMPTY), new.get(part, EMPTY)
        difference = compare_tables(earlier, later, schema)
        if isinstance(difference, Refusal):
            return FileChanges(refusal=difference)
        if difference:
            item = subject.item if not part else None
            entered = entered_of(difference, earlier, later, schema, item)
            found.append(TableChange(part, schema, difference, entered, later))
    return FileChanges(tuple(found))


def _schemas(
    old: Mapping[str, TextTable], new: Mapping[str, TextTable], subject: Subject
) -> dict[str, TableSchema]:
    """Return the tables to compare, in the order of the form, each with its schema."""
    present = dict.fromkeys((*new, *old))
    if _is_of_facts(subject):
        head, _content = _fact_columns()
        parts = subject.item.parts if subject.item is not None else {}
        known = {"": TableSchema((), (head,)), **parts}
        return {part: known.get(part, _NO_SCHEMA) for part in (*known, *present) if part in present}
    return dict.fromkeys(present, subject.schema)


def _is_of_facts(subject: Subject) -> bool:
    is_list = subject.item is not None and subject.item.is_private
    return is_list or not subject.path.endswith(".csv")


def tables_of(
    content: bytes | None, subject: Subject, near: Tables | Refusal | None = None
) -> Tables | Refusal:
    """Return the tables of one version by part; none where the file is not there.

    A document's head, and what may be told of a list of persons, are a table of facts. ``near`` is another
    version that was read already, beside which this one is read faster.
    """
    if content is None:
        return {}
    if subject.path.endswith(SEAL_SUFFIX):
        seal = read_seal(content, subject.path)
        if isinstance(seal, Finding):
            return Refusal(seal.message, seal.place.line)
        return {"": _facts_table(_list_facts(seal.rows, seal.totals, seal.root))}
    try:
        text = decode(content)[1]
    except TextProblem as problem:
        return Refusal(_(WORDING[problem.code].message).format_map(problem.facts), problem.line)
    is_list = subject.item is not None and subject.item.is_private
    if not subject.path.endswith(".csv"):
        return {} if is_list else _document(text)
    known = EMPTY if near is None or isinstance(near, Refusal) else near.get("", EMPTY)
    table = read_table(text, known)
    if isinstance(table, Refusal):
        return table
    if is_list:
        return {"": _facts_table(_list_facts(len(table), _sums(table, subject.schema)))}
    return {"": table}


def _fact_columns() -> tuple[str, str]:
    return _("字段"), _("内容")


def _facts_table(rows: list[Row]) -> TextTable:
    # Facts stand on no line that a spreadsheet would count.
    return TextTable(_fact_columns(), rows, [0] * len(rows))


def _list_facts(count: int, totals: Mapping[str, Decimal], root: str = "") -> list[Row]:
    """Return what may be told of a list of persons."""
    facts: list[Row] = [(_("户数（人数）"), str(count))]
    facts += [(_("{name}合计").format(name=name), str(total)) for name, total in totals.items()]
    return [*facts, (_("名单校验值"), root[:_SHOWN_OF_ROOT])] if root else facts


def _sums(table: TextTable, schema: TableSchema) -> dict[str, Decimal]:
    sums = {}
    for column in schema.fields:
        is_summed = column.is_numeric and (column.role == "amount" or column.unit in _COUNTED_UNITS)
        if is_summed and column.name in table.columns:
            place = table.columns.index(column.name)
            sums[column.name] = sum((number_of(row[place]) for row in table.rows()), ZERO)
    return sums


def _document(text: str) -> dict[str, TextTable] | Refusal:
    """Return a document's head as a table of facts, and each of its lists as a table."""
    document = read_yaml(text)
    if document.problems:
        problem = document.problems[0]
        return Refusal(_(WORDING[problem.code].message).format_map(problem.facts), problem.line)
    value: Any = document.value
    if not isinstance(value, dict):
        return Refusal(_("这份文件不是一份填好的记录"), 1)
    facts: list[Row] = []
    tables: dict[str, TextTable] = {}
    for name, content in value.items():
        if isinstance(content, list) and content and all(isinstance(row, dict) for row in content):
            columns = tuple(dict.fromkeys(key for row in content for key in row))
            tables[name] = table_of(
                columns, [[_text(row.get(column, "")) for column in columns] for row in content]
            )
        elif content not in ("", [], {}):
            facts.append((name, _text(content)))
    return {"": _facts_table(facts), **tables}


def _text(value: Any) -> str:
    """Return a value of a document as one text; what is nested is told in order."""
    return "；".join(_leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, content in value.items():
            yield f"{key}：{_text(content)}"
    elif isinstance(value, list):
        for content in value:
            yield _text(content)
    else:
        yield str(value)
