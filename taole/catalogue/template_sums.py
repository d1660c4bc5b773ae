"""The sum line of a sheet, and sums that somebody typed into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from taole.catalogue.template_cells import read_plain, write_number
from taole.catalogue.template_names import fold_name
from taole.catalogue.unified_template import Field, UnifiedTemplate

SUM_WORD = "合计"
_SUM = re.compile(r"(?:合计|总计|共计|总合计|本页合计|小计)(?:金额|人数|户数)?[：:]?")
_PART = re.compile(r"(?:小计|本页合计)")


def is_sum_row(row: Sequence[str]) -> bool:
    """Whether a row among the rows is one of sums (合计, 总计, 小计 in one of its first cells)."""
    words = ["".join(str(cell).split()) for cell in row[:3]]
    return any(_SUM.fullmatch(word) for word in words)


def sum_line(
    template: UnifiedTemplate, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[str] | None:
    """The texts of the sum line, one for each of ``columns``; None when nothing is to be summed.

    Rows of typed sums and cells that are no number are left out. 合计 stands in the first column
    that is not summed, or before the first sum.
    """
    places = dict(_summed(template, columns))
    if not places or not rows:
        return None
    line = [
        write_number(places[at], _total(places[at], at, rows)) if at in places else ""
        for at in range(len(columns))
    ]
    free = next((at for at in range(len(columns)) if at not in places), None)
    if free is None:
        line[0] = f"{SUM_WORD} {line[0]}"
    else:
        line[free] = SUM_WORD
    return line


def wrong_sums(
    template: UnifiedTemplate,
    head: Mapping[str, str],
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Iterator[tuple[int | None, Field, Decimal, Decimal]]:
    """Typed sums that differ: (row, or None for the head; the column; as typed; as it should be).

    小计 adds the lines since the sum before it; 合计 adds all lines. A head field 合计金额 is held
    to the column 金额.
    """
    for at, field in _summed(template, columns):
        begun = 0
        for number, row in enumerate(rows):
            if not is_sum_row(row):
                continue
            typed = read_plain(field, _cell(row, at))
            is_part = any(_PART.match("".join(str(cell).split())) for cell in row[:3])
            right = _total(field, at, rows[begun:number] if is_part else rows)
            begun = number + 1
            if typed is not None and typed != right:
                yield number, field, typed, right
        typed = read_plain(field, str(head.get(f"{SUM_WORD}{field.name}", "")))
        if typed is not None and typed != _total(field, at, rows):
            yield None, field, typed, _total(field, at, rows)


def _summed(template: UnifiedTemplate, columns: Sequence[str]) -> list[tuple[int, Field]]:
    summed = {fold_name(field.name): field for field in template.columns if field.is_summed}
    named = ((at, summed.get(fold_name(name))) for at, name in enumerate(columns))
    return [(at, field) for at, field in named if field is not None]


def _total(field: Field, at: int, rows: Sequence[Sequence[str]]) -> Decimal:
    values = (read_plain(field, _cell(row, at)) for row in rows if not is_sum_row(row))
    return sum((value for value in values if value is not None), Decimal(0))


def _cell(row: Sequence[str], at: int) -> str:
    return str(row[at]) if at < len(row) else ""
