"""Time stamps: what an RFC 3161 authority says of a text, asked and checked through OpenSSL."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.history.git import environment
from generator.model.finding import SetupError
from generator.wording import N_, _

_TIME = re.compile(r"^Time stamp: (\w{3} +\d{1,2} \d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", re.M)
_DUMP = re.compile(r"^ {4}[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -]?)+)", re.M)
# What OpenSSL says, and what it means.
_CAUSES = (
    ("message imprint mismatch", N_("内容与时间戳不符，盖时间戳后被改动过")),
    ("certificate verify error", N_("盖时间戳的机构不是给出的证书认可的")),
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a token says: the SHA-256 (hex) of the text that was there, and when (UTC)."""

    digest: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class StampVerdict:
    """Whether a token holds for a text and an authority; ``is_foreign``: only the authority is another."""

    holds: bool
    problem: str = ""
    is_foreign: bool = False


def query_for(content: bytes) -> bytes:
    """Return the question about ``content`` that an authority is sent; raises SetupError without OpenSSL."""
    with tempfile.TemporaryDirectory() as folder:
        asked, query = Path(folder) / "content", Path(folder) / "query"
        asked.write_bytes(content)
        done = _openssl("-query", "-data", str(asked), "-sha256", "-cert", "-out", str(query))
        if done.returncode:
            raise SetupError(_("openssl 出错：{problem}").format(problem=_said(done).strip()))
        return query.read_bytes()


def read_stamp(token: bytes) -> Stamp | None:
    """Return what an authority's answer says, be it true or not; None where it granted nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "token"
        path.write_bytes(token)
        done = _openssl("-reply", "-in", str(path), "-text")
    text = done.stdout.decode("utf-8", "replace")
    time = _TIME.search(text)
    imprint = text.partition("Message data:")[2].partition("Serial number:")[0]
    digest = "".join(re.sub("[ -]", "", run) for run in _DUMP.findall(imprint))
    if done.returncode or time is None or len(digest) != hashlib.sha256().digest_size * 2:
        return None
    moment = datetime.strptime(f"{time[1]} {time[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return Stamp(digest, moment)


def verify_stamp(token: bytes, content: bytes, authority: Path) -> StampVerdict:
    """Return whether ``token`` was given for ``content`` by whom the certificates in ``authority`` vouch for.

    The certificates are judged on the day of the stamp: they run out, what they once stamped stays stamped.
    """
    stamp = read_stamp(token)
    if stamp is None:
        return StampVerdict(False, _("不是时间戳"))
    if stamp.digest != hashlib.sha256(content).hexdigest():
        return StampVerdict(False, _("内容与时间戳不符，盖时间戳后被改动过"))
    with tempfile.TemporaryDirectory() as folder:
        path, stamped = Path(folder) / "token", Path(folder) / "content"
        path.write_bytes(token)
        stamped.write_bytes(content)
        at = str(int(stamp.moment.timestamp()))
        done = _openssl(
            *("-verify", "-in", str(path), "-data", str(stamped)),
            *("-CAfile", str(authority), "-attime", at),
        )
    if done.returncode == 0:
        return StampVerdict(True)
    said = _said(done)
    problem = _(next((problem for words, problem in _CAUSES if words in said), N_("时间戳不成立")))
    return StampVerdict(False, problem, "certificate verify error" in said)


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stderr + done.stdout).decode("utf-8", "replace")


def _openssl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("openssl", "ts", *arguments)
    try:
        return subprocess.run(command, capture_output=True, check=False, env=environment())
    except FileNotFoundError:
        raise SetupError(_("没有安装 openssl")) from None
