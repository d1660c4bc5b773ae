"""The cast of people, Taole Town, and how tests run commands.

陈某 刘某 王某 孙某 马某 are the secretaries of 东园村, 施家台子村, 王家庄村, 马太沟村 and 庙庙湖村;
周某 supervises 东园村 and 杨某 heads it; 李某 is the clerk of the 综合办公室, 赵某 the leader in
charge, 钱某 the contributor of the 民生服务中心, 吴某 the county's inspector, 郑某 the
administrator; 冯某 has left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import time_machine
from flask import current_app
from sqlalchemy import exists, insert, or_, select

from taole.access.permissions import Role
from taole.core.database import db
from taole.organisation.actions import SYSTEM, add_user, found_unit, give_role, retire
from taole.organisation.models import Membership, Unit, User
from taole.organisation.rules import UnitKind
from taole.settings import Settings
from taole.trail.models import TrailHead, TrailLine

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


Remembered = list[tuple[Any, list[dict[str, Any]]]]
_REMEMBERED: dict[tuple[Any, ...], Remembered] = {}


def build_town() -> Town:
    """Units and the whole cast, in the current session.

    A town founded once in a test process is told again row by row, its trail included; with a
    clock that a test has set, only one that was founded at that very moment.
    """
    if db.session.scalar(select(or_(*(exists(select(kind)) for kind in (Unit, TrailHead))))):
        return _found_town()
    at = datetime.now(UTC).replace(microsecond=0) if _is_clock_set() else None
    key = (current_app.config["SETTINGS"].database_url, at)
    if key not in _REMEMBERED:
        if at is None:
            town = _found_town()
        else:
            with time_machine.travel(at, tick=False):
                town = _found_town()
        db.session.flush()
        _REMEMBERED[key] = _rows_of_a_town()
        return town
    for table, rows in _REMEMBERED[key]:
        db.session.execute(insert(table), rows)
    return _known_town()


def _is_clock_set() -> bool:
    return bool(time_machine.escape_hatch.is_travelling())


def _rows_of_a_town() -> Remembered:
    """The rows as they stand, parents before children."""
    orders = {
        Unit: Unit.path,
        User: User.id,
        Membership: Membership.id,
        TrailHead: TrailHead.township_id,
        TrailLine: TrailLine.number,
    }
    remembered = []
    for kind, order in orders.items():
        table: Any = kind.__table__
        rows = db.session.execute(select(table).order_by(order)).mappings()
        remembered.append((table, [dict(row) for row in rows]))
    return remembered


def _known_town() -> Town:
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    people = {user.username: user for user in db.session.scalars(select(User).order_by(User.id))}
    return Town(
        region=units["640000"],
        county=units["640221"],
        township=units[TOWNSHIP],
        neighbour=units["640221203"],
        neighbour_village=units["640221203201"],
        office=units[f"{TOWNSHIP}-zhb"],
        service_centre=units[f"{TOWNSHIP}-msfw"],
        villages=[units[code] for code in VILLAGES],
        people=people,
    )


def _found_town() -> Town:
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
        ("yang", "杨某", Role.HEAD, villages[0]),
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


def settings_for(instance: Path, url: str = "") -> Settings:
    return Settings.from_environment(
        {
            "TAOLE_INSTANCE": str(instance),
            "TAOLE_DATABASE_URL": url,
            "TAOLE_SECRET_KEY": "tests",
            "TAOLE_PASSWORD_COST": "1",
        }
    )


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
    """A copy of an instance that nobody writes in, to write in.

    Its readers come and go, and the two files of a reader with them.
    """
    shutil.copytree(instance, target, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    return target
