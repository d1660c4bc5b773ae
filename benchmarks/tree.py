"""The tree of an invented province: 5 prefectures, 22 counties, 242 townships, their villages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from taole.core.ids import new_id
from taole.organisation.rules import UnitKind

Row = dict[str, Any]

REGION, TOWNSHIP, WIDE = "640000", "640221106", "640221107"
VILLAGE = f"{TOWNSHIP}201"
IN_TOWNSHIP, IN_WIDE = 5, 60
COUNTIES = (6, 3, 4, 5, 4)
"""Counties in each prefecture."""

TOWNSHIPS_A_COUNTY = 11


def plan_units(villages: int) -> Iterator[Row]:
    """The rows of the units, parents before children; with five villages 陶乐镇 alone has any."""
    region = _unit(UnitKind.REGION, REGION, "自治区", None)
    yield region
    townships: list[Row] = []
    for number, counties in enumerate(COUNTIES, 1):
        city = _unit(UnitKind.PREFECTURE, f"640{number}00", f"第{number}市", region)
        yield city
        for place in range(counties):
            county = _unit(UnitKind.COUNTY, f"640{number}{20 + place}", f"县{number}{place}", city)
            yield county
            for count in range(TOWNSHIPS_A_COUNTY):
                code = f"{county['code']}{100 + count}"
                townships.append(_unit(UnitKind.TOWNSHIP, code, f"乡镇{code[3:]}", county))
                if villages > IN_TOWNSHIP:
                    yield townships[-1]
    if villages <= IN_TOWNSHIP:
        townships = [each for each in townships if each["code"] == TOWNSHIP]
        yield from townships
    for township, count in _share(villages, townships):
        for number in range(count):
            code = f"{township['code']}{201 + number}"
            yield _unit(UnitKind.VILLAGE, code, f"村{code[-6:]}", township)


def _share(villages: int, townships: list[Row]) -> Iterator[tuple[Row, int]]:
    """How many villages stand in each township: 5 in 陶乐镇, 60 in the widest, the rest evenly."""
    fixed = {TOWNSHIP: IN_TOWNSHIP, WIDE: IN_WIDE}
    others = [each for each in townships if each["code"] not in fixed]
    left = max(0, villages - sum(fixed.values()))
    for township in townships:
        if township["code"] in fixed:
            yield township, fixed[township["code"]]
    for at, township in enumerate(others):
        yield township, left * (at + 1) // len(others) - left * at // len(others)


def _unit(kind: UnitKind, code: str, name: str, parent: Row | None) -> Row:
    unit_id = new_id()
    inside = parent["township_id"] if parent else None
    return {
        "id": unit_id,
        "code": code,
        "name": name,
        "kind": kind,
        "parent_id": parent["id"] if parent else None,
        "path": f"{parent['path'] if parent else ''}{code}/",
        "township_id": unit_id if kind is UnitKind.TOWNSHIP else inside,
    }
