"""What is wrong in a filled table, cell by cell. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from taole.catalogue.template_rules import Fault, check_filled
from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.words import N_, Sentence, sentence
from taole.filling.columns import Match
from taole.filling.grids import Grid
from taole.filling.head_fields import Said
from taole.filling.heads import Head
from taole.filling.results import CellFault
from taole.filling.rows import Body, sum_faults

_ROW_NUMBERS = ("row", "earlier")


def cell_faults(
    grid: Grid,
    head: Head | None,
    match: Match,
    body: Body,
    said: Mapping[str, Said],
    template: UnifiedTemplate,
) -> list[CellFault]:
    """The faults of a table as read, in the file's own places, from the top.

    A column that is missing is one fault in the head, where it is to be added, not one in every
    row.
    """
    faults = _missing_columns(grid, head, match, template)
    faults += _template_faults(grid, match, body, said, template)
    faults += sum_faults(grid, match, body)
    return sorted(faults, key=lambda each: (each.row, each.column))


def _missing_columns(
    grid: Grid, head: Head | None, match: Match, template: UnifiedTemplate
) -> list[CellFault]:
    if head is None or not template.columns:
        return []
    wanted = [each for each in match.missing if each.may_publish]
    return [
        CellFault(
            grid.name,
            grid.own[head.last].number,
            grid.width + beside,
            sentence(N_("表头缺“%(column)s”这一栏：请补上。"), column=each.label),
            proposal=each.label,
            is_fatal=each.required,
        )
        for beside, each in enumerate(wanted)
    ]


def _template_faults(
    grid: Grid, match: Match, body: Body, said: Mapping[str, Said], template: UnifiedTemplate
) -> list[CellFault]:
    indices = [at for at, each in enumerate(match.fields) if each.name in match.columns]
    present = tuple(match.fields[at] for at in indices)
    found = check_filled(
        replace(template, columns=present),
        head={name: each.text for name, each in said.items()},
        columns=[each.name for each in present],
        rows=[[row[at] for at in indices] for row in body.rows],
    )
    return [_placed(grid, match, body, said, each) for each in found]


def _placed(
    grid: Grid, match: Match, body: Body, said: Mapping[str, Said], fault: Fault
) -> CellFault:
    column = match.columns.get(fault.column, 0)
    if fault.row is not None:
        at = body.places[fault.row]
    elif fault.column in said:
        at, column = said[fault.column].at, said[fault.column].column
    else:
        at = 0
    place = grid.place(at, column)
    if fault.row is not None and _is_merged_away(grid, at, column):
        return CellFault(grid.name, *place, _merged_away(fault.column, place[0]), "0")
    told = _of_the_file(fault.sentence, grid, body)
    return CellFault(grid.name, *place, told, fault.proposal, fault.is_fatal)


def _is_merged_away(grid: Grid, at: int, column: int) -> bool:
    """Whether an empty cell belongs to a merged one above: a household's one amount."""
    return grid.own_at(at, column) is None and grid.shown_at(at, column) is not None


def _merged_away(column: str, row: int) -> Sentence:
    return sentence(
        N_("第%(row)s行的“%(column)s”和上面的格子合并了：请拆开，各填各的，没有的填0。"),
        row=row,
        column=column,
    )


def _of_the_file(said: Sentence, grid: Grid, body: Body) -> Sentence:
    """A sentence that counts rows as the spreadsheet does."""
    params = {
        name: grid.own[body.places[value - 1]].number
        if name in _ROW_NUMBERS and isinstance(value, int)
        else _of_the_file(value, grid, body)
        if isinstance(value, Sentence)
        else value
        for name, value in said.params.items()
    }
    return Sentence(said.msgid, params)
