"""The web application: pages on this machine, who may open them, and what is said when something is wrong."""

from __future__ import annotations

import secrets
import traceback
from pathlib import Path

from flask import Flask, Response, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError, CSRFProtect  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from generator.desk.desk import NAME, Desk, desk_of_app
from generator.desk.forms import SIZE_LIMIT, BadFormError
from generator.desk.gate import COOKIE, HEADERS
from generator.desk.office import Refused
from generator.desk.views_done import done
from generator.desk.views_home import home
from generator.desk.views_preview import preview
from generator.desk.views_receipts import receipts
from generator.desk.views_review import review
from generator.desk.views_sheet import sheet
from generator.desk.views_submit import submit
from generator.desk.works import NoWorkError
from generator.model.finding import SetupError
from generator.wording import N_, _

BODY_LIMIT = 10 * SIZE_LIMIT
_PROBLEMS = {
    400: (N_("这一页放得太久了"), N_("请回到首页再来一次。已经保存的内容都在。")),
    403: (N_("不能从这里打开"), N_("请在装有本程序的电脑上打开，或用手机扫那台电脑上显示的二维码。")),
    404: (N_("没有这一页"), N_("可能已经提交或丢弃了。请回到首页看看。")),
    405: (N_("没有这一页"), N_("请回到首页，从按钮进入。")),
    413: (
        N_("文件太大"),
        N_("一个文件不超过 32 MB，一次一共不超过 320 MB。请分几次放，或删去表里的图片再存。"),
    ),
}


def create_app(desk: Desk) -> Flask:
    """Return the application that answers for ``desk``."""
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=_secret(desk.home),
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        MAX_FORM_PARTS=20_000,
        SESSION_COOKIE_NAME="cunwu-desk",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_HTTPONLY=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions[NAME] = desk
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.autoescape = True  # templates end in .j2, by which Flask would not know them
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        _, lambda one, many, n: _(one if n == 1 else many), newstyle=True
    )
    app.before_request(_let_in)
    CSRFProtect(app)
    app.after_request(_seal)
    app.context_processor(_around)
    for blueprint in (home, sheet, receipts, preview, submit, review, done):
        app.register_blueprint(blueprint)
    _explain_errors(app)
    return app


def _secret(folder: Path) -> bytes:
    """Return what signs the cookies, the same after a restart, so that an open page can still be sent."""
    path = folder / "secret"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()


def _let_in() -> AnyResponse | None:
    gate = desk_of_app().gate
    if not gate.knows_host(request.host):
        return _told(403)
    if gate.admits(request.remote_addr, request.cookies.get(COOKIE, "")):
        return None
    cookie = gate.redeem(request.args.get("token", ""))
    if cookie is None:
        return _told(403)
    # The token is taken out of the address, so that it is not kept or passed on.
    answer = redirect("/")
    answer.set_cookie(COOKIE, cookie, httponly=True, samesite="Strict")
    return answer


def _seal(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-cache"
    return response


def _around() -> dict[str, object]:
    gate = desk_of_app().gate
    return {"is_far": not gate.is_own(request.remote_addr), "path": request.path}


def _told(status: int, title: str = "", advice: str = "") -> Response:
    known_title, known_advice = map(_, _PROBLEMS.get(status, (N_("出了问题"), N_("请回到首页再来一次。"))))
    page = render_template("problem.html.j2", title=title or known_title, advice=advice or known_advice)
    return Response(page, status, mimetype="text/html")


def _explain_errors(app: Flask) -> None:
    def http(error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _told(error.code or 500)

    def crossed(_error: Exception) -> Response:
        return _told(400)

    def gone(_error: Exception) -> Response:
        return _told(404)

    def bad(error: Exception) -> Response:
        return _told(422, _("请改一下再提交"), str(error))

    def refused(error: Exception) -> Response:
        return _told(409, _("没有办成"), str(error))

    def set_up(error: Exception) -> Response:
        return _told(503, _("县里的设置有误"), _("{problem}。请告诉县里的技术人员。").format(problem=error))

    def bug(_error: Exception) -> Response:
        g.pop("csrf_token", None)
        print(traceback.format_exc(), flush=True)
        advice = _(
            "程序出了错，已经保存的内容都在。请回到首页再试；还是不行，把黑窗口里的文字拍照发给技术人员。"
        )
        return _told(500, _("出了问题"), advice)

    app.register_error_handler(HTTPException, http)
    app.register_error_handler(CSRFError, crossed)
    app.register_error_handler(NoWorkError, gone)
    app.register_error_handler(BadFormError, bad)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(SetupError, set_up)
    app.register_error_handler(Exception, bug)
