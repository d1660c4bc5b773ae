"""Loading, listing and comparing catalogues from the command line."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from taole.catalogue.actions import adopt, load_edition
from taole.catalogue.drafts import CatalogueDraft
from taole.catalogue.item_values import CatalogueDiff, Values, compare, say_value
from taole.catalogue.loading import draft_by_code, effects_of, points_of, values_by_code
from taole.catalogue.models import Adoption, Edition
from taole.catalogue.queries import (
    count_items_by_edition,
    find_edition_named,
    get_edition,
    list_adoptions,
    list_editions,
    list_items_of,
)
from taole.catalogue.reading import read_catalogue
from taole.core.clock import today
from taole.core.commands import as_day, day, json_option, operates, print_json
from taole.core.errors import NotFound, Refused
from taole.organisation.actions import SYSTEM
from taole.organisation.models import Unit
from taole.organisation.queries import find_only_township, find_unit
from taole.organisation.rules import UnitKind


@click.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="only check the file, load nothing")
@click.option(
    "--from", "from_on", type=day, help="first day on which it is in force (default: today)"
)
@click.option("--adopt", "code", help="code of the township that follows it from that day")
@click.option(
    "--no-adopt", is_flag=True, help="load without adopting, even if there is only one township"
)
@json_option
@operates(writes=True)
def load_command(
    file: Path,
    dry_run: bool,
    from_on: datetime | None,
    code: str | None,
    no_adopt: bool,
    as_json: bool,
) -> None:
    """Load a catalogue (.yaml, .xlsx, .xls, .csv); all of it, or nothing if anything is wrong.

    Exit status 1 when the file cannot be loaded as it is.
    """
    if code and no_adopt:
        raise click.UsageError("--adopt and --no-adopt exclude each other")
    township = None if no_adopt else _township(code)
    begins = as_day(from_on) or today()
    try:
        draft = read_catalogue(file.read_bytes(), file.name)
        edition = None
        effects = effects_of(draft, township, begins) if township else []
        if draft.can_be_loaded and not dry_run:
            edition = load_edition(draft, in_force_from=begins, by=SYSTEM)
            if township is not None:
                adopt(township, edition, from_on=begins, by=SYSTEM)
    except Refused as refusal:
        if as_json:
            print_json(_refused(file.name, refusal))
            sys.exit(1)
        raise
    if as_json:
        print_json({**_result(draft, edition), "effects": [str(said) for said in effects]})
    else:
        _tell(draft, edition, township, begins)
        for said in effects:
            click.echo(str(said))
    if not draft.can_be_loaded:
        sys.exit(1)


@click.command("list")
@json_option
@operates()
def list_command(as_json: bool) -> None:
    """List the editions that are loaded, and which townships follow them from when."""
    adoptions: dict[UUID, list[Adoption]] = {}
    for each in list_adoptions():
        adoptions.setdefault(each.edition_id, []).append(each)
    counts = count_items_by_edition()
    rows = [_row(each, counts, adoptions.get(each.id, [])) for each in list_editions()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        proposal = "（建议稿）" if row["is_proposal"] else ""
        click.echo(f"{row['id']}  {row['kind']}  {row['name']}{proposal}  {row['items']} 项")
        for held in row["adopted_by"]:
            until = f"至 {held['until']}（不含）" if held["until"] else "至今"
            click.echo(f"    {held['name']}（{held['township']}）从 {held['from']} {until}")
    if not rows:
        click.echo("还没有载入目录：taole catalogue load 文件")


@click.command("diff")
@click.argument("a")
@click.argument("b")
@json_option
@operates()
def diff_command(a: str, b: str, as_json: bool) -> None:
    """Compare two catalogues: A as it was, B as it would be.

    Each is a file, or the id or name of a loaded edition.
    """
    found = compare(_values(a), _values(b))
    if as_json:
        print_json(_diff(found))
        return
    for mark, group in (("+", found.added), ("-", found.retired)):
        for code, title in group:
            click.echo(f"{mark} {code} {title}")
    for change in found.changed:
        click.echo(f"~ {change.code} {change.title}")
        for each in change.fields:
            before, after = (say_value(each.field, value) for value in (each.before, each.after))
            click.echo(f"    {each.label}：{before} → {after}")
    if found.is_empty:
        click.echo("没有差别")


def _township(code: str | None) -> Unit | None:
    if code is None:
        return find_only_township()
    unit = find_unit(code)
    if unit is None or unit.kind is not UnitKind.TOWNSHIP:
        raise click.BadParameter(f"没有编码为 {code} 的乡镇", param_hint="--adopt")
    return unit


def _result(draft: CatalogueDraft, edition: Edition | None) -> dict[str, Any]:
    return {
        "edition": {"id": edition.id if edition else None, "name": draft.name, "kind": draft.kind},
        "items": len(draft.items),
        **points_of(draft),
        "loaded": edition is not None,
    }


def _refused(filename: str, refusal: Refused) -> dict[str, Any]:
    faults = [
        {"file": filename, "row": None, "item": "", "message": str(said), "fatal": True}
        for said in refusal.sentences
    ]
    return {"edition": None, "items": 0, "faults": faults, "questions": [], "loaded": False}


def _tell(
    draft: CatalogueDraft, edition: Edition | None, township: Unit | None, begins: date
) -> None:
    for fault in draft.faults:
        click.echo(f"{'错误' if fault.fatal else '提醒'}：{fault}", err=True)
    for question in draft.questions:
        click.echo(f"请回答：{question}", err=True)
    if draft.is_proposal:
        click.echo("这是建议稿，不是《全区村务公开基准目录（标准版）》，请换成县里下发的目录。")
    if edition is not None:
        adopted = f"，{township.name}从 {begins} 起采用" if township else ""
        click.echo(f"已载入“{edition.name}”：{len(draft.items)} 项{adopted}")
    elif draft.can_be_loaded:
        click.echo(f"可以载入“{draft.name}”：{len(draft.items)} 项（没有载入，只是检查）")
    else:
        click.echo("没有载入：请改好文件再来。", err=True)


def _row(edition: Edition, counts: dict[UUID, int], adoptions: list[Adoption]) -> dict[str, Any]:
    return {
        "id": edition.id,
        "name": edition.name,
        "kind": edition.kind.value,
        "is_proposal": edition.is_proposal,
        "items": counts.get(edition.id, 0),
        "in_force_from": edition.in_force_from,
        "in_force_until": edition.in_force_until,
        "adopted_by": [
            {
                "township": each.township.code,
                "name": each.township.name,
                "from": each.from_on,
                "until": each.until_on,
            }
            for each in adoptions
        ],
    }


def _values(name: str) -> dict[str, Values]:
    file = Path(name)
    if file.is_file():
        return draft_by_code(read_catalogue(file.read_bytes(), file.name))
    try:
        edition: Edition | None = get_edition(UUID(name))
    except (ValueError, NotFound):
        edition = find_edition_named(name)
    if edition is None:
        raise click.UsageError(f"“{name}”既不是文件，也不是已载入的目录（编号或名称）")
    return values_by_code(list_items_of(edition, today()))


def _diff(found: CatalogueDiff) -> dict[str, Any]:
    return {
        "added": [{"code": code, "title": title} for code, title in found.added],
        "retired": [{"code": code, "title": title} for code, title in found.retired],
        "changed": [
            {
                "code": change.code,
                "title": change.title,
                "fields": [
                    {"field": each.field, "before": each.before, "after": each.after}
                    for each in change.fields
                ],
            }
            for change in found.changed
        ],
    }


COMMANDS: tuple[click.Command, ...] = (load_command, list_command, diff_command)
