"""Comments: one comment below a merge request, written once and then brought up to date in place."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.publish.web import ask_web
from generator.wording import _

HOSTS = ("github", "gitea", "gitlab")
_SECONDS = 30
_PER_PAGE, _MOST_PAGES = 100, 50


class CommentError(Exception):
    """Why the host did not take the comment, in words; never with the token."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A merge request: on which ``host``, below which address of its interface, and its ``number``."""

    host: str
    api: str
    repository: str
    number: int

    @property
    def comments(self) -> str:
        """Return the address of the comments below the merge request."""
        if self.host == "gitlab":
            project = urllib.parse.quote(self.repository, safe="")
            return f"{self.api.rstrip('/')}/projects/{project}/merge_requests/{self.number}/notes"
        path = urllib.parse.quote(self.repository)
        return f"{self.api.rstrip('/')}/repos/{path}/issues/{self.number}/comments"

    def comment(self, number: int) -> str:
        """Return the address of one comment, by which it is changed."""
        if self.host == "gitlab":
            return f"{self.comments}/{number}"
        path = urllib.parse.quote(self.repository)
        return f"{self.api.rstrip('/')}/repos/{path}/issues/comments/{number}"


def put_comment(thread: Thread, text: str, token: str) -> bool:
    """Write ``text`` below the merge request, over the comment of before; return whether there was one.

    The first line of ``text`` is the mark by which the comment is found again. Raises CommentError.
    """
    ask = _asker(thread.host, token)
    number = _former(thread, text.partition("\n")[0], ask)
    if number is None:
        ask("POST", thread.comments, {"body": text})
        return False
    ask("PUT" if thread.host == "gitlab" else "PATCH", thread.comment(number), {"body": text})
    return True


_Ask = Callable[[str, str, Mapping[str, str] | None], Any]


def _former(thread: Thread, mark: str, ask: _Ask) -> int | None:
    """Return the number of our own comment; whoever quotes it further down in theirs is not meant."""
    for page in range(1, _MOST_PAGES + 1):
        found = ask("GET", f"{thread.comments}?per_page={_PER_PAGE}&limit={_PER_PAGE}&page={page}", None)
        if not isinstance(found, list):
            raise CommentError(_("{host} 的回答看不懂").format(host=thread.host))
        for entry in found:
            if str(entry.get("body", "")).startswith(mark):
                return int(entry["id"])
        # Gitea gives all of them at once, and the same again on the next page.
        if len(found) < _PER_PAGE or thread.host == "gitea":
            return None
    return None


def _asker(host: str, token: str) -> _Ask:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "cunwu"}
    if host == "gitlab":
        headers["PRIVATE-TOKEN"] = token
    else:
        headers["Authorization"] = f"token {token}" if host == "gitea" else f"Bearer {token}"

    def ask(method: str, address: str, body: Mapping[str, str] | None) -> Any:
        content = None if body is None else json.dumps(body).encode()
        if not address.startswith(("http://", "https://")):
            raise CommentError(_("接口地址要以 https:// 开头"))
        try:
            answer = ask_web(address, content, headers, method=method, seconds=_SECONDS, follows=False)
            return json.loads(answer.content or b"null")
        except urllib.error.HTTPError as error:
            raise CommentError(_("{host} 回答 {code}").format(host=host, code=error.code)) from None
        except (OSError, ValueError):
            raise CommentError(_("连不上 {host}，或回答看不懂").format(host=host)) from None

    return ask
