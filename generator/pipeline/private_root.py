"""The private root: what must be forgotten lies in no public history, and is sent to no host unasked."""

from __future__ import annotations

from pathlib import Path

from generator.model.finding import SetupError
from generator.promises.promises import Promises
from generator.wording import _

_FILE = "site_config/county.yaml"
_CONTENT, _HOSTS = "private_content", "private_hosts"


def require_private_root(promises: Promises) -> None:
    """Raise SetupError when the private root lies where it would be published or kept for ever.

    The demonstration county keeps a made-up one beside the public records, so that a clone works.
    """
    settings = promises.settings
    if settings.private_content is None:
        return
    private = settings.private_content.resolve()
    if settings.is_demo and private.is_relative_to(promises.root) and not (private / ".git").exists():
        return
    from generator.history.remotes import top_of

    own = top_of(private)
    if own is None:
        return
    public = {top_of(settings.content), top_of(promises.root)}
    if own not in public:
        _require_known_hosts(own, settings.private_hosts)
    elif not settings.is_demo:
        _require_left_out(own, private)


def _require_left_out(top: Path, private: Path) -> None:
    """Raise SetupError where the repository of the public records keeps private ones, or soon would."""
    from generator.history.remotes import count_tracked, is_ignored

    tracked = count_tracked(top, private)
    if tracked:
        raise SetupError(
            _(
                "不公开的名单和公开的内容在同一个 git 仓库里，已有 {count} 个文件进了历史，推送后就收不回来。"
                "请移到另一个仓库或文件夹，并用 cunwu privacy purge --file 清除历史里的"
            ).format(count=tracked),
            file=_FILE,
            key=_CONTENT,
        )
    if not is_ignored(top, private):
        raise SetupError(
            _("不公开的名单放在公开内容的 git 仓库里，随时可能被提交。请移到仓库外面，或写进 .gitignore"),
            file=_FILE,
            key=_CONTENT,
        )


def _require_known_hosts(top: Path, hosts: tuple[str, ...]) -> None:
    from generator.history.remotes import list_remotes

    known = {host.strip().lower().rstrip(".") for host in hosts}
    for remote in list_remotes(top):
        if remote.host is None:
            raise SetupError(
                _(
                    "不公开的名单的仓库有一个看不懂的远端地址（{name}），不知道会送到哪里。请核对后改正或删去"
                ).format(name=remote.name),
                file=_FILE,
                key=_HOSTS,
            )
        if remote.host and remote.host not in known:
            raise SetupError(
                _(
                    "不公开的名单的仓库连着 {host}（远端 {name}），它不在本县允许的主机名单里。"
                    "请删去这个远端（git remote remove），或经负责人同意后写进 {key}"
                ).format(host=remote.host, name=remote.name, key=_HOSTS),
                file=_FILE,
                key=_HOSTS,
            )
