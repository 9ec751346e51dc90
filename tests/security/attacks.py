"""What several attacks begin with."""

from __future__ import annotations

from pathlib import Path

# The base configuration that `cunwu init` brings into a county.
SHIPPED = Path(__file__).parents[2] / "generator" / "starting" / "files" / "mkdocs.yml"
