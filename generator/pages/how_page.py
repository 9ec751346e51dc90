"""The page 「怎样填报」: the clerk's way through the desk in six steps, each with a picture of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.model.site import File, Page
from generator.pages.render import Renderer
from generator.wording import N_, _

# No item can have this address: names of items have no hyphen.
HOW = "dictionary/how-to/"
_FOLDER = Path(__file__).parent / "pictures"
# The pictures are drawn at twice their size, for the screens of telephones (scripts/desk_pictures.py).
_SCALE = 2
# Title, what to do, the picture and what is seen on it.
_STEPS = (
    (
        N_("打开填报台，把表放进来"),
        N_(
            "双击「打开填报台」，浏览器里就出来了。平时记账的 Excel、WPS 或 CSV 表，不用改格式，直接拖进"
            "方框。这一步只是检查，不会公开。"
        ),
        "1-put-in.png",
        N_("填报台首页：方框里已放进十月账.csv，下面是绿色按钮「检查这些表」"),
    ),
    (
        N_("红格改一改"),
        N_(
            "红格是错误，格子里写着错在哪、该怎么写；黄格是提醒，核对就行。改好按「保存并重新检查」，"
            "没有红格了就往下走。您自己电脑里的原表不会被动。"
        ),
        "2-mend.png",
        N_("表格里有两个红格：收入写成了「三千」，类别写成了「维修养户」，都可以当场改"),
    ),
    (
        N_("附上票据（没有就跳过）"),
        N_(
            "按「附票据」，选是哪一笔，拍照或选照片、PDF，写一句是什么。每张图放大看一遍，没有身份证号、"
            "银行卡号、手机号的，打上勾再附。照片里的拍摄地点会自动去掉。"
        ),
        "3-receipt.png",
        N_("「2026-10-09 修水渠 1200.00」这一笔下面有一张收据的照片，可以拿掉，也可以再附"),
    ),
    (
        N_("看看公开后的样子"),
        N_("框里就是村民手机上看到的页面，现在只有您看得到。数字、摘要不对的，回去改。"),
        "4-preview.png",
        N_("手机框里是青石村 2026 年 10 月财务收支的公开页，上面是「下一步：提交审核」"),
    ),
    (
        N_("提交"),
        N_(
            "写谁编制的（写身份，不写姓名），张贴在公开栏的日子和地方。换掉已经公开的内容，还要写为什么更正，"
            "村民看得到。"
        ),
        "5-hand-in.png",
        N_("提交审核的表：编制人写「报账员」，张贴 11 月 6 日至 20 日，村委会公开栏，下面是「提交」"),
    ),
    (
        N_("另一个人审核，通过了才公开"),
        N_(
            "审核的人（例如村务监督委员会）在「审核」里逐项看改了什么、票据对不对，输入自己的口令通过，或写明"
            "原因退回。编制和审核不能是同一个身份。通过后在「已公开」里按「送出」，送到县里。"
        ),
        "6-review.png",
        N_("审核页：新附的票据要逐张放大看；选审核人、输入口令，按「审核通过，公开」"),
    ),
)


def how_page(renderer: Renderer, section: str) -> Page:
    """Return the page, to be marked in the menu as part of ``section``."""
    title = _("怎样填报")
    steps = [
        {
            "title": _(step),
            "text": _(text),
            "picture": f"{HOW}{name}",
            "seen": _(seen),
            "size": _size(_content(name)),
        }
        for step, text, name, seen in _STEPS
    ]
    content = renderer.content("how.html.j2", HOW, title=title, steps=steps)
    return Page(HOW, title, _("报账员从一张表到公开的页面，六步"), content, section=section)


def how_pictures() -> tuple[File, ...]:
    """Return the pictures of the page, each published once."""
    return tuple(File(f"{HOW}{name}", _content(name)) for _step, _text, name, _seen in _STEPS)


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


def _size(content: bytes) -> tuple[int, int]:
    """Return how wide and how high a PNG is shown, in CSS pixels: its head begins with both."""
    width, height = (int.from_bytes(content[place : place + 4], "big") for place in (16, 20))
    return width // _SCALE, height // _SCALE
