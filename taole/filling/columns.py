"""Which column of a file is which column of the template, and what has to be asked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from taole.catalogue.unified_template import Field, UnifiedTemplate
from taole.core.errors import Refused
from taole.core.words import N_, Sentence, quoted, sentence
from taole.documents.columns import column_letter, plain_name
from taole.filling.heads import ColumnName, Head
from taole.filling.names import (
    family_of,
    is_number_column,
    is_personal,
    is_signature,
    likest,
    whole_name,
)
from taole.filling.results import LEAVE_OUT, Doubt


@dataclass(frozen=True)
class Match:
    """``columns``: the file's 0-based column of each field that has one, by the field's name.

    ``fields`` are the table's fields, in the template's order. ``number_column`` counts the rows.
    ``names`` is each column's name as it is shown and asked about. ``factors`` multiply a field's
    numbers into the template's unit (1 where there is none).
    """

    fields: tuple[Field, ...]
    columns: dict[str, int]
    number_column: int | None
    names: dict[int, str]
    doubts: list[Doubt] = field(default_factory=list)
    factors: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def missing(self) -> list[Field]:
        return [each for each in self.fields if each.name not in self.columns]


def match_columns(
    head: Head,
    template: UnifiedTemplate,
    decisions: Mapping[str, str],
    with_values: Collection[int],
) -> Match:
    """Bring the file's columns and the template's together, by decision, by name, by likeness.

    What stands there under its own name, or under one that can mean only one column, is taken;
    whatever else holds a value is a doubt. Columns of personal data are proposed to be left out.
    Raises Refused when two columns were decided to be the same one.
    """
    names = head.shown_names()
    number = _number_column(head, template)
    fields = template.columns or _fields_of(head, names, number, template.must_not, decisions)
    pairing = _Pairing(head.names, names, fields, {number} if number is not None else set())
    left_out = pairing.decide(decisions)
    if not template.columns:
        pairing.pair_as_named()
    for same in (_is_whole, _is_plain, _is_joined):
        pairing.pair(same)
    pairing.pair_families()
    doubts = [
        pairing.doubt(at, template.must_not)
        for at in sorted(pairing.open_columns(), key=lambda at: "实发" not in names[at])
        if at in with_values and at not in left_out and not is_signature(names[at])
    ]
    return Match(tuple(fields), pairing.columns, number, names, doubts)


def match_in_order(
    template: UnifiedTemplate, lines: Sequence[Mapping[int, str]], decisions: Mapping[str, str]
) -> Match:
    """The columns of a table without a head: by their order, when they are as many.

    ``lines``: what stands in each row, by column. A first column that counts the rows is set
    aside. Fewer columns are each a doubt with the order as the guess. Raises Refused for more.
    """
    columns = sorted({column for texts in lines for column in texts})
    counted = [texts.get(columns[0], "") for texts in lines if texts] if columns else []
    is_counted = counted == [str(at) for at in range(1, len(counted) + 1)]
    width = len(template.columns) or len(columns) - is_counted
    number = columns.pop(0) if is_counted and len(columns) > width else None
    fields = template.columns or tuple(Field(f"第{at}列") for at in range(1, width + 1))
    if len(columns) > width:
        raise Refused(
            sentence(
                N_(
                    "找不到表头，表里有%(width)s列，统一模板有%(count)s列，对不上："
                    "请连表头（%(names)s）一起传。"
                ),
                width=len(columns),
                count=width,
                names="、".join(each.name for each in fields[:6]),
            )
        )
    if len(columns) == width:
        pairs = {each.name: at for each, at in zip(fields, columns, strict=True)}
        return Match(fields, pairs, number, {at: name for name, at in pairs.items()})
    names = {at: ColumnName(f"{column_letter(at)}列") for at in columns}
    shown = {at: name.own for at, name in names.items()}
    pairing = _Pairing(names, shown, fields, set())
    pairing.decide(decisions)
    doubts = []
    for at in pairing.open_columns():
        guess = pairing.open_fields()[0]
        choices = (LEAVE_OUT, *(each.name for each in fields))
        pairing.take(guess, at)
        doubts.append(Doubt(shown[at], guess.name, choices, _perhaps(shown[at], guess.name)))
    return Match(fields, pairing.columns, number, shown, doubts)


@dataclass
class _Pairing:
    """The work of pairing: what is taken already, on both sides."""

    names: Mapping[int, ColumnName]
    shown: Mapping[int, str]
    fields: Sequence[Field]
    taken: set[int]
    columns: dict[str, int] = field(default_factory=dict)

    def open_columns(self) -> list[int]:
        return [at for at in self.names if at not in self.taken]

    def open_fields(self) -> list[Field]:
        return [each for each in self.fields if each.name not in self.columns]

    def take(self, each: Field, at: int) -> None:
        self.columns[each.name] = at
        self.taken.add(at)

    def decide(self, decisions: Mapping[str, str]) -> set[int]:
        """Follow what was decided; the columns that were decided to be left out."""
        left_out = set()
        for at, name in self.shown.items():
            if name not in decisions:
                continue
            wanted = decisions[name]
            if wanted == LEAVE_OUT:
                left_out.add(at)
                self.taken.add(at)
                continue
            if wanted in self.columns:
                raise Refused(
                    sentence(
                        N_("有两列都选成了“%(column)s”：请只留一列，另一列选“不要这一列”。"),
                        column=wanted,
                    )
                )
            chosen = next((each for each in self.fields if each.name == wanted), None)
            if chosen is not None:
                self.take(chosen, at)
        return left_out

    def pair(self, is_same: Callable[[ColumnName, Field], bool]) -> None:
        for each in self.open_fields():
            found = [at for at in self.open_columns() if is_same(self.names[at], each)]
            if len(found) == 1:
                self.take(each, found[0])

    def pair_as_named(self) -> None:
        """Take each field for the very column that it was made of."""
        columns = {name: at for at, name in self.shown.items()}
        for each in self.open_fields():
            self.take(each, columns[each.name])

    def pair_families(self) -> None:
        """Take a column for a field of its family when neither has a rival."""
        for each in self.open_fields():
            family = family_of(each.name)
            rivals = [other for other in self.open_fields() if family_of(other.name) == family]
            found = [at for at in self.open_columns() if family_of(self.names[at].own) == family]
            if family and len(rivals) == 1 and len(found) == 1:
                self.take(each, found[0])

    def doubt(self, at: int, must_not: Sequence[str]) -> Doubt:
        """The question about a column that is none of the template's for sure."""
        free = self.open_fields()
        choices = (LEAVE_OUT, *(each.name for each in free))
        name = self.shown[at]
        if is_personal(self.names[at].own, must_not):
            return Doubt(name, LEAVE_OUT, choices, _personal(name))
        guess = self._guess(at, free)
        if guess is None:
            return Doubt(name, LEAVE_OUT, choices, _unknown(name))
        self.take(guess, at)
        return Doubt(name, guess.name, choices, _perhaps(name, guess.name))

    def _guess(self, at: int, free: Sequence[Field]) -> Field | None:
        family = family_of(self.names[at].own)
        kin = [each for each in free if family and family_of(each.name) == family]
        return kin[0] if kin else likest(self.names[at].own, free)


