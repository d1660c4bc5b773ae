"""A whole list as it will be kept: its columns, its problems, and what must be asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from taole.core.words import N_, sentence
from taole.documents.workbooks import Cell
from taole.rectification_lists.columns import recognise
from taole.rectification_lists.entries import Entry, Usual, read_entries
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import sure_field, words_of
from taole.rectification_lists.joining import first_of_several, join
from taole.rectification_lists.list_rows import LeftOut, ListRow
from taole.rectification_lists.rows import read_rows
from taole.rectification_lists.several import taken_apart
from taole.rectification_lists.tables import Columns, Question, Table
from taole.rectification_lists.text import by_unit, common_day, read_text
from taole.rectification_lists.units import UnitNames
from taole.rectification_lists.values import ItemsByName


@dataclass
class Plan:
    """What was understood of a list. Nothing is kept while a question is open."""

    columns: list[Columns] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def open(self) -> list[Question]:
        """What still has to be asked."""
        return [question for question in self.questions if not question.answer]

    @property
    def answered(self) -> list[Question]:
        """What was answered, apart from what columns hold: their table shows that."""
        return [each for each in self.questions if each.answer and not each.is_about_a_column]


def plan_list(
    tables: Sequence[Table],
    text: Sequence[str],
    answers: Mapping[str, str],
    *,
    units: UnitNames,
    items: ItemsByName,
    usual: Usual,
) -> Plan:
    """What a list says with the answers that a person has given so far."""
    plan = Plan()
    rows = (
        _rows_of_tables(plan, tables, answers, units, usual)
        if tables
        else _rows_of_text(plan, text, units, usual)
    )
    names = {table.index: table.name for table in tables}
    entries, left_out, questions = read_entries(
        rows, answers, units=units, items=items, usual=usual, names=names
    )
    plan.entries = entries
    plan.left_out += left_out
    plan.questions += questions
    plan.left_out.sort(key=lambda each: (each.table, each.row))
    return plan


def _rows_of_tables(
    plan: Plan,
    tables: Sequence[Table],
    answers: Mapping[str, str],
    units: UnitNames,
    usual: Usual,
) -> list[ListRow]:
    first = first_of_several(tables)
    rows: list[ListRow] = []
    others: list[Columns] = []
    for table in tables:
        is_other = first is not None and table is not first
        columns = recognise(
            table,
            answers,
            is_unit=units.names_units,
            held_on=usual.held_on,
            needs_statement=not is_other,
            is_alone=not any(each is not table and has_problems(each) for each in tables),
        )
        plan.columns.append(columns)
        plan.questions += columns.questions
        if columns.is_open:
            continue
        if columns.is_refused:
            plan.left_out.append(LeftOut(table.name, 0, table.name, sentence(N_("不是问题清单"))))
            continue
        if is_other:
            others.append(columns)
            continue
        read = read_rows(columns, answers, names_units=units.names_units, is_ours=units.is_ours)
        rows += _with_common_day(columns, read.rows, usual)
        plan.left_out += read.left_out
        plan.questions += read.questions
    if others and not any(columns.is_open for columns in plan.columns):
        rows, apart = join(rows, others)
        plan.left_out += apart
    if any(columns.is_open for columns in plan.columns):
        return []
    rows, several = taken_apart(rows, answers)
    plan.questions += several
    return [each for row in rows for each in _by_unit(row, units)]


def _with_common_day(columns: Columns, rows: Sequence[ListRow], usual: Usual) -> Sequence[ListRow]:
    """The one day that the lines around a table ask for, where it has no column of days."""
    alone = [
        said[0]
        for row in columns.table.own
        if len(said := [words_of(cell) for cell in row.cells if cell is not None]) == 1
    ]
    names = columns.table.names.values()
    day = common_day([*columns.table.above, *names, *alone], usual.held_on)
    if day is None or columns.has(Field.DUE):
        return rows
    return [replace(row, cells={**row.cells, Field.DUE: day}) for row in rows]


def _by_unit(row: ListRow, units: UnitNames) -> list[ListRow]:
    """A row without a unit whose words are about several, each for itself."""
    if row.unit:
        return [row]
    pieces = by_unit(row.statement, units)
    if len(pieces) < 2:
        return [row]
    return [replace(row, cells={**row.cells, Field.STATEMENT: piece}) for piece, _codes in pieces]


def has_problems(table: Table) -> bool:
    """Whether a table has a column that is the problem for certain."""
    return any(sure_field(name) is Field.STATEMENT for name in table.names.values())


def _rows_of_text(plan: Plan, text: Sequence[str], units: UnitNames, usual: Usual) -> list[ListRow]:
    read = read_text(text, units, usual.held_on)
    plan.left_out += [LeftOut("", number, line, reason) for number, line, reason in read.left_out]
    by_code = {unit.code: unit.name for unit in units.units}
    rows = []
    for line in read.lines:
        cells: dict[Field, Cell] = {Field.STATEMENT: line.statement, Field.DUE: line.due_on}
        named = "、".join(by_code[code] for code in line.units)
        rows.append(ListRow(0, (line.number,), cells, named))
    return rows


NOTHING = sentence(N_("没有读到问题：请看下面没有记的行和原因，或者换一列当作问题。"))
