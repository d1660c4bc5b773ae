"""``taole checklist``: the rectification checklist as a Word or Excel file."""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app

from taole.core.clock import today
from taole.core.commands import as_day, day, json_option, operates, print_json
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.paper_files import WRITERS
from taole.organisation.models import Unit
from taole.organisation.queries import find_unit
from taole.rectification_papers.checklist import make_checklist


@click.command("checklist")
@click.option("--unit", "code", required=True, help="code of the unit; those below it are included")
@click.option("--on", type=day, help="the day the list stands for (default: today)")
@click.option("--from", "start", type=day, help="first due day looked at (default: 365 days back)")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="file to write: FILE.docx, FILE.xlsx or FILE.pdf",
)
@json_option
@operates()
def checklist(
    code: str, on: datetime | None, start: datetime | None, out: Path, as_json: bool
) -> None:
    """Write the rectification checklist (整改清单) of a unit on a day."""
    write = WRITERS.get(out.suffix.lower().removeprefix("."))
    if write is None:
        raise click.BadParameter("the file must end in .docx, .xlsx or .pdf", param_hint="--out")
    listed = make_checklist(
        _unit(code),
        on=as_day(on) or today(),
        start=_start(as_day(start), as_day(on) or today()),
        site=current_app.config["SETTINGS"].public_url,
    )
    _write(out, write(listed.paper()))
    if as_json:
        print_json(
            {"unit": code, "on": listed.issued_on, "rows": len(listed.rows), "out": str(out)}
        )
    else:
        click.echo(f"{len(listed.rows)} 行 → {out}")


def _unit(code: str) -> Unit:
    unit = find_unit(code)
    if unit is None:
        raise Refused(sentence(N_("没有编码为“%(code)s”的单位，请核对 --unit 后的编码"), code=code))
    return unit


def _start(start: date | None, on: date) -> date | None:
    if start is not None and start > on:
        raise Refused(
            sentence(N_("--from %(start)s 晚于 --on %(on)s，请把两个日期对调"), start=start, on=on)
        )
    return start


def _write(out: Path, content: bytes) -> None:
    """Write the whole file or none of it: under another name first, then renamed."""
    if not out.parent.is_dir():
        raise Refused(
            sentence(N_("没有文件夹“%(folder)s”，请先建好再导出"), folder=str(out.parent))
        )
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


SINGLE: tuple[click.Command, ...] = (checklist,)
