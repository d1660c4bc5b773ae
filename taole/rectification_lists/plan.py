"""A whole list as it will be kept: its columns, its problems, and what must be asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from taole.core.words import N_, sentence
from taole.documents.workbooks import Cell
from taole.rectification_lists.columns import recognise
from taole.rectification_lists.entries import Entry, Usual, read_entries
from taole.rectification_lists.fields import Field
from taole.rectification_lists.joining import first_of_several, join
from taole.rectification_lists.rows import LeftOut, ListRow, read_rows
from taole.rectification_lists.tables import Columns, Question, Table
from taole.rectification_lists.text import read_text
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
        _rows_of_tables(plan, tables, answers, units)
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
    plan: Plan, tables: Sequence[Table], answers: Mapping[str, str], units: UnitNames
) -> list[ListRow]:
    first = first_of_several(tables)
    rows: list[ListRow] = []
    others: list[Columns] = []
    for table in tables:
        is_other = first is not None and table is not first
        columns = recognise(table, answers, is_unit=units.names_units, needs_statement=not is_other)
        plan.columns.append(columns)
        plan.questions += columns.questions
        if columns.is_open:
            continue
        if is_other:
            others.append(columns)
            continue
        read = read_rows(columns, answers, names_units=units.names_units, is_ours=units.is_ours)
        rows += read.rows
        plan.left_out += read.left_out
        plan.questions += read.questions
    if others and not any(columns.is_open for columns in plan.columns):
        rows, apart = join(rows, others)
        plan.left_out += apart
    return rows if not any(columns.is_open for columns in plan.columns) else []


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
