"""Slips: for every institution, a clerk's mistake in the sample that its check finds, alone and in place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from generator.checks.judgement import judge
from generator.checks.laws import require_laws
from generator.intake.package import Intake
from generator.intake.walk import County, walk_county
from generator.model.finding import Finding
from generator.model.village import Village
from generator.promises.promises import Promises, load_promises
from tests.sample import AS_OF, ROOT, copy_sample

FOLDER = Path(__file__).parent / "slips"


@dataclass(frozen=True)
class Slip:
    """In ``file`` of the sample, ``old`` is written ``new``: what ``code`` must find there, and no other.

    Where a ``line`` is stated, the finding must point to it and to ``column``, the cell to be mended.
    """

    source: str
    row: str
    file: str
    old: str
    new: str
    code: str
    line: int | None = None
    column: str | None = None

    @property
    def name(self) -> str:
        """Return how the slip is told from others."""
        return f"{self.row or self.source}-{Path(self.file).parent.name}-{self.code}"


def slips() -> list[Slip]:
    """Return every slip of every file, in order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            texts = {key: entry[key] for key in ("file", "old", "new", "code")}
            line = int(entry["line"]) if "line" in entry else None
            slip = Slip(path.stem, entry.get("row", ""), **texts, line=line, column=entry.get("column"))
            found.append(slip)
    return found


SLIPS = slips()


@dataclass
class Sample:
    """A copy of the sample county that is edited and put back."""

    root: Path
    promises: Promises
    county: County
    intake: Intake
    known: dict[str, list[Finding]] = field(default_factory=dict)

    def findings(self, file: str) -> list[Finding]:
        """Return everything found in the village to which ``file`` belongs."""
        village = self._village(file)
        found: tuple[Finding, ...] = judge(self.intake.read_package(village), self.promises, AS_OF).findings
        # Any change of a sealed list breaks its seal: that is no finding about the slip.
        return [finding for finding in found if finding.code != "seal-stale"]

    def sound(self, file: str) -> list[Finding]:
        """Return everything found there as long as no slip is made."""
        name = self._village(file).folder
        if name not in self.known:
            self.known[name] = self.findings(file)
        return self.known[name]

    def _village(self, file: str) -> Village:
        inside = Path(*Path(file).parts[1:])
        return next(v for v in self.county.villages if inside.is_relative_to(v.folder))


def tallied(findings: list[Finding]) -> Counter[tuple[str, str]]:
    """Return how often each code was found in each file."""
    return Counter((finding.place.file, finding.code) for finding in findings)


def places(findings: list[Finding], slip: Slip) -> set[tuple[int | None, str | None]]:
    """Return lines and columns of what the code of ``slip`` found in its file."""
    of_code = (f.place for f in findings if (f.place.file, f.code) == (slip.file, slip.code))
    return {(place.line, place.column) for place in of_code}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    root = copy_sample(tmp_path_factory.mktemp("slips") / "county")
    promises = load_promises(root)
    require_laws(promises.catalogue)
    return Sample(root, promises, walk_county(promises), Intake(promises))


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_found_by_its_check_alone(slip: Slip, sample: Sample):
    path = sample.root / slip.file
    text = path.read_text(encoding="utf-8")
    assert text.count(slip.old) >= 1, f"{slip.file} has no {slip.old!r}"
    before = sample.sound(slip.file)
    path.write_text(text.replace(slip.old, slip.new, 1), encoding="utf-8", newline="")
    try:
        found = sample.findings(slip.file)
    finally:
        path.write_text(text, encoding="utf-8", newline="")

    assert tallied(found) - tallied(before) == Counter({(slip.file, slip.code): 1})
    if slip.line is not None:
        assert (slip.line, slip.column) in places(found, slip) - places(before, slip)


def test_every_institution_has_a_slip_that_one_of_its_checks_finds():
    institutions = load_promises(ROOT).institutions
    by_row = {
        institution.row: [slip for slip in SLIPS if slip.row == str(institution.row)]
        for institution in institutions
    }

    assert [row for row, found in by_row.items() if not found] == []
    for institution in institutions:
        for slip in by_row[institution.row]:
            assert slip.code in institution.checks, f"{institution.row}: {slip.code}"
            items = (*institution.items, "publications.csv")
            assert Path(slip.file).parent.name in items or Path(slip.file).name in items
