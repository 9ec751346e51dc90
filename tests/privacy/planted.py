"""Leaks planted in a small sound county: one in every kind of carrier, one of every kind of value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.counties import changed, written
from tests.privacy import files, generators

VILLAGE = "content/dong/xi"
LEDGER = f"{VILLAGE}/finance/2026-02.csv"
NOTICE = f"{VILLAGE}/notice/2026-02-20.yaml"
RULES = f"{VILLAGE}/village_rules/2026.yaml"
PRIVATE = "content_private/dong/xi/subsidy/2025Q4--elderly.csv"

Planter = Callable[[Path, str], str]


def _file(name: str, make: Callable[[str], bytes | str]) -> Planter:
    def plant(root: Path, value: str) -> str:
        path = root / VILLAGE / name
        content = make(value)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return f"{VILLAGE}/{name}"

    return plant


def cell(root: Path, value: str) -> str:
    """Write the value into a remark of the ledger."""
    first, *rows = (root / LEDGER).read_text(encoding="utf-8").splitlines()
    rows[0] = f"{rows[0]}{value}"
    written(root, LEDGER, "\n".join([first, *rows]) + "\n")
    return LEDGER


def free_text(root: Path, value: str) -> str:
    """Write the value into the middle of a notice, with spaces."""
    spaced = f"{value[:6]} {value[6:14]} {value[14:]}"
    text = (root / NOTICE).read_text(encoding="utf-8")
    head, mark, rest = text.partition("正文: ")
    assert mark
    written(root, NOTICE, f"{head}{mark}联系人身份证{spaced}。{rest}")
    return NOTICE


def yaml_comment(root: Path, value: str) -> str:
    """Write the value into a comment of a document, which no reader of YAML sees."""
    written(root, RULES, (root / RULES).read_text(encoding="utf-8") + f"# 经办人 {value}\n")
    return RULES


def settings_comment(root: Path, value: str) -> str:
    """Write the value into a comment of village.yaml."""
    path = f"{VILLAGE}/village.yaml"
    written(root, path, (root / path).read_text(encoding="utf-8") + f"# {value}\n")
    return path


def register(root: Path, value: str) -> str:
    """Write the value into the register of publications."""
    path = f"{VILLAGE}/publications.csv"
    text = (root / path).read_text(encoding="utf-8")
    written(root, path, text.replace("公开栏,\n", f"公开栏,{value}\n", 1))
    return path


def private_list(root: Path, value: str) -> str:
    """Write the value into a list of the private root, where even names are at home."""
    changed(root, PRIVATE, ("150.00,\n", f"150.00,{value}\n"))
    return PRIVATE


def schema(root: Path, value: str) -> str:
    """Write the value into an example of a schema: it would stand in the data dictionary."""
    path = "schemas/notice.yaml"
    text = (root / path).read_text(encoding="utf-8")
    written(root, path, text + f"# 例：{value}\n")
    return path


def file_name(root: Path, value: str) -> str:
    """Name a file after the value."""
    written(root, f"{VILLAGE}/{value}.csv", "甲\n1\n")
    return f"{VILLAGE}/{'*' * len(value)}.csv"


# Each returns the file as reports name it.
CARRIERS: dict[str, Planter] = {
    "cell": cell,
    "free-text": free_text,
    "yaml-comment": yaml_comment,
    "settings-comment": settings_comment,
    "register": register,
    "private-list": private_list,
    "schema": schema,
    "file-name": file_name,
    "markdown": _file("readme.md", lambda value: f"# 说明\n\n户主 {value}\n"),
    "html-comment": _file("page.html", lambda value: f"<p>公告</p><!-- {value} -->"),
    "workbook": _file("表.xlsx", lambda value: files.workbook([["户主", "证号"], ["甲", value]])),
    "hidden-sheet": _file("表.xlsx", lambda value: files.workbook([["甲"]], hidden=[["证号"], [value]])),
    "cell-note": _file("表.xlsx", lambda value: files.workbook([["甲"]], note=value)),
    "document-property": _file("表.xlsx", lambda value: files.workbook([["甲"]], author=value)),
    "old-workbook": _file("表.xls", lambda value: files.old_workbook([["户主", "证号"], ["甲", value]])),
    "word": _file("文.docx", lambda value: files.word(files.paragraph("证号 ", value[:9], value[9:]))),
    "picture": _file("照片.jpg", lambda value: files.photo(tags={0x010E: value})),
    "pdf-text": _file("通知.pdf", lambda value: files.pdf(f"ID {value}")),
    "pdf-property": _file("通知.pdf", lambda value: files.pdf("ok", author=value)),
}


def number(seed: int) -> str:
    """Return a citizen's number of nobody, made now."""
    return str(generators.citizen(Random(seed)))
