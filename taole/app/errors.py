"""Saying no on a page: one sentence, what to do, and nothing of what was typed."""

from __future__ import annotations

from typing import Any

from flask import Flask, g, render_template
from flask_babel import gettext as _
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from structlog import get_logger
from werkzeug.exceptions import HTTPException

from taole.core.errors import NotFound, Refused
from taole.core.pages import say_all
from taole.core.transactions import give_up

log = get_logger("taole")


def answer_errors(app: Flask) -> None:
    @app.errorhandler(NotFound)
    def _not_found(_error: NotFound) -> Any:
        return _page(404)

    @app.errorhandler(Refused)
    def _refused(error: Refused) -> Any:
        return _page(409, say_all(error))

    @app.errorhandler(CSRFError)
    def _expired(_error: CSRFError) -> Any:
        return _page(400, [_("页面放得太久了，请返回刷新后再提交")])

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Any:
        return error.get_response() if (error.code or 500) < 400 else _page(error.code or 500)

    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def _overtaken(_error: Exception) -> Any:
        return _page(409, [_("别人刚刚改过这一条，请返回刷新后再看")])

    @app.errorhandler(OperationalError)
    def _busy(error: OperationalError) -> Any:
        log.error("database", kind=type(error.orig).__name__)
        g._login_user = AnonymousUserMixin()  # the page is drawn without asking who reads it
        return _page(503)

    @app.errorhandler(Exception)
    def _broken(error: Exception) -> Any:
        # the type and place only: the message may carry what a person typed
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        log.error(
            "page broke",
            kind=type(error).__name__,
            file=place.tb_frame.f_code.co_filename if place else "",
            line=place.tb_lineno if place else 0,
        )
        if app.testing:
            raise error
        return _page(500)


def _page(status: int, sentences: list[str] | None = None) -> Any:
    give_up()
    return render_template("layout/error.html", status=status, sentences=sentences or []), status
