"""A small county to fill, and the sample county's villages, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.site import Site
from generator.pages.book import Book
from generator.promises.promises import Promises, load_promises
from tests.pages.drawing import SmallCounty, draw, open_village
from tests.sample import ROOT

VILLAGES = ("county", "baiyun", "hexin", "shiqiao", "qingxi", "qingshi", "zhuyuan")


@pytest.fixture
def county(tmp_path: Path) -> SmallCounty:
    return SmallCounty(tmp_path)


@pytest.fixture(scope="session")
def promises() -> Promises:
    return load_promises(ROOT)


@pytest.fixture(scope="session")
def books(promises: Promises) -> dict[str, Book]:
    return {name: open_village(promises, name) for name in VILLAGES}


@pytest.fixture(scope="session")
def sites(books: dict[str, Book]) -> dict[str, Site]:
    return {name: draw(book) for name, book in books.items()}
