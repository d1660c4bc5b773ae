"""The three official tables as values: 10, 175 and 15 cells, each with its figure key.

Source: 国办公开办函〔2021〕30号. Units: 件 (cases, documents); 万元 for the fee of table two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from taole.annual_report.official_format import FORMAT, TableThreeRow

Number = int | Decimal

APPLICANTS: tuple[str, ...] = tuple(column.key for column in FORMAT.applicants[:-1])
"""The six kinds of applicant of table three, in official order."""

DECISIONS: Mapping[str, str] = {row.decision: row.code for row in FORMAT.rows if row.decision}
"""The 21 ways in which a request can end, each with its row code."""

PATHS: tuple[str, ...] = tuple(path.key for path in FORMAT.paths)
"""The three paths of table four: review, direct suit, suit after review."""

RESULTS: tuple[str, ...] = tuple(result.key for result in FORMAT.results[:-1])
"""The four results of table four."""

TABLE_TWO_KEYS: tuple[str, ...] = tuple(
    key for block in FORMAT.blocks for row in block.rows for key in row.figure_keys
)

TOTAL = "total"
RECEIVED, CARRIED_IN, RESULTS_TOTAL, CARRIED_OUT = "R1", "R2", "R3.7", "R4"


@dataclass(frozen=True)
class Cell:
    """One number of a table and the figure key under which its records can be listed."""

    key: str
    value: Number

    @property
    def text(self) -> str:
        """The number as printed: no separators, no trailing zeros."""
        if isinstance(self.value, Decimal):
            return f"{self.value.normalize():f}" if self.value else "0"
        return str(self.value)


@dataclass(frozen=True)
class TableTwo:
    """Active disclosure: ten numbers by figure key (``T2-rules-issued`` … ``T2-fee`` in 万元)."""

    numbers: Mapping[str, Number]

    def cell(self, key: str) -> Cell:
        return Cell(key, self.numbers[key])

    def cells(self) -> list[Cell]:
        """The ten cells in reading order."""
        return [self.cell(key) for key in TABLE_TWO_KEYS]


@dataclass(frozen=True)
class TableThree:
    """Requests received and handled: 25 rows × 7 columns, numbers by (row code, column key)."""

    numbers: Mapping[tuple[str, str], int]
    rows: tuple[TableThreeRow, ...] = FORMAT.rows

    def number(self, row: str, column: str) -> int:
        return self.numbers[row, column]

    def cell(self, row: str, column: str) -> Cell:
        return Cell(f"T3:{row}:{column}", self.numbers[row, column])

    def cells(self) -> list[list[Cell]]:
        """25 rows of seven cells, the last of each the total."""
        return [
            [self.cell(row.code, column) for column in (*APPLICANTS, TOTAL)] for row in self.rows
        ]


@dataclass(frozen=True)
class TableFour:
    """Reviews and lawsuits: numbers by (path, result or ``total``), 15 cells."""

    numbers: Mapping[tuple[str, str], int]

    def number(self, path: str, result: str) -> int:
        return self.numbers[path, result]

    def cell(self, path: str, result: str) -> Cell:
        return Cell(f"T4:{path}:{result}", self.numbers[path, result])

    def cells(self) -> list[Cell]:
        """The fifteen cells in reading order."""
        return [self.cell(path, result) for path in PATHS for result in (*RESULTS, TOTAL)]


@dataclass(frozen=True)
class Tables:
    two: TableTwo
    three: TableThree
    four: TableFour


def build_table_two(values: Mapping[str, Number]) -> TableTwo:
    """Table two from counts by figure key; what is not given is 0.

    Raises ValueError for a key that the table does not have.
    """
    _refuse_strangers(values, TABLE_TWO_KEYS)
    return TableTwo({key: values.get(key, 0) for key in TABLE_TWO_KEYS})


def build_table_three(
    new: Mapping[str, int],
    carried_in: Mapping[str, int],
    decisions: Mapping[tuple[str, str], int],
    carried_out: Mapping[str, int],
) -> TableThree:
    """Table three with its totals from counts of requests.

    ``new``, ``carried_in`` and ``carried_out`` by kind of applicant; ``decisions`` by (decision,
    kind of applicant); what is not given is 0. The balance is not forced: the rules check it.
    Raises ValueError for an unknown decision or kind of applicant.
    """
    for stock in (new, carried_in, carried_out):
        _refuse_strangers(stock, APPLICANTS)
    _refuse_strangers([decision for decision, _ in decisions], DECISIONS)
    _refuse_strangers([applicant for _, applicant in decisions], APPLICANTS)

    numbers: dict[tuple[str, str], int] = {}
    for applicant in APPLICANTS:
        numbers[RECEIVED, applicant] = new.get(applicant, 0)
        numbers[CARRIED_IN, applicant] = carried_in.get(applicant, 0)
        numbers[CARRIED_OUT, applicant] = carried_out.get(applicant, 0)
        for decision, row in DECISIONS.items():
            numbers[row, applicant] = decisions.get((decision, applicant), 0)
        numbers[RESULTS_TOTAL, applicant] = sum(
            numbers[row, applicant] for row in DECISIONS.values()
        )
    for line in FORMAT.rows:
        numbers[line.code, TOTAL] = sum(numbers[line.code, kind] for kind in APPLICANTS)
    return TableThree(numbers)


def build_table_four(results: Mapping[tuple[str, str], int]) -> TableFour:
    """Table four with its totals from counts of cases by (path, result); not given is 0.

    Raises ValueError for an unknown path or result.
    """
    _refuse_strangers([path for path, _ in results], PATHS)
    _refuse_strangers([result for _, result in results], RESULTS)
    numbers = {
        (path, result): results.get((path, result), 0) for path in PATHS for result in RESULTS
    }
    for path in PATHS:
        numbers[path, TOTAL] = sum(numbers[path, result] for result in RESULTS)
    return TableFour(numbers)


def _refuse_strangers(
    given: Mapping[str, object] | list[str], known: Mapping[str, str] | tuple[str, ...]
) -> None:
    strangers = sorted(set(given) - set(known))
    if strangers:
        raise ValueError(f"not in the official form: {', '.join(strangers)}")
