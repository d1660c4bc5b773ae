"""问题清单, 任务清单 and 责任清单: three sheets of one workbook, joined row by row. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from taole.core.words import N_, Sentence, quoted, sentence
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import words_of
from taole.rectification_lists.list_rows import LeftOut, ListRow
from taole.rectification_lists.tables import Columns, Table

_LISTS = re.compile(r"(?:问题|任务|责任|措施|举措|整改|目标|时限)(?:清单|台账|表)")
_FIRST = re.compile(r".*问题.*")


def first_of_several(tables: Sequence[Table]) -> Table | None:
    """The sheet of problems, where the other sheets only say more about them; None otherwise."""
    listed = [table for table in tables if _LISTS.search(table.name)]
    if len(listed) < 2 or len({table.name for table in listed}) < 2:
        return None
    firsts = [table for table in listed if _FIRST.fullmatch(table.name)]
    return firsts[0] if len(firsts) == 1 else None


def join(rows: Sequence[ListRow], others: Sequence[Columns]) -> tuple[list[ListRow], list[LeftOut]]:
    """The problems with what the other sheets say of them, and the rows that belong to none.

    A row belongs to the problem of the same number, or of the same words; where a sheet has
    neither and as many rows as there are problems, to the one in the same place.
    """
    joined = list(rows)
    left_out: list[LeftOut] = []
    for columns in others:
        found = [row for row in columns.table.filled if not row.is_empty]
        in_order = not columns.has(Field.NUMBER) and not columns.has(Field.STATEMENT)
        for place, row in enumerate(found):
            cells = {
                wanted: row.cells[at] if at < len(row.cells) else None
                for at, wanted in columns.fields.items()
            }
            each = ListRow(
                columns.table.index, (row.number,), cells, words_of(cells.get(Field.UNIT))
            )
            if in_order:
                at = place if len(found) == len(joined) else None
            else:
                at = _partner(joined, each)
            if at is None:
                left_out.append(_left_out(columns, each))
            else:
                joined[at] = _with(joined[at], each)
    return joined, left_out


def _partner(rows: Sequence[ListRow], each: ListRow) -> int | None:
    number, text = each.says(Field.NUMBER), each.statement
    for wanted, said in ((Field.NUMBER, number), (Field.STATEMENT, text)):
        found = [at for at, row in enumerate(rows) if said and row.says(wanted) == said]
        if len(found) == 1:
            return found[0]
    return None


def _with(row: ListRow, more: ListRow) -> ListRow:
    cells = dict(row.cells)
    for wanted, cell in more.cells.items():
        said, before = words_of(cell), words_of(cells.get(wanted))
        if not before:
            cells[wanted] = cell
        elif wanted in (Field.MEASURES, Field.DEMAND) and said and said not in before:
            cells[wanted] = f"{before}；{said}"
    also = (*row.also, *((more.table, at) for at in more.rows))
    return replace(row, cells=cells, unit=row.unit or more.unit, also=also)


def _left_out(columns: Columns, each: ListRow) -> LeftOut:
    said = next((words for wanted in each.cells if (words := each.says(wanted))), "")
    reason: Sentence = sentence(N_("在问题清单里找不到同一编号或同一句话的问题"))
    return LeftOut(columns.table.name, each.rows[0], quoted(said, 40), reason)
