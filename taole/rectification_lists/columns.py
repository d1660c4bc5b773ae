"""Which column of a list says what: for certain, as a question, or as a person answered. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from taole.core.words import N_, Sentence, sentence
from taole.rectification_lists.contents import (
    MOST,
    days_are_over,
    guess_by_content,
    longest,
    share,
    topics,
)
from taole.rectification_lists.fields import FIELD_LABELS, REPEATED, Field
from taole.rectification_lists.named import fields_by_name
from taole.rectification_lists.tables import (
    ALL,
    NO_COLUMN,
    Columns,
    Option,
    Question,
    Table,
)

SENTENCE = 5


def recognise(
    table: Table,
    answers: Mapping[str, str],
    *,
    is_unit: Callable[[str], bool],
    held_on: date,
    needs_statement: bool = True,
    is_alone: bool = True,
) -> Columns:
    """What the columns of a table hold.

    ``answers``: the fields of the form as a person sent them (``col-0-3``: the field of the fourth
    column of the first table; ``ask-0-statement``: the column of a field). ``is_unit`` tells
    whether a text names units of the township; ``held_on``: the day of the check. A table that
    is not alone and has no column that could be the problem is taken for no list, unless a person
    says otherwise.
    """
    fields, doubts = fields_by_name(table, is_unit)
    asked = [
        question.answered(answers)
        for question in _questions(
            table, fields, doubts, is_unit, held_on, needs_statement, is_alone
        )
    ]
    given = dict(fields)
    for question in asked:
        if question.answer:
            _apply(table, given, question, is_unit)
    settled = {question.key for question in asked if question.is_about_a_column}
    for at in table.names:
        key = f"col-{table.index}-{at}"
        if key in answers and key not in settled:
            _set(given, at, answers[key])
    is_refused = any(question.refuses_the_table for question in asked)
    if is_refused:  # what its columns hold is of no matter
        asked = [question for question in asked if question.refuses_the_table]
    takes_all = any(question.answer == ALL for question in asked)
    if not takes_all and all(question.answer for question in asked):
        left = _still_asked(table, given, needs_statement, is_refused)
        again = [each.answered(answers) for each in left]
        for question in again:
            if question.answer:
                _apply(table, given, question, is_unit)
        asked += again
    return Columns(table, dict(sorted(given.items())), asked)


def _questions(
    table: Table,
    fields: Mapping[int, Field],
    doubts: Mapping[int, tuple[Field, ...]],
    is_unit: Callable[[str], bool],
    held_on: date,
    needs_statement: bool,
    is_alone: bool,
) -> list[Question]:
    asked = _doubled(table, fields)
    known = set(fields.values())
    open_columns = [at for at in doubts if table.sample(at)]
    if needs_statement and Field.STATEMENT not in known:
        question = _ask_for_problems(table, fields, doubts, is_unit, is_alone)
        asked.append(question)
        if question.guess != NO_COLUMN:
            known.add(Field.STATEMENT)
    if Field.UNIT not in known:
        others = (Field.OWNER, Field.NOTE, Field.UNUSED)
        people = [at for at, found in fields.items() if found in others]
        told = [at for at in (*open_columns, *people) if share(table, at, is_unit) >= MOST]
        if told:
            named = [at for at in told if Field.UNIT in doubts.get(at, ())]
            asked.append(_ask_for(table, Field.UNIT, (named or told)[0]))
            known.add(Field.UNIT)
    settled = {int(question.guess) for question in asked if question.guess.isdecimal()}
    for at in open_columns:
        guess = guess_by_content(table, at, known)
        possible = [each for each in doubts[at] if each not in known or each in REPEATED]
        if at in settled or not (possible or guess):
            continue
        if guess in possible:
            guess = possible[0]  # the head tells more than what stands below it
        if Field.DONE_ON in possible and days_are_over(table, at, held_on):
            guess = Field.DONE_ON
        asked.append(_ask_about(table, at, guess, possible))
    return asked


def _ask_for_problems(
    table: Table,
    fields: Mapping[int, Field],
    doubts: Mapping[int, tuple[Field, ...]],
    is_unit: Callable[[str], bool],
    is_alone: bool,
) -> Question:
    """Which column holds the problems; a table beside others that has none is no list of them."""
    unknown = [at for at in doubts if table.sample(at)]
    named = [at for at in unknown if Field.STATEMENT in doubts[at]]
    notes = [at for at, found in fields.items() if found in (Field.NOTE, Field.PROGRESS)]
    likely = [longest(table, named, is_unit, 1)]
    kinds = [at for at, found in fields.items() if found is Field.KIND]
    likely += [longest(table, each, is_unit, SENTENCE) for each in (unknown, notes, kinds)]
    question = _ask_for(table, Field.STATEMENT, next((at for at in likely if at is not None), None))
    about = topics(table, fields, is_unit)
    if len(about) > 1:
        names = "、".join(f"“{table.title(at)}”" for at in about)
        every = Option(ALL, sentence(N_("%(names)s都是，各记一条"), names=names))
        guess = ALL if question.guess == NO_COLUMN else question.guess
        question = replace(question, options=(*question.options, every), guess=guess)
    is_other = question.guess == NO_COLUMN and not is_alone
    return replace(question, answer=NO_COLUMN) if is_other else question


def _doubled(table: Table, fields: Mapping[int, Field]) -> list[Question]:
    asked = []
    for wanted in dict.fromkeys(fields.values()):
        columns = [at for at, found in fields.items() if found is wanted]
        is_problem = wanted is Field.STATEMENT
        if len(columns) > 1 and wanted not in REPEATED:
            asked.append(
                Question(
                    f"ask-{table.index}-{wanted.value}",
                    sentence(
                        N_("%(names)s都像是“%(field)s”，用哪一列？"),
                        names="、".join(f"“{table.title(at)}”" for at in columns),
                        field=sentence(FIELD_LABELS[wanted]),
                    ),
                    (
                        *(_column_option(table, at) for at in columns),
                        *([Option(ALL, sentence(N_("都是问题，各记一条")))] * is_problem),
                    ),
                )
            )
    return asked


def _ask_for(table: Table, wanted: Field, guess: int | None) -> Question:
    msgids = {
        Field.STATEMENT: N_("%(table)s：哪一列写的是问题？"),
        Field.UNIT: N_("%(table)s：哪一列写的是责任单位？"),
    }
    options = [_column_option(table, at) for at in table.names if table.sample(at)]
    nothing = {
        Field.STATEMENT: N_("没有，这张表不是问题清单，不读"),
        Field.UNIT: N_("没有这一列"),
    }
    options.append(Option(NO_COLUMN, sentence(nothing[wanted])))
    return Question(
        f"ask-{table.index}-{wanted.value}",
        sentence(msgids[wanted], table=_called(table)),
        tuple(options),
        NO_COLUMN if guess is None else str(guess),
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
    table: Table, fields: Mapping[int, Field], needs_statement: bool, is_refused: bool
) -> list[Question]:
    """What a person's own answers leave open: no problem column at all, or two for one field."""
    asked = _doubled(table, fields)
    if needs_statement and Field.STATEMENT not in fields.values() and not is_refused:
        asked.append(_ask_for(table, Field.STATEMENT, None))
    return [replace(each, key=each.key.replace("ask-", "pick-")) for each in asked]


def _apply(
    table: Table,
    fields: dict[int, Field],
    question: Question,
    is_unit: Callable[[str], bool],
) -> None:
    name, answer = question.key.rpartition("-")[2], question.answer
    if question.is_about_a_column:
        _set(fields, int(name), answer)
        return
    wanted = Field(name)
    if answer == ALL:
        if wanted not in fields.values():
            fields |= dict.fromkeys(topics(table, fields, is_unit), wanted)
        return
    for at in [at for at, found in fields.items() if found is wanted]:
        fields[at] = Field.NOTE if wanted is Field.STATEMENT else Field.UNUSED
    if answer.isdecimal() and int(answer) in table.names:
        fields[int(answer)] = wanted


def _set(fields: dict[int, Field], at: int, answer: str) -> None:
    try:
        fields[at] = Field(answer)
    except ValueError:
        return
