"""Finding facts: a finding as reports in JSON tell it; apart from the workshop, which loads MkDocs."""

from __future__ import annotations

from typing import Any

from generator.model.finding import Finding
from generator.promises.promises import starred


def finding_facts(finding: Finding) -> dict[str, Any]:
    """Return a finding as ``check --format json`` prints it."""
    return {
        "file": starred(finding.place.file),
        "line": finding.place.line,
        "column": finding.place.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }
