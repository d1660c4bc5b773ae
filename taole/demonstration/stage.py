"""The stage: Taole Town's units, its invented people, and what every scene needs at hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from taole.access.permissions import Role
from taole.catalogue.models import CatalogueItem
from taole.core.calendar_store import work_calendar
from taole.core.workdays import WorkCalendar
from taole.organisation.actions import SYSTEM, add_user, found_unit, give_role, retire
from taole.organisation.models import Unit, User
from taole.organisation.rules import UnitKind

PASSWORD = "Taole2023-demo"  # noqa: S105 - printed on the screen: demonstration accounts only
SINCE = date(2022, 1, 1)
INVENTED = "演示：编码为虚构"
TOWNSHIP = "640221106"

VILLAGES = (
    ("640221106201", "东园村", "chen", "陈某"),
    ("640221106202", "施家台子村", "liu", "刘某"),
    ("640221106203", "王家庄村", "wang", "王某"),
    ("640221106204", "马太沟村", "sun", "孙某"),
    ("640221106205", "庙庙湖村", "ma", "马某"),
)
COMMUNITIES = (("640221106001", "社区甲"), ("640221106002", "社区乙"))
SUPERVISORS = {
    "640221106201": ("zhou", "周某"),
    "640221106202": ("he", "何某"),
    "640221106203": ("lyu", "吕某"),
    "640221106204": ("shi", "石某"),
    "640221106205": ("yan", "严某"),
    "640221106001": ("cao", "曹某"),
    "640221106002": ("xu", "许某"),
}
VILLAGE_HEADS = {
    "640221106201": ("yang", "杨某"),
    "640221106202": ("gao", "高某"),
    "640221106203": ("luo", "罗某"),
    "640221106204": ("liang", "梁某"),
    "640221106205": ("song", "宋某"),
    "640221106001": ("xie", "谢某"),
    "640221106002": ("peng", "彭某"),
}
HEADS = {f"{TOWNSHIP}-zhb": ("han", "韩某"), f"{TOWNSHIP}-msfw": ("tang", "唐某")}
URGENT_ITEMS = ("SB-11",)


@dataclass
class Stage:
    """Units, people, items by code, and one source of chance with a fixed seed."""

    county: Unit
    township: Unit
    office: Unit
    service_centre: Unit
    villages: list[Unit]
    communities: list[Unit]
    people: dict[str, User]
    secretaries: dict[UUID, User]
    items: dict[str, CatalogueItem] = field(default_factory=dict)
    columns: dict[str, CatalogueItem] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(2023))  # noqa: S311
    calendar: WorkCalendar = field(default_factory=work_calendar)

    def workday(self, day: date) -> date:
        """The day itself, or the next working day."""
        return self.calendar.on_or_after(day)

    def workday_between(self, first: date, last: date) -> date:
        """A working day within these days, by chance; the last working one when in doubt."""
        for _ in range(20):
            day = first + timedelta(days=self.chance.randint(0, max(0, (last - first).days)))
            if self.calendar.is_workday(day):
                return day
        day = last
        while not self.calendar.is_workday(day):
            day -= timedelta(days=1)
        return day

    def author(self, unit: Unit) -> User:
        return self.secretaries.get(unit.id, self.people["li"])

    def reviewers(self, unit: Unit, author: User) -> tuple[User, User, User]:
        """Who gives 初审, 复审 and 终审; what the clerk wrote the leader reviews in her place."""
        account, _name = SUPERVISORS.get(unit.code) or HEADS[unit.code]
        clerk, leader = self.people["li"], self.people["zhao"]
        return self.people[account], leader if author is clerk else clerk, leader


def set_stage() -> Stage:
    """Found the units and add the cast."""
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
        found_unit(
            kind=UnitKind.VILLAGE,
            code=code,
            name=name,
            parent=township,
            by=SYSTEM,
            phone=f"0952-5550{code[-3:]}",
            note=INVENTED,
        )
        for code, name, _account, _person in VILLAGES
    ]
    communities = [
        found_unit(
            kind=UnitKind.COMMUNITY,
            code=code,
            name=name,
            parent=township,
            by=SYSTEM,
            phone=f"0952-5550{code[-3:]}",
            note=INVENTED,
        )
        for code, name in COMMUNITIES
    ]
    people = _cast(county, township, centre, villages)
    for unit in (*villages, *communities, office, centre):
        _add_first_reviewer(unit, people)
    secretaries = {
        unit.id: people[account]
        for unit, (_code, _name, account, _person) in zip(villages, VILLAGES, strict=True)
    }
    return Stage(county, township, office, centre, villages, communities, people, secretaries)


def _cast(county: Unit, township: Unit, centre: Unit, villages: Sequence[Unit]) -> dict[str, User]:
    """Everybody of the cast; 冯某 kept 东园村's notices before 陈某 and has left."""
    parts = [
        (account, person, Role.SECRETARY, unit, SINCE)
        for unit, (_code, _name, account, person) in zip(villages, VILLAGES, strict=True)
    ]
    parts += [
        ("li", "李某", Role.CLERK, township, SINCE),
        ("zhao", "赵某", Role.LEADER, township, SINCE),
        ("qian", "钱某", Role.CONTRIBUTOR, centre, SINCE),
        ("wu", "吴某", Role.INSPECTOR, county, SINCE),
        ("zheng", "郑某", Role.ADMINISTRATOR, township, SINCE),
        ("feng", "冯某", Role.SECRETARY, villages[0], date(2020, 1, 1)),
    ]
    people = {}
    for account, person, role, unit, since in parts:
        user, _ = add_user(account, person, by=SYSTEM, password=PASSWORD)
        user.must_change_password = False
        give_role(user, role, unit, from_on=since, by=SYSTEM)
        people[account] = user
    retire(people["feng"], on=SINCE, by=SYSTEM)
    return people


def _add_first_reviewer(unit: Unit, people: dict[str, User]) -> None:
    """The head of a village's 村务监督委员会 and of the village, or of an office."""
    is_village = unit.code in SUPERVISORS
    account, name = SUPERVISORS[unit.code] if is_village else HEADS[unit.code]
    people[account], _ = add_user(account, name, by=SYSTEM, password=PASSWORD)
    people[account].must_change_password = False
    role = Role.SUPERVISOR if is_village else Role.REVIEWER
    give_role(people[account], role, unit, from_on=SINCE, by=SYSTEM)
    if is_village:
        account, name = VILLAGE_HEADS[unit.code]
        people[account], _ = add_user(account, name, by=SYSTEM, password=PASSWORD)
        people[account].must_change_password = False
        give_role(people[account], Role.HEAD, unit, from_on=SINCE, by=SYSTEM)
