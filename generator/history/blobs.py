"""Blobs: the bytes of old versions, read through one process of git that is kept open."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from generator.history.git import damaged, environment, require_readable
from generator.model.finding import SetupError

_MOST = 32 * 1024 * 1024


def next_object(answer: IO[bytes]) -> tuple[str, bytes, bytes] | None:
    """Return id, kind and bytes of the next object in the answer of ``git cat-file --batch``.

    None where git says that there is no such object, and at the end of the answer.
    """
    return _object_after(answer.readline(), answer)


def _object_after(line: bytes, answer: IO[bytes]) -> tuple[str, bytes, bytes] | None:
    header = line.split()
    # What is missing is named as it was asked for, in as many words as that has.
    if len(header) != 3 or not header[2].isdigit():
        return None
    content = answer.read(int(header[2]))
    if len(content) < int(header[2]):
        raise SetupError(damaged(header[0].decode()))
    answer.read(1)
    return header[0].decode(), header[1], content


class BlobReader:
    """Reads blobs by their ids, or named as commit:path; git is started with the first that is asked for.

    A blob of more than ``most`` bytes is not given, whatever its size where that is None. ``in_hook`` is
    what ``generator.history.git.environment`` takes.
    """

    def __init__(self, folder: Path, *, most: int | None = _MOST, in_hook: bool = False) -> None:
        self._folder = folder
        self._most = most
        self._in_hook = in_hook
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def __enter__(self) -> BlobReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End git; the next blob that is asked for starts it anew."""
        if self._process is not None:
            # Closes its input, which is how git is told to end.
            self._process.communicate()
            self._ended()

    def read(self, blob: str) -> bytes | None:
        """Return the bytes of ``blob``; None where this clone lacks it, it is none, or it is too large."""
        return next(self.read_all([blob]))

    def read_all(self, blobs: Iterable[str]) -> Iterator[bytes | None]:
        """Yield the bytes of each blob in the order asked, None as ``read`` does.

        Raises SetupError where the repository is damaged: what cannot be read is not what was never there.
        """
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        for blob in blobs:
            try:
                process.stdin.write(f"{blob}\n".encode())
                process.stdin.flush()
            except BrokenPipeError:
                raise self._damaged(blob) from None
            line = process.stdout.readline()
            if not line:
                # git gives up at what it cannot read; what is missing it calls so.
                raise self._damaged(blob)
            found = _object_after(line, process.stdout)
            if found is None:
                self._require_readable()
            if found is None or found[1] != b"blob":
                yield None
            else:
                yield found[2] if self._most is None or len(found[2]) <= self._most else None

    def _damaged(self, blob: str) -> SetupError:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._ended()
        return SetupError(damaged(blob))

    def _require_readable(self) -> None:
        """Raise SetupError where git complained: what is damaged in a pack it calls missing."""
        if self._said is not None:
            self._said.seek(0)
            require_readable(self._said.read())

    def _ended(self) -> None:
        if self._said is not None:
            self._said.close()
        self._process = self._said = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            # A file, which never fills up as a pipe does that nobody reads.
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
            self._process = subprocess.Popen(
                ["git", "-C", str(self._folder), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=environment(in_hook=self._in_hook),
            )
        return self._process
