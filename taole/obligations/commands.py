"""Opening obligations, counting completeness, and working days, from the command line."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

import click

from taole.core.calendar_store import work_calendar
from taole.core.clock import today
from taole.core.commands import as_day, day, json_option, operates, print_json
from taole.core.errors import Refused
from taole.core.pages import percent
from taole.core.words import N_, sentence
from taole.obligations.completeness_queries import (
    CompletenessRow,
    Grouping,
    completeness,
    total_of,
)
from taole.obligations.opening import open_slots
from taole.obligations.rules import Completeness
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit
from taole.organisation.queries import find_unit, list_townships
from taole.organisation.rules import UnitKind


def _unit(code: str) -> Unit:
    unit = find_unit(code)
    if unit is None:
        raise Refused(sentence(N_("没有编码为 %(code)s 的单位，请核对。"), code=code))
    return unit


@click.command("open")
@click.option("--through", type=day, required=True, help="open what falls due by this day")
@click.option("--unit", "code", help="only the townships at or below this unit")
@json_option
@operates(writes=True)
def open_command(through: datetime, code: str | None, as_json: bool) -> None:
    """Open what villages owe by a day; running it again is harmless."""
    until = through.date()
    unit = _unit(code) if code else None
    if unit is not None and unit.township_id is not None and unit.kind is not UnitKind.TOWNSHIP:
        raise Refused(
            sentence(N_("“%(unit)s”不是乡镇或以上单位：请写乡镇的编码。"), unit=unit.name)
        )
    townships = list_townships(unit.path if unit else None)
    created, warnings = 0, []
    with click.progressbar(
        townships, file=sys.stderr, hidden=as_json or not sys.stderr.isatty()
    ) as bar:
        for township in bar:
            opened = open_slots(township, through=until, by=SYSTEM)
            created += opened.created
            warnings += [str(said) for said in opened.skipped if str(said) not in warnings]
    for warning in warnings:
        click.echo(warning, err=True)
    if as_json:
        print_json(
            {
                "through": until,
                "townships": len(townships),
                "created": created,
                "warnings": warnings,
            }
        )
    else:
        click.echo(f"{len(townships)} 个乡镇，新开 {created} 件")


@click.command("completeness")
@click.option("--unit", "code", required=True, help="division code of a village or any unit above")
@click.option("--from", "start", type=day, required=True, help="first due day")
@click.option("--to", "end", type=day, required=True, help="last due day")
@click.option("--on", "on", type=day, help="judge as of this day (default: today)")
@click.option(
    "--by",
    "grouping",
    type=click.Choice([each.value for each in Grouping]),
    default=Grouping.UNIT.value,
    show_default=True,
    help="what the rows are",
)
@json_option
@operates()
def completeness_command(
    code: str, start: datetime, end: datetime, on: datetime | None, grouping: str, as_json: bool
) -> None:
    """What fell due, what of it was answered, on time, late or not at all."""
    first, last, judged = start.date(), end.date(), as_day(on) or today()
    if first > last:
        raise Refused(
            sentence(
                N_("起止日期写反了：--from %(start)s 晚于 --to %(end)s。"), start=first, end=last
            )
        )
    unit = _unit(code)
    rows = completeness(unit.path, start=first, end=last, on=judged, by=Grouping(grouping))
    if as_json:
        print_json(_as_json(code, first, last, judged, rows))
    else:
        _print_table(rows)


def _as_json(
    code: str, start: date, end: date, on: date, rows: list[CompletenessRow]
) -> dict[str, Any]:
    return {
        "unit": code,
        "from": start,
        "to": end,
        "on": on,
        "rows": [{"key": row.key, "label": row.label, **_told(row.counts)} for row in rows],
        "total": _told(total_of(rows)),
    }


def _told(counts: Completeness) -> dict[str, int | float | None]:
    return {
        "due": counts.due,
        "answered": counts.answered,
        "on_time": counts.on_time,
        "late": counts.late,
        "missing": counts.missing,
        "excused": counts.excused,
        "nothing": counts.nothing,
        "completeness": counts.completeness,
        "timeliness": counts.timeliness,
    }


def _print_table(rows: list[CompletenessRow]) -> None:
    heads = ("应公示", "已答", "按时", "迟", "缺", "不适用", "无事项", "完整率", "按时率", "")
    click.echo("\t".join(heads))
    for name, counts in [*((row.label, row.counts) for row in rows), ("合计", total_of(rows))]:
        told = list(_told(counts).values())
        rates = [percent(counts.completeness), percent(counts.timeliness)]
        click.echo("\t".join([*map(str, told[:7]), *rates, name]))


@click.command("add", context_settings={"ignore_unknown_options": True})
@click.argument("first", metavar="DATE", type=day)
@click.argument("number", metavar="N", type=click.IntRange(-3660, 3660))
@json_option
@operates()
def add_command(first: datetime, number: int, as_json: bool) -> None:
    """The N-th working day after DATE (before it, if N is negative)."""
    found = work_calendar().add(first.date(), number)
    if as_json:
        print_json({"date": first.date(), "days": number, "result": found})
    else:
        click.echo(found.isoformat())


COMMANDS: tuple[click.Command, ...] = (open_command,)
WORKDAYS: tuple[click.Command, ...] = (add_command,)
SINGLE: tuple[click.Command, ...] = (completeness_command,)
