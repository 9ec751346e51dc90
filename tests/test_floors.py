"""The floors of the package: arrows only point down, and each outside library has one door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"
FLOOR = {
    "model": 0,
    "wording": 0,
    "promises": 1,
    "rows": 1,
    "intake": 2,
    "sheets": 2,
    "checks": 3,
    "privacy": 3,
    "history": 3,
    "pages": 4,
    "engine": 5,
    "pipeline": 6,
    "publish": 6,
    "starting": 6,
    "desk": 7,
    "commands": 8,
    "cli": 8,
}
# Each outside library, and the only modules or folders that may know it.
DOORS = {
    "frictionless": ("generator.intake.frictionless_door",),
    "yaml": ("generator.promises.any_yaml", "generator.engine"),
    "mkdocs": ("generator.engine",),
    "material": ("generator.engine",),
    "markdown": ("generator.engine",),
    "python_calamine": ("generator.sheets.xlsx_file",),
    "openpyxl": ("generator.sheets.writing.book",),
    "xlrd": ("generator.sheets.xls_file", "generator.privacy.carriers.biff"),
    "PIL": ("generator.privacy.carriers.images", "generator.privacy.clean_image"),
    "pypdf": ("generator.privacy.carriers.pdf", "generator.privacy.clean_pdf"),
    "babel": ("generator.promises.languages", "generator.promises.templates_of_words"),
    "brotli": ("generator.publish.compressing",),
    "click": ("generator.cli", "generator.commands"),
    "jinja2": ("generator.pages", "generator.engine"),
    "segno": ("generator.pages.qr",),
    "pyarrow": ("generator.engine.exports.parquet_files",),
    "weasyprint": ("generator.engine.poster_pdf",),
    "subprocess": ("generator.history",),
    "boto3": ("generator.publish.bucket",),
    "botocore": ("generator.publish.bucket",),
    "distributed": ("generator.pipeline.cluster",),
    "flask": ("generator.desk",),
    "flask_wtf": ("generator.desk.web",),
    "werkzeug": ("generator.desk",),
    "waitress": ("generator.commands.desk",),
    "git_filter_repo": ("generator.history.filtering",),
}
LONGEST = 300
CLOCK = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imports_of(name: str) -> Iterator[str]:
    """Yield the full name of every module that a module imports, wherever the import stands."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            assert node.module is not None
            found = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (target if target in MODULES else node.module for target in found)


def folder_of(module: str) -> str:
    """Return the floor's folder in which a module of the package lies."""
    return module.split(".")[1] if "." in module else ""


def test_every_module_stands_on_a_floor():
    assert {folder_of(name) for name in MODULES} - {""} <= set(FLOOR)


@pytest.mark.parametrize("name", MODULES)
def test_arrows_only_point_down(name: str):
    own = folder_of(name)
    for target in imports_of(name):
        if not target.startswith("generator."):
            continue
        other = folder_of(target)
        if (own, other) in (("model", "wording"), ("cli", "commands")) or own == other:
            continue
        assert own and FLOOR[other] < FLOOR[own], f"{name} must not import {target}"


def test_the_words_know_nothing_of_the_values():
    for name in MODULES:
        if folder_of(name) == "wording":
            targets = [target for target in imports_of(name) if target.startswith("generator.")]
            assert all(target.startswith("generator.wording") for target in targets), name


@pytest.mark.parametrize("name", MODULES)
def test_each_outside_library_has_one_door(name: str):
    for target in imports_of(name):
        doors = DOORS.get(target.split(".")[0])
        if doors is not None:
            is_door = any(name == door or name.startswith(f"{door}.") for door in doors)
            assert is_door, f"{name} must not import {target}"


@pytest.mark.parametrize("name", [name for name in MODULES if FLOOR.get(folder_of(name), 0) < 8])
def test_time_comes_in_as_an_argument(name: str):
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in CLOCK, f"{name}, line {node.lineno}, looks at the clock"


@pytest.mark.parametrize("name", MODULES)
def test_no_module_is_long_and_each_says_what_it_is(name: str):
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")

    assert lines <= LONGEST
    assert ast.get_docstring(TREES[name])
