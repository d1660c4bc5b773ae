"""Filling a notice's table by workbook and by paste (issue: unified templates).

What villages send is read as it is: titles over the table, heads of two rows, merged cells, sums,
foot-notes, days as 2023.9.7, numbers as text. What is not sure is asked (``Doubt``), what is wrong
is named with its cell (``CellFault``), and the same workbook comes back with those cells red.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from taole.catalogue.unified_template import UnifiedTemplate
from taole.core.errors import Refused
from taole.core.words import N_, sentence
from taole.documents.columns import column_letter
from taole.documents.file_kinds import named
from taole.documents.workbooks import Row, read_own_and_filled
from taole.filling.blocks import one_under_the_other
from taole.filling.checks import cell_faults
from taole.filling.columns import Match, match_columns, match_in_order
from taole.filling.grids import Grid
from taole.filling.head_fields import doubt_about_file, read_head_fields, titles_in
from taole.filling.heads import ColumnName, Head, find_head
from taole.filling.names import family_of
from taole.filling.paste import clipboard_cells
from taole.filling.red_cells import red_cells
from taole.filling.results import (
    LEAVE_OUT,
    SHEET,
    USE_ANYWAY,
    CellFault,
    Doubt,
    Filling,
)
from taole.filling.rows import read_body, told_columns
from taole.filling.sheets import MAX_COLUMNS
from taole.filling.units import factor_of, is_unit
from taole.filling.workbook import template_workbook

__all__ = [
    "LEAVE_OUT",
    "SHEET",
    "USE_ANYWAY",
    "CellFault",
    "Doubt",
    "Filling",
    "read_filled",
    "read_pasted",
    "red_cells",
    "template_workbook",
]

MAX_FILE_ROWS = 10_000
_PASTED = N_("粘贴的表格")


def read_filled(
    content: bytes,
    filename: str,
    template: UnifiedTemplate,
    *,
    decisions: Mapping[str, str] | None = None,
    unit: str = "",
    matter: str = "",
) -> Filling:
    """The table in an .xlsx, .xls or .csv, by this template.

    ``decisions`` answer doubts by their name. ``unit`` and ``matter`` (the village's name and the
    item's title) let a file that tells of others be asked about. Raises Refused when the file
    cannot be read, holds no such table, or is larger than a notice may be.
    """
    grids = _grids_of(content, filename)
    if not grids:
        raise Refused(
            sentence(N_("文件“%(file)s”里没有内容：请填好再上传。"), file=named(filename))
        )
    return _fill(grids, template, decisions or {}, unit, matter)


def read_pasted(
    text: str,
    template: UnifiedTemplate,
    *,
    decisions: Mapping[str, str] | None = None,
    unit: str = "",
    matter: str = "",
) -> Filling:
    """The table in pasted cells, with or without its head; rows are counted from the first."""
    cells = clipboard_cells(text)
    if not cells:
        return Filling({}, template.column_names, [])
    rows = [Row(at, [cell or None for cell in row]) for at, row in enumerate(cells, start=1)]
    return _fill([Grid(_PASTED, rows, rows)], template, decisions or {}, unit, matter)


def _grids_of(content: bytes, filename: str) -> list[Grid]:
    grids = [
        Grid(own.name, own.rows, filled.rows[: len(own.rows)])
        for own, filled in read_own_and_filled(content, filename, max_rows=MAX_FILE_ROWS)
    ]
    return [grid for grid in grids if len(grid)]


def _fill(
    grids: Sequence[Grid],
    template: UnifiedTemplate,
    decisions: Mapping[str, str],
    unit: str,
    matter: str,
) -> Filling:
    grid, head, asked = _table_in(grids, template, decisions)
    if head is not None:
        grid, head = one_under_the_other(grid, head)
    match = _matched(grid, head, template, decisions)
    start = head.last + 1 if head else 0
    body = read_body(grid, start, match)
    above = list(range(head.first)) if head else []
    said = read_head_fields(grid, [*above, *body.skipped], template)
    titles = titles_in(grid, above)
    about = doubt_about_file(titles, _villages(grid, match, body.places), unit, matter, decisions)
    return Filling(
        head={name: each.text for name, each in said.items() if each.text},
        columns=tuple(each.name for each in match.fields),
        rows=body.rows,
        doubts=[*([about] if about else []), *asked, *match.doubts],
        faults=cell_faults(grid, head, match, body, said, template),
        file_rows=tuple(grid.own[at].number for at in body.places),
        skipped=tuple(grid.own[at].number for at in body.skipped),
    )


def _table_in(
    grids: Sequence[Grid], template: UnifiedTemplate, decisions: Mapping[str, str]
) -> tuple[Grid, Head | None, list[Doubt]]:
    """The sheet to read with its head, and the question when several look alike."""
    found = [(grid, head) for grid in grids if (head := find_head(grid, template)) is not None]
    if not found:
        return grids[0], None, []
    best = max(found, key=lambda pair: pair[1].score)
    alike = [pair for pair in found if pair[1].score * 2 > best[1].score]
    names = [grid.name for grid, _ in alike]
    if decisions.get(SHEET) in names:
        return (*alike[names.index(decisions[SHEET])], [])
    if len(alike) == 1:
        return (*best, [])
    question = sentence(N_("文件里有%(count)s张表：用哪一张？"), count=len(alike))
    return (*best, [Doubt(SHEET, best[0].name, tuple(names), question)])


def _matched(
    grid: Grid, head: Head | None, template: UnifiedTemplate, decisions: Mapping[str, str]
) -> Match:
    start = head.last + 1 if head else 0
    lines = [grid.own_texts(at) for at in range(start, len(grid))]
    told = {column for texts in lines if len(texts) > 1 or not head for column in texts}
    if len(told) > MAX_COLUMNS + 1:
        raise Refused(
            sentence(
                N_("表格有%(count)s列，最多%(most)s列：请只留统一模板里的各栏再传。"),
                count=len(told),
                most=MAX_COLUMNS,
            )
        )
    if head is None and not template.columns:
        return Match((), {}, None, {})
    if head is None:
        return match_in_order(template, lines, decisions)
    nameless = {at: ColumnName(f"{column_letter(at)}列") for at in told if at not in head.names}
    named_head = replace(head, names=dict(sorted({**nameless, **head.names}.items())))
    match = match_columns(named_head, template, decisions, told)
    match = match_columns(named_head, template, decisions, told_columns(grid, start, match))
    titles = [text for at in range(head.last) for text in grid.own_texts(at).values()]
    return replace(match, factors=_factors(grid, start, match, titles))


def _factors(grid: Grid, start: int, match: Match, titles: Sequence[str]) -> dict[str, Decimal]:
    """What each field's numbers are multiplied by; a unit may stand in a line under the name."""
    under = grid.own_texts(start) if start < len(grid) else {}
    names = {
        at: f"{name}（{under[at]}）" if is_unit(under.get(at, "")) else name
        for at, name in match.names.items()
    }
    return {
        each.name: factor_of(each, names[match.columns[each.name]], titles)
        for each in match.fields
        if each.name in match.columns
    }


def _villages(grid: Grid, match: Match, places: Sequence[int]) -> set[str]:
    columns = [at for at, name in match.names.items() if family_of(name) == "village"]
    return {
        text for at in places for column in columns if (text := grid.shown_texts(at).get(column))
    }
