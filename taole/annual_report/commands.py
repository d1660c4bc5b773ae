"""``taole report``: the yearly report as files, or its figures for a program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from taole.annual_report.content import ReportContent
from taole.annual_report.papers import file_name, report_docx, report_html
from taole.annual_report.queries import build_report, measure_all
from taole.annual_report.rules import check, has_errors, year_fault
from taole.core.clock import today
from taole.core.commands import json_option, operates, print_json
from taole.core.errors import Refused
from taole.core.figures import Measured, Value
from taole.core.words import N_, sentence
from taole.organisation.models import Unit
from taole.organisation.queries import find_only_township, find_unit
from taole.organisation.rules import UnitKind

FORMATS = ("docx", "html")


class _Formats(click.ParamType[tuple[str, ...]]):
    name = "formats"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        wanted = tuple(dict.fromkeys(part.strip().lower() for part in str(value).split(",")))
        unknown = [part for part in wanted if part not in FORMATS]
        if unknown:
            self.fail(f"'{','.join(unknown)}' is not one of {', '.join(FORMATS)}", param, ctx)
        return wanted


@click.command("make")
@click.argument("year", type=int)
@click.option("--unit", "unit_code", help="code of the township [default: the only one]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="folder for the files; made if it is not there",
)
@click.option(
    "--format",
    "formats",
    type=_Formats(),
    default=",".join(FORMATS),
    show_default=True,
    help="which files, separated by commas",
)
@json_option
@operates()
def make(
    year: int, unit_code: str | None, out: Path | None, formats: tuple[str, ...], as_json: bool
) -> None:
    """Make the annual report of a YEAR.

    Writes the files into --out and prints their paths; what the checks found goes to standard
    error. Exit status 1 when a check says that something is wrong. With --json every figure goes
    to standard output with its value, its unit and the ids of the records counted.
    """
    if out is None and not as_json:
        raise click.UsageError("say where the files go (--out DIR), or ask for --json")
    fault = year_fault(year, today())
    if fault is not None:
        raise Refused(fault)
    township = _township(unit_code)
    if as_json:
        print_json({key: _as_json(one) for key, one in measure_all(township, year).items()})
    if out is not None:
        _make_files(build_report(township, year), out, formats, quiet=as_json)


def _township(code: str | None) -> Unit:
    if code is None:
        only = find_only_township()
        if only is None:
            raise Refused(sentence(N_("这里没有乡镇，或者不止一个，请用 --unit 写明乡镇的编码。")))
        return only
    unit = find_unit(code)
    if unit is None or unit.kind is not UnitKind.TOWNSHIP:
        raise Refused(
            sentence(N_("编码%(code)s不是乡镇；年度报告由乡镇编制，请核对编码。"), code=code)
        )
    return unit


def _as_json(measured: Measured) -> dict[str, object]:
    return {
        "value": _plain(measured.value),
        "unit": measured.figure.unit,
        "records": [one.id for one in measured.records],
    }


def _plain(value: Value) -> object:
    """Amounts as numbers, whole ones without a decimal point."""
    if isinstance(value, Decimal | float) and value == int(value):
        return int(value)
    return value


def _make_files(report: ReportContent, out: Path, formats: tuple[str, ...], *, quiet: bool) -> None:
    makers: dict[str, Callable[[ReportContent], bytes]] = {
        "docx": report_docx,
        "html": lambda made: report_html(made).encode(),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for ending in formats:
            file = out / file_name(report, ending)
            file.write_bytes(makers[ending](report))
            click.echo(str(file), err=quiet)
    except OSError as error:
        raise Refused(
            sentence(
                N_("文件写不进文件夹%(folder)s（%(why)s），请换一个文件夹。"),
                folder=str(out),
                why=error.strerror or "",
            )
        ) from error
    checks = check(report)
    for one in checks:
        if not one.passed:
            click.echo(f"{one.rule_id} [{one.severity}] {one.said}", err=True)
    if has_errors(checks):
        sys.exit(1)


COMMANDS: tuple[click.Command, ...] = (make,)
