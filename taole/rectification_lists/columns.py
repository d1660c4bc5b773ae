"""Which column of a list says what: for certain, as a question, or as a person answered. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from taole.core.periods import EXCEL_SERIALS
from taole.core.words import N_, Sentence, sentence
from taole.rectification_lists.days import read_due
from taole.rectification_lists.fields import FIELD_LABELS, REPEATED, Field
from taole.rectification_lists.heads import likely_fields, sure_field, words_of
from taole.rectification_lists.tables import SAMPLED, Columns, Option, Question, Table
from taole.rectification_lists.values import state_of

_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_SOME_DAY = date(2023, 7, 1)
_MOST = 0.6
SENTENCE = 5


def recognise(
    table: Table,
    answers: Mapping[str, str],
    *,
    is_unit: Callable[[str], bool],
    needs_statement: bool = True,
) -> Columns:
    """What the columns of a table hold.

    ``answers``: the fields of the form as a person sent them (``col-0-3``: the field of the fourth
    column of the first table; ``ask-0-statement``: the column of a field). ``is_unit`` tells
    whether a text names units of the township.
    """
    fields, doubts = _as_named(table, is_unit)
    asked = [
        question.answered(answers)
        for question in _questions(table, fields, doubts, is_unit, needs_statement)
    ]
    given = dict(fields)
    for question in asked:
        if question.answer:
            _apply(table, given, question)
    settled = {question.key for question in asked if question.is_about_a_column}
    for at in table.names:
        key = f"col-{table.index}-{at}"
        if key in answers and key not in settled:
            _set(given, at, answers[key])
    if all(question.answer for question in asked):
        again = [each.answered(answers) for each in _still_asked(table, given, needs_statement)]
        for question in again:
            if question.answer:
                _apply(table, given, question)
        asked += again
    return Columns(table, dict(sorted(given.items())), asked)


def _as_named(
    table: Table, is_unit: Callable[[str], bool]
) -> tuple[dict[int, Field], dict[int, tuple[Field, ...]]]:
    """Columns whose head says for certain what they hold, and what the others may hold."""
    fields: dict[int, Field] = {}
    doubts: dict[int, tuple[Field, ...]] = {}
    for at, name in table.names.items():
        sure = sure_field(name)
        if sure is not None:
            fields[at] = sure
        else:
            doubts[at] = likely_fields(name)
    if Field.DUE in fields.values():
        for at, possible in doubts.items():
            if possible[:2] == (Field.DUE, Field.DONE_ON):
                fields[at] = Field.DONE_ON
    units = [at for at, found in fields.items() if found is Field.UNIT]
    if len(units) > 1:
        told = [at for at in units if _share(table, at, is_unit) >= _MOST]
        if len(told) == 1:
            fields |= {at: Field.NOTE for at in units if at not in told}
    leads = [at for at, found in fields.items() if found is Field.LEAD]
    is_elsewhere = any(_share(table, at, is_unit) >= _MOST for at in doubts)
    if Field.UNIT not in fields.values() and len(leads) == 1 and not is_elsewhere:
        fields[leads[0]] = Field.UNIT
    # of several columns that name the matter the last is the narrowest
    for at in [at for at, found in fields.items() if found is Field.ITEM][:-1]:
        fields[at] = Field.ITEM_GROUP
    return fields, {at: possible for at, possible in doubts.items() if at not in fields}


def _questions(
    table: Table,
    fields: Mapping[int, Field],
    doubts: Mapping[int, tuple[Field, ...]],
    is_unit: Callable[[str], bool],
    needs_statement: bool,
) -> list[Question]:
    asked = _doubled(table, fields)
    known = set(fields.values())
    open_columns = [at for at in doubts if table.sample(at)]
    if needs_statement and Field.STATEMENT not in known:
        notes = [at for at, found in fields.items() if found in (Field.NOTE, Field.PROGRESS)]
        longest = _longest(table, open_columns, is_unit)
        longest = _longest(table, notes, is_unit) if longest is None else longest
        asked.append(_ask_for(table, Field.STATEMENT, longest))
    if Field.UNIT not in known:
        told = [at for at in open_columns if _share(table, at, is_unit) >= _MOST]
        if told:
            asked.append(_ask_for(table, Field.UNIT, told[0]))
    settled = {int(question.guess) for question in asked if question.guess.isdecimal()}
    for at in open_columns:
        guess = _guess_by_content(table, at, known)
        possible = doubts[at]
        if at in settled or not (possible or guess):
            continue
        if guess in possible:
            guess = possible[0]  # the head tells more than what stands below it
        asked.append(_ask_about(table, at, guess, possible))
    return asked


def _doubled(table: Table, fields: Mapping[int, Field]) -> list[Question]:
    asked = []
    for wanted in dict.fromkeys(fields.values()):
        columns = [at for at, found in fields.items() if found is wanted]
        if len(columns) > 1 and wanted not in REPEATED:
            asked.append(
                Question(
                    f"ask-{table.index}-{wanted.value}",
                    sentence(
                        N_("%(names)s都像是“%(field)s”，用哪一列？"),
                        names="、".join(f"“{table.title(at)}”" for at in columns),
                        field=sentence(FIELD_LABELS[wanted]),
                    ),
                    tuple(_column_option(table, at) for at in columns),
                )
            )
    return asked


def _ask_for(table: Table, wanted: Field, guess: int | None) -> Question:
    msgids = {
        Field.STATEMENT: N_("%(table)s：哪一列写的是问题？"),
        Field.UNIT: N_("%(table)s：哪一列写的是责任单位？"),
    }
    options = [_column_option(table, at) for at in table.names if table.sample(at)]
    if wanted is not Field.STATEMENT:
        options.append(Option("none", sentence(N_("没有这一列"))))
    return Question(
        f"ask-{table.index}-{wanted.value}",
        sentence(msgids[wanted], table=_called(table)),
        tuple(options),
        "" if guess is None else str(guess),
    )


def _ask_about(table: Table, at: int, guess: Field | None, possible: Sequence[Field]) -> Question:
    first = [guess] if guess else []
    offered = list(dict.fromkeys([*first, *possible, Field.UNUSED, *Field]))
    return Question(
        f"col-{table.index}-{at}",
        sentence(
            N_("%(table)s：“%(column)s”这一列写的是什么？如：%(sample)s"),
            table=_called(table),
            column=table.title(at),
            sample=table.sample(at),
        ),
        tuple(Option(each.value, sentence(FIELD_LABELS[each])) for each in offered),
        (guess or (possible[0] if possible else Field.UNUSED)).value,
    )


def _called(table: Table) -> Sentence | str:
    return table.name or sentence(N_("表格"))


def _column_option(table: Table, at: int) -> Option:
    return Option(
        str(at),
        sentence(
            N_("%(column)s（如：%(sample)s）"), column=table.title(at), sample=table.sample(at)
        ),
    )


def _still_asked(
    table: Table, fields: Mapping[int, Field], needs_statement: bool
) -> list[Question]:
    """What a person's own answers leave open: no problem column at all, or two for one field."""
    asked = _doubled(table, fields)
    if needs_statement and Field.STATEMENT not in fields.values():
        asked.append(_ask_for(table, Field.STATEMENT, None))
    return [replace(each, key=each.key.replace("ask-", "pick-")) for each in asked]


