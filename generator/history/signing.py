"""Signing: SSH signatures over what the county must answer for, and who is allowed to make them."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from generator.history.git import ask_git, environment
from generator.model.finding import SetupError
from generator.wording import N_, _

PURGE = "cunwu-purge"
_PROBE = b"cunwu"
_LITERAL = ("ssh-", "ecdsa-", "sk-")
# What ssh-keygen says, and what it means.
_CAUSES = (
    ("namespace does not match", N_("签名是为别的用途做的")),
    ("not permitted for use", N_("这把钥匙没有获准签署这类内容（见 allowed_signers 的 namespaces）")),
    ("expired", N_("签名所用的钥匙已过有效期")),
    ("not yet valid", N_("签名所用的钥匙还没有生效")),
    ("revoked", N_("签名所用的钥匙已经作废")),
    ("incorrect signature", N_("内容与签名不符，签名后被改动过")),
    ("no principal matched", N_("签名所用的钥匙不在名单里")),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a signature holds; ``problem`` says why not.

    ``is_stranger`` tells that its key is not listed, ``is_expired`` that the key's time is over.
    """

    holds: bool
    problem: str = ""
    is_stranger: bool = False
    is_expired: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """A key that was tried, and the name under which site_config/allowed_signers lists it."""

    key: str
    name: str

    def sign(self, content: bytes, namespace: str = PURGE) -> bytes:
        """Return the signature over ``content``; raises SetupError where the key does not sign."""
        with tempfile.TemporaryDirectory() as folder:
            key = self.key
            if key.startswith(_LITERAL):
                # The agent holds the other half.
                key = str(Path(folder) / "key.pub")
                Path(key).write_text(self.key + "\n", encoding="utf-8")
            done = _keygen(("-Y", "sign", "-f", key, "-n", namespace), content)
        if done.returncode or not done.stdout:
            problem = done.stderr.decode("utf-8", "replace").strip()
            raise SetupError(_("这把钥匙不能签名：{problem}").format(problem=problem))
        return done.stdout


def find_signer(root: Path, key: Path | None, allowed: Path, namespace: str = PURGE) -> Signer:
    """Return who signs with ``key``, or with git's own signing key, after trying it; raises SetupError."""
    listed = "site_config/allowed_signers"
    if not allowed.is_file():
        raise SetupError(
            _('没有这个文件；每行写：名称 namespaces="{namespace}" 公钥').format(namespace=namespace),
            file=listed,
        )
    chosen = str(key) if key is not None else _configured_key(root)
    signature = Signer(chosen, "").sign(_PROBE, namespace)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(signature)
        found = _keygen(("-Y", "find-principals", "-s", str(path), "-f", str(allowed)), b"")
    names = found.stdout.decode("utf-8", "replace").split("\n")[0]
    name = names.split(",")[0].strip() if found.returncode == 0 else ""
    if not name:
        problem = _cause(found) or _("签名所用的钥匙不在名单里")
        raise SetupError(problem, file=listed)
    verdict = verify(_PROBE, signature, name, allowed, namespace)
    if not verdict.holds:
        raise SetupError(verdict.problem, file=listed)
    return Signer(chosen, name)


def verify(
    content: bytes,
    signature: bytes,
    signer: str,
    allowed: Path,
    namespace: str = PURGE,
    moment: datetime | None = None,
) -> Verdict:
    """Return whether ``signature`` is that of ``signer`` over ``content``, made for ``namespace``.

    ``signer`` is the name that the content itself gives; who the signature says it is counts for nothing.
    Keys are judged as they were at ``moment``, else as they are now.
    """
    if not allowed.is_file():
        return Verdict(False, _("没有 site_config/allowed_signers，不能核对签名"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(signature)
        at = moment.astimezone(UTC).strftime("verify-time=%Y%m%d%H%M%SZ") if moment is not None else ""
        options = ("-f", str(allowed), "-I", signer, "-n", namespace, "-s", str(path))
        done = _keygen(("-Y", "verify", *options, *(("-O", at) if at else ())), content)
    if done.returncode == 0:
        return Verdict(True)
    unknown = _("签名不成立：不是「{signer}」签的，或不是签名文件").format(signer=signer)
    said = _said(done)
    is_expired = "key has expired" in said
    is_stranger = not is_expired and _is_unlisted(signature, allowed)
    return Verdict(False, _cause(done) or unknown, is_stranger, is_expired)


def _is_unlisted(signature: bytes, allowed: Path) -> bool:
    """Return whether this is a signature, by a key that the list holds under no name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signature"
        path.write_bytes(signature)
        done = _keygen(("-Y", "find-principals", "-s", str(path), "-f", str(allowed)), b"")
    said = _said(done)
    return done.returncode != 0 and "no principal matched" in said and "couldn't parse" not in said


def _cause(done: subprocess.CompletedProcess[bytes]) -> str:
    said = _said(done)
    return _(next((problem for words, problem in _CAUSES if words in said), ""))


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    return (done.stderr + done.stdout).decode("utf-8", "replace").lower()


def _configured_key(root: Path) -> str:
    key = ask_git(root, "config", "--get", "user.signingkey") or ""
    literal = key.removeprefix("key::")
    if literal.startswith(_LITERAL):
        return literal
    path = Path(key).expanduser()
    if not key or not path.is_file():
        raise SetupError(_("没有可用的签名钥匙：用 --key 指定 SSH 私钥，或设置 git 的 user.signingkey"))
    return str(path)


def _keygen(arguments: Sequence[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments], input=content, capture_output=True, check=False, env=environment()
        )
    except FileNotFoundError:
        raise SetupError(_("没有安装 ssh-keygen（Debian 软件包 openssh-client）")) from None
