"""The wheel: built from this source and installed where nothing of the source is around."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.history.repositories import left_alone

ROOT = Path(__file__).parents[1]
_SOURCES = ("generator", "content", "content_private", "schemas", "site_config", "requirements", "mkdocs.yml")
_BUILT_FROM = (*_SOURCES, "setup.py", "pyproject.toml", "README.md", "LICENSE")


def install_wheel(work: Path) -> Path:
    """Return the program of an environment that holds the wheel; what it depends on is lent by this one."""
    source = work / "source"
    source.mkdir()
    for name in _BUILT_FROM:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(origin, source / name)
    pip = (sys.executable, "-m", "pip")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run([*pip, "wheel", *options, "--wheel-dir", str(work), str(source)], check=True)
    (wheel,) = work.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(work / "venv")], check=True)
    python = work / "venv" / "bin" / "python"
    subprocess.run([*pip, "--python", str(python), "install", "--quiet", "--no-deps", wheel], check=True)
    (library,) = (work / "venv" / "lib").glob("python*/site-packages")
    # A plain line: the links of a development install are not followed from there.
    (library / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return work / "venv" / "bin" / "cunwu"


def without_source() -> dict[str, str]:
    """Return an environment in which the source is not found."""
    kept = left_alone()
    kept.pop("PYTHONPATH", None)
    return kept
