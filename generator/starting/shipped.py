"""Shipped files: what the installed engine brings for a county's own repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.finding import SetupError
from generator.wording import _

_FILES = Path(__file__).parent / "files"
# What the engine answers for in every county: `cunwu upgrade` renews it.
_KEPT_CURRENT = ("schemas", "site_config/profiles")
# Where each file of a host's pipeline belongs; "all" is for every county.
PIPELINES: Mapping[str, Mapping[str, str]] = {
    "all": {
        "mkdocs.yml": "mkdocs.yml",
        "check.sh": "ci/check.sh",
        "install.sh": "ci/install.sh",
        "publish.sh": "ci/publish.sh",
        "gitattributes": ".gitattributes",
    },
    "github": {"github.yml": ".github/workflows/cunwu.yml"},
    "gitlab": {"gitlab.yml": ".gitlab-ci.yml"},
    "gitea": {"gitea.yml": ".gitea/workflows/cunwu.yml"},
}
HOSTS = tuple(name for name in PIPELINES if name != "all")
# With which versions of what it depends on the engine was tried, each with its hashes.
_PACKAGES = Path("requirements") / "run.lock"
_COMMENT = "#"
_SAMPLE = ("content", "content_private", "site_config/county.yaml")


def shipped_folder() -> Path:
    """Return where schemas, profiles and the made-up county lie: in the package, or around its source."""
    installed = Path(__file__).parent / "shipped"
    source = Path(__file__).parents[2]
    for folder in (installed, source):
        if (folder / "schemas").is_dir() and (folder / "site_config" / "profiles").is_dir():
            return folder
    raise SetupError(_("安装的程序不完整，缺少公开项目的定义。请重新安装 cunwu"))


def current_files(hosts: tuple[str, ...]) -> dict[str, bytes]:
    """Return the files that the engine keeps current in a county, by path; ``hosts`` are the code hosts."""
    folder = shipped_folder()
    found = {path: (folder / path).read_bytes() for path in _below(folder, _KEPT_CURRENT)}
    for group in ("all", *hosts):
        for name, goal in PIPELINES[group].items():
            found[goal] = (_FILES / name).read_bytes()
    return dict(sorted(found.items()))


def locked_packages() -> str:
    """Return what the engine depends on, as pip reads it: versions, and the hashes of all their files."""
    lines = (shipped_folder() / _PACKAGES).read_text(encoding="utf-8").splitlines()
    # Who needs a package is of use where the lock is made, not where it is obeyed.
    kept = (line for line in lines if not line.lstrip().startswith(_COMMENT))
    return "".join(
        f"{line}\n" for line in (f"# {_('程序用到的软件包和它们的指纹，随程序升级，不要手改')}", *kept)
    )


def sample_files() -> dict[str, bytes]:
    """Return the records and settings of the made-up county, by path."""
    folder = shipped_folder()
    return {path: (folder / path).read_bytes() for path in _below(folder, _SAMPLE)}


def template(name: str) -> str:
    """Return the text of a file that is written once, with its blanks still open."""
    return (_FILES / name).read_text(encoding="utf-8")


def script_folder() -> Path:
    """Return the folder of the scripts that run on a server."""
    return _FILES


def _below(folder: Path, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        paths = [folder / name] if (folder / name).is_file() else sorted((folder / name).rglob("*"))
        for path in paths:
            is_left_out = "__pycache__" in path.parts
            if path.is_file() and not is_left_out:
                yield path.relative_to(folder).as_posix()
