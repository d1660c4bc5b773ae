"""What reading a filled table gives: the rows, what has to be asked, and what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass, field

from taole.core.words import N_, Sentence

LEAVE_OUT = ""
SHEET = N_("用哪张工作表")
USE_ANYWAY = N_("就用这份表")


@dataclass(frozen=True)
class Doubt:
    """A question that only a person can answer; the rows follow ``guess`` until it is answered.

    ``name`` is the column's name in the file (or SHEET, or the title of a file that tells of
    another village); ``choices`` are the answers to pick from, LEAVE_OUT ("") among them. The
    answer comes back as ``decisions[name]``.
    """

    name: str
    guess: str
    choices: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True)
class CellFault:
    """What is wrong in one cell of the file.

    ``row``: 1-based as the spreadsheet counts; ``column``: 0-based. ``proposal`` is what may be
    meant ("" when nothing is). Not fatal: it is shown, the notice can be handed in all the same.
    """

    sheet: str
    row: int
    column: int
    sentence: Sentence
    proposal: str = ""
    is_fatal: bool = True


@dataclass
class Filling:
    """A filled table as read: ``rows`` have one text for each of ``columns``.

    ``columns`` are the template's. ``file_rows`` names for each row its 1-based row in the file;
    ``skipped`` the rows of the file that hold something and were taken as titles, sums or notes.
    """

    head: dict[str, str]
    columns: tuple[str, ...]
    rows: list[list[str]]
    doubts: list[Doubt] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    file_rows: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
