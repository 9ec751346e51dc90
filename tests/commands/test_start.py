"""Starting: a verb loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("verb", ["check", "items", "import_sheets"])
def test_a_verb_that_prints_no_page_does_not_load_mkdocs(verb: str):
    code = f"import sys, generator.commands.{verb}; print('mkdocs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
