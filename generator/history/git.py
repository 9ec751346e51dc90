"""Running git in a folder, whatever repository the caller itself stands in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.finding import SetupError
from generator.wording import _

# Nothing of the reader's own settings may change what is listed, or how; and a look takes no lock.
PLAIN = ("--no-optional-locks", "-c", "log.showSignature=false")
_PIECE = 65_536
# Set by git around a hook: they would turn a question about one repository into one about another.
_LOCAL = frozenset(
    (
        *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DIR", "GIT_GRAFT_FILE"),
        *("GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY"),
        *("GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE"),
    )
)

# How git complains of its own files: what it only keeps to be quick, and what was committed.
_STAGED = re.compile(r"index file (corrupt|smaller)|unknown index entry|\.git/index\b")
_AIDS = re.compile("multi-pack-index|commit-graph")
_UNREADABLE = re.compile(
    "corrupt|inflate|unable to (read|unpack)|bad tree|could not parse|missing blob|bad config"
)
_DAMAGE = re.compile(f"{_STAGED.pattern}|{_AIDS.pattern}|{_UNREADABLE.pattern}|bad object")


def environment(*, in_hook: bool = False) -> dict[str, str]:
    """Return the environment without what points git at a certain repository, its messages in English.

    ``in_hook`` keeps what git set around a hook: only so are a push that is not yet taken in, and the
    staging area of the commit being made, to be seen. Without a hook it makes no difference.
    """
    kept = {key: value for key, value in os.environ.items() if in_hook or key not in _LOCAL}
    brought = os.environ.get("GIT_QUARANTINE_PATH")
    if brought and not in_hook:
        # What a push brings can be read before it is taken, and nothing of ours is written there.
        kept["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = brought
    return kept | {"LC_ALL": "C.UTF-8", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_REPLACE_OBJECTS": "1"}


def has_git() -> bool:
    """Return whether git is installed."""
    return shutil.which("git") is not None


def run_git(folder: Path, *arguments: str, in_hook: bool = False) -> bytes:
    """Return what git prints in ``folder``; raises SetupError, with its complaint, where it fails."""
    done = _run(folder, arguments, in_hook=in_hook)
    if done.returncode:
        raise SetupError(problem_of(done.stderr))
    return done.stdout


def stream_git(folder: Path, *arguments: str) -> Iterator[bytes]:
    """Yield what git prints in ``folder`` piece by piece; raises SetupError where it fails."""
    with tempfile.TemporaryFile() as complaint:
        try:
            process = subprocess.Popen(
                ["git", "-C", str(folder), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=complaint,
                env=environment(),
            )
        except FileNotFoundError:
            raise SetupError(_("没有安装 git")) from None
        with process:
            assert process.stdout is not None
            while piece := process.stdout.read(_PIECE):
                yield piece
        if process.returncode:
            complaint.seek(0)
            raise SetupError(problem_of(complaint.read()))


def damaged(problem: str) -> str:
    """Return what to do where git cannot read its own files, as ``problem`` says."""
    if _STAGED.search(problem):
        return _(
            "git 的暂存区坏了（{problem}）。提交过的都还在，没有改动任何东西："
            "请删去 .git/index，运行 git reset，再运行一次"
        ).format(problem=problem)
    if _AIDS.search(problem):
        return _(
            "git 为了快而记的索引坏了（{problem}）。提交过的都还在，没有改动任何东西："
            "请删去 .git/objects/pack/multi-pack-index 和 .git/objects/info/commit-graph，再运行一次"
        ).format(problem=problem)
    return _(
        "版本历史有损坏的文件（{problem}）。没有改动任何东西：请从别处的克隆或备份取回仓库"
        "（git fsck 列出坏了哪些，git clone 取一份好的），再运行一次"
    ).format(problem=problem)


def last_line(error: bytes) -> str:
    """Return the line with which git gave up, from all that it complained."""
    lines = error.decode("utf-8", "replace").strip().splitlines() or [""]
    return next((line for line in reversed(lines) if line.startswith("fatal:")), lines[-1])


def problem_of(error: bytes) -> str:
    """Return in words why git failed, from what it complained."""
    problem = error.decode("utf-8", "replace").strip()
    if _DAMAGE.search(problem):
        return damaged(last_line(error))
    return _("git 出错：{problem}").format(problem=problem)


def require_readable(error: bytes) -> None:
    """Raise SetupError where git complained, in ``error``, that it cannot read its own files."""
    if _UNREADABLE.search(error.decode("utf-8", "replace")):
        raise SetupError(damaged(last_line(error)))


def ask_git(folder: Path, *arguments: str, in_hook: bool = False) -> str | None:
    """Return what git prints in ``folder``, less its last line break; None where git says no or is missing.

    Raises SetupError where git cannot read its own files.
    """
    if not has_git():
        return None
    done = _run(folder, arguments, in_hook=in_hook)
    if done.returncode:
        require_readable(done.stderr)
        return None
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def lines_of_git(folder: Path, *arguments: str) -> tuple[str, ...]:
    """Return the lines that git prints in ``folder``, none where it says no."""
    return tuple(line for line in (ask_git(folder, *arguments) or "").split("\n") if line)


def feed_git(
    folder: Path,
    *arguments: str,
    content: bytes = b"",
    extra: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Return how git ended in ``folder``, given ``content`` to read and ``extra`` variables.

    Raises SetupError where git is missing, TimeoutError where it took longer than ``seconds``.
    """
    return _run(folder, arguments, content, extra, seconds)


def must_git(folder: Path, *arguments: str, content: bytes = b"") -> str:
    """Return what git prints in ``folder``, given ``content`` to read, less the white space around it.

    Raises SetupError, with its complaint, where it fails.
    """
    done = _run(folder, arguments, content)
    if done.returncode:
        raise SetupError(problem_of(done.stderr))
    return done.stdout.decode().strip()


def _run(
    folder: Path,
    arguments: tuple[str, ...],
    content: bytes = b"",
    extra: Mapping[str, str] | None = None,
    seconds: float | None = None,
    *,
    in_hook: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), *arguments]
    try:
        return subprocess.run(
            command,
            input=content,
            capture_output=True,
            check=False,
            env=environment(in_hook=in_hook) | dict(extra or {}),
            timeout=seconds,
        )
    except FileNotFoundError:
        raise SetupError(_("没有安装 git")) from None
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
