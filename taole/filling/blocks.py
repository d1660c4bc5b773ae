"""Lists that stand side by side on one sheet of paper, read one under the other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from taole.documents.workbooks import Row
from taole.filling.grids import Grid
from taole.filling.heads import Head
from taole.filling.names import whole_name

LEAST_COLUMNS = 2


def one_under_the_other(grid: Grid, head: Head) -> tuple[Grid, Head]:
    """The same grid and head, or, where the head says its names over again, one block of it.

    序号 姓名 金额 序号 姓名 金额 are two lists beside each other: the rows of the second follow
    those of the first, and each remembers from which column it came (``Grid.offsets``).
    """
    columns = sorted(head.names)
    names = [whole_name(head.names[at].own) for at in columns]
    width = _period(names)
    if width is None:
        return grid, head
    starts = columns[::width]
    ends = [*starts[1:], grid.width]
    above = head.last + 1
    own, shown = list(grid.own[:above]), list(grid.shown[:above])
    offsets = [0] * above
    for start, end in zip(starts, ends, strict=True):
        own += [_slice(row, start, end, starts[0]) for row in grid.own[above:]]
        shown += [_slice(row, start, end, starts[0]) for row in grid.shown[above:]]
        offsets += [start - starts[0]] * (len(grid) - above)
    first = {at: head.names[at] for at in columns[:width]}
    return Grid(grid.name, own, shown, offsets), replace(head, names=first)


def _period(names: Sequence[str]) -> int | None:
    """After how many names a head begins again; None when it does not."""
    for width in range(LEAST_COLUMNS, len(names) // 2 + 1):
        times, rest = divmod(len(names), width)
        if not rest and list(names) == list(names[:width]) * times and all(names):
            return width
    return None


def _slice(row: Row, start: int, end: int, to: int) -> Row:
    return Row(row.number, [*[None] * to, *row.cells[start:end]])
