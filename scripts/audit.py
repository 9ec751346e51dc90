"""Asks for known weaknesses of all that requirements/*.lock names, and says what it could not ask about.

    python scripts/audit.py

Exit codes: 0 nothing is known, 1 something is, 3 not all could be asked about. pip-audit goes into
build/audit, by the hashes of requirements/audit.lock.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "requirements"
TOOL = ROOT / "build" / "audit"
CLEAN, WEAK, UNKNOWN = 0, 1, 3


def verdict(report: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Return the exit code and the lines for what pip-audit reports (--format json) of one lock."""
    lines: list[str] = []
    packages = report["dependencies"]
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    for package in packages:
        for weakness in package.get("vulns", ()):
            mended = ", ".join(weakness["fix_versions"]) or "no version"
            lines.append(f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}")
    code = WEAK if lines else CLEAN
    if skipped or not packages:
        lines.append(
            f"NOT ASKED ABOUT: {len(skipped)} of {len(packages)}: {', '.join(skipped) or 'nothing found'}"
        )
        code = code or UNKNOWN
    return code, lines


def main() -> int:
    """Audit every lock and return the exit code."""
    python = _tool()
    worst = CLEAN
    for lock in sorted(LOCKS.glob("*.lock")):
        command = (str(python), "-m", "pip_audit", "--requirement", str(lock), "--no-deps", "--disable-pip")
        done = subprocess.run(
            (*command, "--format", "json", "--progress-spinner", "off"),
            capture_output=True,
            text=True,
            check=False,
        )
        try:
            code, lines = verdict(json.loads(done.stdout))
        except (ValueError, KeyError):
            said = done.stderr.strip().splitlines()
            code, lines = UNKNOWN, [f"NOT ASKED ABOUT: {said[-1] if said else 'pip-audit said nothing'}"]
        print(f"{lock.name}: {'nothing is known' if code == CLEAN else ''}")
        print("".join(f"  {line}\n" for line in lines), end="", flush=True)
        worst = WEAK if WEAK in (code, worst) else max(code, worst)
    return worst


def _tool() -> Path:
    """Return the Python that has pip-audit; it is installed where that has not been done yet."""
    python = TOOL / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    lock, known = LOCKS / "audit.lock", TOOL / ".lock"
    if not known.is_file() or known.read_bytes() != lock.read_bytes():
        venv.create(TOOL, clear=True, with_pip=True)
        options = ("--quiet", "--disable-pip-version-check", "--require-hashes", "-r", str(lock))
        subprocess.run((str(python), "-m", "pip", "install", *options), check=True)
        known.write_bytes(lock.read_bytes())
    return python


if __name__ == "__main__":
    raise SystemExit(main())
