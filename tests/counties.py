"""Small counties for tests: a sound base, an example laid over it, and what is found there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from generator.checks.judgement import Judgement, judge
from generator.checks.laws import require_laws
from generator.checks.receipts import read_with_receipts
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.model.finding import Finding
from generator.model.resource import Package
from generator.promises.promises import Promises, load_promises
from tests.copies import lay

ROOT = Path(__file__).parents[1]
EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "base"
AS_OF = date(2026, 3, 10)
PROMISE = "promise.txt"
GONE = ".gone"


@dataclass(frozen=True)
class Verdict:
    """What is found in a county: about its folders, and village by village."""

    findings: tuple[Finding, ...]
    judgements: dict[str, Judgement]

    @property
    def lines(self) -> list[str]:
        """Return each finding as file:line:column:code, in reading order."""
        return sorted(map(line_of, self.findings))

    @property
    def held_back(self) -> list[str]:
        """Return the paths of the tables that are held back."""
        packages = [judgement.package for judgement in self.judgements.values()]
        return [r.path for package in packages for r in package.resources if r.is_held_back]


def line_of(finding: Finding) -> str:
    """Return a finding as promise.txt writes it; what is unknown is left empty."""
    place = finding.place
    return f"{place.file}:{place.line or ''}:{place.column or ''}:{finding.code}"


def county_at(folder: Path, *overlays: Path) -> Path:
    """Return ``folder`` as a county root: the repository's promises, the base, the overlays over it."""
    for part in ("schemas", "site_config/profiles"):
        lay(ROOT / part, folder / part)
    for overlay in (BASE, *overlays):
        lay(overlay, folder, without=PROMISE)
    for mark in folder.rglob(f"*{GONE}"):
        mark.with_suffix("").unlink()
        mark.unlink()
    return folder


def changed(root: Path, file: str, *edits: tuple[str, str]) -> Path:
    """Return ``root`` with text replaced in one of its files; each old text must be there."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return root


def written(root: Path, file: str, text: str) -> Path:
    """Return ``root`` with a file more."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return root


def verdict_on(root: Path, as_of: date = AS_OF) -> Verdict:
    """Return what ``check`` finds in the county at ``root``; raises SetupError."""
    promises = load_promises(root)
    require_laws(promises.catalogue)
    county = walk_county(promises)
    intake = Intake(promises)
    judgements = {
        village.slug: judge(read_with_receipts(intake, village, promises)[0], promises, as_of)
        for village in county.villages
    }
    found = [finding for judgement in judgements.values() for finding in judgement.findings]
    return Verdict((*county.findings, *found), judgements)


@cache
def sample_packages() -> tuple[Promises, tuple[Package, ...]]:
    """Return the sample county's promises and packages, read and not yet judged."""
    promises = load_promises(ROOT)
    intake = Intake(promises)
    return promises, tuple(intake.read_package(village) for village in walk_county(promises).villages)


def examples(kind: str, makers: Iterable[str]) -> list[str]:
    """Return the names of the examples of a kind, be they folders or made by a function."""
    return sorted({path.name for path in (EXAMPLES / kind).iterdir() if path.is_dir()} | set(makers))


def promise_of(folder: Path) -> tuple[date, list[str]]:
    """Return the day on which an example is judged, and the findings it promises."""
    lines = (folder / PROMISE).read_text(encoding="utf-8").split("\n")
    as_of = AS_OF
    if lines[0].startswith("as of "):
        as_of = date.fromisoformat(lines.pop(0).removeprefix("as of "))
    return as_of, sorted(line for line in lines if line)


Maker = Callable[[Path], None]
