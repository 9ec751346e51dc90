"""Building the package: what a county's own repository starts with goes into the wheel.

The schemas, the provinces' profiles, the made-up county and the lock lie at the top of this repository, where
they are worked on; an installed engine finds them in its own folder ``generator/starting/shipped``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SHIPPED = ("content", "content_private", "schemas", "site_config", "mkdocs.yml", "requirements/run.lock")


class BuildWithStarter(build_py):
    """Copies the starting files beside the modules of a wheel; a development install reads them in place."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        goal = Path(self.build_lib) / "generator" / "starting" / "shipped"
        if goal.exists():
            shutil.rmtree(goal)
        goal.mkdir(parents=True)
        for name in SHIPPED:
            source = Path(name)
            copy = shutil.copytree if source.is_dir() else shutil.copyfile
            (goal / name).parent.mkdir(exist_ok=True)
            copy(source, goal / name)


setup(cmdclass={"build_py": BuildWithStarter})
