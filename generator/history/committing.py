"""Committing: commits made by git's plumbing beside the working tree, so that nobody's work is touched."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.history.blobs import BlobReader
from generator.history.git import ask_git, feed_git, has_git, run_git
from generator.history.passphrases import Unlocked, WrongPassphrase
from generator.history.raw_listing import read_changes
from generator.model.finding import SetupError
from generator.wording import _

_BUSY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer")
_PLAIN = "100644"
# Another git holds its locks for moments.
_TRIES, _PAUSE = 15, 0.1
_NOTHING = "0" * 40
_UTF8 = ("-c", "i18n.commitEncoding=UTF-8")
_UNFIT_KEYS = (b"Load key", b"No private key found", b"doesn't match private", b"Couldn't load public key")
_GOOD = 'Good "git" signature for '


class Refused(Exception):
    """What is not done, said in words for the person before it."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file as a tree holds it: its id and its mode."""

    oid: str
    mode: str = _PLAIN

    @property
    def is_plain(self) -> bool:
        """Return whether it is an ordinary file, neither a link nor a program."""
        return self.mode == _PLAIN


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a commit (a role, never a person) and when."""

    role: str
    moment: datetime

    def environment(self) -> dict[str, str]:
        """Return the variables from which git takes it."""
        moment = self.moment if self.moment.tzinfo else self.moment.astimezone()
        when = f"{int(moment.timestamp())} {moment:%z}"
        found: dict[str, str] = {}
        for part in ("AUTHOR", "COMMITTER"):
            found |= {
                f"GIT_{part}_NAME": self.role,
                f"GIT_{part}_EMAIL": "role@desk.invalid",
                f"GIT_{part}_DATE": when,
            }
        return found


Files = Mapping[str, bytes | Blob | None]
"""Files by path below the top: new bytes, what git holds already, or None for those that go."""


class Repository:
    """A repository with a working tree: ``top`` is its folder, ``store`` where git keeps its own files."""

    def __init__(self, top: Path) -> None:
        if not has_git():
            raise Refused(_("没有安装 git，不能提交。请安装 git 后再试。"))
        self.top = top
        self.store = Path(run_git(top, "rev-parse", "--absolute-git-dir").decode().strip())

    def branch(self) -> str:
        """Return the ref of the main branch, the one checked out; Refused where nothing can be committed."""
        busy = [name for name in _BUSY if (self.store / name).exists()]
        if busy:
            raise Refused(
                _("{folder} 里有没做完的 git 操作（合并或变基），请管理员先完成或取消，再来提交。").format(
                    folder=self.top.name
                )
            )
        branch = ask_git(self.top, "symbolic-ref", "--quiet", "HEAD")
        if branch is None:
            raise Refused(
                _("{folder} 现在不在任何分支上（游离的 HEAD），请管理员先用 git switch 回到主分支。").format(
                    folder=self.top.name
                )
            )
        if self.find(branch) is None:
            raise Refused(
                _(
                    "{folder} 还没有一次提交。请管理员先把现有内容提交一次"
                    "（git add . 和 git commit），再来用。"
                ).format(folder=self.top.name)
            )
        return branch

    def find(self, name: str) -> str | None:
        """Return the full id of the commit called ``name``, or None."""
        return ask_git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")

    def tip(self, name: str) -> str:
        """Return the full id of the commit called ``name``; SetupError where there is none."""
        found = self.find(name)
        if found is None:
            raise SetupError(_("这个仓库里没有提交「{name}」").format(name=name))
        return found

    def read(self, names: Sequence[str]) -> list[bytes | None]:
        """Return the bytes of blobs, each named by id or as commit:path; None for what is not there."""
        with BlobReader(self.top, most=None) as reader:
            return list(reader.read_all(names))

    def blobs(self, names: Sequence[str]) -> list[str]:
        """Return the ids of blobs named as commit:path, "" for what is not there."""
        if not names:
            return []
        answer = feed_git(
            self.top, "cat-file", "--batch-check", content="".join(f"{n}\n" for n in names).encode()
        )
        lines = answer.stdout.decode("utf-8", "replace").split("\n")
        return [line.split()[0] if line.endswith(tuple("0123456789")) else "" for line in lines[: len(names)]]

    def changes(self, old: str, new: str) -> dict[str, Blob | None]:
        """Return the files in which the commit ``new`` differs from ``old``; None for those that are gone."""
        listed = run_git(self.top, "diff-tree", "-r", "-z", "--no-renames", "--no-abbrev", old, new)
        return {c.path: None if c.is_gone else Blob(c.blob, c.mode) for c in read_changes(listed)}

    def commit(
        self,
        base: str,
        files: Files,
        message: str,
        maker: Maker,
        *,
        parents: Sequence[str],
        key: Unlocked | None = None,
    ) -> str:
        """Return a new commit of what ``base`` holds with ``files`` over it; no ref and no file is touched.

        Raises WrongPassphrase where ``key``, which is to sign it, stays locked.
        """
        with tempfile.TemporaryDirectory(prefix="cunwu-") as folder:
            extra = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            self._must("read-tree", f"{base}^{{tree}}", extra=extra)
            lines = []
            for path, content in files.items():
                blob = Blob(self._store(content)) if isinstance(content, bytes) else content
                lines.append(f"{blob.mode} {blob.oid}\t{path}" if blob else f"0 {_NOTHING}\t{path}")
            listed = "".join(f"{line}\0" for line in lines).encode("utf-8", "surrogateescape")
            self._must("update-index", "-z", "--index-info", content=listed, extra=extra)
            tree = self._must("write-tree", extra=extra)
        commits = [word for parent in parents for word in ("-p", parent)]
        options = [*_UTF8]
        extra = maker.environment()
        if key is not None:
            options += ["-c", "gpg.format=ssh", "-c", f"user.signingkey={key.path}"]
            options += ["-c", "gpg.ssh.program=ssh-keygen"]
            extra |= key.variables
        done = feed_git(
            self.top,
            *(*options, "commit-tree", tree, *commits, *(["-S"] if key else []), "-F", "-"),
            content=message.encode(),
            extra=extra,
        )
        if done.returncode and key is not None and b"incorrect passphrase" in done.stderr:
            raise WrongPassphrase
        if done.returncode and key is not None and any(words in done.stderr for words in _UNFIT_KEYS):
            raise Refused(_("这把签名的钥匙用不了（文件坏了，或两半不配套），请审核人重新登记"))
        return _printed(done.returncode, done.stdout, done.stderr)

    def move(self, refs: Iterable[tuple[str, str, str]], why: str) -> bool:
        """Move refs all at once, each (name, new id, old id or ""); False where one stood elsewhere."""
        lines = ["start"]
        for ref, new, old in refs:
            if not new:
                lines.append(f"delete {ref} {old}")
            elif old:
                lines.append(f"update {ref} {new} {old}")
            else:
                lines.append(f"create {ref} {new}")
        content = "\n".join([*lines, "prepare", "commit", ""]).encode()
        # A log of refs wants a name, which this machine may not have.
        extra = {"GIT_COMMITTER_NAME": "desk", "GIT_COMMITTER_EMAIL": "role@desk.invalid"}
        done = feed_git(self.top, "update-ref", "-m", why, "--stdin", content=content, extra=extra)
        return done.returncode == 0

    def unclean(self, paths: Sequence[str]) -> list[str]:
        """Return those of ``paths`` whose bytes in the working tree, or staged, are not those committed."""
        if not paths:
            return []
        listed = feed_git(
            self.top,
            *("--literal-pathspecs", "--no-optional-locks", "-c", "core.fsmonitor=false"),
            *("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching"),
            *("--", *paths),
        )
        if listed.returncode:
            _printed(listed.returncode, b"", listed.stderr)
        entries = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
        return sorted(entry[3:] for entry in entries if len(entry) > 3)

    def follow(self, paths: Sequence[str], old: str) -> None:
        """Bring the working tree and the index to what HEAD holds now, for ``paths`` alone.

        ``old`` is the commit before: files that it held and HEAD does not are taken away.
        """
        head = self.tip("HEAD")
        after = dict(zip(paths, self.blobs([f"{head}:{path}" for path in paths]), strict=True))
        before = dict(zip(paths, self.blobs([f"{old}:{path}" for path in paths]), strict=True))
        kept = [path for path in paths if after[path]]
        gone = [path for path in paths if not after[path] and before[path]]
        for command, names in ((("checkout", "--quiet", head), kept), (("rm", "--quiet", "--force"), gone)):
            if not names:
                continue
            listed = "".join(f"{name}\0" for name in names).encode("utf-8", "surrogateescape")
            options = ("--pathspec-from-file=-", "--pathspec-file-nul")
            for _try in range(_TRIES):
                done = feed_git(self.top, "--literal-pathspecs", *command, *options, content=listed)
                if done.returncode == 0:
                    break
                time.sleep(_PAUSE)
            if done.returncode and self.unclean(paths):
                raise Refused(
                    _(
                        "已经记进历史，但文件夹里的文件没有跟着更新（可能正被别的程序占用）。"
                        "请关掉打开这些文件的程序，再请管理员运行 "
                        "git restore --staged --worktree 更新：{files}"
                    ).format(files="、".join(names))
                )

    def is_locked(self) -> bool:
        """Return whether another git is writing the index, and goes on for longer than one waits."""
        lock = self.store / "index.lock"
        for _try in range(_TRIES):
            if not lock.exists():
                return False
            time.sleep(_PAUSE)
        return True

    def signer_of(self, commit: str, allowed: bytes) -> str:
        """Return who signed ``commit``, by the list ``allowed`` of signers; "" where nobody on it did."""
        with tempfile.TemporaryDirectory(prefix="cunwu-") as folder:
            path = Path(folder) / "allowed_signers"
            path.write_bytes(allowed)
            options = ("-c", f"gpg.ssh.allowedSignersFile={path}", "-c", "gpg.ssh.program=ssh-keygen")
            done = feed_git(self.top, *options, "verify-commit", "--raw", commit)
        said = (done.stderr + done.stdout).decode("utf-8", "replace")
        found = next((line for line in said.split("\n") if line.startswith(_GOOD)), "")
        if done.returncode or not found:
            return ""
        return found.removeprefix(_GOOD).rpartition(" with ")[0]

    def _store(self, content: bytes) -> str:
        # The very bytes: line ends of a Windows clone must not be turned on the way in.
        return self._must("hash-object", "-w", "--stdin", "--no-filters", content=content)

    def _must(self, *arguments: str, content: bytes = b"", extra: Mapping[str, str] | None = None) -> str:
        done = feed_git(self.top, *arguments, content=content, extra=extra)
        return _printed(done.returncode, done.stdout, done.stderr)


def _printed(code: int, stdout: bytes, stderr: bytes) -> str:
    if code:
        raise SetupError(_("git 出错：{problem}").format(problem=stderr.decode("utf-8", "replace").strip()))
    return os.fsdecode(stdout).strip()
