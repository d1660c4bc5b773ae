"""The matrix pages as values: which slot a cell shows, how it stands, and the sums beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from taole.core.periods import Frequency, Period
from taole.obligations.rules import (
    Answer,
    Completeness,
    Facts,
    Standing,
    completeness_of,
    standing,
)
from taole.obligations.slot_rules import cycle_of

LOUDEST_FIRST = (
    Standing.MISSING,
    Standing.LATE,
    Standing.IN_REVIEW,
    Standing.WAITING,
    Standing.ON_TIME,
    Standing.NOTHING,
    Standing.NOT_APPLICABLE,
)
"""Of several slots in one cell the loudest gives the cell its look."""

VILLAGES_A_PAGE = 12
"""So many columns can be read on one page, and on A4 across."""

_COLUMNS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


@dataclass(frozen=True)
class SlotFacts:
    """One obligation as the pages need it."""

    id: UUID
    unit_id: UUID
    item_id: UUID
    item_code: str
    period: Period
    facts: Facts

    @classmethod
    def of(cls, row: Any) -> SlotFacts:
        """From a row of ``matrix_queries.CELL_COLUMNS``."""
        return cls(
            row.id,
            row.unit_id,
            row.item_id,
            row.item_code,
            Period(row.period_start, row.period_end, row.period_key),
            Facts(row.due_on, row.answer, row.answered_on, row.review_since is not None),
        )


@dataclass(frozen=True)
class Cell:
    """What a unit has of a matter in one cycle; without slots it owes nothing there."""

    slots: tuple[SlotFacts, ...]
    on: date
    span: int = 1

    @cached_property
    def main(self) -> SlotFacts | None:
        """The slot that gives the cell its look: the loudest, of equals the one due last."""
        if not self.slots:
            return None
        return min(
            self.slots,
            key=lambda slot: (
                LOUDEST_FIRST.index(standing(slot.facts, self.on)),
                -slot.facts.due_on.toordinal(),
            ),
        )

    @cached_property
    def standing(self) -> Standing:
        main = self.main
        return standing(main.facts, self.on) if main else Standing.NOT_APPLICABLE

    @cached_property
    def counts(self) -> Completeness:
        return completeness_of((slot.facts for slot in self.slots), self.on)

    @property
    def published(self) -> int:
        """How many of its slots a notice answered."""
        return sum(
            slot.facts.answer is Answer.NOTICE and slot.facts.answered_by(self.on)
            for slot in self.slots
        )

    @property
    def days(self) -> int:
        """Days late, or days past the due day."""
        main = self.main
        if main is None:
            return 0
        end = main.facts.answered_on if self.standing is Standing.LATE else self.on
        return max(((end or self.on) - main.facts.due_on).days, 0)


@dataclass(frozen=True)
class Cut:
    """Which villages of many stand on a page: the ``number``-th dozen of ``total``."""

    number: int
    total: int

    @classmethod
    def of(cls, wanted: int, total: int) -> Cut:
        """The dozen asked for, or the nearest there is."""
        return cls(min(max(wanted, 1), max(1, -(-total // VILLAGES_A_PAGE))), total)

    @property
    def first(self) -> int:
        return (self.number - 1) * VILLAGES_A_PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * VILLAGES_A_PAGE, self.total)

    @property
    def columns(self) -> slice:
        return slice(self.first - 1, self.last)

    @property
    def dozens(self) -> list[Cut]:
        last = Cut.of(self.total, self.total).number
        return [Cut(number, self.total) for number in range(1, last + 1)]


@dataclass(frozen=True)
class GridRow:
    """One matter with its cells; ``item`` is its row in the catalogue."""

    item: Any
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class GridSection:
    name: str
    rows: tuple[GridRow, ...]
    subtotals: tuple[Completeness, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A matrix page: sections of rows, the sum of each column, cells counted by standing."""

    sections: tuple[GridSection, ...]
    totals: tuple[Completeness, ...]
    standings: Mapping[Standing, int]

    @property
    def cells(self) -> int:
        return sum(self.standings.values())

    @property
    def rows(self) -> int:
        return sum(len(section.rows) for section in self.sections)


