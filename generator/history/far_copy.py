"""Far copies: a published folder on another machine, sent by rsync over ssh and switched to at once."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.history.git import environment
from generator.model.finding import SetupError
from generator.wording import _

_ADDRESS = re.compile(
    r"(?P<host>([A-Za-z0-9._-]+@)?([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:]+\])):(?P<path>/.+)"
)
# Nobody is there to type a password, and a line that is dead is given up.
_PATIENCE = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15")
_SENT = re.compile(r"Number of regular files transferred: ([0-9,]+)")
_BYTES = re.compile(r"Total bytes sent: ([0-9,]+)")
# What is left of an upload that broke off goes when it is a day old: another may be writing at this moment.
_OPEN = """\
set -e
umask 022
mkdir -p {path}
cd {path}
if [ ! -e .cunwu-releases ] && [ -n "$(ls -A)" ]; then
    exit 44
fi
mkdir -p releases
: >.cunwu-releases
find releases -maxdepth 1 -name '.part-*' -mtime +0 -exec rm -rf {{}} +
rm -rf releases/.part-{name}
"""
# One name moves, and the new site is served; only then is the old one removed, lists of persons and all.
_SWITCH = """\
set -e
cd {path}
rm -rf releases/{name}
mv releases/.part-{name} releases/{name}
rm -f .current.part
ln -s releases/{name} .current.part
mv -T .current.part current
cd releases
for other in *; do
    [ "$other" = {name} ] || rm -rf "$other"
done
"""
_NOT_OURS = 44


@dataclass(frozen=True, slots=True)
class FarCopy:
    """What was sent: the files that the far side did not have, and the bytes that went over the line."""

    files: int
    sent: int


def copy_far(folder: Path, address: str, name: str, ssh: str) -> FarCopy:
    """Put the files of ``folder`` below ``address`` (user@host:/path) as the release ``name`` and serve it.

    ``ssh`` is the command by which the machine is reached. What the release that is served there holds
    already is not sent. Raises SetupError; what is served there is then what it was.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise SetupError(_("rsync 的地址写成 用户@机器:/文件夹，文件夹从 / 写起"))
    for program in ("rsync", shlex.split(ssh)[0]):
        if shutil.which(program) is None:
            raise SetupError(_("没有安装 {program}").format(program=program))
    host, path = found["host"], found["path"].rstrip("/") or "/"
    reach = [*shlex.split(ssh), *_PATIENCE]
    words = {"path": shlex.quote(path), "name": shlex.quote(name)}
    _say(reach, host, _OPEN.format(**words))
    options = [
        "-rtLs",
        "--delete",
        "--modify-window=-1",
        "--chmod=D755,F644",
        "--stats",
        "--no-human-readable",
    ]
    goal = f"{host}:{path}/releases/.part-{name}/"
    command = ["rsync", *options, "-e", shlex.join(reach), "--link-dest=../../current/", f"{folder}/", goal]
    done = _run(command)
    if done.returncode:
        raise SetupError(_problem(host, done))
    _say(reach, host, _SWITCH.format(**words))
    return FarCopy(_number(_SENT, done.stdout), _number(_BYTES, done.stdout))


def _say(reach: list[str], host: str, script: str) -> None:
    done = _run([*reach, host.replace("[", "").replace("]", ""), f"sh -c {shlex.quote(script)}"])
    if done.returncode == _NOT_OURS:
        raise SetupError(_("{host} 的那个文件夹里有别的东西，请给一个空文件夹").format(host=host))
    if done.returncode:
        raise SetupError(_problem(host, done))


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        check=False,
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        env=environment(),
    )


def _problem(host: str, done: subprocess.CompletedProcess[str]) -> str:
    said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    return _(
        "没有传到 {host}，那里的网站保持不动；本机已经发布，接通以后再运行一次即可。对方说：{problem}"
    ).format(host=host, problem=said[0] if said else done.returncode)


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1].replace(",", "")) if found else 0
