"""Floor 5: the only door to MkDocs and Material; finished pages go in, a printed site comes out."""

from __future__ import annotations

import os

# Material prints a notice about MkDocs 2 when its theme is first loaded; it concerns whoever maintains
# this package, not the clerk who reads the terminal.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
