"""Make the clerk's folder for Windows: Python, git and the project in a zip that needs no installation.

    .venv/bin/python scripts/windows_bundle.py --python python-3.12.N-embed-amd64.zip --git MinGit-N.zip

The two zips are Windows' own programs and are downloaded by hand: from python.org the "Windows embeddable
package (64-bit)", from the releases of Git for Windows the "MinGit ... 64-bit" zip. Everything else is what
requirements/run.lock names, checked by hash, in its builds for Windows. With --county the county's repository
is cloned into the bundle. The same inputs give the same bytes. Its Python has checked and built the sample
under Wine (scripts/wine_trial.sh); on Windows itself it was never started: README says what is untested.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "cunwu-desk"
START = "打开填报台.cmd"
READ_ME = "请先看这里.txt"
# No page shows these icons: 6,900 files that a virus scanner would read one by one.
_LEFT_OUT = tuple(f"material/templates/.icons/{family}" for family in ("fontawesome", "octicons", "simple"))
_DAY = (1980, 1, 1, 0, 0, 0)

# Pure ASCII: Windows reads these files in whatever code page the office PC has.
_START_LINES = (
    "@echo off",
    "chcp 65001 >nul",
    'cd /d "%~dp0"',
    'set "PATH=%~dp0git\\cmd;%~dp0git\\usr\\bin;%SystemRoot%\\System32\\OpenSSH;%PATH%"',
    'set "PYTHONUTF8=1"',
    '"%~dp0python\\python.exe" -m generator.cli desk --root "%~dp0county" --home "%LOCALAPPDATA%\\cunwu"',
    "if errorlevel 1 pause",
)
_READ_ME_LINES = (
    "1. 把整个压缩包解压到一个文件夹，例如 D:\\cunwu-desk（不要直接在压缩包里打开）。",
    "2. 双击「打开填报台.cmd」，浏览器会自己打开；关掉黑色窗口就是退出。",
    "3. 如果 county 文件夹是空的，请乡镇管理员把本县的仓库放进来。",
    "不需要安装，不改注册表；审核人的钥匙保存在本机用户文件夹的 cunwu 里。",
    "第一次打开时 Windows 可能提示「未知发布者」：核对压缩包的 SHA-256 和乡镇公布的一致后再运行。",
)


class BundleError(Exception):
    """Why no bundle can be made, in words for the person at the terminal."""


def main(arguments: list[str] | None = None) -> int:
    """Make the bundle that the command line asks for, and print its SHA-256."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--python", type=Path, required=True, help="the embeddable package's zip")
    parser.add_argument("--git", type=Path, required=True, help="MinGit's zip")
    parser.add_argument("--county", help="address or folder of the county's repository, to be cloned into it")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / f"{NAME}.zip")
    asked = parser.parse_args(arguments)
    try:
        version = python_version(asked.python)
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / NAME
            assemble(folder, asked.python, asked.git, version)
            if asked.county:
                _run("git", "clone", "--quiet", "--", asked.county, str(folder / "county"))
            write_list(folder, (asked.python, asked.git))
            asked.out.parent.mkdir(parents=True, exist_ok=True)
            pack(folder, asked.out)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{asked.out}\n{asked.out.stat().st_size / 1e6:.1f} MB\nSHA-256 {sha256_of(asked.out)}")
    return 0


def python_version(archive: Path) -> str:
    """Return "3.12" for the embeddable package of that version; raises BundleError for anything else."""
    for name in _names_in(archive):
        found = re.fullmatch(r"python3(\d+)\._pth", name)
        if found:
            if int(found[1]) < 11:
                raise BundleError(
                    f"{archive.name}: Python 3.11 or newer is needed 需要 Python 3.11 或更高版本"
                )
            return f"3.{found[1]}"
    raise BundleError(
        f"{archive.name}: not a Windows embeddable package of Python 不是 Python 的 Windows embeddable 压缩包"
    )


def assemble(folder: Path, python: Path, git: Path, version: str) -> None:
    """Put Python, git, the locked packages and the project into ``folder``; raises BundleError."""
    if not any(name.lower() == "cmd/git.exe" for name in _names_in(git)):
        raise BundleError(f"{git.name}: not a MinGit zip (no cmd/git.exe) 不是 MinGit 压缩包")
    for archive, name in ((python, "python"), (git, "git")):
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder / name)
    short = version.replace(".", "")
    # Python looks nowhere else: what is installed on the office PC cannot get in the way.
    (folder / "python" / f"python{short}._pth").write_bytes(f"python{short}.zip\r\n.\r\n..\\lib\r\n".encode())
    _install(folder / "lib", version)
    (folder / START).write_bytes("".join(f"{line}\r\n" for line in _START_LINES).encode("ascii"))
    # With a mark, so that the oldest Notepad shows Chinese.
    text = "".join(f"{line}\r\n" for line in _READ_ME_LINES)
    (folder / READ_ME).write_bytes(text.encode("utf-8-sig"))


def _install(library: Path, version: str) -> None:
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        raise BundleError("uv is missing: run `make test` once, or `scripts/setup.sh test` 缺少 uv")
    target = (
        "--target",
        str(library),
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        version,
    )
    install = (str(uv), "pip", "install", "--quiet", "--no-config", *target, "--no-deps")
    lock = ROOT / "requirements" / "run.lock"
    _run(*install, "--only-binary", ":all:", "--require-hashes", "-r", str(lock))
    with tempfile.TemporaryDirectory() as built:
        source = Path(built) / "source"
        # Built from a copy: setuptools leaves its own folders beside what it builds.
        shipped = ("content", "content_private", "schemas", "site_config", "mkdocs.yml", "requirements")
        copied = ("generator", "pyproject.toml", "setup.py", "README.md", "LICENSE", *shipped)
        for name in copied:
            origin = ROOT / name
            copy = shutil.copytree if origin.is_dir() else shutil.copy2
            source.mkdir(exist_ok=True)
            copy(origin, source / name)
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
        _run(*pip, "--wheel-dir", built, str(source))
        wheel = next(Path(built).glob("*.whl"))
        _run(*install, "--no-build-isolation", str(wheel))
    shutil.rmtree(library / "bin", ignore_errors=True)
    for name in _LEFT_OUT:
        shutil.rmtree(library / name, ignore_errors=True)
    # They name folders and times of the machine on which the bundle is made.
    for name in ("direct_url.json", "uv_cache.json", "RECORD"):
        for path in library.glob(f"cunwu-*.dist-info/{name}"):
            path.unlink()
    (library / ".lock").unlink(missing_ok=True)


def write_list(folder: Path, sources: tuple[Path, ...]) -> None:
    """Write what the bundle was made from, so that anyone can compare it with what the makers publish."""
    lines = [f"{sha256_of(source)}  {source.name}" for source in sources]
    lines.append(f"{sha256_of(ROOT / 'requirements' / 'run.lock')}  requirements/run.lock")
    (folder / "SHA256.txt").write_bytes("".join(f"{line}\r\n" for line in lines).encode())


def pack(folder: Path, target: Path) -> None:
    """Write ``folder`` as a zip whose bytes depend on nothing but its files."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _files_below(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _names_in(archive: Path) -> list[str]:
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise BundleError(f"{archive}: {error}") from None


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"{Path(command[0]).name}: {done.stderr.strip() or done.stdout.strip()}")


if __name__ == "__main__":
    raise SystemExit(main())
