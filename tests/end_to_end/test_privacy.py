"""Privacy: who stands in the private root stands nowhere in public, save for the days of display."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.checks.judgement import judge
from generator.intake.package import Intake
from generator.intake.walk import walk_county
from generator.promises.promises import load_promises
from tests.sample import AS_OF, ROOT


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Return every person named in the sample's private root."""
    found = set()
    for path in (ROOT / "content_private").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found |= {row["户主"] for row in csv.DictReader(file)}
    assert len(found) > 50
    return found


def public_history() -> str:
    """Return all that was ever public below content/: its history, or where there is none, its files."""
    git = ["git", "-C", str(ROOT), "-c", "core.quotepath=off"]
    if shutil.which("git"):
        done = subprocess.run([*git, "log", "-p", "--", "content/"], capture_output=True, check=False)
        if done.returncode == 0 and done.stdout:
            return done.stdout.decode("utf-8")
    return "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*") if path.is_file()
    )


def test_no_private_name_was_ever_committed_below_content(names: set[str]):
    history = public_history()

    assert len(history) > 100_000
    assert [name for name in names if name in history] == []


def test_only_lists_on_display_today_show_names(names: set[str], outputs: dict[str, bytes]):
    promises = load_promises(ROOT)
    on_display = set()
    for village in walk_county(promises).villages:
        for duty in judge(Intake(promises).read_package(village), promises, AS_OF).duties:
            if duty.item.is_private and duty.display is not None and duty.display.is_running:
                assert duty.resource is not None
                stem, item = duty.resource.stem, duty.item.name
                data = f"{item}-{stem}".lower().replace("--", "-").replace("_", "-")
                on_display |= {f"{village.slug}/{item}/{stem}/index.html", f"{village.slug}/data/{data}.csv"}
    showing = {
        path
        for path, content in outputs.items()
        # The dictionary is drawn from the schemas alone; its examples are made-up persons too.
        if not path.startswith("dictionary/")
        and any(name in content.decode("utf-8", "replace") for name in names)
    }

    assert showing == on_display
    assert len(on_display) >= 2


def test_the_private_root_itself_is_never_published(sample: Path, outputs: dict[str, bytes]):
    private = {path.read_bytes() for path in (sample / "content_private").rglob("*.csv")}
    shown = {path for path, content in outputs.items() if content in private}

    assert all("/data/subsidy-2026q3-" in p or "/data/welfare-list-2026-10-08" in p for p in shown)
    assert [path for path, content in outputs.items() if b"content_private" in content] == []
