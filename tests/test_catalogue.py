"""Every word that a person reads is in one catalogue, and the catalogue is current."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter

from generator.wording import WORDING, Wording
from tests.catalogue import MARKS, POT, ROOT, extract_catalogue

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words of the law, of forms and of tables' columns, that code compares with and never prints as its own.
_DATA_MODULES = {
    "checks/quorum.py",
    "checks/sums_in_words.py",
    "checks/calendar.py",
    "checks/receipts.py",
    "desk/handing.py",
    "desk/handing_in.py",
    "desk/held.py",
    "desk/registers.py",
    "desk/slips.py",
    "engine/exports/sqlite_file.py",
    "engine/poster_pdf.py",
    "history/changes.py",
    "history/trailers.py",
    "intake/register.py",
    "model/masks.py",
    "model/seal.py",
    "pages/export_tables.py",
    "pages/search_lines.py",
    "pages/syllables.py",
    "pages/wrapping.py",
    "pipeline/attaching.py",
    "pipeline/registering.py",
    "promises/patterns.py",
    "promises/personal.py",
    "promises/schemas.py",
    "rows/hostile.py",
    "starting/answers.py",
    "wording/languages.py",
}
_DATA = {"元", "一二三四", "其中"}
# Folders that know the words of forms and of privacy as data; what they say stands in wording/.
_DATA_FOLDERS = ("privacy/", "sheets/")


def test_the_template_of_messages_is_current():
    assert POT.read_bytes() == extract_catalogue(), "run: make catalogue"


def test_chinese_in_python_goes_through_the_catalogue():
    loose = []
    for path in sorted((ROOT / "generator").rglob("*.py")):
        name = path.relative_to(ROOT / "generator").as_posix()
        if name in _DATA_MODULES or name.startswith(_DATA_FOLDERS):
            continue
        module = ast.parse(path.read_text(encoding="utf-8"))
        allowed = {id(node) for call in _catalogue_calls(module) for node in ast.walk(call)}
        allowed |= {id(node) for node in _docstrings(module)}
        loose += [
            f"{name}:{node.lineno} {node.value!r}"
            for node in ast.walk(module)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _CHINESE.search(node.value)
            and node.value not in _DATA
            and id(node) not in allowed
        ]

    assert loose == []


def _catalogue_calls(module):
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield node


def _docstrings(module):
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def test_no_finding_is_worded_twice_under_one_code():
    tables = [
        getattr(module, name)
        for path in sorted((ROOT / "generator" / "wording").glob("*.py"))
        for module in [importlib.import_module(f"generator.wording.{path.stem}")]
        for name, value in vars(module).items()
        if name.isupper()
        and isinstance(value, dict)
        and path.stem != "__init__"
        and all(isinstance(wording, Wording) for wording in value.values())
    ]
    codes = Counter(code for table in tables for code in table)

    assert set(codes) >= set(WORDING)
    assert [code for code, count in codes.items() if count > 1] == []
