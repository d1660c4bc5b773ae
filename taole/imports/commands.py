"""``taole notices import``: a ledger of postings from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from taole.core.commands import json_option, operates, print_json
from taole.core.database import db
from taole.core.errors import Refused
from taole.imports.actions import Outcome, Progress, import_ledger
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import find_unit, list_townships


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--unit", "code", help="code of the unit whose villages the ledger may name (default: all)"
)
@click.option("--dry-run", is_flag=True, help="check and write as usual, then take all back")
@json_option
@operates(writes=True)
def import_command(file: Path, code: str | None, dry_run: bool, as_json: bool) -> None:
    """Bring in a ledger of postings (.xlsx, .xls, .csv): all rows, or nothing if one is wrong.

    Columns, in any order: 村, 目录编码 or 公开事项, 期间, 标题, 渠道, 公示起, 公示止, 照片或链接;
    optional: 网站栏目, 账号. "created" counts notices. Exit status 1 when any row is wrong.
    """
    paths = _paths(code)
    try:
        with _progress(shown=not as_json and sys.stderr.isatty()) as progress:
            outcome = import_ledger(
                file.read_bytes(),
                file.name,
                paths=paths,
                by=SYSTEM,
                dry_run=dry_run,
                progress=progress,
            )
    except Refused as refusal:
        if not as_json:
            raise
        errors = [{"row": None, "column": "", "message": str(said)} for said in refusal.sentences]
        print_json({"rows": 0, "created": 0, "errors": errors})
        sys.exit(1)
    if dry_run:
        db.session.rollback()
    if as_json:
        print_json(_as_json(outcome))
    else:
        _say(outcome, dry_run=dry_run)
    if outcome.faults:
        sys.exit(1)


def _paths(code: str | None) -> list[str]:
    """Where the ledger's villages are to be: the unit's subtree, or every township."""
    if code is None:
        found = list_townships()
    else:
        unit = find_unit(code)
        found = [unit] if unit is not None else []
    if not found:
        said = f"没有编码为 {code} 的单位" if code else "这里还没有乡镇，请先载入单位"
        raise click.BadParameter(said, param_hint="--unit")
    return [unit.path for unit in found]


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress | None]:
    if not shown:
        yield None
        return
    with click.progressbar(length=1, label="导入", file=sys.stderr) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell


def _as_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "rows": outcome.rows,
        "created": outcome.created,
        "errors": [
            {"row": fault.row, "column": fault.column, "message": _message(fault)}
            for fault in outcome.faults
        ],
    }


def _message(fault: Any) -> str:
    return f"（{fault.sheet}）{fault.message}" if fault.sheet else str(fault.message)


def _say(outcome: Outcome, *, dry_run: bool) -> None:
    for fault in outcome.faults:
        click.echo(str(fault), err=True)
    if outcome.faults:
        click.echo(
            f"共 {outcome.rows} 行，{outcome.bad_rows} 行有错，一行也没有导入：请改好后再来。",
            err=True,
        )
        return
    done = "检查通过，可以导入（这次没有存）" if dry_run else "已导入"
    click.echo(
        f"{done}：{outcome.rows} 行，新登记公示 {outcome.created} 件、"
        f"渠道发布 {outcome.postings} 条。"
    )


COMMANDS: tuple[click.Command, ...] = (import_command,)
