"""What the rows of a list are: problems, and those that are none, each with the reason. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from taole.core.words import N_, Sentence, sentence
from taole.documents.workbooks import Cell
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import words_of
from taole.rectification_lists.tables import Question


@dataclass(frozen=True)
class ListRow:
    """One problem of a list. ``rows``: its rows in the file; ``cells``: what its columns say.

    ``also``: its rows (table, row) on the other sheets that say more about it. ``above``: the unit
    that was named last above it, where its own is left blank.
    """

    table: int
    rows: tuple[int, ...]
    cells: Mapping[Field, Cell]
    unit: str
    section: str = ""
    also: tuple[tuple[int, int], ...] = ()
    above: str = ""

    def says(self, wanted: Field) -> str:
        return words_of(self.cells.get(wanted))

    @property
    def statement(self) -> str:
        return self.says(Field.STATEMENT)


@dataclass(frozen=True)
class LeftOut:
    """A row that is no problem: where it stands, what it says, and why."""

    table: str
    row: int
    text: str
    reason: Sentence


@dataclass
class RowsRead:
    """What the rows of a table are."""

    rows: list[ListRow] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def places_of(rows: Iterable[int]) -> Sentence:
    """第5、6行, the first few."""
    numbers = [str(number) for number in rows]
    shown = "、".join(numbers[:5]) + ("……" if len(numbers) > 5 else "")
    return sentence(N_("第%(rows)s行"), rows=shown)
