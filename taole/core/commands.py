"""How an operator's commands run: in one application, one transaction, with one exit status.

0 done · 1 refused, or something to look at (said on standard error) · 2 wrong use of the command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import click
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from taole.core.database import db
from taole.core.errors import NotFound, Refused
from taole.core.periods import EARLIEST_YEAR, LATEST_YEAR
from taole.core.transactions import transaction

P = ParamSpec("P")
R = TypeVar("R")

json_option = click.option("--json", "as_json", is_flag=True, help="print JSON for a program")


class Day(click.DateTime):
    """A day in a year that a calendar of ours can hold; wrong use otherwise (status 2)."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        found: datetime = super().convert(value, param, ctx)
        if not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
            self.fail(
                f"{value!r}: the year must be from {EARLIEST_YEAR} to {LATEST_YEAR}", param, ctx
            )
        return found


day = Day()


def operates(*, writes: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a command on the instance; what it wrote is committed at its end, or not at all."""

    def wrap(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            open_instance = click.get_current_context().find_root().obj
            with open_instance().app_context():
                try:
                    if writes:
                        with transaction():
                            return command(*args, **kwargs)
                    return command(*args, **kwargs)
                except Refused as refusal:
                    for said in refusal.sentences:
                        click.echo(str(said), err=True)
                except NotFound as missing:
                    click.echo(f"找不到：{missing}", err=True)
                except (OSError, OperationalError) as trouble:
                    click.echo(say_trouble(trouble), err=True)
                finally:
                    db.session.remove()
            sys.exit(1)

        return run

    return wrap


def say_trouble(trouble: OSError | SQLAlchemyError) -> str:
    """One sentence for an operator about a file or a database that cannot be used.

    What the database said of a statement's values is left out: they may be somebody's data.
    """
    if isinstance(trouble, OSError):
        place = f"“{trouble.filename}”" if trouble.filename else "文件"
        return f"不能读写{place}：{trouble.strerror or trouble}。请核对路径、权限和磁盘空间。"
    said = " ".join(str(trouble.orig if isinstance(trouble, DBAPIError) else trouble).split())
    return (
        f"数据库不能用：{said[:300]}。请核对 TAOLE_DATABASE_URL、TAOLE_INSTANCE 和数据库是否启动。"
    )


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def as_day(chosen: datetime | None) -> date | None:
    """click gives a midnight; the house works with days."""
    return None if chosen is None else chosen.date()
