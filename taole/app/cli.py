"""``taole``: what an operator types. Every command works on the instance of TAOLE_INSTANCE."""

from __future__ import annotations

from functools import cache

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from taole.app.command_table import GROUPS, SINGLE
from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.commands import say_trouble
from taole.core.errors import Refused
from taole.settings import SettingFault


@cache
def _instance(*, may_upgrade: bool = False) -> Flask:
    """The application on a database that is ready; made on the first command that asks."""
    try:
        app = create_app()
        prepare_schema(app, may_upgrade=may_upgrade)
    except (Refused, SettingFault) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except (OSError, SQLAlchemyError) as trouble:
        raise click.ClickException(say_trouble(trouble)) from trouble
    return app


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="taole")
@click.pass_context
def main(context: click.Context) -> None:
    """陶乐：村务公开，从公示登记到年度报告。"""
    context.obj = _instance


@main.group("database")
def database_group() -> None:
    """The database itself."""


@database_group.command("upgrade")
def database_upgrade() -> None:
    """Bring the tables to this version's shape (make a backup first)."""
    _instance(may_upgrade=True)
    click.echo("done")


for group_name, (about, commands) in GROUPS.items():
    group = click.Group(group_name, help=about)
    for command in commands:
        group.add_command(command)
    main.add_command(group)
for command in SINGLE:
    main.add_command(command)
