"""The clerk's folder for Windows, made here from stand-ins for Windows' own two programs."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("windows_bundle", ROOT / "scripts" / "windows_bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def plain(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as opened:
        for name in names:
            opened.writestr(name, "stand-in")
    return path


@pytest.fixture(scope="module")
def bundle(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("bundle")
    python = archive(work / "python.zip", "python312._pth", "python.exe")
    git = archive(work / "git.zip", "cmd/git.exe")
    folder: Path = work / script.NAME
    script.assemble(folder, python, git, script.python_version(python))
    return folder


def test_the_bundle_holds_every_locked_package_as_windows_needs_it(bundle: Path):
    library = bundle / "lib"
    lock = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8").splitlines()
    locked = {line.split("==")[0] for line in lock if "==" in line and not line.startswith((" ", "#"))}
    installed = {path.name.split("-")[0] for path in library.glob("*.dist-info")}

    assert {plain(name) for name in locked} <= {plain(name) for name in installed}
    assert list(library.glob("yaml/*win_amd64.pyd"))
    assert not list(library.rglob("*.so"))


def test_python_of_the_bundle_looks_nowhere_but_in_the_bundle(bundle: Path):
    text = (bundle / "python" / "python312._pth").read_text()

    assert text.split() == ["python312.zip", ".", "..\\lib"]
    assert (bundle / "lib" / "generator" / "pages" / "templates" / "home.html.j2").is_file()


def test_nothing_in_the_bundle_names_the_machine_that_made_it(bundle: Path):
    own = [*bundle.glob("lib/cunwu-*/*"), *bundle.glob("lib/generator/**/*")]

    assert own
    assert not [path for path in own if path.is_file() and str(ROOT).encode() in path.read_bytes()]
    assert not list(bundle.glob("lib/cunwu-*/uv_cache.json"))


def test_the_start_file_is_plain_ascii_with_the_line_ends_of_windows(script: ModuleType):
    text = "".join(f"{line}\r\n" for line in script._START_LINES)

    assert text.isascii()
    assert "-m generator.cli desk" in text


def test_the_same_files_make_the_same_bytes(script: ModuleType, tmp_path: Path):
    folder = tmp_path / script.NAME
    (folder / "python").mkdir(parents=True)
    (folder / "python" / "python.exe").write_bytes(b"MZ")
    (folder / script.START).write_bytes(b"@echo off\r\n")

    script.pack(folder, tmp_path / "one.zip")
    (folder / script.START).touch()
    script.pack(folder, tmp_path / "two.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("names", [("python.exe",), ("python310._pth",)])
def test_what_is_no_python_for_windows_is_refused_in_words(
    script: ModuleType, tmp_path: Path, names: tuple[str, ...], capsys: pytest.CaptureFixture[str]
):
    python = archive(tmp_path / "other.zip", *names)
    git = archive(tmp_path / "git.zip", "cmd/git.exe")

    code = script.main(["--python", str(python), "--git", str(git), "--out", str(tmp_path / "out.zip")])

    assert code == 1
    assert "Python" in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()


def test_a_zip_without_git_is_refused(script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    python = archive(tmp_path / "python.zip", "python312._pth")
    git = archive(tmp_path / "git.zip", "read.me")

    code = script.main(["--python", str(python), "--git", str(git), "--out", str(tmp_path / "out.zip")])

    assert code == 1
    assert "MinGit" in capsys.readouterr().err
