"""Blobs: the bytes of old versions, read through one process of git that is kept open."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from generator.history.git import environment

_MOST = 32 * 1024 * 1024


class BlobReader:
    """Reads blobs by their ids; git is started with the first that is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

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
            self._process = None

    def read(self, blob: str) -> bytes | None:
        """Return the bytes of ``blob``; None where this clone lacks it, it is none, or it is over 32 MB."""
        return next(self.read_all([blob]))

    def read_all(self, blobs: Iterable[str]) -> Iterator[bytes | None]:
        """Yield the bytes of each blob in the order asked, None as ``read`` does."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        for blob in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            header = process.stdout.readline().split()
            if len(header) < 3:
                yield None
                continue
            content = process.stdout.read(int(header[2]))
            process.stdout.read(1)
            yield content if header[1] == b"blob" and len(content) <= _MOST else None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                ["git", "-C", str(self._folder), "cat-file", "--batch"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        return self._process
