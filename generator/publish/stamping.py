"""Stamping: an authority on the web is asked to say when a line of the log was there."""

from __future__ import annotations

import hashlib
import http.client
import urllib.parse

from generator.history.timestamps import query_for, read_stamp
from generator.model.finding import SetupError
from generator.publish.web import ask_web
from generator.wording import _

_QUERY, _SECONDS, _LARGEST = "application/timestamp-query", 20, 1 << 20


class StampError(Exception):
    """An authority that could not be asked, or whose answer is none; the message is Chinese."""


def stamp_line(line: bytes, address: str) -> bytes:
    """Return the token that the authority at ``address`` (http or https) gives for ``line``.

    Raises StampError whatever goes wrong: the publication must not wait for an authority.
    """
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise StampError(_("时间戳机构的地址应当以 http:// 或 https:// 开头"))
    try:
        headers = {"Content-Type": _QUERY}
        token = ask_web(address, query_for(line), headers, seconds=_SECONDS, largest=_LARGEST).content
        stamp = read_stamp(token)
    except SetupError as error:
        raise StampError(str(error)) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise StampError(_("连不上 {address}：{problem}").format(address=address, problem=error)) from None
    if stamp is None:
        raise StampError(_("{address} 没有给时间戳").format(address=address))
    if stamp.digest != hashlib.sha256(line).hexdigest():
        raise StampError(_("{address} 给的时间戳不是这一条的").format(address=address))
    return token
