"""Words that come from outside and reach git: none is taken for one of its options."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.history.checkouts import checkout_of
from generator.model.finding import SetupError
from tests.commands.conftest import cunwu
from tests.counties import county_at
from tests.history.repositories import Repo


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = Repo(tmp_path_factory.mktemp("words") / "county")
    county_at(repo.root)
    repo.commit("起点")
    return repo.root


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "--", "--output={proof}", "HEAD"),
        ("diff", "--", "HEAD", "--output={proof}"),
        ("diff", "--", "HEAD", "HEAD", "--output={proof}"),
        ("check", "--as", "x", "--range=--output={proof}..HEAD"),
        ("check", "--as", "x", "--range=HEAD..--output={proof}"),
        ("privacy", "scan", "--range=--output={proof}..HEAD"),
        ("privacy", "scan", "--range=HEAD..--output={proof}"),
    ],
)
def test_a_word_that_looks_like_an_option_is_none(county: Path, tmp_path: Path, words: tuple[str, ...]):
    proof = tmp_path / "PWNED"
    verb = 2 if words[0] == "privacy" else 1

    root = () if words[0] == "privacy" else ("--root", county)
    cunwu(*words[:verb], *root, *(word.format(proof=proof) for word in words[verb:]), cwd=county)

    assert list(tmp_path.iterdir()) == []
    assert not list(county.glob("*PWNED*"))


def test_the_address_of_a_repository_is_no_option(tmp_path: Path):
    proof = tmp_path / "PWNED"

    with pytest.raises(SetupError):
        checkout_of(f"--upload-pack=touch {proof}", "0" * 40, tmp_path / "scratch")

    assert not proof.exists()
