"""The Containerfile: what it copies is there, and nothing in it runs as root or holds records."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
STAGES = re.split(r"^FROM ", TEXT, flags=re.MULTILINE)[1:]
RUN = [stage for stage in STAGES if "ENTRYPOINT" in stage]


def copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", TEXT, flags=re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def test_what_is_copied_is_there_and_let_in():
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

    assert copied()
    for source in copied():
        assert (ROOT / source).exists()
        assert f"!{source}" in allowed


@pytest.mark.parametrize("stage", RUN, ids=lambda stage: stage.split()[2])
def test_what_is_run_is_not_run_by_root(stage: str):
    users = re.findall(r"^USER (\S+)$", stage, flags=re.MULTILINE)

    assert users == ["10001"]
    assert stage.index("USER 10001") < stage.index("ENTRYPOINT")
    assert not re.search(r"^RUN", stage[stage.index("USER 10001") :], flags=re.MULTILINE)


def test_packages_are_installed_by_their_hashes():
    assert "--require-hashes -r requirements/run.lock" in TEXT
