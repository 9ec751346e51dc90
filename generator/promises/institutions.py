"""Institutions: which item serves each of the institutions that a villager may ask about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.promises.schemas import Catalogue
from generator.promises.section import load_section
from generator.wording import _


@dataclass(frozen=True, slots=True)
class Institution:
    """One institution: its row in the list, the items that serve it, the question that their page answers.

    ``checks`` are the codes of the findings that guard it; an institution without arithmetic has none.
    """

    row: int
    title: str
    items: tuple[str, ...]
    question: str
    checks: tuple[str, ...]


def load_institutions(root: Path, catalogue: Catalogue) -> tuple[Institution, ...]:
    """Return ``schemas/codes/institutions.yaml`` in order of row; a county without that file has none."""
    path = root / "schemas" / "codes" / "institutions.yaml"
    if not path.is_file():
        return ()
    section = load_section(path, root)
    known = {*catalogue.versions, catalogue.register.name}
    found: dict[int, Institution] = {}
    for entry in section.sections("institutions"):
        institution = Institution(
            row=entry.integer("row"),
            title=entry.text("title"),
            items=entry.texts("items"),
            question=entry.text("question"),
            checks=entry.texts("checks"),
        )
        entry.close()
        missing = [item for item in institution.items if item not in known]
        if missing or not institution.items:
            entry.fail(_("没有公开项目「{item}」").format(item="、".join(missing)), "items")
        if institution.row in found:
            entry.fail(_("第 {row} 行写了两次").format(row=institution.row), "row")
        found[institution.row] = institution
    section.close()
    return tuple(found[row] for row in sorted(found))
