"""The database's schema: made when there is none, checked when there is one."""

from __future__ import annotations

import logging
from pathlib import Path

import flask_migrate
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_
from taole.paths import resource_folder


def prepare_schema(app: Flask, *, may_upgrade: bool = False) -> None:
    """Make the tables of a new database; refuse to work on one that is behind (or upgrade it)."""
    with app.app_context():
        with db.engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
            is_new = current is None and not inspect(connection).get_table_names()
        if current == _head():
            return
        if not (is_new or may_upgrade):
            raise Refused(N_("数据库还是旧版本，请先备份，再运行 taole database upgrade"))
        upgrade()


def upgrade() -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    flask_migrate.upgrade(directory=str(resource_folder("migrations")))


def _head() -> str | None:
    folder: Path = resource_folder("migrations")
    config = Config()
    config.set_main_option("script_location", str(folder))
    return ScriptDirectory.from_config(config).get_current_head()
