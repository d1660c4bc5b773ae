"""Units and people from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from taole.core.commands import json_option, operates, print_json
from taole.core.database import db
from taole.core.errors import Refused
from taole.organisation.actions import SYSTEM
from taole.organisation.loading import Loaded, load_organisation
from taole.organisation.reading import read_organisation


@click.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="only check the file, load nothing")
@json_option
@operates(writes=True)
def load_command(file: Path, dry_run: bool, as_json: bool) -> None:
    """Load units and people from .yaml or a workbook: all of the file, or nothing.

    First passwords are printed once and kept nowhere: hand them over, they must be changed at the
    first sign-in. Loading the same file again adds nothing.
    """
    try:
        loaded = load_organisation(read_organisation(file.read_bytes(), file.name), by=SYSTEM)
    except Refused as refusal:
        if as_json:
            faults = [str(said) for said in refusal.sentences]
            print_json({**_result(Loaded()), "faults": faults, "loaded": False})
            sys.exit(1)
        raise
    if dry_run:
        db.session.rollback()
        loaded.accounts = []
    if as_json:
        print_json({**_result(loaded), "faults": [], "loaded": not dry_run})
    else:
        _tell(loaded, dry_run)


def _result(loaded: Loaded) -> dict[str, Any]:
    return {
        "units": loaded.units,
        "people": loaded.people,
        "roles": loaded.roles,
        "known": loaded.known,
        "accounts": [
            {"account": each.account, "name": each.name, "password": each.password}
            for each in loaded.accounts
        ],
    }


def _tell(loaded: Loaded, dry_run: bool) -> None:
    done = "可以载入（只是检查，没有载入）" if dry_run else "已载入"
    click.echo(
        f"{done}：新单位 {loaded.units} 个，新岗位 {loaded.roles} 个，原有 {loaded.known} 条"
    )
    if loaded.accounts:
        click.echo("新账号的首次密码只显示这一次，第一次登录时要改：")
    for each in loaded.accounts:
        click.echo(f"  {each.account}  {each.name}  {each.password}")


COMMANDS: tuple[click.Command, ...] = (load_command,)
