"""The command line: one verb per module of ``commands``, loaded when it is used."""

from __future__ import annotations

import atexit
import gc
import os
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator.wording import N_, _, speaking
from generator.wording.languages import SOURCE, Language

# verb → what it does. Its module in generator.commands and its function bear the verb's name.
VERBS: dict[str, str] = {
    "init": N_("建立一个县自己的公开仓库：cunwu init 文件夹"),
    "upgrade": N_("把仓库升级到现在的程序：先说会改什么，加 --apply 才改"),
    "check": N_("检查记录：逐条说明哪里有误、应当怎样写"),
    "build": N_("检查并生成网站：只重新生成有变化的村"),
    "serve": N_("在本机预览网站，文件改动后自动重新生成并刷新"),
    "new": N_("新建一份空表：cunwu new 青石村 finance 2026-10"),
    "new-village": N_("新建一个村的文件夹"),
    "village": N_("村合并、拆分、改名、划归另一个乡镇：旧村原地保留，记录不动"),
    "template": N_("写一份填报用的表格（xlsx），填好直接导入：cunwu template finance --village 青石村"),
    "import": N_("导入村里的表格（xlsx、xls、et、csv）：说清哪里要改，写成规定的文件"),
    "poster": N_("印张贴页（PDF）：cunwu poster 青石村 2026-09"),
    "attach": N_(
        "附票据的照片或 PDF：cunwu attach 发票.jpg --village 青石村 --item finance --period 2026-10"
    ),
    "desk": N_("打开填报台：在浏览器里交表、改错、预览、提交、审核，不用命令"),
    "diff": N_("逐行比较两个版本的记录：cunwu diff 2026-03-31 2026-06-30"),
    "publish": N_("发布：核对后一次切换到新的网站，记入公开日志：cunwu publish /srv/cunwu"),
    "rollback": N_("退回：马上放回以前发布的网站，公示期已满的名单不放回去：cunwu rollback /srv/cunwu"),
    "verify": N_("核对发布的网站、公开日志和版本历史是否一致"),
    "reproduce": N_("从版本历史重新生成发布过的网站，逐个文件比较"),
    "privacy": N_("查找不该公开的个人信息：文件夹、暂存区、推送、全部历史"),
    "items": N_("列出全部公开项目、依据和检查"),
    "server-config": N_("写出 nginx 或 Caddy 的配置：公开网站，和要密码的审计页"),
    "owners": N_("写出谁负责哪些村的文件（CODEOWNERS），给代码托管平台看"),
    "install-server": N_("在自己的服务器上装好：推送进来就检查、生成、发布"),
    "comment": N_("把检查结果写成合并请求下面的一条评论，以后更新同一条"),
    "export": N_("导出全县各期的记录、更正和日志，供统计分析：cunwu export 分析 --format sqlite"),
    "words": N_("把网页译成另一种语言：写出待译的文件，查还缺哪些：cunwu words bo"),
    "docs": N_("写出使用手册的网页：cunwu docs 手册，用浏览器打开里面的 index.html"),
    "export-docs": N_("把一个村导出为普通的 MkDocs 文档目录"),
}
# A verb that Python keeps for itself: its module is called otherwise.
_MODULES = {"import": "import_sheets"}
# Verbs that only tell something speak the language asked for; what the others write is the county's.
_TELLING = frozenset({"check", "items", "verify", "words"})
ASKED = "CUNWU_LANG"
_OBJECTS = 50_000
_HELP = N_("村务公开：检查记录，生成网站")


class _Verbs(click.Group):
    """Loads a verb's module only when that verb is asked for, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = _MODULES.get(cmd_name, cmd_name.replace("-", "_"))
        command: click.Command = getattr(import_module(f"generator.commands.{module}"), module)
        if cmd_name not in _TELLING and command.callback is not None:
            command.callback = _in_the_source(command.callback)
        command.help = _(VERBS[cmd_name])
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = _(parameter.help)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("命令")):
            formatter.write_dl([(verb, _(told)) for verb, told in VERBS.items()])


def _in_the_source(callback: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(callback)
    def run(*places: Any, **named: Any) -> Any:
        with speaking(None):
            return callback(*places, **named)

    return run


@click.group(
    cls=_Verbs,
    help=_HELP,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="cunwu")
def verbs() -> None:
    """Hold the verbs together."""


def main() -> None:
    """Run the command line; a broken set-up, or a full disk, is one message and exit code 3."""
    from generator.model.finding import HaltError, SetupError

    # What is loaded stays to the end: looking through it for garbage every few objects finds none.
    gc.set_threshold(_OBJECTS)
    # Nor is it given back piece by piece when the process ends: the system takes all of it at once.
    atexit.register(gc.freeze)
    try:
        with speaking(_asked()):
            verbs.help = _(_HELP)
            verbs()
    except HaltError as error:
        click.echo(str(error), err=True)
        raise SystemExit(3) from None
    except SetupError as error:
        click.echo(_("设置有误：{problem}").format(problem=error), err=True)
        raise SystemExit(3) from None


def _asked() -> Language | None:
    """Return the language that the environment asks the verbs to speak; nobody else's setting changes it."""
    code = os.environ.get(ASKED, "")
    if code in ("", SOURCE):
        return None
    from generator.promises.languages import load_language

    return load_language(Path.cwd(), code)


if __name__ == "__main__":
    main()
