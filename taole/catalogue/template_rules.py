"""Whether a filled sheet follows its unified template, what it adds up to, and how it opens.

The kinds of fault are those that inspectors write down: no unified table, columns missing, sums
that differ, days that are none, the same line twice (handbook 3.5, kinds 15 to 21).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taole.catalogue.template_cells import (
    is_blank,
    is_phone,
    propose_day,
    read_day,
    read_proposed,
    read_well,
    tidy_cell,
    write_number,
)
from taole.catalogue.template_names import fold_name, forbidden_word
from taole.catalogue.template_opening import opening_text
from taole.catalogue.template_sums import is_sum_row, sum_line, wrong_sums
from taole.catalogue.unified_template import NUMERIC, CellKind, Field, UnifiedTemplate
from taole.core.words import N_, Sentence, quoted, sentence

__all__ = ["Fault", "check_filled", "is_sum_row", "opening_text", "sum_line", "tidy_cell"]

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[年./-])")


@dataclass(frozen=True)
class Fault:
    """Something wrong in a filled sheet.

    ``row`` counts from 0, and is None for the head and for the table as a whole; ``column`` is the
    field's name. A fatal fault keeps the sheet from being handed in; the others are doubts to
    look at. ``proposal`` is what the cell should probably say ("" when nobody can know).
    """

    row: int | None
    column: str
    sentence: Sentence
    is_fatal: bool
    proposal: str = ""


def check_filled(
    template: UnifiedTemplate,
    *,
    head: Mapping[str, str],
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> list[Fault]:
    """What is wrong in a filled sheet, head first, then the columns, then row by row.

    ``columns``: the table's heads as they stand, with or without the unit; ``rows``: as many
    texts each. A template without columns leaves a table free.
    """
    year = _year_told(head, rows)
    faults = [
        fault
        for field in template.head
        for fault in _of_head(field, head.get(field.name, ""), year)
    ]
    if not template.columns:
        return faults
    if not rows:
        empty = sentence(N_("表格里还没有一行：请填表，或者按“无此事项”办。"))
        return [*faults, Fault(None, "", empty, is_fatal=False)]
    faults += _of_columns(template, columns)
    placed = _places(template, columns)
    faults += [
        fault
        for number, row in enumerate(rows)
        if not is_sum_row(row)
        for field, at in placed
        for fault in check_cell(field, _cell(row, at), number, year)
    ]
    faults += _of_sums(template, head, columns, rows)
    faults += _doubled(placed, rows)
    faults += _not_the_product(placed, rows)
    return sorted(faults, key=lambda each: -1 if each.row is None else each.row)


def check_cell(
    field: Field, text: str, row: int | None = None, year: int | None = None
) -> list[Fault]:
    """What is wrong in one cell, or in a head field (``row`` None).

    ``year``: the one that the sheet tells elsewhere, for days written without theirs.
    """
    if is_blank(field, text):
        return [_not_filled(field, row)] if field.required else []
    where = _where(field, row)
    if field.kind in NUMERIC:
        return list(_of_number(field, text, row, where))
    if field.kind is CellKind.DAY:
        return list(_of_day(field, text, row, where, year))
    doubt = None
    if field.kind is CellKind.PHONE and not is_phone(text):
        doubt = N_("%(where)s“%(written)s”不像电话号码：请核对")
    elif field.kind is CellKind.NAME and re.search(r"\d", text):
        doubt = N_("%(where)s“%(written)s”里有数字：姓名一栏只写姓名")
    if doubt is None:
        return []
    said = sentence(doubt, where=where, written=quoted(text))
    return [Fault(row, field.name, said, is_fatal=False)]


def _of_head(field: Field, text: str, year: int | None) -> list[Fault]:
    return check_cell(field, text, None, year)


def _not_filled(field: Field, row: int | None) -> Fault:
    said = (
        sentence(N_("没填%(column)s"), column=field.name)
        if row is None
        else sentence(N_("第%(row)s行没填%(column)s"), row=row + 1, column=field.name)
    )
    return Fault(row, field.name, said, is_fatal=True)


def _where(field: Field, row: int | None) -> Sentence:
    if row is None:
        return sentence(N_("“%(column)s”"), column=field.name)
    return sentence(N_("第%(row)s行“%(column)s”"), row=row + 1, column=field.name)


def _of_number(field: Field, text: str, row: int | None, where: Sentence) -> Iterator[Fault]:
    value = read_well(field, text)
    if value is None:
        proposed = read_proposed(field, text)
        said = N_("%(where)s只写数字：“%(written)s”不是数字，请改")
        if proposed is not None:
            said = N_("%(where)s只写数字，“%(written)s”请改成 %(proposal)s")
        proposal = "" if proposed is None else write_number(field, proposed)
        told = sentence(said, where=where, written=quoted(text), proposal=proposal)
        yield Fault(row, field.name, told, is_fatal=True, proposal=proposal)
    elif value < 0:
        told = sentence(
            N_("%(where)s是负数（%(value)s）：请确认是退回或者冲减"),
            where=where,
            value=text.strip(),
        )
        yield Fault(row, field.name, told, is_fatal=False)


def _of_day(
    field: Field, text: str, row: int | None, where: Sentence, year: int | None
) -> Iterator[Fault]:
    told = text.strip()
    day = read_day(told)
    if day is not None and ISO_DAY.fullmatch(told):
        return
    proposed = day or propose_day(told, year)
    said = N_("%(where)s“%(written)s”不是哪一天：请写成 2023-09-07 这样的日期")
    if proposed is not None:
        said = N_("%(where)s的日期“%(written)s”请改成 %(proposal)s")
    proposal = proposed.isoformat() if proposed else ""
    told_so = sentence(said, where=where, written=quoted(told), proposal=proposal)
    yield Fault(row, field.name, told_so, is_fatal=True, proposal=proposal)


def _of_columns(template: UnifiedTemplate, columns: Sequence[str]) -> Iterator[Fault]:
    """Columns that the template has not, that stand twice, and those that are missing."""
    known = {fold_name(field.name) for field in template.columns}
    seen: set[str] = set()
    for written in columns:
        name = fold_name(written)
        if not name or name == "序号":
            continue
        if name in seen:
            said = N_("没用统一模板：“%(column)s”有两栏，请去掉一栏")
        elif name in known:
            said = ""
        elif forbidden_word(name, template.must_not):
            said = N_("“%(column)s”不得公开：请把这一栏去掉")
        else:
            said = N_("没用统一模板：多了“%(column)s”一栏，请去掉")
        seen.add(name)
        if said:
            told = sentence(said, column=quoted(written))
            yield Fault(None, written, told, is_fatal=True)
    for field in template.columns:
        if fold_name(field.name) not in seen and (field.required or field.may_publish):
            told = sentence(N_("没用统一模板：少了“%(column)s”一栏，请补上"), column=field.name)
            yield Fault(None, field.name, told, is_fatal=field.required)


def _of_sums(
    template: UnifiedTemplate,
    head: Mapping[str, str],
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Iterator[Fault]:
    for row, field, written, right in wrong_sums(template, head, columns, rows):
        told = sentence(
            N_("合计写 %(written)s，各行加起来是 %(sum)s，差 %(difference)s"),
            written=write_number(field, written),
            sum=write_number(field, right),
            difference=write_number(field, abs(written - right)),
        )
        name = field.name if row is not None else f"合计{field.name}"
        yield Fault(row, name, told, is_fatal=True, proposal=write_number(field, right))
    for number, row_of_sums in enumerate(rows):
        if template.has_sum_line and is_sum_row(row_of_sums):
            told = sentence(N_("第%(row)s行是合计：合计由系统加，这一行可以删掉"), row=number + 1)
            yield Fault(number, "", told, is_fatal=False)


def _doubled(placed: Sequence[tuple[Field, int]], rows: Sequence[Sequence[str]]) -> Iterator[Fault]:
    """Rows with the same persons and amounts as an earlier one, or the same in all their cells."""
    telling = [
        (field, at) for field, at in placed if field.kind in (CellKind.NAME, CellKind.AMOUNT)
    ]
    kinds = {field.kind for field, _ in telling}
    compared = telling if len(kinds) == 2 else list(placed)
    first: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows):
        key = tuple(tidy_cell(field, _cell(row, at)) for field, at in compared)
        if is_sum_row(row) or sum(map(bool, key)) < 2:
            continue
        earlier = first.setdefault(key, number)
        if earlier != number:
            told = sentence(
                N_("第%(row)s行和第%(earlier)s行的%(columns)s一样：请看是不是写了两遍"),
                row=number + 1,
                earlier=earlier + 1,
                columns="、".join(field.name for field, _ in compared),
            )
            yield Fault(number, compared[0][0].name, told, is_fatal=False)


def _not_the_product(
    placed: Sequence[tuple[Field, int]], rows: Sequence[Sequence[str]]
) -> Iterator[Fault]:
    """Rows whose amount is not area × rate (面积 × 元/亩), where a sheet has one of each."""
    areas = [each for each in placed if each[0].kind is CellKind.AREA]
    rates = [each for each in placed if each[0].unit == "元/亩"]
    amounts = [each for each in placed if each[0].kind is CellKind.AMOUNT and each[0].is_summed]
    if not len(areas) == len(rates) == len(amounts) == 1:
        return
    cells = (areas[0], rates[0], amounts[0])
    for number, row in enumerate(rows):
        area, rate, amount = (read_well(field, _cell(row, at)) for field, at in cells)
        if area is None or rate is None or amount is None or is_sum_row(row):
            continue
        if abs(area * rate - amount) > Decimal("0.05"):
            field = amounts[0][0]
            told = sentence(
                N_("第%(row)s行面积乘标准是 %(product)s，金额写 %(amount)s：请核对"),
                row=number + 1,
                product=write_number(field, (area * rate).quantize(Decimal("0.01"))),
                amount=write_number(field, amount),
            )
            yield Fault(number, field.name, told, is_fatal=False)


def _places(template: UnifiedTemplate, columns: Sequence[str]) -> list[tuple[Field, int]]:
    """The template's columns that the table has, each with where it stands."""
    at = {fold_name(name): number for number, name in reversed(list(enumerate(columns)))}
    named = ((field, at.get(fold_name(field.name))) for field in template.columns)
    return [(field, place) for field, place in named if place is not None]


def _cell(row: Sequence[str], at: int) -> str:
    return str(row[at]) if at < len(row) else ""


def _year_told(head: Mapping[str, str], rows: Sequence[Sequence[str]]) -> int | None:
    """The one year that the sheet names; None when it names none or several."""
    told = {
        found
        for cells in (list(head.values()), *rows)
        for each in cells
        for found in YEAR.findall(str(each))
    }
    return int(told.pop()) if len(told) == 1 else None
