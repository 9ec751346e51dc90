"""Running cunwu as its users do."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from generator.cli import main
from tests.sample import ROOT, copy_sample


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "county")


def cunwu(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a verb from its words to its exit code, and return what it printed and how it ended.

    This process stands in for one of its own, which takes longer to start than most verbs to run;
    ``started`` is for what only a new process can show.
    """
    words = list(map(str, arguments))
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code: object = None
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err), patch.object(sys, "argv", ["cunwu", *words]):
        try:
            main()
        except SystemExit as end:
            code = end.code
    said = [_said(stream) for stream in (out, err)]
    assert code is None or isinstance(code, int)
    return subprocess.CompletedProcess(["cunwu", *words], code or 0, *said)


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8").replace("\r\n", "\n")


def started(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process of its own and return what it printed and how it ended."""
    program = Path(sys.executable).with_name("cunwu")
    return subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )
