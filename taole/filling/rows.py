"""The rows of a filled table, its sums compared, its personal columns left where they are. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from taole.catalogue.template_cells import read_plain, write_number
from taole.catalogue.unified_template import NUMERIC, Field
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.workbooks import Cell
from taole.filling.cells import cell_text
from taole.filling.columns import Match
from taole.filling.grids import Grid
from taole.filling.lines import Line, is_group_heading, line_of
from taole.filling.names import family_of
from taole.filling.results import CellFault
from taole.filling.sheets import MAX_CELL, MAX_ROWS
from taole.filling.units import in_unit

_DITTO = frozenset({"同上", "〃", "″"})


@dataclass
class Body:
    """What stands under the head: rows, where each came from, and what was no row."""

    rows: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    sums: list[tuple[int, Line, int]] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)


def read_body(grid: Grid, start: int, match: Match) -> Body:
    """The rows from ``start`` (0-based in the grid) to the end of the sheet.

    Cells are tidied by their column's kind; a village or a group that is merged over several rows
    is repeated in each, an amount to be summed is not. Raises Refused for more than MAX_ROWS rows
    and for a cell longer than MAX_CELL signs.
    """
    body = Body()
    group, heading = _group_to_come(match), ""
    for at in range(start, len(grid)):
        line = line_of(grid, at, match)
        if line is Line.PERSON:
            previous = body.rows[-1] if body.rows else None
            row = [_cell(grid, at, match, each, previous) for each in match.fields]
            if group is not None:
                row[group] = row[group] or heading
            body.rows.append(row)
            body.places.append(at)
        elif line in (Line.TOTAL, Line.SUBTOTAL):
            body.sums.append((at, line, len(body.rows)))
            body.skipped.append(at)
        elif line is not Line.EMPTY:
            body.skipped.append(at)
            heading = _heading(grid, at) or heading
    if len(body.rows) > MAX_ROWS:
        raise Refused(
            sentence(
                N_("表里有%(count)s行，一件公示最多%(most)s行：请分成几件公示。"),
                count=len(body.rows),
                most=MAX_ROWS,
            )
        )
    return body


def told_columns(grid: Grid, start: int, match: Match) -> set[int]:
    """The columns in which some row says something; what only titles and notes say is none."""
    return {
        column
        for at in range(start, len(grid))
        if line_of(grid, at, match) is Line.PERSON
        for column in grid.own_texts(at)
    }


def _group_to_come(match: Match) -> int | None:
    """The field of the group where the file has no such column: headings may say it instead."""
    return next(
        (
            at
            for at, each in enumerate(match.fields)
            if family_of(each.name) == "group" and each.name not in match.columns
        ),
        None,
    )


def _heading(grid: Grid, at: int) -> str:
    texts = list(grid.own_texts(at).values())
    return texts[0] if len(texts) == 1 and is_group_heading(texts[0]) else ""


def _cell(grid: Grid, at: int, match: Match, each: Field, previous: list[str] | None) -> str:
    column = match.columns.get(each.name)
    if column is None:
        return ""
    value = grid.own_at(at, column)
    is_repeatable = not (each.is_summed and each.kind in NUMERIC)
    if value is None and is_repeatable and not grid.is_repeat(at, column):
        value = grid.shown_at(at, column)
    text = _told(match, each, value)
    if previous is not None and is_repeatable and text in _DITTO:
        text = previous[match.fields.index(each)]
    if len(text) > MAX_CELL:
        raise Refused(
            sentence(
                N_("第%(row)s行“%(column)s”太长：一格最多%(most)s个字。"),
                row=grid.own[at].number,
                column=each.name,
                most=MAX_CELL,
            )
        )
    return text


def _told(match: Match, each: Field, value: Cell) -> str:
    return in_unit(each, cell_text(each, value), match.factors.get(each.name, Decimal(1)))


def sum_faults(grid: Grid, match: Match, body: Body) -> list[CellFault]:
    """The typed sums that do not add up.

    A sum may be of all rows, of those above it, or of those since the last sum; it is wrong when
    it is none of these. Columns with cells that are no numbers are not compared.
    """
    faults = []
    for index, each in enumerate(match.fields):
        column = match.columns.get(each.name)
        if not each.is_summed or each.kind not in NUMERIC or column is None:
            continue
        numbers = [read_plain(each, row[index]) if row[index] else Decimal(0) for row in body.rows]
        if any(number is None for number in numbers):
            continue
        known = [number for number in numbers if number is not None]
        faults += _column_faults(grid, match, each, column, known, body)
    return faults


def _column_faults(
    grid: Grid, match: Match, each: Field, column: int, numbers: Sequence[Decimal], body: Body
) -> list[CellFault]:
    faults, since = [], 0
    for at, line, above in body.sums:
        written = read_plain(each, _told(match, each, grid.own_at(at, column)))
        block, total = sum(numbers[since:above], Decimal(0)), sum(numbers, Decimal(0))
        expected = block if line is Line.SUBTOTAL else total
        since = above
        if written is None or written in (block, total, sum(numbers[:above], Decimal(0))):
            continue
        faults.append(
            CellFault(
                grid.name,
                *grid.place(at, column),
                sentence(
                    N_("“%(column)s”合计写%(written)s，各行加起来是%(counted)s，差%(gap)s。"),
                    column=each.name,
                    written=write_number(each, written),
                    counted=write_number(each, expected),
                    gap=write_number(each, abs(written - expected)),
                ),
                proposal=write_number(each, expected),
            )
        )
    return faults
