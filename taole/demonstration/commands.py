"""``taole demo``."""

from __future__ import annotations

import click
from flask import Flask

from taole.core.clock import today
from taole.core.errors import Refused
from taole.core.settings_store import is_demonstration
from taole.core.transactions import transaction
from taole.demonstration.build import build
from taole.demonstration.monitoring_scene import play_mornings
from taole.demonstration.stage import (
    COMMUNITIES,
    HEADS,
    PASSWORD,
    SUPERVISORS,
    TOWNSHIP,
    VILLAGE_HEADS,
    VILLAGES,
)

UNITS = (*((code, name) for code, name, _account, _person in VILLAGES), *COMMUNITIES)
OFFICES = ((f"{TOWNSHIP}-zhb", "综合办公室"), (f"{TOWNSHIP}-msfw", "民生服务中心"))
ACCOUNTS = (
    ("li", "李某", "综合办公室"),
    ("zhao", "赵某", "分管领导"),
    *((account, person, f"{village}专干") for _code, village, account, person in VILLAGES),
    *((*SUPERVISORS[code], f"{name}村监委") for code, name in UNITS),
    *((*VILLAGE_HEADS[code], f"{name}负责人") for code, name in UNITS),
    *((*HEADS[code], f"{name}负责人") for code, name in OFFICES),
    ("qian", "钱某", "民生服务中心"),
    ("wu", "吴某", "县督查"),
    ("zheng", "郑某", "管理员"),
)


def make(app: Flask) -> None:
    """The demonstration on an empty instance; an instance that has it already keeps it."""
    with app.app_context(), app.test_request_context():
        if is_demonstration():
            click.echo("演示数据已经有了。", err=True)
            return
        with transaction():
            build(today(), lambda scene: click.echo(f"  {scene} …", err=True))
        play_mornings(today())


def print_accounts() -> None:
    click.echo("演示数据：人员和公示都是虚构的。账号（密码都是 " + PASSWORD + "）：")
    for account, person, part in ACCOUNTS:
        click.echo(f"  {account:<6} {person}  {part}")


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="make the year and stop; do not serve it")
@click.option("--host", help="address to listen on")
@click.option("--port", type=click.IntRange(1, 65535), help="port to listen on")
@click.pass_context
def demo(context: click.Context, no_serve: bool, host: str | None, port: int | None) -> None:
    """Make Taole Town's year 2023 with invented persons and notices, then serve it."""
    app: Flask = context.find_root().obj(may_upgrade=True)
    try:
        make(app)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    print_accounts()
    if not no_serve:
        context.invoke(_serve(), host=host, port=port)


def _serve() -> click.Command:
    """The serve command, found by name: it lives above this package."""
    found = click.get_current_context().find_root().command
    assert isinstance(found, click.Group)
    return found.commands["serve"]


SINGLE: tuple[click.Command, ...] = (demo,)
