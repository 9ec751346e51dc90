"""The web: answers of bounded size from addresses of http and https, and of nothing else."""

from __future__ import annotations

import http.client
import urllib.parse
import urllib.request
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

# The largest file of a site is a county's database; nobody sends us more than this unasked.
LARGEST = 1 << 30
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: its bytes, and what they say they are packed with ("gzip", "")."""

    content: bytes
    encoding: str


class TooLargeError(OSError):
    """An answer that has no end within reason."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows from web to web, where urllib would go to ftp as well, or goes nowhere at all.

    A redirect would take the token in the headers along, to whomever it names.
    """

    def __init__(self, *, follows: bool) -> None:
        self._follows = follows

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return what to ask next; None makes the answer an error of its code."""
        if not self._follows or not _is_web(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def ask_web(
    address: str,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    seconds: float,
    method: str | None = None,
    largest: int = LARGEST,
    follows: bool = True,
) -> Answer:
    """Return what ``address`` answers; certificates are judged by those of this machine.

    Raises OSError (urllib.error.HTTPError for a refusal), also for an answer of more than ``largest`` bytes,
    and ValueError for an address that is not on the web.
    """
    if not _is_web(address):
        raise ValueError(address)
    opener = urllib.request.build_opener(_Redirects(follows=follows))
    request = urllib.request.Request(  # noqa: S310 (nothing but the web, see above)
        address, content, dict(headers or {}), method=method
    )
    with opener.open(request, timeout=seconds) as answer:
        read: bytes = answer.read(largest + 1)
        if len(read) > largest:
            raise TooLargeError(address)
        return Answer(read, answer.headers["Content-Encoding"] or "")


def unpacked(content: bytes, largest: int = LARGEST) -> bytes:
    """Return what ``content`` holds, packed as gzip; b"" where it is broken or would not end."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        read = unpacker.decompress(content, largest + 1)
    except zlib.error:
        return b""
    is_whole = unpacker.eof and not unpacker.unused_data and len(read) <= largest
    return read if is_whole else b""


def _is_web(address: str) -> bool:
    return urllib.parse.urlsplit(address).scheme in ("http", "https")
