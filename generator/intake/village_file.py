"""Village files: village.yaml and township.yaml become a Village and a Township, or a finding."""

from __future__ import annotations

from pathlib import Path

from generator.model.finding import Finding, Place, SetupError
from generator.model.village import Township, Village
from generator.promises.promises import Promises
from generator.promises.section import Section, load_section
from generator.promises.settings import contacts_of
from generator.rows.hostile import FORMULA, has_unseen
from generator.wording import _

_CODE_DIGITS = 12


def read_village(folder: Path, promises: Promises, township: str) -> Village | Finding:
    """Return the village that ``folder`` belongs to, or the finding that says why it is none."""
    path = folder / "village.yaml"
    if path.is_symlink():
        return Finding.of("file-link", Place(promises.shown(path)))
    if not path.is_file():
        return Finding.of("folder-not-village", Place(promises.shown(folder)))
    try:
        section = load_section(path, promises.root)
        village = Village(
            slug=section.text("slug"),
            name=_name(section),
            code=_code(section, "code"),
            kind=section.choice("kind", ("village", "community")),
            township=township,
            folder=f"{township}/{folder.name}",
            contacts=contacts_of(section),
            bodies=section.texts("bodies"),
            former_codes=section.texts("former_codes"),
            valid_from=section.day("valid_from"),
            valid_to=section.day("valid_to"),
            successors=section.texts("successors"),
            households=section.integer("households", 0) or None,
        )
        section.close()
    except SetupError as error:
        return _finding(error)
    return village


def read_township(folder: Path, promises: Promises) -> Township | Finding:
    """Return the township of ``folder``, or the finding that says why it is none."""
    path = folder / "township.yaml"
    if path.is_symlink():
        return Finding.of("file-link", Place(promises.shown(path)))
    if not path.is_file():
        return Finding.of("folder-not-township", Place(promises.shown(folder)))
    try:
        section = load_section(path, promises.root)
        township = Township(folder.name, _name(section), _code(section, "code"), contacts_of(section))
        section.close()
    except SetupError as error:
        return _finding(error)
    return township


def _name(section: Section) -> str:
    name = section.text("name")
    if FORMULA.match(name) or has_unseen(name):
        section.fail(_("不能以等号、加号这样的符号开头，也不能有看不见的字符"), "name")
    return name


def _code(section: Section, key: str) -> str:
    code = section.text(key)
    if len(code) != _CODE_DIGITS or not code.isascii() or not code.isdigit():
        section.fail(_("应当是 12 位数字，写在引号里"), key)
    return code


def _finding(error: SetupError) -> Finding:
    return Finding.of("village-file", Place(error.file, error.line, error.key or None), problem=error.problem)