def _number_column(head: Head, template: UnifiedTemplate) -> int | None:
    wanted = {plain_name(each.name) for each in template.columns}
    return next(
        (
            at
            for at, name in head.names.items()
            if is_number_column(name.own) and plain_name(name.own) not in wanted
        ),
        None,
    )


def _fields_of(
    head: Head,
    names: Mapping[int, str],
    number: int | None,
    must_not: Sequence[str],
    decisions: Mapping[str, str],
) -> tuple[Field, ...]:
    """The columns of a matter without a table of its own: those that the file brings."""
    return tuple(
        Field(names[at])
        for at, name in head.names.items()
        if at != number
        and decisions.get(names[at]) != LEAVE_OUT
        and not is_personal(name.own, must_not)
        and not is_signature(name.own)
    )


def _is_whole(name: ColumnName, each: Field) -> bool:
    return whole_name(name.own) in {whole_name(each.name), whole_name(each.label)}


def _is_plain(name: ColumnName, each: Field) -> bool:
    return plain_name(name.own) == plain_name(each.name)


def _is_joined(name: ColumnName, each: Field) -> bool:
    return bool(name.group) and plain_name(name.joined) == plain_name(each.name)


def _personal(name: str) -> Sentence:
    return sentence(N_("“%(column)s”是个人信息，不得公开：建议不要这一列。"), column=quoted(name))


def _unknown(name: str) -> Sentence:
    return sentence(
        N_("统一模板里没有“%(column)s”：它是哪一栏？不选就不要这一列。"), column=quoted(name)
    )


def _perhaps(name: str, guess: str) -> Sentence:
    return sentence(N_("“%(column)s”是不是“%(guess)s”？"), column=quoted(name), guess=guess)
