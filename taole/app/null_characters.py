"""A null character never reaches the database: PostgreSQL cannot store it, and nobody types it."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotFound

NULL = "\x00"


def refuse_null_characters(app: Flask) -> None:
    """An address with one is no page of ours (404); a form with one comes from no page (400)."""

    @app.before_request
    def _refuse() -> None:
        if NULL in request.path or _within(request.args):
            raise NotFound
        if _within(request.form):
            raise BadRequest


def _within(sent: MultiDict[str, str]) -> bool:
    return any(NULL in name or NULL in value for name, value in sent.items(multi=True))
