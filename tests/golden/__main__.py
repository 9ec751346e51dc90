"""Write the golden files anew: ``python -m tests.golden``; then read the diff before committing it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.golden.drawing import draw_all, golden_path

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name, content in draw_all(Path(folder)).items():
            path = golden_path(name)
            if not path.exists() or path.read_text(encoding="utf-8") != content:
                path.write_text(content, encoding="utf-8", newline="")
                print(f"{path.name}: written")
