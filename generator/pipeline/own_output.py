"""Own output: what a build writes and remembers must not have come with the records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.history.git import ask_git
from generator.model.disclosure_log import NAME as LOG
from generator.model.finding import SetupError
from generator.pipeline.fingerprint import SETUP
from generator.wording import _

_LINK = "120000"
_LOGS = f"{LOG.partition('.')[0]}*"


def require_own_output(root: Path, folders: Iterable[Path]) -> None:
    """Raise SetupError where git keeps anything in ``folders``, or a link in the set-up or beside the log.

    Pages, states and the guard's memory that came in a commit would be believed: a village that holds a
    leak would pass for looked through. A link is written through, or what it leads to is published.
    """
    inside = [folder.relative_to(root).as_posix() for folder in folders if folder.is_relative_to(root)]
    listed = ask_git(root, "ls-files", "--stage", "-z", "--", *inside, *SETUP, _LOGS) or ""
    for entry in filter(None, listed.split("\0")):
        facts, _tab, path = entry.partition("\t")
        if any(path == name or path.startswith(f"{name}/") for name in inside):
            raise SetupError(
                _("这是生成出来的，不能放在仓库里：请用 git rm -r --cached 取出，提交后删去再生成"), file=path
            )
        if facts.startswith(_LINK):
            raise SetupError(_("这里不能有链接，请放文件本身"), file=path)
