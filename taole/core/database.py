"""The database: one declarative base, typed columns, and how SQLite and PostgreSQL are opened.

SQLite runs with WAL, foreign keys and ``synchronous=FULL`` (anything less loses acknowledged
writes at a power cut); who writes takes the lock at once (``BEGIN IMMEDIATE``), who reads waits
for nobody.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    Uuid,
    and_,
    event,
    false,
    or_,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, registry
from sqlalchemy.pool import ConnectionPoolEntry

_writes: ContextVar[bool] = ContextVar("writes", default=False)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


PathText = String(200).with_variant(String(200, collation="C"), "postgresql")
"""A unit's path; byte order on every database, so that a prefix is a range."""


_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_TYPES: dict[Any, Any] = {
    UUID: Uuid(),
    datetime: Moment(),
    dict[str, Any]: JSON(),
    list[str]: JSON(),
    list[list[Any]]: JSON(),
    enum.Enum: Enum(
        enum.Enum,
        native_enum=False,
        length=32,
        values_callable=lambda kind: [member.value for member in kind],
    ),
}


class Base(DeclarativeBase):
    registry = registry(metadata=MetaData(naming_convention=_NAMES), type_annotation_map=_TYPES)


db = SQLAlchemy(
    model_class=Base, session_options={"expire_on_commit": False}, disable_autonaming=True
)

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


def under(column: InstrumentedAttribute[str], paths: Sequence[str] | str) -> ColumnElement[bool]:
    """The units at or below these paths, as ranges: never a list of ids.

    A path ends in "/" and "0" is the next character, so ``[path, path-with-0)`` is the subtree.
    """
    wanted = [paths] if isinstance(paths, str) else paths
    ranges = [and_(column >= path, column < path[:-1] + "0") for path in wanted]
    return or_(*ranges) if ranges else false()


def in_being(
    since: InstrumentedAttribute[Any], until: InstrumentedAttribute[Any], day: date
) -> ColumnElement[bool]:
    """What has begun by a day and not ended on it; an empty column means ever, or for ever."""
    return and_(or_(since.is_(None), since <= day), or_(until.is_(None), until > day))


def engine_options(url: str) -> dict[str, Any]:
    """For an address; errors never tell the values of a statement: they are people's data."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": 10}}
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"prepare_threshold": None},
    }


def open_database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            prepare_sqlite(engine)


def prepare_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",
        "busy_timeout=10000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")


@contextmanager
def intent_to_write() -> Iterator[None]:
    """Transactions that begin inside take the write lock at once."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)
