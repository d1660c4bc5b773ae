"""Putting the application together from its packages."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import flask_bootstrap
from flask import Flask, Response, g, request, send_file, url_for
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound as HttpNotFound

from taole.access.guard import public, refuse_unguarded
from taole.app.blueprints import BLUEPRINTS, FIGURES
from taole.app.errors import answer_errors
from taole.app.frame import add_frame
from taole.app.null_characters import refuse_null_characters
from taole.app.numbers_in_addresses import mask_addresses
from taole.app.owners_of_files import know_owners_of_files
from taole.app.seeing import know_detectors
from taole.app.telling import know_sources
from taole.core.database import db, engine_options, open_database
from taole.core.figures import register
from taole.core.pages import add_filters
from taole.core.transactions import guard_requests
from taole.organisation.models import User
from taole.paths import resource_folder
from taole.settings import Settings

STATIC = Path(__file__).resolve().parent.parent / "static"
BOOTSTRAP = (
    Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
)
YEAR = 365 * 86400
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (by default the environment's)."""
    settings = settings or Settings.from_environment()
    app = Flask("taole", template_folder=str(resource_folder("templates")), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        MAX_CONTENT_LENGTH=settings.upload_megabytes * 2**20,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=str(Path(__file__).resolve().parent.parent / "translations"),
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "image/svg+xml"],
    )
    settings.instance.mkdir(parents=True, exist_ok=True)
    open_database(app)
    guard_requests(app)
    refuse_null_characters(app)
    mask_addresses(app)
    Migrate(app, db, directory=str(resource_folder("migrations")))
    Babel(app, locale_selector=lambda: "en" if _language() == "en" else "zh_Hans_CN")
    CSRFProtect(app)
    Compress(app)
    _recognise_people(app)
    add_filters(app)
    add_frame(app)
    _serve_static_files(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register(FIGURES)
    know_owners_of_files()
    know_sources()
    know_detectors()
    answer_errors(app)
    app.after_request(_secure)
    refuse_unguarded(app)
    return app


def _language() -> str:
    return request.cookies.get("language", "zh")


def _recognise_people(app: Flask) -> None:
    login = LoginManager(app)
    login.login_view = "organisation.sign_in_page"
    login.session_protection = "basic"
    login.login_message = ""

    @login.user_loader  # type: ignore[untyped-decorator]
    def _load(session_id: str) -> User | None:
        """The signed-in user; nobody when the session is an ended one or the user has left."""
        user_id, _, key = session_id.partition(":")
        user = db.session.get(User, UUID(user_id), options=[joinedload(User.memberships)])
        valid = user is not None and user.session_key == key and user.retired_on is None
        return user if valid else None


def _serve_static_files(app: Flask) -> None:
    @app.get("/static/<path:name>", endpoint="static")
    @public
    def _static(name: str) -> Response:
        file = _static_file(name)
        if file is None:
            raise HttpNotFound
        return send_file(file, max_age=YEAR if request.args.get("v") else 3600)

    @app.context_processor
    def _assets() -> dict[str, Any]:
        return {"asset": _asset, "bootstrap_url": _asset("bootstrap.min.css")}


def _static_file(name: str) -> Path | None:
    if name == BOOTSTRAP.name:
        return BOOTSTRAP
    file = (STATIC / name).resolve()
    return file if file.is_file() and file.is_relative_to(STATIC) else None


def _asset(name: str) -> str:
    """The address of a file, made once in a request: a big matrix draws two thousand icons."""
    known: dict[str, str] = g.setdefault("assets", {})
    if name not in known:
        known[name] = url_for("static", name=name, v=_digest(name))
    return known[name]


@cache
def _digest(name: str) -> str:
    file = _static_file(name)
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file else ""


def _secure(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
