"""The database's schema: made when there is none, checked when there is one."""

from __future__ import annotations

import logging

import flask_migrate
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from taole.core.database import db
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.paths import resource_folder


def prepare_schema(app: Flask, *, may_upgrade: bool = False) -> None:
    """Make the tables of a new database; refuse to work on one that is behind (or upgrade it).

    A database that a later version of the program has changed is refused in any case.
    """
    with app.app_context():
        current = current_revision()
        if current == head_revision():
            return
        if current is not None and current not in _known_revisions():
            raise Refused(
                sentence(
                    N_("数据库版本 %(version)s 这个程序不认识：它由更新的程序升级过，请装新版本。"),
                    version=current,
                )
            )
        if not (may_upgrade or _is_new()):
            raise Refused(N_("数据库还是旧版本，请先备份，再运行 taole database upgrade"))
        logging.getLogger("alembic").setLevel(logging.WARNING)
        flask_migrate.upgrade(directory=str(resource_folder("migrations")))


def current_revision() -> str | None:
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head_revision() -> str | None:
    return _scripts().get_current_head()


def _known_revisions() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    return ScriptDirectory.from_config(config)


def _is_new() -> bool:
    with db.engine.connect() as connection:
        return not inspect(connection).get_table_names()
