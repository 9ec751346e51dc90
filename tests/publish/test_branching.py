"""Branching: the branch shows what is served, and of a village that did not change nothing is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publish.branching import put_on_branch
from generator.publish.releases import files_below
from tests.history.repositories import Repo
from tests.publish.released import County


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    found = Repo(tmp_path / "county")
    found.commit("起点")
    return found


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County(tmp_path)


def branched(repo: Repo, release: Path) -> dict[str, bytes]:
    """Put a release on the branch; return what the branch holds, after git has looked it all through."""
    put_on_branch(repo.root, release, "pages", "", "公开", forgets=False)
    assert repo.git("fsck", "--strict", "--no-dangling") == ""
    paths = repo.git("ls-tree", "-r", "--name-only", "pages").split("\n")
    return {path: repo.output("cat-file", "blob", f"pages:{path}") for path in paths}


def shown(release: Path) -> dict[str, bytes]:
    return {".nojekyll": b"", **{path: (release / path).read_bytes() for path in files_below(release)}}


def spoil(release: Path, slug: str) -> Path:
    """Change a page of a village on the disk, behind the back of all that looked at it."""
    page = release / slug / "index.html"
    page.write_bytes(b"<p>spoilt</p>")
    return page


def test_a_village_that_did_not_change_is_not_read_again_and_one_that_did_is(repo: Repo, county: County):
    before = branched(repo, county.release())
    county.villages["hekou"]["hekou/index.html"] += "新的一行"
    release = county.release()
    new = (release / "hekou/index.html").read_bytes()
    spoil(release, "qingshi")

    held = branched(repo, release)

    assert held["hekou/index.html"] == new
    assert held["qingshi/index.html"] == before["qingshi/index.html"]


def test_a_village_that_is_gone_leaves_the_branch(repo: Repo, county: County):
    branched(repo, county.release())
    del county.villages["qingshi"]
    release = county.release()

    assert branched(repo, release) == shown(release)


def test_a_village_goes_back_to_what_it_was(repo: Repo, county: County):
    branched(repo, county.release())
    kept = county.villages["hekou"]["hekou/index.html"]
    county.villages["hekou"]["hekou/index.html"] += "写错了"
    branched(repo, county.release())
    county.villages["hekou"]["hekou/index.html"] = kept
    release = county.release()

    assert branched(repo, release) == shown(release)


def test_a_branch_that_somebody_changed_by_hand_shows_what_is_served_again(repo: Repo, county: County):
    branched(repo, county.release())
    repo.git("worktree", "add", "--quiet", repo.root / "hand", "pages")
    hand = repo.root / "hand"
    (hand / "shiqiao/index.html").write_text("另一页", encoding="utf-8")
    repo.git("-C", hand, "commit", "--quiet", "--all", "--message", "手改")
    repo.git("worktree", "remove", "--force", hand)
    release = county.release()

    assert branched(repo, release) == shown(release)


@pytest.mark.parametrize("lost", ["pages:qingshi/index.html", "pages:qingshi/data", "pages:qingshi"])
def test_what_git_has_lost_is_hashed_anew(repo: Repo, county: County, lost: str):
    branched(repo, county.release())
    name = repo.git("rev-parse", lost)
    (repo.root / ".git/objects" / name[:2] / name[2:]).unlink()
    release = county.release()

    assert branched(repo, release) == shown(release)


@pytest.mark.parametrize("kept", ["", "[]", '{"qingshi": 1}', "{"])
def test_a_note_of_what_git_calls_a_village_that_cannot_be_read_is_written_anew(
    repo: Repo, county: County, kept: str
):
    branched(repo, county.release())
    release = county.release()
    notes = [*county.target.glob("villages/*/git.json")]
    assert len(notes) == 3
    for note in notes:
        note.write_text(kept, encoding="utf-8")

    assert branched(repo, release) == shown(release)

    page = spoil(release, "qingshi")
    assert branched(repo, release)["qingshi/index.html"] != page.read_bytes()


def test_another_branch_gets_all_of_it(repo: Repo, county: County):
    release = county.release()
    branched(repo, release)

    put_on_branch(repo.root, release, "other", "", "公开", forgets=True)

    assert repo.git("rev-parse", "other^{tree}") == repo.git("rev-parse", "pages^{tree}")
