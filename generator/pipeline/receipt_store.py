"""The place of the receipts: outside the records and outside git, which never forgets."""

from __future__ import annotations

from generator.model.finding import SetupError
from generator.promises.promises import Promises
from generator.wording import _

_FILE, _KEY = "site_config/county.yaml", "receipts"


def require_receipt_store(promises: Promises, *, is_needed: bool = False) -> None:
    """Raise SetupError when the folder of receipts lies among the records, or where git keeps it for ever.

    One that is not there yet cannot be in git, and is looked at when it ``is_needed``.
    """
    settings = promises.settings
    if settings.receipts is None:
        return
    folder = settings.receipts.resolve()
    if folder.exists() and not folder.is_dir():
        raise SetupError(_("这不是文件夹"), file=_FILE, key=_KEY)
    for root in (settings.content, settings.private_content):
        if root is not None and (
            folder.is_relative_to(root.resolve()) or root.resolve().is_relative_to(folder)
        ):
            raise SetupError(
                _("票据图像不能和公开的记录放在同一个文件夹里，请另写一个文件夹"), file=_FILE, key=_KEY
            )
    if not folder.exists() and not is_needed:
        return
    from generator.history.remotes import count_tracked, is_ignored, top_of

    near = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    top = top_of(near)
    if top is None:
        return
    tracked = count_tracked(top, folder)
    if tracked:
        problem = _("票据图像已有 {count} 个文件进了 git，以后删不干净。请移到仓库外面，并从 git 里去掉")
        raise SetupError(problem.format(count=tracked), file=_FILE, key=_KEY)
    if not is_ignored(top, folder):
        raise SetupError(
            _("票据图像放在 git 仓库里，随时可能被提交。请移到仓库外面，或写进 .gitignore"),
            file=_FILE,
            key=_KEY,
        )
