"""A table of a list, its columns as they were understood, and what is asked about them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taole.core.words import Sentence, quoted
from taole.documents.columns import column_letter
from taole.documents.workbooks import Row
from taole.rectification_lists.fields import Field
from taole.rectification_lists.heads import Head, words_of

SAMPLED = 60
NO_COLUMN, ALL = "none", "all"


@dataclass(frozen=True)
class Option:
    """One answer to choose: its value in the form, and what is said."""

    value: str
    label: Sentence | str


@dataclass(frozen=True)
class Question:
    """What only a person can say; ``key`` names the field of the form that answers it.

    ``guess`` is chosen beforehand, ``answer`` is what they chose (empty: nothing yet).
    """

    key: str
    text: Sentence
    options: tuple[Option, ...]
    guess: str = ""
    answer: str = ""

    @property
    def is_about_a_column(self) -> bool:
        return self.key.startswith("col-")

    @property
    def refuses_the_table(self) -> bool:
        """Whether a person said that a table has no column for problems: it is no list of them."""
        return self.key.endswith(f"-{Field.STATEMENT.value}") and self.answer == NO_COLUMN

    def answered(self, answers: Mapping[str, str]) -> Question:
        """The question with what a person chose, if it is one of its options."""
        chosen = answers.get(self.key, "")
        known = chosen in {option.value for option in self.options}
        return replace(self, answer=chosen) if known else self


@dataclass(frozen=True)
class Table:
    """One table of a source. ``above``: the lines over its head. ``head``: None without one.

    ``is_reshaped``: its rows and columns are not those of the file.
    """

    index: int
    name: str
    head: Head | None
    own: Sequence[Row]
    filled: Sequence[Row]
    above: Sequence[str] = ()
    unit: str = ""
    is_reshaped: bool = False

    @property
    def names(self) -> Mapping[int, str]:
        if self.head is not None:
            return self.head.names
        width = max((len(row.cells) for row in self.filled), default=0)
        return dict.fromkeys(range(width), "")

    def title(self, column: int) -> str:
        """The head of a column as it can be said: its letter and its name."""
        name = self.names.get(column, "").replace("·", "／")
        return f"{column_letter(column)} {name}".strip()

    def sample(self, column: int) -> str:
        """The first thing that stands in a column, cut to be shown."""
        for row in self.filled[:SAMPLED]:
            said = words_of(row.cells[column]) if column < len(row.cells) else ""
            if said:
                return quoted(said, 24)
        return ""


@dataclass(frozen=True)
class Columns:
    """What each column of a table holds, and what has to be asked about them."""

    table: Table
    fields: Mapping[int, Field]
    questions: Sequence[Question] = ()

    @property
    def is_open(self) -> bool:
        return any(not question.answer for question in self.questions)

    @property
    def is_refused(self) -> bool:
        return any(question.refuses_the_table for question in self.questions)

    def of(self, wanted: Field) -> list[int]:
        return [at for at, found in self.fields.items() if found is wanted]

    def has(self, wanted: Field) -> bool:
        return any(found is wanted for found in self.fields.values())