def _apply(table: Table, fields: dict[int, Field], question: Question) -> None:
    name, answer = question.key.rpartition("-")[2], question.answer
    if question.is_about_a_column:
        _set(fields, int(name), answer)
        return
    wanted = Field(name)
    for at in [at for at, found in fields.items() if found is wanted]:
        fields[at] = Field.NOTE if wanted is Field.STATEMENT else Field.UNUSED
    if answer.isdecimal() and int(answer) in table.names:
        fields[int(answer)] = wanted


def _set(fields: dict[int, Field], at: int, answer: str) -> None:
    try:
        fields[at] = Field(answer)
    except ValueError:
        return


def _cells(table: Table, at: int) -> list[str]:
    found = (
        words_of(row.cells[at]) if at < len(row.cells) else "" for row in table.filled[:SAMPLED]
    )
    return [said for said in found if said]


def _share(table: Table, at: int, holds: Callable[[str], bool]) -> float:
    cells = _cells(table, at)
    return sum(1 for said in cells if holds(said)) / len(cells) if cells else 0


def _guess_by_content(table: Table, at: int, known: set[Field]) -> Field | None:
    if _share(table, at, lambda said: bool(_LINK.search(said))) >= _MOST:
        return Field.PROOF_LINK if Field.PROOF_LINK not in known else Field.EVIDENCE
    if Field.DUE not in known and _share(table, at, _is_day) >= _MOST:
        return Field.DUE
    if _share(table, at, lambda said: len(said) > 1 and bool(state_of(said))) >= _MOST:
        return Field.STATE if Field.STATE not in known else Field.PROGRESS
    return None


def _is_day(said: str) -> bool:
    if said.isdecimal():
        return int(said) in EXCEL_SERIALS
    return len(said) <= 24 and read_due(said, _SOME_DAY)[0] is not None


def _longest(table: Table, columns: Sequence[int], is_unit: Callable[[str], bool]) -> int | None:
    """The column with the longest texts, if they are sentences and no names, days or states."""
    lengths: dict[int, float] = {}
    for at in columns:
        cells = _cells(table, at)
        is_other = _share(table, at, is_unit) >= _MOST or _guess_by_content(table, at, set())
        if cells and not is_other:
            lengths[at] = sum(map(len, cells)) / len(cells)
    best = max(lengths, key=lambda at: lengths[at], default=None)
    return best if best is not None and lengths[best] >= SENTENCE else None