def current_slots(slots: Iterable[SlotFacts], on: date) -> tuple[SlotFacts, ...]:
    """Of one unit and matter the slots of the current cycle: those due in it.

    Where nothing falls due in the cycle (the first after an adoption), the period that has begun.
    """
    known = list(slots)
    due_now = tuple(slot for slot in known if on in cycle_of(slot.period, slot.facts.due_on))
    return due_now or tuple(slot for slot in known if on in slot.period)


def township_grid(
    items: Sequence[Any],
    unit_ids: Sequence[UUID],
    slots: Iterable[SlotFacts],
    on: date,
    *,
    wanted: Standing | None = None,
    columns: slice = slice(None),
) -> Grid:
    """Matters × villages on a day, of which ``columns`` are shown; ``standings`` count them all.

    ``wanted`` keeps the rows in which some shown cell stands so.
    """
    by_place: dict[tuple[str, UUID], list[SlotFacts]] = defaultdict(list)
    for slot in slots:
        by_place[slot.item_code, slot.unit_id].append(slot)
    rows = [
        GridRow(
            item,
            tuple(
                Cell(current_slots(by_place.get((item.code, unit_id), ()), on), on)
                for unit_id in unit_ids
            ),
        )
        for item in items
    ]
    standings = dict.fromkeys(LOUDEST_FIRST, 0)
    for row in rows:
        for cell in row.cells:
            standings[cell.standing if cell else Standing.NOT_APPLICABLE] += 1
    shown = [GridRow(row.item, row.cells[columns]) for row in rows]
    kept = [
        row
        for row in shown
        if wanted is None or any(cell and cell.standing is wanted for cell in row.cells)
    ]
    return Grid(_by_section(kept, shown), _sums(shown), standings)


def _by_section(kept: Sequence[GridRow], rows: Sequence[GridRow]) -> tuple[GridSection, ...]:
    """Sections in the catalogue's order; their sums are of all rows, shown or not."""
    names = list(dict.fromkeys(row.item.section for row in rows))
    sections = (
        GridSection(
            name,
            tuple(row for row in kept if row.item.section == name),
            _sums([row for row in rows if row.item.section == name]),
        )
        for name in names
    )
    return tuple(section for section in sections if section.rows)


def _sums(rows: Sequence[GridRow]) -> tuple[Completeness, ...]:
    columns = zip(*(row.cells for row in rows), strict=True)
    return tuple(
        sum((cell.counts for cell in column if cell), Completeness()) for column in columns
    )


def year_grid(items: Sequence[Any], slots: Iterable[SlotFacts], year: int, on: date) -> Grid:
    """Matters × months of one unit; a cell is as wide as its matter's cycle (1, 3 or 12 months).

    A slot stands in the cycle in which it falls due; None is a cycle that has not begun.
    """
    by_code: dict[str, list[SlotFacts]] = defaultdict(list)
    for slot in slots:
        by_code[slot.item_code].append(slot)
    rows = [
        GridRow(item, _cells_of_year(item, by_code.get(item.code, []), year, on)) for item in items
    ]
    standings = dict.fromkeys(LOUDEST_FIRST, 0)
    for row in rows:
        for cell in row.cells:
            if cell is not None:
                standings[cell.standing] += 1
    names = list(dict.fromkeys(item.section for item in items))
    sections = tuple(
        GridSection(name, tuple(row for row in rows if row.item.section == name)) for name in names
    )
    everything = [slot.facts for found in by_code.values() for slot in found]
    due = [facts for facts in everything if facts.due_on.year == year]
    return Grid(sections, (completeness_of(due, on),), standings)


def _cells_of_year(
    item: Any, slots: Sequence[SlotFacts], year: int, on: date
) -> tuple[Cell | None, ...]:
    due = [slot for slot in slots if slot.facts.due_on.year == year]
    shown = due or [slot for slot in slots if slot.period.frequency is Frequency.YEARLY]
    frequency = shown[-1].period.frequency if shown else item.frequency
    span = _COLUMNS.get(frequency, 1 if frequency is Frequency.INTERVAL else 3)
    cells: list[Cell | None] = []
    for first_month in range(1, 13, span):
        here = tuple(
            slot
            for slot in shown
            if not due or first_month <= slot.facts.due_on.month < first_month + span
        )
        begun = tuple(slot for slot in here if slot.period.start <= on or slot.facts.answer)
        not_begun = date(year, first_month, 1) > on and not begun
        cells.append(None if not_begun or (here and not begun) else Cell(begun, on, span))
    return tuple(cells)
